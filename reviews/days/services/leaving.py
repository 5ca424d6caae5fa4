"""Somebody leaves her school: workshops she was to lead, actions she took on, reviews she helps with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, STAY, Leaver, held_rows, offered
from partnership.toolkit.registers.handing import HeldRow
from partnership.toolkit.spoken_dates import spoken_date
from partnership.toolkit.versions import apply_changes, lock
from reviews.cycles.models import CycleReviewer
from reviews.days.models import ReviewAction, ReviewPerson, Workshop
from reviews.days.notices.after import ACTION_GIVEN
from reviews.days.services.acting import may_own_actions
from reviews.days.services.championing import NoChampion, WorkshopHeld, let_champion_go
from reviews.days.services.naming import end_naming
from reviews.days.services.telling import record_of, tell_of

WORKSHOPS, ACTIONS, NAMED = "days.workshops", "days.actions", "days.named"


def _headed(leaver: Leaver) -> QuerySet[SchoolPost, Any]:
    posts = SchoolPost.objects.on(leaver.today).of_heads().filter(person=leaver.by)
    return posts.filter(school=leaver.school).values("school")


def workshops_led(leaver: Leaver) -> QuerySet[Workshop, Any]:
    """Those not held yet, told without a school to her head and to the director."""
    posts = AlliancePost.objects.on(leaver.today).filter(
        person=leaver.by, kind=AlliancePost.Kind.DIRECTOR
    )
    entries = CycleReviewer.objects.filter(
        cycle=OuterRef("review__cycle"),
        reviewer__person=leaver.person,
        reviewer__school=leaver.school,
    )
    told = Q(Exists(entries.filter(reviewer__school__in=_headed(leaver))))
    told |= Q(Exists(entries), review__cycle__alliance__in=posts.values("alliance"))
    workshops = Workshop.objects.filter(
        told, champion=leaver.person, given_up_at=None, held_at=None
    )
    return held_rows(
        workshops,
        kind=WORKSHOPS,
        name=Value("Workshop after a review"),
        choices=offered(END, STAY),
    )


@transaction.atomic
def give_up_workshop(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """The host is told, and asks somebody else: nobody reads its report in her place."""
    found = Workshop.objects.select_related("review__cycle__alliance", "review__day")
    workshop = found.filter(pk=key, champion=leaver.person, given_up_at=None).first()
    if workshop is None or to is not None:
        return 0
    try:
        let_champion_go(review=workshop.review, by=leaver.by, now=now)
    except (NoChampion, WorkshopHeld):
        return 0
    return 1


def actions_owned(leaver: Leaver) -> QuerySet[ReviewAction, Any]:
    """Her open actions after her own school's review, told by their day to its head alone."""
    actions = ReviewAction.objects.filter(
        owner=leaver.person,
        done_at=None,
        due_at__isnull=False,
        review__school=leaver.school,
        review__school__in=_headed(leaver),
    )
    return held_rows(
        actions,
        kind=ACTIONS,
        name=Cast("due_at__date", TextField()),
        choices=offered(PASS, END, STAY),
        order="due_at",
    )


def said_of_action(row: HeldRow) -> str:
    """Its day, and not what it is."""
    return f"Action after a review, due on {spoken_date(datetime.fromisoformat(row.name))}"


@transaction.atomic
def pass_on_action(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows does it, where she may see the review; else nobody until it is given again."""
    found = ReviewAction.objects.select_related("review__cycle__alliance")
    action = found.filter(pk=key, owner=leaver.person, done_at=None).first()
    if action is None:
        return 0
    review = action.review
    may_own = may_own_actions(review, on=leaver.first_day)
    follower = may_own.filter(pk=to.pk).first() if to is not None else None
    current = lock(action)
    changed = apply_changes(current, {"owner": follower})
    record_of("action after a review passed on", review, by=leaver.by, now=now, fields=changed)
    if follower is not None:
        what = f"{current.pk}:{current.version}"
        tell_of(review, [follower.pk], kind=ACTION_GIVEN, what=what, by=leaver.by, now=now)
    return 1


def reviews_helped(leaver: Leaver) -> QuerySet[ReviewPerson, Any]:
    """Reviews of her own school for which its head has named her, told to its head alone."""
    named = ReviewPerson.objects.filter(
        person=leaver.person,
        ended_at=None,
        review__school=leaver.school,
        review__school__in=_headed(leaver),
    )
    return held_rows(
        named, kind=NAMED, name=Value("Review of the school"), choices=offered(END, STAY)
    )


@transaction.atomic
def end_help(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """She sees nothing of the review any more; whoever follows is named by the head, or isn't."""
    found = ReviewPerson.objects.select_related("review__cycle__alliance")
    named = found.filter(pk=key, person=leaver.person, ended_at=None).first()
    if named is None or to is not None:
        return 0
    end_naming(named=named, by=leaver.by, now=now)
    return 1
