"""All that a cycle's rota is drawn up from, read in as many queries for one school as for a hundred."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from alliances.schools.models import SchoolPost
from reviews.cycles.availability import Unavailable, school_days_of, unavailable
from reviews.cycles.models import (
    CannotReview,
    Cycle,
    CycleHost,
    CycleReviewer,
    DayPlace,
    PairRule,
    ReviewDay,
    Training,
)

Pair = tuple[int, int]


@dataclass(frozen=True)
class Standing:
    """A published day with who is to come, those who declined left out.

    It is lost when somebody is out on it as the rota is planned again.
    """

    day: ReviewDay
    lead: int | None
    team: frozenset[int]
    is_lost: bool = False

    @property
    def everybody(self) -> frozenset[int]:
        """The lead among them."""
        return self.team | ({self.lead} if self.lead is not None else frozenset())


@dataclass(frozen=True)
class Rows:
    """The rows of a cycle; pairs are keys of a reviewer and a host of the cycle.

    `cannot` holds what reviewers said themselves and the schools that they head.
    """

    cycle: Cycle
    hosts: tuple[CycleHost, ...]
    reviewers: tuple[CycleReviewer, ...]
    school_days: tuple[date, ...]
    out: Unavailable
    trainings: Mapping[int, tuple[Training, ...]]
    cannot: frozenset[Pair]
    never: frozenset[Pair]
    better_not: frozenset[Pair]
    last_year: frozenset[Pair]
    standing: tuple[Standing, ...]

    @property
    def has_training(self) -> bool:
        """Whether any training was entered of anybody who may be sent."""
        return any(self.trainings.values())


def rows_of(cycle: Cycle) -> Rows:
    """The rows of a cycle as it is in memory: with another window, what stands in that window."""
    hosts = tuple(cycle.hosts.filter(left_at=None).select_related("school").order_by("pk"))
    going = cycle.reviewers.filter(left_at=None)
    going = going.select_related("reviewer__person", "reviewer__school")
    reviewers = tuple(going.order_by("pk"))
    rules = list(PairRule.objects.filter(cycle=cycle))
    return Rows(
        cycle=cycle,
        hosts=hosts,
        reviewers=reviewers,
        school_days=school_days_of(cycle),
        out=unavailable(cycle),
        trainings=_trainings(reviewers),
        cannot=_cannot(cycle, hosts, reviewers),
        never=frozenset((each.reviewer_id, each.host_id) for each in rules if each.is_never),
        better_not=frozenset(
            (each.reviewer_id, each.host_id) for each in rules if not each.is_never
        ),
        last_year=_last_year(cycle, hosts, reviewers),
        standing=standing_days(cycle),
    )


def _trainings(reviewers: tuple[CycleReviewer, ...]) -> Mapping[int, tuple[Training, ...]]:
    found: dict[int, list[Training]] = {}
    people = [each.reviewer_id for each in reviewers]
    for each in Training.objects.filter(reviewer__in=people).order_by("pk"):
        found.setdefault(each.reviewer_id, []).append(each)
    return {each.pk: tuple(found.get(each.reviewer_id, ())) for each in reviewers}


def _cannot(
    cycle: Cycle, hosts: tuple[CycleHost, ...], reviewers: tuple[CycleReviewer, ...]
) -> frozenset[Pair]:
    said = CannotReview.objects.filter(
        Q(until__isnull=True) | Q(until__gte=cycle.starts_on),
        reviewer__in=[each.reviewer_id for each in reviewers],
    )
    pairs = set(said.values_list("reviewer", "school"))
    people = [each.reviewer.person_id for each in reviewers]
    posts = SchoolPost.objects.on(cycle.starts_on).of_heads().filter(person__in=people)
    headed = set(posts.values_list("person", "school"))
    return frozenset(
        (each.pk, host.pk)
        for each in reviewers
        for host in hosts
        if (each.reviewer_id, host.school_id) in pairs
        or (each.reviewer.person_id, host.school_id) in headed
    )


def _last_year(
    cycle: Cycle, hosts: tuple[CycleHost, ...], reviewers: tuple[CycleReviewer, ...]
) -> frozenset[Pair]:
    places = DayPlace.objects.filter(
        day__cycle__alliance=cycle.alliance_id, day__cycle__year=cycle.year - 1, ended_at=None
    )
    went = places.exclude(answer=DayPlace.Answer.DECLINED)
    went = went.exclude(day__state=ReviewDay.State.CANCELLED)
    pairs = set(went.values_list("person", "day__school"))
    return frozenset(
        (each.pk, host.pk)
        for each in reviewers
        for host in hosts
        if (each.reviewer.person_id, host.school_id) in pairs
    )


def standing_days(cycle: Cycle) -> tuple[Standing, ...]:
    """The published days that weren't called off, in two queries."""
    days = list(ReviewDay.objects.filter(cycle=cycle).standing().order_by("day", "pk"))
    places = DayPlace.objects.filter(day__in=[each.pk for each in days], ended_at=None)
    going: dict[int, list[DayPlace]] = {}
    for place in places.exclude(answer=DayPlace.Answer.DECLINED).order_by("pk"):
        going.setdefault(place.day_id, []).append(place)
    return tuple(_standing(day, going.get(day.pk, [])) for day in days)


def _standing(day: ReviewDay, places: list[DayPlace]) -> Standing:
    leads = [each.reviewer_id for each in places if each.is_lead]
    team = frozenset(each.reviewer_id for each in places if not each.is_lead)
    return Standing(day, leads[0] if leads else None, team)
