"""What the host does about its report: actions added, changed, done, opened again and removed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from django.db import transaction
from django.db.models import Q, QuerySet

from alliances.schools.models import Delegation, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import apply_changes, lock
from reviews.days.models import ReportPart, Review, ReviewAction, ReviewPerson
from reviews.days.notices.after import ACTION_GIVEN
from reviews.days.services.afterwards import locked_review, require_area
from reviews.days.services.telling import record_of, tell_of


class NotHostSide(Exception):
    """Whoever is to do it can't see the review: name her for it first, or write her post."""


class ActionDone(Exception):
    """It is done already."""


class ActionOpen(Exception):
    """It isn't done."""


class ActionGone(Exception):
    """Somebody removed it meanwhile."""


class ActionFacts(TypedDict):
    """What is said of an action."""

    words: str
    part: ReportPart | None
    owner: Person | None
    owner_words: str
    due_at: datetime


def may_own_actions(review: Review, *, on: date) -> QuerySet[Person]:
    """The host's head, who acts for her in reviews, and whom she has named."""
    heads = SchoolPost.objects.on(on).of_heads().filter(school=review.school_id)
    acting = Delegation.objects.on(on).filter(school=review.school_id, kind=Delegation.Kind.REVIEWS)
    named = ReviewPerson.objects.on(on).filter(review=review)
    people: QuerySet[Person] = Person.objects.filter(
        Q(pk__in=heads.values("person"))
        | Q(pk__in=acting.values("deputy"))
        | Q(pk__in=named.values("person")),
        is_active=True,
    )
    return people.order_by("search_name", "pk")


@transaction.atomic
def add_action(*, review: Review, facts: ActionFacts, by: Person, now: datetime) -> ReviewAction:
    """Somebody is to do something by a day; she is told.

    Raises NotReleased, NotHostSide or NotOfReport.
    """
    current = locked_review(review)
    _check(current, facts, now)
    action = ReviewAction.objects.create(review=current, **facts, made_by=by, made_at=now)
    _tell_owner(current, action, by=by, now=now)
    record_of("action after a review added", current, by=by, now=now)
    return action


@transaction.atomic
def change_action(
    *,
    action: ReviewAction,
    facts: ActionFacts,
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> ReviewAction:
    """Say otherwise what is done, by whom and by when; a new owner is told.

    Raises NotReleased, ActionGone, ActionDone, NotHostSide, NotOfReport or ChangedSince.
    """
    review = locked_review(action.review)
    current = _open(action, seen_version)
    _check(review, facts, now, kept=(current.owner_id, current.part_id))
    changed = apply_changes(current, dict(facts))
    if "owner" in changed:
        _tell_owner(review, current, by=by, now=now)
    if changed:
        record_of("action after a review changed", review, by=by, now=now, fields=changed)
    return current


@transaction.atomic
def finish_action(*, action: ReviewAction, words: str, by: Person, now: datetime) -> ReviewAction:
    """Say that it is done, and what came of it. Raises NotReleased, ActionGone or ActionDone."""
    review = locked_review(action.review)
    current = _open(action)
    apply_changes(current, {"done_at": now, "done_words": words})
    record_of("action after a review done", review, by=by, now=now)
    return current


@transaction.atomic
def reopen_action(*, action: ReviewAction, by: Person, now: datetime) -> ReviewAction:
    """It isn't done after all; what came of it stays. Raises NotReleased, ActionGone or ActionOpen."""
    review = locked_review(action.review)
    current = _locked(action)
    if current.done_at is None:
        raise ActionOpen
    apply_changes(current, {"done_at": None})
    record_of("action after a review opened again", review, by=by, now=now)
    return current


@transaction.atomic
def remove_action(*, action: ReviewAction, by: Person, now: datetime) -> None:
    """Nobody has to do it any more; asked twice nothing more happens. Raises NotReleased."""
    review = locked_review(action.review)
    gone, _by_kind = ReviewAction.objects.filter(pk=action.pk).delete()
    if gone:
        record_of("action after a review removed", review, by=by, now=now)


def _locked(action: ReviewAction, seen_version: int | None = None) -> ReviewAction:
    try:
        return lock(action, seen_version=seen_version)
    except ReviewAction.DoesNotExist as gone:
        raise ActionGone from gone


def _open(action: ReviewAction, seen_version: int | None = None) -> ReviewAction:
    current = _locked(action, seen_version)
    if current.done_at is not None:
        raise ActionDone
    return current


def _check(
    review: Review,
    facts: ActionFacts,
    now: datetime,
    kept: tuple[int | None, int | None] = (None, None),
) -> None:
    """What stood already may stay."""
    owner, part = facts["owner"], facts["part"]
    if owner is not None and owner.pk != kept[0]:
        may_own = may_own_actions(review, on=london_day(now))
        if not may_own.filter(pk=owner.pk).exists():
            raise NotHostSide
    if part is not None and part.pk != kept[1]:
        require_area(review, part)


def _tell_owner(review: Review, action: ReviewAction, *, by: Person, now: datetime) -> None:
    if action.owner_id is not None:
        what = f"{action.pk}:{action.version}"
        tell_of(review, [action.owner_id], kind=ACTION_GIVEN, what=what, by=by, now=now)
