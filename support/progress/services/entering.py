"""Figures of measures are entered: at the start, for each term, and after the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.versions import ChangedSince
from support.programmes.models import Programme
from support.programmes.services.telling import record_of
from support.progress.course import Terms, terms_of
from support.progress.measuring.kinds import CHECKS, MOST_PUPILS, START, point_words, refusal_of
from support.progress.models import Measure, MeasureValue
from support.progress.services.going_on import going_on

FIELDS = ("planned", "actual", "cohort")


@dataclass(frozen=True)
class Entry:
    """What is said of one measure at one point: only the fields that are said are changed."""

    measure: int
    point: int
    changes: Mapping[str, Any] = field(default_factory=dict)


class WrongFigure(Exception):
    """A figure that can't be right; `entry` and `field` say which, the words say why."""

    def __init__(self, entry: Entry, name: str, sentence: str) -> None:
        """Keep where it stands."""
        super().__init__(sentence)
        self.entry = entry
        self.field = name


class NoSuchMeasure(Exception):
    """The programme doesn't follow it, or follows it no longer."""


@transaction.atomic
def enter_values(
    *,
    programme: Programme,
    entries: Sequence[Entry],
    by: Person,
    now: datetime,
    seen_versions: Mapping[int, int] | None = None,
) -> int:
    """Keep all of these figures or none; the number of measures in which something changed.

    Raises ChangedSince when somebody entered figures of one of these measures meanwhile.
    """
    current = going_on(programme)
    wanted = {entry.measure for entry in entries}
    measures = Measure.objects.filter(programme=current, dropped_at=None).in_bulk(wanted)
    if wanted - measures.keys():
        raise NoSuchMeasure
    for pk, version in (seen_versions or {}).items():
        if pk in measures and measures[pk].version != version:
            raise ChangedSince(measures[pk])
    terms = terms_of(current)
    for entry in entries:
        check_entry(entry, measures[entry.measure], current, terms, now)
    changed = _kept(entries, by=by, now=now)
    for pk in changed:
        measures[pk].version += 1
    Measure.objects.bulk_update([measures[pk] for pk in changed], ["version"])
    if changed:
        record_of("figures entered", current, by=by, now=now)
    return len(changed)


def _kept(entries: Sequence[Entry], *, by: Person, now: datetime) -> set[int]:
    """Write what differs; the measures in which something does."""
    values = MeasureValue.objects.filter(measure__in={entry.measure for entry in entries})
    known = {(value.measure_id, value.point): value for value in values}
    new: list[MeasureValue] = []
    other: list[MeasureValue] = []
    for entry in entries:
        place = entry.measure, entry.point
        value = known.get(place)
        stood = {name: getattr(value, name, None) for name in entry.changes}
        if stood == dict(entry.changes):
            continue
        if value is None:
            value = MeasureValue(measure_id=entry.measure, point=entry.point)
            known[place] = value
        (other if value.pk else new).append(value)
        for name, said in entry.changes.items():
            setattr(value, name, said)
        value.entered_by, value.entered_at = by, now
    MeasureValue.objects.bulk_create(new)
    MeasureValue.objects.bulk_update(other, [*FIELDS, "entered_by", "entered_at"])
    return {value.measure_id for value in [*new, *other]}


def points_of(terms: Terms) -> list[int]:
    """The start, each term, and the two checks after the end."""
    return [START, *(term.number for term in terms.all), *CHECKS]


def check_entry(
    entry: Entry, measure: Measure, programme: Programme, terms: Terms, now: datetime
) -> None:
    """Raise WrongFigure where a figure can't be right."""
    if entry.point not in points_of(terms):
        raise WrongFigure(entry, "point", f"The agreement has {len(terms.all)} terms.")
    for name, value in entry.changes.items():
        if value is not None and (sentence := _wrong(name, value, measure)):
            raise WrongFigure(entry, name, sentence)
    if entry.changes.get("actual") is not None and (
        sentence := _too_early(entry.point, programme, terms, now)
    ):
        raise WrongFigure(entry, "actual", sentence)


def _wrong(name: str, value: Decimal | int, measure: Measure) -> str:
    if name == "cohort":
        return (
            "" if 0 <= value <= MOST_PUPILS else "Write how many pupils were counted, as a number."
        )
    return refusal_of(measure.kind, measure.unit, Decimal(value))


def _too_early(point: int, programme: Programme, terms: Terms, now: datetime) -> str:
    if point in CHECKS:
        is_after = programme.is_followed()
        return "" if is_after else "This is entered once the terms of the support are over."
    term = terms.numbered(point)
    if term is not None and term.starts_on > london_day(now):
        return f"{point_words(point)} has not begun. Enter what was reached once it has."
    return ""
