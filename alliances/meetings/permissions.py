"""Who may do what with bodies and their meetings.

The office of an alliance (director, chair, administrator) and the lead of a body prepare and run its
meetings; those who hold a post that the body names, and always its lead, call, move and cancel them.
The director founds bodies and says how they work, the office keeps their members. Whoever is asked or
holds a seat sees what is called. Portal staff see in the admin that a meeting exists, its stage and
dates; its pages are closed to them like to any stranger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from alliances.meetings.models import (
    OFFICE_POSTS,
    Action,
    AgendaItem,
    Body,
    Meeting,
    MeetingReply,
    Paper,
    ProposedItem,
)
from alliances.membership.models import Alliance, AlliancePost
from alliances.membership.permissions import holds_post, is_director_of
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.statements import answer

State = Meeting.State
MinutesState = Meeting.MinutesState
REASON_POSTS = (AlliancePost.Kind.CHAIR, AlliancePost.Kind.ADMINISTRATOR)


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


def can_edit_agenda(person: Person, meeting: Meeting, on: date) -> bool:
    """The agenda is open until the meeting has been held or cancelled."""
    is_open = meeting.state in Meeting.OPEN_STATES
    return is_open and can_run_meetings_of(person, meeting.body, on)


def can_add_paper(person: Person, item: AgendaItem, on: date) -> bool:
    """Whoever presents an item adds its papers; so do those who run the meeting."""
    is_open = item.meeting.state in Meeting.OPEN_STATES
    if not is_open or not person.is_active:
        return False
    return item.presenter_id == person.pk or can_run_meetings_of(person, item.meeting.body, on)


def can_read_paper(person: Person, paper: Paper, on: date) -> bool:
    """Whoever may see the meeting and read the item reads its papers."""
    meetings = Meeting.objects.visible_to(person, on=on)
    is_seen = meetings.filter(pk=paper.item.meeting_id).exists()
    return is_seen and can_read_item(person, paper.item, on)


def can_read_item(person: Person, item: AgendaItem, on: date) -> bool:
    """Her own item; else once the agenda is published, and a confidential one as a member."""
    meeting = item.meeting
    if person.pk in {item.presenter_id, meeting.chair_id, minute_writer_id(meeting)}:
        return person.is_active
    if can_run_meetings_of(person, meeting.body, on):
        return True
    is_published = meeting.agenda_published_at is not None
    return is_published and (
        not item.is_confidential or can_read_confidential_items(person, meeting, on)
    )


def can_read_confidential_items(person: Person, meeting: Meeting, on: date) -> bool:
    """By the seats of the meeting's day, or of today once that has passed."""
    return can_read_confidential(person, meeting, max(on, london_day(meeting.starts_at)))


def can_remove_paper(person: Person, paper: Paper, on: date) -> bool:
    """Whoever added a paper may take it away, and those who run the meeting."""
    if paper.added_by_id == person.pk:
        return can_add_paper(person, paper.item, on)
    return can_edit_agenda(person, paper.item.meeting, on)


def can_answer(person: Person, reply: MeetingReply, now: datetime) -> bool:
    """Everybody answers for herself, or for a head who lets her, until the meeting is over."""
    return (
        person.is_active
        and reply.ended_at is None
        and reply.meeting.state == Meeting.State.CALLED
        and reply.meeting.ends_at > now
        and answers_reply(person, reply, now.astimezone(UK).date())
    )


def answers_reply(person: Person, reply: MeetingReply, on: date) -> bool:
    """Whether the reply is hers, or that of a head who lets her answer for the school."""
    if reply.person_id == person.pk:
        return True
    for_heads = MeetingReply.objects.answered_for_heads(person, on=on)
    return person.is_active and bool(for_heads.filter(pk=reply.pk).exists())


def can_read_reasons(person: Person, meeting: Meeting, on: date) -> bool:
    """Reasons of apologies are read by the chair and the administrator only."""
    if person.is_active and person.pk == meeting.chair_id:
        return True
    return person.is_active and holds_post(person, meeting.body.alliance, REASON_POSTS, on)


