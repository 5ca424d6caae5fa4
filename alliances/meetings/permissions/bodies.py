"""Who may found, edit and run a body, and propose what it talks about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from alliances.meetings.models import (
    OFFICE_POSTS,
    Body,
    ProposedItem,
)
from alliances.membership.models import Alliance, AlliancePost
from alliances.membership.permissions import holds_post, is_director_of
from partnership.people.models import Person
from partnership.toolkit.statements import answer


def bodies_run_by(person: Person, on: date) -> QuerySet[Body]:
    """The open bodies whose meetings she may prepare."""
    return Body.objects.run_by(person, on=on).open_on(on).select_related("alliance")


def can_run_some_meetings(person: Person, on: date) -> bool:
    """Whether there is a body at all whose meetings she may prepare."""
    return bool(answer(_one_body_run_by, person=person, on=on))


def _one_body_run_by(*, person: Person, on: date) -> QuerySet[Body, Any]:
    return bodies_run_by(person, on).select_related(None).values_list("pk")[:1]


@dataclass(frozen=True)
class Rights:
    """What somebody may do with a body, by the office posts she holds in its alliance."""

    body: Body
    leads: bool
    posts: frozenset[str]

    @property
    def may_run(self) -> bool:
        """Whether she prepares its meetings, takes their register and their minutes."""
        return self.leads or bool(self.posts)

    @property
    def may_call(self) -> bool:
        """Whether she calls, moves and cancels them: its lead, and the posts that it names."""
        return self.leads or not self.posts.isdisjoint(self.body.calling_posts)

    @property
    def may_edit(self) -> bool:
        """Whether she says what it is for and how it works: the alliance’s director."""
        return AlliancePost.Kind.DIRECTOR in self.posts

    @property
    def may_close(self) -> bool:
        """Whether she closes it and opens it again; a workhub’s body closes with the workhub."""
        return self.may_edit and self.body.kind != Body.Kind.WORKHUB

    @property
    def may_edit_seats(self) -> bool:
        """Whether she keeps its members; those of a workhub are the schools that joined it."""
        return bool(self.posts) and self.body.kind != Body.Kind.WORKHUB


def rights_in(person: Person, body: Body, on: date) -> Rights:
    """All that she may do with a body, in one query."""
    if not person.is_active:
        return Rights(body, leads=False, posts=frozenset())
    held = answer(_office_posts, person=person, alliance=body.alliance_id, on=on)
    leads = person.pk in {body.lead_id, body.deputy_id}
    return Rights(body, leads=leads, posts=frozenset(kind for (kind,) in held))


def _office_posts(*, person: Person, alliance: int, on: date) -> QuerySet[AlliancePost, Any]:
    posts = AlliancePost.objects.on(on).filter(person=person, alliance=alliance)
    return posts.filter(kind__in=OFFICE_POSTS).values_list("kind")


def can_run_meetings_of(person: Person, body: Body, on: date) -> bool:
    """The office and the lead prepare its meetings, take their register and their minutes."""
    if person.is_active and person.pk in {body.lead_id, body.deputy_id}:
        return True
    return holds_post(person, body.alliance, OFFICE_POSTS, on)


def can_call_meetings_of(person: Person, body: Body, on: date) -> bool:
    """The lead, and the posts that the body names, call, move and cancel its meetings."""
    return rights_in(person, body, on).may_call


def can_found_body(person: Person, alliance: Alliance, on: date) -> bool:
    """The alliance’s director founds its bodies."""
    return is_director_of(person, alliance, on)


def can_edit_body(person: Person, body: Body, on: date) -> bool:
    """The alliance’s director says what a body is for and how it works."""
    return rights_in(person, body, on).may_edit


def can_close_body(person: Person, body: Body, on: date) -> bool:
    """The director closes bodies and opens them again; a workhub’s closes with the workhub."""
    return rights_in(person, body, on).may_close


def can_edit_seats(person: Person, body: Body, on: date) -> bool:
    """The office keeps the members; those of a workhub are the schools that joined it."""
    return rights_in(person, body, on).may_edit_seats


def can_export_seats(person: Person, body: Body, on: date) -> bool:
    """Who runs its meetings takes the list of members as a file."""
    return can_run_meetings_of(person, body, on)


def can_propose_items(person: Person, body: Body, on: date) -> bool:
    """Members of an open body propose what to talk about, and so may who runs its meetings."""
    is_closed = body.closed_on is not None and body.closed_on < on
    return person.is_active and not is_closed and is_of_body(person, body, on)


def can_settle_proposal(person: Person, proposal: ProposedItem, on: date) -> bool:
    """Who runs the meetings takes a proposal into an agenda, or declines it."""
    return proposal.settled_at is None and can_run_meetings_of(person, proposal.body, on)


def can_withdraw_proposal(person: Person, proposal: ProposedItem) -> bool:
    """Whoever proposed it, as long as it is open."""
    is_open = proposal.settled_at is None
    return person.is_active and is_open and proposal.proposed_by_id == person.pk


def is_of_body(person: Person, body: Body, on: date) -> bool:
    """Whether she runs the body's meetings or has a seat in it, be it as head of a school."""
    return bool(answer(_body_seen, person=person, on=on, pk=body.pk))


def _body_seen(*, person: Person, on: date, pk: int) -> QuerySet[Body, Any]:
    return Body.objects.visible_to(person, on=on).filter(pk=pk).values_list("pk")
