"""A year's workhubs are rolled over into the next: all of them in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from alliances.meetings.models import Body
from alliances.meetings.services.many_seats import Sitting, change_seats
from alliances.membership.models import Alliance
from partnership.audit.services import event, record_many
from partnership.calendar.days import UK
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.versions import lock
from workhubs.hubs.models import (
    SETTLED,
    Objective,
    Progress,
    Workhub,
    WorkhubPerson,
    WorkhubSchool,
    WorkhubYear,
)
from workhubs.hubs.notices import STAYS
from workhubs.hubs.services.keeping import people_to_keep, places_to_keep
from workhubs.hubs.services.telling import heads_of, tell_leads, tell_of


@dataclass(frozen=True)
class GoingOn:
    """What of one workhub's year goes on: leads by person, places, people and objectives by key."""

    before: int
    lead: int | None = None
    deputy: int | None = None
    places: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    objectives: frozenset[int] = frozenset()


@dataclass
class RolledOver:
    """What was made, each row with the one that it comes from."""

    years: dict[int, WorkhubYear]
    places: list[WorkhubSchool]
    people: list[WorkhubPerson]
    objectives: list[Objective]


@transaction.atomic
def roll_over(
    *,
    alliance: Alliance,
    year: AcademicYear,
    going_on: Collection[GoingOn],
    by: Person,
    now: datetime,
) -> RolledOver:
    """Begin the year for these workhubs; one that has begun it, or is closed, is left alone.

    Schools that stay are in from the first day of the year and are told so; they may leave.
    """
    lock(alliance)
    today = now.astimezone(UK).date()
    choices = {each.before: each for each in going_on}
    befores = _to_go_on(alliance, year, choices)
    begun = _begin_years(befores, choices, year)
    made = RolledOver(
        years=begun,
        places=_keep_places(begun, choices, alliance, year, by=by, now=now),
        people=_keep_people(begun, choices, year),
        objectives=_carry_objectives(begun, choices, year),
    )
    _settle_seats(befores, made, year, by=by, now=now)
    if year.first_day <= today:
        _lead_bodies(befores, begun)
    _record(befores, made, year, by=by, now=now)
    tell_leads(list(begun.values()), besides=by, now=now)
    _tell_heads(made, besides=by, now=now)
    return made


def _to_go_on(
    alliance: Alliance, year: AcademicYear, choices: Collection[int]
) -> list[WorkhubYear]:
    """The years to go on from, locked with their workhubs; of each workhub the latest."""
    workhubs = Workhub.objects.select_for_update(of=("self",)).filter(
        alliance=alliance, closed_on=None, years__in=choices
    )
    keys = {workhub.pk for workhub in workhubs.order_by("pk")}
    has_begun = WorkhubYear.objects.filter(workhub__in=keys, year=year.start)
    begun = set(has_begun.values_list("workhub", flat=True))
    befores = WorkhubYear.objects.filter(
        pk__in=choices, workhub__in=keys - begun, year__lt=year.start
    )
    latest = {each.workhub_id: each for each in befores.order_by("year", "pk")}
    named = WorkhubYear.objects.filter(pk__in=[each.pk for each in latest.values()])
    return list(named.select_related("workhub__body", "workhub__alliance").order_by("pk"))


def _begin_years(
    befores: Iterable[WorkhubYear], choices: dict[int, GoingOn], year: AcademicYear
) -> dict[int, WorkhubYear]:
    begun = {
        before.pk: WorkhubYear(
            workhub=before.workhub,
            year=year.start,
            lead_id=choices[before.pk].lead,
            deputy_id=choices[before.pk].deputy if choices[before.pk].lead else None,
            area_id=before.area_id,
            priority=before.priority,
            aims=before.aims,
            takes_requests=before.takes_requests,
        )
        for before in befores
    }
    WorkhubYear.objects.bulk_create(begun.values())
    return begun


def _keep_places(
    begun: dict[int, WorkhubYear],
    choices: dict[int, GoingOn],
    alliance: Alliance,
    year: AcademicYear,
    *,
    by: Person,
    now: datetime,
) -> list[WorkhubSchool]:
    today = now.astimezone(UK).date()
    kept = [
        WorkhubSchool(
            workhub_year=begun[place.workhub_year_id],
            school=place.school,
            way=WorkhubSchool.Way.KEPT,
            invited_by=by,
            invited_at=now,
            answer_by=now,
            answered_by=by,
            answered_at=now,
            joined_on=year.first_day,
        )
        for place in places_to_keep(begun, alliance, year, today=today)
        if place.pk in choices[place.workhub_year_id].places
    ]
    return WorkhubSchool.objects.bulk_create(kept)