def can_take_register(person: Person, meeting: Meeting, on: date) -> bool:
    """Its minute taker, its chair, and who runs the body's meetings, until minutes are approved."""
    is_open = meeting.state in Meeting.KEPT_STATES
    is_open &= meeting.minutes_state != MinutesState.APPROVED
    return is_open and minute_rights(person, meeting, on).keeps


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


def can_read_confidential(person: Person, meeting: Meeting, on: date) -> bool:
    """The body's members and who runs it; for a meeting also its chair and its minute taker."""
    return person.is_active and (
        person.pk in {meeting.chair_id, minute_writer_id(meeting)}
        or is_of_body(person, meeting.body, on)
    )


def is_of_body(person: Person, body: Body, on: date) -> bool:
    """Whether she runs the body's meetings or has a seat in it, be it as head of a school."""
    return bool(answer(_body_seen, person=person, on=on, pk=body.pk))


def _body_seen(*, person: Person, on: date, pk: int) -> QuerySet[Body, Any]:
    return Body.objects.visible_to(person, on=on).filter(pk=pk).values_list("pk")


def minute_writer_id(meeting: Meeting) -> int | None:
    """Who writes the minutes: whom the meeting names, or its body, or whoever called it."""
    return meeting.minute_taker_id or meeting.body.minute_taker_id or meeting.called_by_id


def minutes_checker_id(meeting: Meeting) -> int | None:
    """The chair checks the minutes; where a meeting has none, whoever called it."""
    return meeting.chair_id or meeting.called_by_id


@dataclass(frozen=True)
class MinuteRights:
    """What somebody may do with a meeting's minutes, as their state is now."""

    meeting: Meeting
    runs: bool
    keeps: bool
    checks: bool

    @property
    def may_write(self) -> bool:
        """Until they are checked: the minute taker, the chair, and who runs the body's meetings."""
        return self.keeps and (
            self.meeting.state == State.IN_SESSION
            or (
                self.meeting.state == State.HELD
                and self.meeting.minutes_state in {MinutesState.NONE, MinutesState.DRAFTED}
            )
        )

    @property
    def may_check(self) -> bool:
        """Say that they are right, or send them back."""
        return self.checks and self.meeting.minutes_state == MinutesState.DRAFTED

    @property
    def may_mend(self) -> bool:
        """Change what was checked, with a reason, until it is approved."""
        return self.checks and self.meeting.minutes_state == MinutesState.CHECKED

    @property
    def may_read(self) -> bool:
        """Whoever sees the meeting, once they are checked; before that who writes and checks."""
        if self.meeting.minutes_state in {MinutesState.CHECKED, MinutesState.APPROVED}:
            return True
        has_begun = self.meeting.state in {State.IN_SESSION, State.HELD}
        return has_begun and (self.keeps or self.checks)

    @property
    def may_approve(self) -> bool:
        """Who runs the body's meetings says in which later one they were approved."""
        return self.runs and self.meeting.minutes_state == MinutesState.CHECKED


def minute_rights(
    person: Person, meeting: Meeting, on: date, *, runs: bool | None = None
) -> MinuteRights:
    """All that she may do with a meeting's minutes, in one query; she sees the meeting already.

    Who knows already whether she runs the body's meetings says so, and nothing is asked.
    """
    if not person.is_active:
        return MinuteRights(meeting, runs=False, keeps=False, checks=False)
    if runs is None:
        runs = can_run_meetings_of(person, meeting.body, on)
    keeps = runs or person.pk in {minute_writer_id(meeting), meeting.chair_id}
    return MinuteRights(meeting, runs, keeps, person.pk == minutes_checker_id(meeting))


def can_settle_action(person: Person, action: Action, on: date) -> bool:
    """Its owner says that it is done, and so may who runs the body's meetings."""
    if not person.is_active:
        return False
    return person.pk == action.owner_id or can_run_meetings_of(person, action.body, on)


def can_change_action(person: Person, action: Action, on: date) -> bool:
    """Whoever gave it words, hands on, moves and drops it, and who runs the body's meetings."""
    if not person.is_active:
        return False
    return person.pk == action.given_by_id or can_run_meetings_of(person, action.body, on)


def can_give_actions_in(person: Person, body: Body, on: date) -> bool:
    """Who runs the body's meetings gives actions without a meeting."""
    return can_run_meetings_of(person, body, on)
