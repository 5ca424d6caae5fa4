"""What this room moves when a school becomes another: posts, and invitations not yet answered."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from alliances.schools.models import School, SchoolPost
from alliances.schools.services.posts import (
    appoint_to_school,
    change_school_post,
    end_school_post,
)
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
    )


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
