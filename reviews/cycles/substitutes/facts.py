"""What the portal knows of each reviewer beside one review day, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import hypot
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from alliances.schools.models import GroupSchool, School
from alliances.schools.owners import references
from partnership.calendar.calendars import dates_for
from partnership.calendar.dates import TermDates
from reviews.cycles.availability import Unavailable, unavailable
from reviews.cycles.models import (
    CannotReview,
    Cycle,
    CycleReviewer,
    DayPlace,
    PairRule,
    ReviewDay,
    Training,
)
from reviews.cycles.substitutes.ranking import AVOIDED, NEVER, Candidate, Proposal, Rules, ranked

METRES = 1_000


@dataclass(frozen=True)
class Visit:
    """A day to which somebody is asked, or on which her own school is reviewed."""

    pk: int
    day: date
    last_day: date
    school: int
    length: int


@dataclass(frozen=True)
class Surroundings:
    """What is read once for a day and holds for all who may go."""

    day: ReviewDay
    out: Unavailable
    dates: TermDates
    visits: dict[int, list[Visit]]
    hosting: dict[int, list[Visit]]
    in_team: frozenset[int]
    declined: frozenset[int]
    pairs: dict[int, bool]
    last_year: frozenset[int]
    trust: frozenset[int]
    mutual: frozenset[int]


def rules_of(cycle: Cycle, *, needs_lead: bool) -> Rules:
    """The cycle's rules about one place."""
    return Rules(cycle.same_trust, cycle.last_year, needs_lead)


def proposals_for(day: ReviewDay, *, needs_lead: bool) -> list[Proposal]:
    """Everybody who isn't of the host or in the team, who may go first."""
    return ranked(candidates_for(day), rules_of(day.cycle, needs_lead=needs_lead))


def candidates_for(day: ReviewDay) -> list[Candidate]:
    """Each reviewer of the day's cycle; those of the host are among them, and so is its team."""
    around = _around(day)
    return [_candidate(each, around) for each in _reviewers(day)]


def _reviewers(day: ReviewDay) -> QuerySet[Any]:
    held = Training.objects.holding(day.last_day).filter(reviewer=OuterRef("reviewer"))
    cannot = CannotReview.objects.filter(
        Q(until=None) | Q(until__gte=day.day), reviewer=OuterRef("reviewer"), school=day.school_id
    )
    standing = CycleReviewer.objects.filter(cycle=day.cycle_id, left_at=None)
    said = standing.annotate(
        is_trained=Exists(held),
        may_lead=Exists(held.filter(kind=Training.Kind.LEAD)),
        cannot=Exists(cannot),
    )
    return said.select_related("reviewer__person", "reviewer__school").order_by("pk")


def _around(day: ReviewDay) -> Surroundings:
    visits, in_team, mutual = _visits(day)
    said_no = DayPlace.objects.filter(day=day, answer=DayPlace.Answer.DECLINED)
    standing = ReviewDay.objects.standing().filter(cycle=day.cycle_id).exclude(pk=day.pk)
    hosting: dict[int, list[Visit]] = {}
    for pk, first, last, school in standing.values_list("pk", "day", "last_day", "school"):
        hosting.setdefault(school, []).append(Visit(pk, first, last, school, 1))
    rules = PairRule.objects.filter(host=day.host_id).values_list("reviewer", "is_never")
    return Surroundings(
        day=day,
        out=unavailable(day.cycle),
        dates=dates_for(references([day.school_id])[day.school_id]),
        visits=visits,
        hosting=hosting,
        in_team=in_team,
        declined=frozenset(said_no.values_list("person", flat=True)),
        pairs=dict(rules),
        last_year=_last_year(day),
        trust=_trust(day),
        mutual=mutual,
    )


def _visits(day: ReviewDay) -> tuple[dict[int, list[Visit]], frozenset[int], frozenset[int]]:
    """The visits of each person this year, who is in this team, and schools that the host visits."""
    places = DayPlace.objects.filter(day__cycle__year=day.cycle.year, ended_at=None)
    places = places.exclude(answer=DayPlace.Answer.DECLINED)
    going = places.exclude(day__state=ReviewDay.State.CANCELLED)
    people = CycleReviewer.objects.filter(cycle=day.cycle_id, left_at=None)
    rows = going.filter(person__in=people.values("reviewer__person")).values_list(
        "person",
        "day",
        "day__day",
        "day__last_day",
        "day__school",
        "day__cycle__length",
        "reviewer__reviewer__school",
    )
    visits: dict[int, list[Visit]] = {}
    in_team, visited = set(), set()
    for person, pk, first, last, school, length, home in rows:
        if pk == day.pk:
            in_team.add(person)
            continue
        days = {"two": 2, "three": 3}.get(length, 1)
        visits.setdefault(person, []).append(Visit(pk, first, last, school, days))
        if home == day.school_id:
            visited.add(school)
    return visits, frozenset(in_team), frozenset(visited)


