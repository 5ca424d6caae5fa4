"""What speaks against a visit's day: said as a warning, never forbidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from alliances.meetings.clashes import Asked, warnings_of
from alliances.meetings.planner import free_days, span_on
from alliances.schools.closures import closures_of
from alliances.schools.models import SchoolPost
from partnership.calendar.days import closed_because
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day, spoken_date
from support.programmes.models import Programme
from support.progress.models import Held, Visit

Span = tuple[datetime, datetime]
LOOKS_AHEAD = timedelta(days=120)


@dataclass(frozen=True)
class DayLook:
    """What speaks against a day, and the next ones against which nothing does."""

    day: date
    warnings: list[str]
    free: list[date] = field(default_factory=list)


def look_at_visit(
    span: Span,
    *,
    programme: Programme,
    visitor: Person,
    reader: Person,
    today: date,
    besides: Visit | None = None,
) -> DayLook:
    """Closures of the school, bank holidays, and what visitor and head are called to at that time."""
    day = london_day(span[0])
    heads = SchoolPost.objects.on(today).of_heads().filter(school=programme.school_id)
    people = frozenset({visitor.pk, *heads.values_list("person", flat=True)})
    others = _others(programme, visitor, besides)
    said = _closed(programme, day)
    said += warnings_of(
        starts_at=span[0], ends_at=span[1], asked=Asked(people, frozenset()), reader=reader
    )
    said += _said_of(others.filter(starts_at__lt=span[1], ends_at__gt=span[0]), visitor)
    if not said:
        return DayLook(day, [])
    asked = Asked(people, frozenset({programme.school_id}))
    days = free_days(span=span, asked=asked, today=today)
    return DayLook(day, list(dict.fromkeys(said)), _without(days, span, others))


def _closed(programme: Programme, day: date) -> list[str]:
    if closed_because(day):
        return []
    closures = closures_of([programme.school_id], [day]).values()
    return [f"{spoken_date(day)} is {each.words} for {programme.school.name}." for each in closures]


def _others(programme: Programme, visitor: Person, besides: Visit | None) -> QuerySet[Visit]:
    """Other visits of hers, and to the same school in this programme."""
    hers = Q(visitor=visitor) | Q(programme=programme)
    others = Visit.objects.filter(hers, state=Held.PLANNED)
    return others.exclude(pk=besides.pk) if besides is not None else others


def _said_of(clashing: QuerySet[Visit], visitor: Person) -> list[str]:
    """Where she goes elsewhere isn't told."""
    whose = clashing.order_by("starts_at", "pk").values_list("visitor", flat=True)
    return [
        f"{visitor} has another visit at that time."
        if person == visitor.pk
        else "The school has another visit of this programme at that time."
        for person in whose
    ]


def _without(days: list[date], span: Span, others: QuerySet[Visit]) -> list[date]:
    until = span[0] + LOOKS_AHEAD
    busy = list(
        others.filter(ends_at__gt=span[0], starts_at__lt=until).values_list("starts_at", "ends_at")
    )
    wished = {day: span_on(day, span) for day in days}
    return [
        day
        for day, (starts, ends) in wished.items()
        if not any(first < ends and last > starts for first, last in busy)
    ]
