"""The check-back: what changed in each area for development, for whom, with what evidence."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.versions import ChangedSince, apply_changes, lock
from reviews.days.models import CheckBack, CheckBackAnswer, Meaning, ReportPart, Review, Workshop
from reviews.days.notices.after import CHECK_BACK_GIVEN
from reviews.days.services.afterwards import check_back_of, locked_review, require_area
from reviews.days.services.championing import standing_champion
from reviews.days.services.telling import record_of, team_people, tell_of


class CheckBackGiven(Exception):
    """It is given, and stands until it is opened again."""


class CheckBackOpen(Exception):
    """It isn't given."""


class NotAllAnswered(Exception):
    """An area for development has no answer yet."""


class AnswerFacts(TypedDict):
    """What is said of one area."""

    extent: str
    changed: str
    for_whom: str
    evidence: str


@transaction.atomic
def answer_area(
    *,
    review: Review,
    part: ReportPart,
    facts: AnswerFacts,
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> CheckBackAnswer:
    """Say what changed in one area; the lead and the champion read it once all is given.

    Raises NotReleased, CheckBackGiven, NotOfReport or ChangedSince.
    """
    current = locked_review(review)
    check_back = _open(current)
    require_area(current, part)
    found = CheckBackAnswer.objects.filter(check_back=check_back, part=part).first()
    if found is None:
        answer = CheckBackAnswer.objects.create(check_back=check_back, part=part, **facts)
        changed = list(facts)
    else:
        answer = lock(found, seen_version=seen_version)
        changed = apply_changes(answer, dict(facts))
    if changed:
        record_of("area checked back", current, by=by, now=now, fields=changed)
    return answer


@transaction.atomic
def give_check_back(
    *, review: Review, next_steps: str, by: Person, now: datetime, seen_version: int | None = None
) -> CheckBack:
    """Say that this is what changed; the lead and the champion are told.

    Raises NotReleased, CheckBackGiven, NotAllAnswered or ChangedSince.
    """
    current = locked_review(review)
    check_back = _open(current)
    if seen_version is not None and check_back.version != seen_version:
        raise ChangedSince(check_back)
    areas = ReportPart.objects.filter(report__review=current, meaning=Meaning.DEVELOPMENT)
    answered = CheckBackAnswer.objects.filter(check_back=check_back).values("part")
    if areas.exclude(pk__in=answered).exists():
        raise NotAllAnswered
    apply_changes(check_back, {"given_at": now, "given_by": by, "next_steps": next_steps})
    people = team_people(current, only_lead=True) | _champion(current)
    what = str(check_back.version)
    tell_of(current, people, kind=CHECK_BACK_GIVEN, what=what, by=by, now=now)
    record_of("check-back given", current, by=by, now=now)
    return check_back


@transaction.atomic
def reopen_check_back(*, review: Review, by: Person, now: datetime) -> CheckBack:
    """Something is to be said otherwise; it is owed again. Raises NotReleased or CheckBackOpen."""
    current = locked_review(review)
    check_back = lock(check_back_of(current))
    if check_back.given_at is None:
        raise CheckBackOpen
    apply_changes(check_back, {"given_at": None, "given_by": None})
    record_of("check-back opened again", current, by=by, now=now)
    return check_back


def _open(review: Review) -> CheckBack:
    check_back = lock(check_back_of(review))
    if check_back.given_at is not None:
        raise CheckBackGiven
    return check_back


def _champion(review: Review) -> set[int]:
    workshop = Workshop.objects.filter(review=review).first()
    champion = standing_champion(workshop) if workshop is not None else None
    return {champion} if champion is not None else set()
