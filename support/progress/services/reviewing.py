"""The three views of a term: each is given before the others are seen; then all are shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import ChangedSince, apply_changes, lock
from support.programmes.models import Programme, Side
from support.programmes.services.asking import school_days_later
from support.programmes.services.telling import (
    both_schools_of,
    directors_of,
    record_of,
    tell_change,
    tell_turn,
)
from support.progress.course.ratings import differing
from support.progress.models import Objective, ObjectiveRating, TermReview, TermView
from support.progress.services.going_on import going_on

TALK_DAYS = 10
SILENT_DAYS = 10


class GivenAlready(Exception):
    """This side has given its view of the term, or the views are shown."""


class NotShownYet(Exception):
    """Not all sides have given their views."""


class TooEarlyToShow(Exception):
    """A side that is silent has more time, or whoever asks has not given her own view."""


class NothingToTalkAbout(Exception):
    """The views don't differ, or what came of the conversation is written down."""


class NotTalkedYet(Exception):
    """The views differ, and nobody has written what came of talking about it."""


class ClosedAlready(Exception):
    """The review is closed."""


class NoExitStrategy(Exception):
    """The mid-point review says how the school goes on without support."""


@transaction.atomic
def keep_term_view(
    *,
    review: TermReview,
    side: str,
    ratings: Mapping[int, tuple[str, str]],
    overall: str,
    words: str,
    is_given: bool,
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> TermView:
    """Keep one side's view as a draft, or give it for good; the third one shows them all.

    `ratings` are a course and how one knows, by objective. Raises ChangedSince when another of
    the side kept it meanwhile.
    """
    programme, current = _locked(review)
    view, is_new = TermView.objects.get_or_create(
        review=current, side=side, defaults={"written_by": by, "saved_at": now}
    )
    if current.shown_at is not None or view.given_at is not None:
        raise GivenAlready
    if not is_new and seen_version is not None and view.version != seen_version:
        raise ChangedSince(view)
    kept = {"written_by": by, "saved_at": now, "given_at": now if is_given else None}
    apply_changes(view, {"overall": overall, "words": words, **kept})
    _rate(view, programme, ratings)
    if is_given:
        _give(current, programme, by, now)
    return view


def _give(review: TermReview, programme: Programme, by: Person, now: datetime) -> None:
    record_of(f"view of term {review.term} given", programme, by=by, now=now)
    given = TermView.objects.filter(review=review, given_at__isnull=False)
    if given.count() == len(TermView.SIDES):
        _show(review, programme, by=by, now=now)


def _locked(review: TermReview) -> tuple[Programme, TermReview]:
    programme = going_on(Programme(pk=review.programme_id))
    return programme, lock(review)


def _rate(view: TermView, programme: Programme, ratings: Mapping[int, tuple[str, str]]) -> None:
    live = Objective.objects.filter(programme=programme, dropped_at=None, pk__in=list(ratings))
    view.ratings.all().delete()
    ObjectiveRating.objects.bulk_create(
        ObjectiveRating(view=view, objective_id=pk, course=ratings[pk][0], words=ratings[pk][1])
        for pk in live.order_by("position", "pk").values_list("pk", flat=True)
        if any(ratings[pk])
    )


def _show(review: TermReview, programme: Programme, *, by: Person, now: datetime) -> None:
    """From now on all three read each other's views; where they differ they talk."""
    rated = ObjectiveRating.objects.filter(
        view__review=review, view__given_at__isnull=False, objective__dropped_at=None
    )
    differs = bool(differing(rated.order_by().values_list("objective", "course")))
    talk_by = school_days_later(now, TALK_DAYS, school=programme.school_id) if differs else None
    apply_changes(review, {"shown_at": now, "differs": differs, "talk_by": talk_by})
    tell = tell_turn if differs else tell_change
    tell(programme, _three(programme, now), what=f"review-{review.term}-shown", by=by, now=now)
    record_of(f"views of term {review.term} shown", programme, by=by, now=now)


def _three(programme: Programme, now: datetime) -> set[int]:
    today = london_day(now)
    heads = both_schools_of(programme, on=today)
    return heads | directors_of(programme, on=today)


@transaction.atomic
def show_without(*, review: TermReview, by: Person, now: datetime) -> TermReview:
    """Show the views though a side is silent: ten school days after they were due.

    The director's own stands among them: she too says what she sees before she reads the others.
    """
    programme, current = _locked(review)
    if current.shown_at is not None:
        raise GivenAlready
    own = TermView.objects.filter(review=current, side=Side.DIRECTOR, given_at__isnull=False)
    until = school_days_later(current.due_at, SILENT_DAYS, school=programme.school_id)
    if now < until or not own.exists():
        raise TooEarlyToShow
    TermView.objects.filter(review=current, given_at=None).delete()
    _show(current, programme, by=by, now=now)
    return current


@transaction.atomic
def write_talk(*, review: TermReview, words: str, by: Person, now: datetime) -> TermReview:
    """Write once what came of talking about a difference."""
    programme, current = _locked(review)
    if not current.differs or current.talked_at is not None:
        raise NothingToTalkAbout
    apply_changes(current, {"talk_words": words, "talked_by": by, "talked_at": now})
    what = f"review-{current.term}-talked"
    tell_change(programme, _three(programme, now), what=what, by=by, now=now)
    record_of(f"difference in term {current.term} talked about", programme, by=by, now=now)
    return current


@transaction.atomic
def close_review(
    *,
    review: TermReview,
    overall: str,
    next_on: date | None,
    exit_strategy: str = "",
    by: Person,
    now: datetime,
) -> TermReview:
    """The director says how the programme stands, when it is looked at next, and how it ends."""
    programme, current = _locked(review)
    if current.shown_at is None:
        raise NotShownYet
    if current.closed_at is not None:
        raise ClosedAlready
    if current.differs and current.talked_at is None:
        raise NotTalkedYet
    if current.is_midpoint and not exit_strategy:
        raise NoExitStrategy
    changes = {"overall": overall, "next_on": next_on, "exit_strategy": exit_strategy}
    apply_changes(current, {**changes, "closed_by": by, "closed_at": now})
    what = f"review-{current.term}-closed"
    tell_change(programme, _three(programme, now), what=what, by=by, now=now)
    record_of(f"review of term {current.term} closed", programme, by=by, now=now)
    return current
