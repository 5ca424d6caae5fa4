"""Who of a cycle may not, had better not, or did last year go where; read in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from alliances.schools.models import GroupSchool, SchoolPost
from partnership.toolkit.registers import joined
from reviews.cycles.models import (
    CannotReview,
    Cycle,
    CycleHost,
    CycleReviewer,
    DayPlace,
    PairRule,
    ReviewDay,
)

CANNOT, HEADS, NEVER, BETTER_NOT, WENT, GROUP = "cannot", "heads", "never", "not", "went", "group"
Pair = tuple[int, int]
Said = dict[str, set[Pair]]


@dataclass(frozen=True)
class Pairs:
    """Keys of a reviewer and a host of the cycle; `groups` has those of each school.

    `cannot` holds what reviewers said themselves and the schools that they head.
    """

    cannot: frozenset[Pair]
    never: frozenset[Pair]
    better_not: frozenset[Pair]
    last_year: frozenset[Pair]
    same_trust: frozenset[Pair]
    groups: dict[int, frozenset[int]]


def pairs_of(cycle: Cycle, hosts: Iterable[CycleHost], reviewers: Iterable[CycleReviewer]) -> Pairs:
    """Of hosts and reviewers with their schools; trusts and federations as the window begins."""
    hosts, reviewers = tuple(hosts), tuple(reviewers)
    said: Said = {each: set() for each in (CANNOT, HEADS, NEVER, BETTER_NOT, WENT, GROUP)}
    for kind, one, other in _rows(cycle, hosts, reviewers):
        said[kind].add((one, other))
    groups: dict[int, frozenset[int]] = {}
    for school, group in said[GROUP]:
        groups[school] = groups.get(school, frozenset()) | {group}
    every = [(each, host) for each in reviewers for host in hosts]

    def keys(found: Iterable[tuple[CycleReviewer, CycleHost]]) -> frozenset[Pair]:
        return frozenset((each.pk, host.pk) for each, host in found)

    return Pairs(
        cannot=keys(
            (each, host)
            for each, host in every
            if (each.reviewer_id, host.school_id) in said[CANNOT]
            or (each.reviewer.person_id, host.school_id) in said[HEADS]
        ),
        never=frozenset(said[NEVER]),
        better_not=frozenset(said[BETTER_NOT]),
        last_year=keys(
            (each, host)
            for each, host in every
            if (each.reviewer.person_id, host.school_id) in said[WENT]
        ),
        same_trust=keys(
            (each, host)
            for each, host in every
            if groups.get(each.reviewer.school_id or 0, frozenset())
            & groups.get(host.school_id, frozenset())
        ),
        groups=groups,
    )


def _rows(
    cycle: Cycle, hosts: tuple[CycleHost, ...], reviewers: tuple[CycleReviewer, ...]
) -> QuerySet[Any, Any]:
    people = [each.reviewer.person_id for each in reviewers]
    homes = {each.reviewer.school_id for each in reviewers if each.reviewer.school_id}
    schools = {each.school_id for each in hosts} | homes
    said = CannotReview.objects.filter(
        Q(until__isnull=True) | Q(until__gte=cycle.starts_on),
        reviewer__in=[each.reviewer_id for each in reviewers],
    )
    posts = SchoolPost.objects.on(cycle.starts_on).of_heads().filter(person__in=people)
    rules = PairRule.objects.filter(cycle=cycle)
    places = DayPlace.objects.filter(
        day__cycle__alliance=cycle.alliance_id, day__cycle__year=cycle.year - 1, ended_at=None
    )
    went = places.exclude(answer=DayPlace.Answer.DECLINED)
    went = went.exclude(day__state=ReviewDay.State.CANCELLED)
    grouped = GroupSchool.objects.on(cycle.starts_on).filter(school__in=schools)
    return joined(
        [
            _three(said, CANNOT, "reviewer_id", "school_id"),
            _three(posts, HEADS, "person_id", "school_id"),
            _three(rules.filter(is_never=True), NEVER, "reviewer_id", "host_id"),
            _three(rules.filter(is_never=False), BETTER_NOT, "reviewer_id", "host_id"),
            _three(went, WENT, "person_id", "day__school_id"),
            _three(grouped, GROUP, "school_id", "group_id"),
        ]
    )


def _three(rows: QuerySet[Any, Any], kind: str, one: str, other: str) -> QuerySet[Any, Any]:
    columns: dict[str, Any] = {
        "pair_kind": Cast(Value(kind), CharField()),
        "pair_one": Cast(F(one), BigIntegerField()),
        "pair_other": Cast(F(other), BigIntegerField()),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)
