"""All that a cycle's rota is drawn up from, read in as many queries for one school as for a hundred."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reviews.cycles.availability import Unavailable, school_days_of, unavailable_of
from reviews.cycles.models import (
    Cycle,
    CycleHost,
    CycleReviewer,
    DayPlace,
    ReviewDay,
    Training,
)
from reviews.cycles.problem.pairs import Pairs, pairs_of


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
    """The rows of a cycle."""

    cycle: Cycle
    hosts: tuple[CycleHost, ...]
    reviewers: tuple[CycleReviewer, ...]
    school_days: tuple[date, ...]
    out: Unavailable
    trainings: Mapping[int, tuple[Training, ...]]
    pairs: Pairs
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
    days = school_days_of(cycle)
    pairs = pairs_of(cycle, hosts, reviewers)
    return Rows(
        cycle=cycle,
        hosts=hosts,
        reviewers=reviewers,
        school_days=days,
        out=unavailable_of(
            cycle,
            days,
            {each.pk: each.school_id for each in hosts},
            [(each.pk, each.reviewer.person_id, each.reviewer.school_id) for each in reviewers],
        ),
        trainings=_trainings(reviewers),
        pairs=pairs,
        standing=standing_days(cycle),
    )


def _trainings(reviewers: tuple[CycleReviewer, ...]) -> Mapping[int, tuple[Training, ...]]:
    found: dict[int, list[Training]] = {}
    people = [each.reviewer_id for each in reviewers]
    for each in Training.objects.filter(reviewer__in=people).order_by("pk"):
        found.setdefault(each.reviewer_id, []).append(each)
    return {each.pk: tuple(found.get(each.reviewer_id, ())) for each in reviewers}


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
