"""Which figures a programme follows, and which of them stands on top."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from support.programmes.models import Programme
from support.programmes.services.telling import record_of
from support.progress.models import Measure, MeasureValue
from support.progress.services.going_on import going_on

SETTLED_ONCE_ENTERED = ("kind", "year_group", "group", "unit")
SETTLED_OF_OWN = (*SETTLED_ONCE_ENTERED, "name")


class FollowedAlready(Exception):
    """The programme follows this figure of these pupils already."""


class HasFigures(Exception):
    """Figures were entered: what they count can't become something else."""


class DroppedAlready(Exception):
    """The measure is followed no longer."""


@transaction.atomic
def add_measure(
    *, programme: Programme, facts: Mapping[str, Any], by: Person, now: datetime
) -> Measure:
    """Follow one more figure; the first of a programme stands on top of its page."""
    current = going_on(programme)
    measures = Measure.objects.filter(programme=current)
    _refuse_twice(current, facts, own=None)
    last = measures.aggregate(last=Max("position"))["last"]
    measure = Measure.objects.create(
        programme=current,
        position=0 if last is None else last + 1,
        is_headline=not measures.filter(is_headline=True, dropped_at=None).exists(),
        added_by=by,
        added_at=now,
        **facts,
    )
    record_of("measure added", current, by=by, now=now)
    return measure


def settled_of(measure: Measure) -> tuple[str, ...]:
    """What of a measure stays once figures stand."""
    return SETTLED_OF_OWN if measure.kind == Measure.Kind.OWN else SETTLED_ONCE_ENTERED


def _refuse_twice(programme: Programme, facts: Mapping[str, Any], *, own: int | None) -> None:
    same = Measure.objects.filter(
        programme=programme,
        dropped_at=None,
        kind=facts["kind"],
        year_group=facts["year_group"],
        group=facts["group"],
    )
    if own is not None:
        same = same.exclude(pk=own)
    if facts["kind"] == Measure.Kind.OWN:
        same = same.filter(name__iexact=facts["name"])
    if same.exists():
        raise FollowedAlready


def _standing(measure: Measure, seen_version: int | None = None) -> Measure:
    """The measure, locked after its programme, as long as it is followed."""
    programme = going_on(measure.programme)
    current = lock(measure, seen_version=seen_version)
    if current.dropped_at is not None:
        raise DroppedAlready
    current.programme = programme
    return current


@transaction.atomic
def change_measure(
    *,
    measure: Measure,
    changes: Mapping[str, Any],
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> Measure:
    """Say otherwise what is measured; once figures stand, only its words and where it belongs.

    By its name a school's own measure is known to be the same of other pupils: it stays too.
    """
    current = _standing(measure, seen_version)
    facts = {name: getattr(current, name) for name in ("kind", "name", "year_group", "group")}
    _refuse_twice(current.programme, facts | dict(changes), own=current.pk)
    differs = any(
        name in changes and changes[name] != getattr(current, name) for name in settled_of(current)
    )
    if differs and MeasureValue.objects.filter(measure=current).exists():
        raise HasFigures
    if changed := apply_changes(current, dict(changes)):
        record_of("measure changed", current.programme, by=by, now=now, fields=changed)
    return current


@transaction.atomic
def drop_measure(*, measure: Measure, by: Person, now: datetime) -> None:
    """Follow it no longer; its figures are kept. The next one takes its place on top."""
    current = _standing(measure)
    was_on_top = current.is_headline
    current.dropped_at, current.is_headline = now, False
    current.version += 1
    current.save(update_fields=["dropped_at", "is_headline", "version"])
    if was_on_top:
        following = Measure.objects.filter(programme=current.programme, dropped_at=None)
        if (first := following.order_by("position", "pk").first()) is not None:
            first.is_headline = True
            first.save(update_fields=["is_headline"])
    record_of("measure dropped", current.programme, by=by, now=now)


@transaction.atomic
def choose_headline(*, measure: Measure, by: Person, now: datetime) -> None:
    """Let it stand on top of the programme's page."""
    current = _standing(measure)
    if current.is_headline:
        return
    Measure.objects.filter(programme=current.programme, is_headline=True).update(is_headline=False)
    current.is_headline = True
    current.save(update_fields=["is_headline"])
    record_of("measure put on top", current.programme, by=by, now=now)
