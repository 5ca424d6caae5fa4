"""What speaks against a meeting's day: said as a warning, never forbidden."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from alliances.meetings.models import Meeting
from alliances.schools.closures import closures_of
from alliances.schools.models import School, SchoolPost
from partnership.calendar.days import closed_because, closure_on
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day, spoken_clock, spoken_date

NAMED_AT_MOST = 3

Span = tuple[datetime, datetime]


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
    span = (starts_at, ends_at)
    return warnings_of_many([span], asked=asked, reader=reader, besides=besides)[span]


def warnings_of_many(
    spans: Collection[Span], *, asked: Asked, reader: Person, besides: Meeting | None = None
) -> dict[Span, list[str]]:
    """What speaks against each of several times, in as many queries as for one."""
    days = {span: london_day(span[0]) for span in spans}
    closed = {day: because for day in days.values() if (because := closed_because(day))}
    schools = _closed_schools(sorted(set(days.values()) - closed.keys()), asked)
    clashes = _clashes(spans, asked, reader, besides)
    found = {}
    for span, day in days.items():
        said = [f"{spoken_date(day)} is {closed[day]}."] if day in closed else schools.get(day, [])
        found[span] = said + clashes[span]
    return found


def due_when_closed(*, title: str, owner: Person, due_at: datetime) -> str:
    """That something is due on a day on which its owner’s school is closed, or nothing."""
    day = london_day(due_at)
    closure = closure_on(day)
    if closure is None:
        posts = SchoolPost.objects.on(day).filter(person=owner)
        closures = closures_of(list(posts.values_list("school", flat=True)), [day])
        closure = next(iter(closures.values()), None)
    return f"“{title}” is due on {spoken_date(day)}, which is {closure.words}." if closure else ""


def _closed_schools(days: Collection[date], asked: Asked) -> dict[date, list[str]]:
    """Day by day, why which of the schools are closed."""
    reasons: dict[date, dict[str, set[int]]] = {}
    for (school_id, day), closure in closures_of(asked.schools, days).items():
        reasons.setdefault(day, {}).setdefault(closure.words, set()).add(school_id)
    closed = {
        pk for words in reasons.values() for school_ids in words.values() for pk in school_ids
    }
    names: dict[int, str] = {}
    if closed:
        rows = School.objects.filter(pk__in=closed).order_by("name", "pk")
        names = dict(rows.values_list("pk", "name"))
    return {
        day: [
            f"{spoken_date(day)} is {words} for {_whom(school_ids, names, asked)}."
            for words, school_ids in sorted(of_day.items())
        ]
        for day, of_day in reasons.items()
    }


def _whom(school_ids: set[int], names: dict[int, str], asked: Asked) -> str:
    if len(school_ids) == len(asked.schools):
        return "all schools that are asked"
    return _some([name for pk, name in names.items() if pk in school_ids])


def _some(names: list[str]) -> str:
    """Delph Primary School, Diggle School and 3 more."""
    told = names[:NAMED_AT_MOST]
    if rest := len(names) - len(told):
        return f"{', '.join(told)} and {rest} more"
    return " and ".join(filter(None, [", ".join(told[:-1]), told[-1]]))


def _clashes(
    spans: Collection[Span], asked: Asked, reader: Person, besides: Meeting | None
) -> dict[Span, list[str]]:
    """Time by time, the first meetings that some of them are called to."""
    others = Meeting.objects.filter(
        state__in=Meeting.LIVE_STATES,
        starts_at__lt=max(ends_at for _starts_at, ends_at in spans),
        ends_at__gt=min(starts_at for starts_at, _ends_at in spans),
    )
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    hers = Q(replies__person__in=asked.people, replies__ended_at=None)
    busy = Count("replies__person", distinct=True, filter=hers)
    shared = list(others.annotate(busy=busy).filter(busy__gt=0).order_by("starts_at", "pk"))
    at = {
        span: [one for one in shared if one.starts_at < span[1] and one.ends_at > span[0]]
        for span in spans
    }
    keys = {one.pk for clashes in at.values() for one in clashes[:NAMED_AT_MOST]}
    known: set[int] = set()
    if keys:
        day = min(london_day(starts_at) for starts_at, _ends_at in spans)
        seen = Meeting.objects.visible_to(reader, on=day).filter(pk__in=keys)
        known = set(seen.values_list("pk", flat=True))
    return {span: [_said(one, known) for one in at[span][:NAMED_AT_MOST]] for span in spans}


def _said(clash: Any, known: Collection[int]) -> str:
    title = f"“{clash.title}”" if clash.pk in known else "another meeting"
    who = "One of those asked is" if clash.busy == 1 else f"{clash.busy} of those asked are"
    return f"{who} called to {title} at {spoken_clock(clash.starts_at)} that day."
