"""The timetable of a review, its parts in order, with who goes and who of the host is with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import time
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from partnership.toolkit.spoken_dates import spoken_clock
from partnership.toolkit.statements import answer
from reviews.cycles.models import DayPlace, ReviewDay
from reviews.days.models import Review, TimetableEntry
from reviews.days.parts.given_timetable import days_of, hours_of

Kind = TimetableEntry.Kind
NOBODY = "Nobody yet"


def _entries(*, review: int) -> QuerySet[TimetableEntry]:
    entries = TimetableEntry.objects.filter(review=review)
    return entries.order_by("number", "starts_time", "pk")


def _chosen(*, review: int) -> QuerySet[Any, Any]:
    """Who was chosen for which part, and whether she goes there still."""
    places = DayPlace.objects.filter(
        day=OuterRef("timetableentry__review__day"),
        reviewer=OuterRef("cyclereviewer"),
        ended_at=None,
    ).exclude(answer=DayPlace.Answer.DECLINED)
    rows = TimetableEntry.reviewers.through.objects.filter(timetableentry__review=review)
    named = rows.select_related("cyclereviewer__reviewer__person").annotate(goes=Exists(places))
    return named.order_by("cyclereviewer__reviewer__person__search_name", "pk")


def timetable_of(review: Review) -> list[Any]:
    """Its parts, each with `going`, who goes, and `who` in words.

    Nobody chosen means the whole team; whoever was chosen and has left the team goes no more.
    """
    entries: list[Any] = answer(_entries, review=review.pk)
    chosen: dict[int, list[Any]] = {}
    for row in answer(_chosen, review=review.pk) if entries else ():
        chosen.setdefault(row.timetableentry_id, []).append(row)
    for entry in entries:
        entry.chosen = chosen.get(entry.pk, [])
        entry.going = [row.cyclereviewer for row in entry.chosen if row.goes]
        entry.who = _who(entry)
    return entries


def _who(entry: Any) -> str:
    names = [str(each.reviewer.person) for each in entry.going]
    if names or entry.chosen:
        return ", ".join(names) or NOBODY
    return "Team only" if entry.kind == Kind.TEAM else "All"


def warnings_for(entries: list[Any], day: ReviewDay) -> list[str]:
    """What can't be right as it stands; the host decides."""
    return [*_nobody(entries), *_outside(entries, day), *_twice(entries)]


def _named(entry: Any) -> str:
    return f"“{entry.title}” at {spoken_clock(entry.starts_time)}"


def _nobody(entries: Iterable[Any]) -> Iterator[str]:
    for entry in entries:
        if entry.who == NOBODY:
            yield f"Whoever was to go to {_named(entry)} is no longer in the team."


def _outside(entries: Iterable[Any], day: ReviewDay) -> Iterator[str]:
    begins, ends = hours_of(day)
    count = days_of(day.cycle)
    for entry in entries:
        is_early_or_late = entry.starts_time < begins or entry.ends_time > ends
        if is_early_or_late or entry.number > count:
            yield f"{_named(entry)} lies outside the hours of the review."


def _twice(entries: list[Any]) -> Iterator[str]:
    """The same person in two parts at a time, each pair of neighbours once."""
    active = [entry for entry in entries if entry.kind != Kind.BREAK]
    people = {each.pk: each for entry in active for each in entry.going}
    for key in people or {0: None}:
        hers = [
            entry
            for entry in active
            if not entry.chosen or key in {each.pk for each in entry.going}
        ]
        for first, second in pairwise(hers):
            if first.number == second.number and second.starts_time < first.ends_time:
                who = people[key].reviewer.person if people else "The team"
                yield f"{who} is in two places: {_named(first)} and {_named(second)}."


class PartLine(NamedTuple):
    """A part of the day as it is read: equal ones are drawn once."""

    number: int
    starts_time: time
    ends_time: time
    title: str
    place: str
    who: str
    partner: str
    needs_partner: bool


def lines_of(review: Review) -> tuple[PartLine, ...]:
    """The timetable for those who read it."""
    entries = timetable_of(review)
    return tuple(
        PartLine(*(getattr(entry, name) for name in PartLine._fields)) for entry in entries
    )
