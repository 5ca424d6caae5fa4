"""What speaks against a meeting's day: said as a warning, never forbidden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from alliances.meetings.models import Meeting
from alliances.schools.closures import closures_of
from alliances.schools.models import School
from partnership.calendar.days import UK, closed_because
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import spoken_clock, spoken_date

NAMED_AT_MOST = 3


@dataclass(frozen=True)
class Asked:
    """Who is asked to a meeting, or would be, and for which schools."""

    people: frozenset[int]
    schools: frozenset[int]

    @classmethod
    def of(cls, places: Iterable[tuple[int, int | None]]) -> Asked:
        """From pairs of person and school."""
        pairs = list(places)
        schools = frozenset(school_id for _person, school_id in pairs if school_id)
        return cls(frozenset(person_id for person_id, _school in pairs), schools)


def warnings_of(
    *,
    starts_at: datetime,
    ends_at: datetime,
    asked: Asked,
    reader: Person,
    besides: Meeting | None = None,
) -> list[str]:
    """A closed day, schools that are closed, and other meetings of the same people at that time.

    The reader is told the title only of what she may see.
    """
    day = starts_at.astimezone(UK).date()
    because = closed_because(day)
    found = [f"{spoken_date(day)} is {because}."] if because else _closed_schools(day, asked)
    return found + _clashes(starts_at, ends_at, asked, reader, besides)


def _closed_schools(day: date, asked: Asked) -> list[str]:
    reasons: dict[str, list[int]] = {}
    for (school_id, _day), closure in closures_of(asked.schools, [day]).items():
        reasons.setdefault(closure.words, []).append(school_id)
    if not reasons:
        return []
    closed = {school_id for school_ids in reasons.values() for school_id in school_ids}
    names = dict(School.objects.filter(pk__in=closed).order_by("name").values_list("pk", "name"))
    found = []
    for words, school_ids in sorted(reasons.items()):
        told = [names[pk] for pk in names if pk in school_ids]
        is_all = len(school_ids) == len(asked.schools)
        whom = "all schools that are asked" if is_all else _some(told)
        found.append(f"{spoken_date(day)} is {words} for {whom}.")
    return found


def _some(names: list[str]) -> str:
    """Delph Primary School, Diggle School and 3 more."""
    told = names[:NAMED_AT_MOST]
    if rest := len(names) - len(told):
        return f"{', '.join(told)} and {rest} more"
    return " and ".join(filter(None, [", ".join(told[:-1]), told[-1]]))


def _clashes(
    starts_at: datetime,
    ends_at: datetime,
    asked: Asked,
    reader: Person,
    besides: Meeting | None,
) -> list[str]:
    others = Meeting.objects.filter(
        state__in=Meeting.LIVE_STATES, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    hers = Q(replies__person__in=asked.people, replies__ended_at=None)
    busy = Count("replies__person", distinct=True, filter=hers)
    shared = others.annotate(busy=busy).filter(busy__gt=0).order_by("starts_at", "pk")
    clashes = list(shared[:NAMED_AT_MOST])
    day = starts_at.astimezone(UK).date()
    seen = Meeting.objects.visible_to(reader, on=day).filter(pk__in=[one.pk for one in clashes])
    known = set(seen.values_list("pk", flat=True)) if clashes else set()
    found = []
    for clash in clashes:
        title = f"“{clash.title}”" if clash.pk in known else "another meeting"
        who = "One of those asked is" if clash.busy == 1 else f"{clash.busy} of those asked are"
        found.append(f"{who} called to {title} at {spoken_clock(clash.starts_at)} that day.")
    return found
