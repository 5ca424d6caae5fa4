"""Who isn't available on which days: days alone are read, never why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from alliances.schools.closures import closures_of
from reviews.cycles.availability.opened import school_days_of
from reviews.cycles.models import (
    BlockedDay,
    Cycle,
    CycleHost,
    CycleReviewer,
    DayPlace,
    ReviewDay,
)

Spans = Iterable[tuple[int, date, date]]
Taken = dict[int, set[date]]


@dataclass(frozen=True)
class Unavailable:
    """The school days of a cycle that are out, by the keys of its hosts and of its reviewers."""

    of_host: dict[int, frozenset[date]]
    of_reviewer: dict[int, frozenset[date]]


def unavailable(cycle: Cycle) -> Unavailable:
    """Days that a calendar closes, that were blocked, or that belong to another cycle's reviews.

    A reviewer is out, too, on days on which her own school is reviewed in another cycle. What the
    cycle's own rota takes isn't in it. The number of queries is the same for any cycle.
    """
    hosts = dict(CycleHost.objects.filter(cycle=cycle, left_at=None).values_list("pk", "school"))
    rows = CycleReviewer.objects.filter(cycle=cycle, left_at=None)
    reviewers = list(rows.values_list("pk", "reviewer__person", "reviewer__school"))
    return unavailable_of(cycle, school_days_of(cycle), hosts, reviewers)


def unavailable_of(
    cycle: Cycle,
    days: tuple[date, ...],
    hosts: Mapping[int, int],
    reviewers: Collection[tuple[int, int, int | None]],
) -> Unavailable:
    """The same of hosts with their schools, and of reviewers with their persons and schools."""
    people = {person for _pk, person, _school in reviewers}
    homes = {school for _pk, _person, school in reviewers if school is not None}
    closed = _by_owner(closures_of({*hosts.values(), *homes}, days).keys())
    blocked_people, blocked_schools = _blocked(people, set(hosts.values()), days)
    visiting = _visiting(cycle, people)
    hosting = _hosting(cycle, {*hosts.values(), *homes})

    def out(key: int | None, *taken: Taken) -> set[date]:
        return set() if key is None else set().union(*(each.get(key, set()) for each in taken))

    wanted = frozenset(days)
    return Unavailable(
        of_host={
            pk: wanted & out(school, closed, blocked_schools, hosting)
            for pk, school in hosts.items()
        },
        of_reviewer={
            pk: wanted & (out(person, blocked_people, visiting) | out(school, closed, hosting))
            for pk, person, school in reviewers
        },
    )


def _by_owner(pairs: Iterable[tuple[int, date]]) -> Taken:
    taken: Taken = {}
    for owner, day in pairs:
        taken.setdefault(owner, set()).add(day)
    return taken


def _day_by_day(spans: Spans) -> Taken:
    return _by_owner(
        (owner, first + timedelta(days=number))
        for owner, first, last in spans
        for number in range((last - first).days + 1)
    )


def _blocked(
    people: Collection[int], schools: Collection[int], days: tuple[date, ...]
) -> tuple[Taken, Taken]:
    if not days:
        return {}, {}
    rows = BlockedDay.objects.filter(
        Q(person__in=people) | Q(school__in=schools), day__range=(days[0], days[-1])
    )
    found = list(rows.values_list("person", "school", "day"))
    return (
        _by_owner((person, day) for person, _school, day in found if person is not None),
        _by_owner((school, day) for _person, school, day in found if school is not None),
    )


def _visiting(cycle: Cycle, people: Collection[int]) -> Taken:
    """The days of other cycles to which people are asked, unless they declined."""
    places = DayPlace.objects.filter(person__in=people, ended_at=None)
    places = places.exclude(answer=DayPlace.Answer.DECLINED).exclude(day__cycle=cycle)
    standing = places.exclude(day__state=ReviewDay.State.CANCELLED)
    return _day_by_day(standing.values_list("person", "day__day", "day__last_day"))


def _hosting(cycle: Cycle, schools: Collection[int]) -> Taken:
    """The days of other cycles on which schools are reviewed."""
    days = ReviewDay.objects.standing().filter(school__in=schools).exclude(cycle=cycle)
    return _day_by_day(days.values_list("school", "day", "last_day"))