def _last_year(day: ReviewDay) -> frozenset[int]:
    places = DayPlace.objects.filter(
        day__school=day.school_id, day__cycle__year=day.cycle.year - 1, ended_at=None
    )
    went = places.exclude(answer=DayPlace.Answer.DECLINED).filter(day__state=ReviewDay.State.HELD)
    return frozenset(went.values_list("person", flat=True))


def _trust(day: ReviewDay) -> frozenset[int]:
    """The schools that are in a trust or a federation with the host on that day."""
    groups = GroupSchool.objects.on(day.day).filter(school=day.school_id).values("group")
    members = GroupSchool.objects.on(day.day).filter(group__in=groups)
    return frozenset(members.values_list("school", flat=True))


def _candidate(her: Any, around: Surroundings) -> Candidate:
    day, reviewer = around.day, her.reviewer
    visits = around.visits.get(reviewer.person_id, [])
    home = reviewer.school
    pair = around.pairs.get(her.pk)
    taken = around.out.of_reviewer.get(her.pk, frozenset())
    year, half_term = _limits(her, visits, around)
    return Candidate(
        key=her.pk,
        name=str(reviewer.person),
        school=str(home) if home is not None else "",
        is_of_host=reviewer.school_id == day.school_id,
        is_in_team=reviewer.person_id in around.in_team,
        has_declined=reviewer.person_id in around.declined,
        is_trained=her.is_trained,
        may_lead=her.may_lead,
        is_available=not any(day.day <= out <= day.last_day for out in taken),
        cannot_review=her.cannot,
        pair="" if pair is None else NEVER if pair else AVOIDED,
        same_trust=reviewer.school_id in around.trust,
        last_year=reviewer.person_id in around.last_year,
        is_mutual=reviewer.school_id in around.mutual,
        days_out=len(visits),
        is_out_enough=year,
        is_out_enough_this_half_term=half_term,
        near=_near(visits, around.hosting.get(reviewer.school_id or 0, ()), day),
        km=km_between(home, day.school),
    )


def _limits(her: Any, visits: list[Visit], around: Surroundings) -> tuple[bool, bool]:
    """Whether one visit more is too much for the year, and for the half term of the day."""
    cycle, reviewer, day = around.day.cycle, her.reviewer, around.day
    term = around.dates.half_term_of(day.day)
    same = [
        each for each in visits if term is not None and term.starts_on <= each.day <= term.ends_on
    ]
    return (
        _is_enough(visits, cycle.most_days, reviewer.most_days, cycle.days_each),
        _is_enough(same, cycle.most_days_half_term, reviewer.most_days_half_term, cycle.days_each),
    )


def _is_enough(
    visits: list[Visit], most_visits: int | None, most_days: int | None, length: int
) -> bool:
    days = sum(each.length for each in visits) + length
    is_over = most_visits is not None and len(visits) + 1 > most_visits
    return is_over or (most_days is not None and days > most_days)


def _near(visits: Iterable[Visit], hosting: Iterable[Visit], day: ReviewDay) -> date | None:
    """Another day of hers within the gap, or her own school's review on the same days."""
    gap = timedelta(days=max(1, day.cycle.gap_days))
    close = [
        each.day
        for each in visits
        if each.day < day.last_day + gap and each.last_day > day.day - gap
    ]
    own = [each.day for each in hosting if each.day <= day.last_day and each.last_day >= day.day]
    return min((*close, *own), default=None)


def km_between(one: School | None, other: School) -> int | None:
    """As the crow flies, where the register knows where both are."""
    if one is None or None in {one.easting, one.northing, other.easting, other.northing}:
        return None
    east = (one.easting or 0) - (other.easting or 0)
    north = (one.northing or 0) - (other.northing or 0)
    return round(hypot(east, north) / METRES)


def leaders_among(places: Iterable[DayPlace]) -> frozenset[int]:
    """Which of a team could lead it by their training, and don't yet; declined places never."""
    going = {
        each.reviewer.reviewer_id: each
        for each in places
        if each.answer != DayPlace.Answer.DECLINED and not each.is_lead
    }
    if not going:
        return frozenset()
    last = next(iter(going.values())).day.last_day
    held = Training.objects.holding(last).filter(reviewer__in=going, kind=Training.Kind.LEAD)
    trained = set(held.values_list("reviewer", flat=True))
    return frozenset(each.pk for key, each in going.items() if key in trained)
