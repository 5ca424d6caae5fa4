"""The scene of a cycle's rota: its hosts, reviewers and half terms, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from alliances.schools.models import GroupSchool, School
from alliances.schools.owners import references
from partnership.calendar.calendars import dates_of
from partnership.calendar.dates import TermDates
from partnership.calendar.days import closure_on
from partnership.toolkit.registers import joined
from partnership.toolkit.statements import answer
from reviews.cycles.availability import most_are_open, weekdays_of
from reviews.cycles.models import Cycle, CycleHost, CycleReviewer, DayPlace, ReviewDay, Training
from reviews.cycles.pictures.looks import Past
from reviews.cycles.pictures.names import codes_of, short_names
from reviews.cycles.pictures.shapes import HostSchool, Scene, Visitor

FOR_GOOD = date(9999, 12, 31)
GROUP, WENT = "group", "went"


def scene_of(cycle: Cycle) -> Scene:
    """Three queries, and two more where term dates aren’t kept."""
    rows = list(answer(_hosts, cycle=cycle.pk))
    found = _dates_of([row.school_id for row in rows])
    days = weekdays_of(cycle.starts_on, cycle.ends_on)
    closed = {(pk, day) for pk, each in found.items() for day in days if closure_on(day, each)}
    return Scene(
        hosts=_host_schools(rows),
        visitors={str(row.pk): _visitor(row) for row in answer(_reviewers, cycle=cycle.pk)},
        starts_on=cycle.starts_on,
        ends_on=cycle.ends_on,
        open_days=frozenset(most_are_open(days, closed, len(found))),
        days_each=cycle.days_each,
        is_all_others=cycle.team_size is None,
        avoids_trust=cycle.same_trust != Cycle.Rule.ALLOWED,
        avoids_last_year=cycle.last_year != Cycle.Rule.ALLOWED,
        most_half_term=cycle.most_days_half_term,
        half_term_starts={
            pk: tuple((each.starts_on, each.ends_on) for each in dates.half_terms)
            for pk, dates in found.items()
        },
    )


def past_of(cycle: Cycle, scene: Scene) -> Past:
    """Groups of schools, and who went where in the year before, in one query."""
    schools = {host.school_id for host in scene.hosts.values()}
    homes = {each.school_id for each in scene.visitors.values() if each.school_id is not None}
    groups: dict[int, set[int]] = {}
    went = set()
    both = _past(cycle, schools, schools | homes)
    for kind, one, other in both:
        if kind == GROUP:
            groups.setdefault(one, set()).add(other)
        else:
            went.add((one, other))
    return Past({school: frozenset(of) for school, of in groups.items()}, frozenset(went))


def _past(cycle: Cycle, hosts: set[int], schools: set[int]) -> QuerySet[Any, Any]:
    grouped = GroupSchool.objects.on(cycle.starts_on).filter(school__in=schools).order_by()
    places = DayPlace.objects.filter(
        day__school__in=hosts,
        day__cycle__year=cycle.year - 1,
        day__state=ReviewDay.State.HELD,
        ended_at=None,
    ).exclude(answer=DayPlace.Answer.DECLINED)
    return joined(
        [
            _three(grouped, GROUP, "school_id", "group_id"),
            _three(places.order_by(), WENT, "person_id", "day__school_id"),
        ]
    )


def _three(rows: Any, kind: str, one: str, other: str) -> QuerySet[Any, Any]:
    said = Cast(Value(kind), CharField())
    named = rows.annotate(past_kind=said, past_one=F(one), past_other=F(other))
    found: QuerySet[Any, Any] = named.values_list("past_kind", "past_one", "past_other")
    return found


def _hosts(*, cycle: int) -> QuerySet[CycleHost]:
    hosts = CycleHost.objects.filter(cycle=cycle).select_related("school")
    return hosts.order_by("school__search_text", "pk")


def _reviewers(*, cycle: int) -> QuerySet[CycleReviewer]:
    trained = Training.objects.filter(reviewer=OuterRef("reviewer")).order_by()
    return (
        CycleReviewer.objects.filter(cycle=cycle)
        .select_related("reviewer__person", "reviewer__school")
        .annotate(
            review_until=_until(trained),
            lead_until=_until(trained.filter(kind=Training.Kind.LEAD)),
        )
        .order_by("pk")
    )


def _until(trained: QuerySet[Training]) -> Subquery:
    for_good = Cast(Value(FOR_GOOD.isoformat()), DateField())
    last = Max(Coalesce("expires_on", for_good))
    return Subquery(trained.values("reviewer").annotate(last=last).values("last"))


def _dates_of(schools: Sequence[int]) -> dict[int, TermDates]:
    found = references(schools)
    dates = dates_of(set(found.values()))
    return {pk: dates[reference] for pk, reference in found.items()}


def _host_schools(rows: Sequence[CycleHost]) -> dict[str, HostSchool]:
    short = short_names([row.school.name for row in rows])
    return {
        str(row.pk): HostSchool(
            id=str(row.pk),
            school_id=row.school_id,
            name=row.school.name,
            short=name,
            code=code,
            phase=row.school.phase_served,
            easting=row.school.easting,
            northing=row.school.northing,
            is_standing=row.left_at is None,
        )
        for row, name, code in zip(rows, short, codes_of(short), strict=True)
    }


def _visitor(row: Any) -> Visitor:
    reviewer, school = row.reviewer, row.reviewer.school or School(name="", phase_served="")
    return Visitor(
        id=str(row.pk),
        person_id=reviewer.person_id,
        name=str(reviewer.person),
        school_id=reviewer.school_id,
        school=school.name,
        phase=school.phase_served,
        easting=school.easting,
        northing=school.northing,
        review_until=row.review_until,
        lead_until=row.lead_until,
        most_half_term=reviewer.most_days_half_term,
    )