def _keep_people(
    begun: dict[int, WorkhubYear], choices: dict[int, GoingOn], year: AcademicYear
) -> list[WorkhubPerson]:
    return WorkhubPerson.objects.bulk_create(
        WorkhubPerson(
            workhub_year=begun[member.workhub_year_id],
            person=member.person,
            brings=member.brings,
            starts_on=year.first_day,
            ends_on=member.ends_on,
        )
        for member in people_to_keep(begun, year)
        if member.pk in choices[member.workhub_year_id].people
    )


def _carry_objectives(
    begun: dict[int, WorkhubYear], choices: dict[int, GoingOn], year: AcademicYear
) -> list[Objective]:
    """Objectives with what they were; one that was settled begins anew."""
    carried: list[Objective] = []
    places: dict[int, int] = {}
    for before in Objective.objects.filter(workhub_year__in=begun).order_by("position", "pk"):
        if before.pk not in choices[before.workhub_year_id].objectives:
            continue
        places[before.workhub_year_id] = places.get(before.workhub_year_id, 0) + 1
        is_due_later = before.due_on is not None and before.due_on >= year.first_day
        is_settled = before.progress in SETTLED
        carried.append(
            Objective(
                workhub_year=begun[before.workhub_year_id],
                position=places[before.workhub_year_id],
                words=before.words,
                measure=before.measure,
                due_on=before.due_on if is_due_later else None,
                progress=Progress.NOT_STARTED if is_settled else before.progress,
                seen="" if is_settled else before.seen,
                noted_on=None if is_settled else before.noted_on,
                carried_from=before,
            )
        )
    return Objective.objects.bulk_create(carried)


def _settle_seats(
    befores: Sequence[WorkhubYear],
    made: RolledOver,
    year: AcademicYear,
    *,
    by: Person,
    now: datetime,
) -> None:
    """Who stays goes on sitting in the bodies; who doesn't leaves with the year before."""
    today = now.astimezone(UK).date()
    bodies = {before.pk: before.workhub.body_id for before in befores}
    new_bodies = {begun.pk: bodies[pk] for pk, begun in made.years.items()}
    stays = {
        Sitting(new_bodies[place.workhub_year_id], place.school_id, None): year.first_day
        for place in made.places
    } | {
        Sitting(new_bodies[member.workhub_year_id], None, member.person_id): member.starts_on
        for member in made.people
        if member.ends_on is None
    }
    last_day = max(today, year.first_day - timedelta(days=1))
    places = WorkhubSchool.objects.filter(workhub_year__in=bodies, joined_on__isnull=False)
    people = WorkhubPerson.objects.filter(workhub_year__in=bodies)
    was = [
        *(
            Sitting(bodies[pk], school, None)
            for pk, school in places.values_list("workhub_year", "school")
        ),
        *(
            Sitting(bodies[pk], None, person)
            for pk, person in people.values_list("workhub_year", "person")
        ),
    ]
    timed = {
        Sitting(new_bodies[member.workhub_year_id], None, member.person_id)
        for member in made.people
        if member.ends_on is not None
    }
    left = {sitting: last_day for sitting in was if sitting not in stays and sitting not in timed}
    change_seats(taken=stays, left=left, by=by, now=now)


def _lead_bodies(befores: Iterable[WorkhubYear], begun: dict[int, WorkhubYear]) -> None:
    """In a year that runs already the bodies have its leads at once."""
    bodies = []
    for before in befores:
        body, new = before.workhub.body, begun[before.pk]
        body.lead_id, body.deputy_id = new.lead_id, new.deputy_id
        bodies.append(body)
    Body.objects.bulk_update(bodies, ["lead", "deputy"])
    Body.objects.filter(pk__in=[body.pk for body in bodies]).update(version=F("version") + 1)


def _record(
    befores: Iterable[WorkhubYear],
    made: RolledOver,
    year: AcademicYear,
    *,
    by: Person,
    now: datetime,
) -> None:
    """One event for each workhub, and one for each school that stays in one."""
    workhubs = {made.years[before.pk].pk: before.workhub for before in befores}
    record_many(
        [
            event(
                "rolled over",
                workhub,
                by=by,
                at=now,
                fields=["year", "lead", "deputy", "schools", "people", "objectives"],
                values={"year": str(year)},
                alliance_id=workhub.alliance_id,
            )
            for workhub in workhubs.values()
        ]
        + [
            event(
                "school stays",
                workhubs[place.workhub_year_id],
                by=by,
                at=now,
                values={"school": place.school_id, "year": str(year)},
                school_id=place.school_id,
                alliance_id=workhubs[place.workhub_year_id].alliance_id,
            )
            for place in made.places
        ]
    )


def _tell_heads(made: RolledOver, *, besides: Person, now: datetime) -> None:
    """One mail to each head, whatever the number of her schools and their workhubs."""
    if not made.places:
        return
    years = sorted({place.workhub_year_id for place in made.places})
    first = made.places[0].workhub_year
    heads = heads_of((place.school_id for place in made.places), on=now.astimezone(UK).date())
    tell_of(STAYS, years[0], heads - {besides.pk}, first, now=now, years=years)
