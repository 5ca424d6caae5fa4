"""A school says what goes well and what is to improve, each year from its words of the year before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from alliances.schools.models import School
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from reviews.days.models import Priority, Review, SelfEvaluation

WORDS = ("context", "going_well", "to_improve", "evidence")


class BegunAlready(Exception):
    """The school has its self-evaluation of that year."""


class TeamReadsIt(Exception):
    """What a team has been given stays written until it is taken back."""


@transaction.atomic
def begin_evaluation(
    *, school: School, year: int, by: Person, now: datetime, like: SelfEvaluation | None = None
) -> SelfEvaluation:
    """Empty, or with the words and priorities of another year; nobody else sees it yet."""
    words = {name: getattr(like, name) for name in WORDS} if like is not None else {}
    begun = SelfEvaluation(school=school, year=year, written_by=by, changed_at=now, **words)
    try:
        with transaction.atomic():
            begun.save(force_insert=True)
    except IntegrityError as twice:
        raise BegunAlready from twice
    if like is not None:
        _copy_priorities(begun, like)
    record_evaluation("self-evaluation begun", begun, by=by, now=now)
    return begun


def _copy_priorities(begun: SelfEvaluation, like: SelfEvaluation) -> None:
    rows = like.priorities.order_by("place", "pk").values_list("area", "title", "aim")
    Priority.objects.bulk_create(
        Priority(evaluation=begun, place=place, area=area, title=title, aim=aim)
        for place, (area, title, aim) in enumerate(rows, 1)
    )


@transaction.atomic
def change_evaluation(
    *,
    evaluation: SelfEvaluation,
    changes: dict[str, Any],
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> SelfEvaluation:
    """Other words; raises ChangedSince when somebody saved meanwhile."""
    current = lock(evaluation, seen_version=seen_version)
    if changed := apply_changes(current, changes):
        if not current.is_written and is_with_a_team(current):
            raise TeamReadsIt
        mark_changed(current, by=by, now=now)
        record_evaluation("self-evaluation worded", current, by=by, now=now, fields=changed)
    return current


def mark_changed(evaluation: SelfEvaluation, *, by: Person, now: datetime) -> None:
    """Keep who wrote last, and when; its priorities are part of it."""
    evaluation.written_by, evaluation.changed_at = by, now
    evaluation.save(update_fields=["written_by", "changed_at"])


def is_with_a_team(evaluation: SelfEvaluation) -> bool:
    """Whether the team of a review that isn't released has been given it."""
    given = Review.objects.filter(evaluation=evaluation, shared_at__isnull=False, released_at=None)
    return given.exists()


def record_evaluation(
    action: str,
    evaluation: SelfEvaluation,
    *,
    by: Person,
    now: datetime,
    fields: Iterable[str] = (),
) -> None:
    """Keep that something happened, without a word of it and without the school."""
    record(action, evaluation, by=by, at=now, title="A self-evaluation", fields=fields)
