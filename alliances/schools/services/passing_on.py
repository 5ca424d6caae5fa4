"""What this room moves when a school becomes another: posts, delegations, open invitations."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from alliances.schools.models import Delegation, School, SchoolPost
from alliances.schools.services.posts import (
    appoint_to_school,
    change_school_post,
    end_school_post,
)
from partnership.audit.services import record
from partnership.invitations.models import Invitation
from partnership.invitations.services import rename_sender
from partnership.people.models import Person


def running_posts(school: School) -> QuerySet[SchoolPost, SchoolPost]:
    """Posts that have no last day."""
    return SchoolPost.objects.filter(school=school, ends_on__isnull=True)


def pass_on_posts(school: School, *, to: School, on: date, by: Person, now: datetime) -> int:
    """Each post goes on in the school after from the first day; the old one ends the day before.

    A post that began on that day or later was never of the school before, so it moves whole.
    """
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    posts = list(SchoolPost.objects.filter(goes_on, school=school).order_by("pk"))
    for post in posts:
        held = _held_after(post, to)
        if post.starts_on is None or post.starts_on < on:
            end_school_post(post=post, last_day=on - timedelta(days=1), by=by, now=now)
            if not held:
                _continue(post, to, on, by=by, now=now)
        elif held:
            end_school_post(post=post, last_day=post.starts_on, by=by, now=now)
        else:
            change_school_post(post=post, changes={"school": to}, by=by, now=now)
    return len(posts)


def _held_after(post: SchoolPost, to: School) -> bool:
    same = SchoolPost.objects.filter(school=to, person=post.person_id, kind=post.kind)
    return same.filter(words=post.words, ends_on=None).exists()


def _continue(post: SchoolPost, to: School, on: date, *, by: Person, now: datetime) -> None:
    appoint_to_school(
        school=to,
        person=post.person,
        kind=post.kind,
        words=post.words,
        starts_on=on,
        ends_on=post.ends_on,
        by=by,
        now=now,
        quietly=True,
    )


def running_delegations(school: School) -> QuerySet[Delegation, Delegation]:
    """What heads of the school let others do, and nobody has ended."""
    return Delegation.objects.filter(school=school, ended_at__isnull=True)


def pass_on_delegations(school: School, *, to: School, on: date, by: Person, now: datetime) -> int:
    """Whoever acts for the head goes on doing so in the school after, until the same last day.

    The posts of both move too. What the school after has settled for the same person and matter
    counts there.
    """
    going_on = running_delegations(school).filter(ends_on__gte=on).order_by("pk")
    moved = list(going_on.select_for_update(of=("self",)))
    for delegation in moved:
        _go_on_acting(delegation, to, on, now=now)
    if moved:
        values = {"from": school.urn, "to": to.urn, "delegations": len(moved)}
        for each in (school, to):
            record("delegations moved", each, by=by, at=now, values=values, school_id=each.pk)
    return len(moved)


def _go_on_acting(delegation: Delegation, to: School, on: date, *, now: datetime) -> None:
    same = Delegation.objects.ahead(on).filter(
        school=to, deputy=delegation.deputy_id, kind=delegation.kind
    )
    if not same.exists():
        Delegation.objects.create(
            school=to,
            deputy_id=delegation.deputy_id,
            given_by_id=delegation.given_by_id,
            kind=delegation.kind,
            given_at=delegation.given_at,
            starts_on=max(delegation.starts_on, on),
            ends_on=delegation.ends_on,
        )
    if delegation.starts_on < on:
        delegation.ends_on = on - timedelta(days=1)
    else:
        delegation.ended_at = now
    delegation.save(update_fields=["ends_on", "ended_at"])


def open_invitations(school: School) -> QuerySet[Invitation, Invitation]:
    """Invitations on the school's behalf, for posts in it, that wait for an answer."""
    asked = Invitation.objects.unanswered().filter(on_behalf_of=school.name)
    return asked.filter(person__in=SchoolPost.objects.filter(school=school).values("person"))


def pass_on_invitations(school: School, *, to: School, on: date, by: Person, now: datetime) -> int:
    """Invitations not yet answered name the school after, whatever its first day."""
    moved = list(open_invitations(school).order_by("pk"))
    for invitation in moved:
        rename_sender(invitation=invitation, on_behalf_of=to.name, by=by, now=now)
    return len(moved)
