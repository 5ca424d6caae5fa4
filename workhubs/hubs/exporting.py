"""Workhubs and their objectives as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from partnership.calendar.years import AcademicYear
from partnership.toolkit.exports import Column, in_batches
from workhubs.hubs.models import (
    Objective,
    Progress,
    Workhub,
    WorkhubPerson,
    WorkhubSchool,
    WorkhubYear,
)

COLUMNS = (
    Column("Workhub", lambda row: row.hub.workhub__name, 34),
    Column("Kind", lambda row: str(Workhub.Kind(row.hub.workhub__kind).label), 18),
    Column("Academic year", lambda row: str(AcademicYear(row.hub.year)), 14),
    Column("Alliance", lambda row: row.hub.workhub__alliance__name, 34),
    Column("Area", lambda row: row.hub.area__name, 24),
    Column("Priority", lambda row: row.hub.priority, 44),
    Column("Lead", lambda row: row.hub.lead__name, 28),
    Column("Deputy", lambda row: row.hub.deputy__name, 28),
    Column("Schools", lambda row: row.hub.school_count, 9),
    Column("Objectives", lambda row: row.progress, 34),
    Column("Next meeting", lambda row: row.hub.next_meeting_at),
    Column("Member schools", lambda row: row.schools, 60),
    Column("People beside schools", lambda row: row.people, 44),
)
OBJECTIVES = (
    Column("Workhub", lambda row: row.workhub_year.workhub.name, 34),
    Column("Academic year", lambda row: str(row.workhub_year.academic_year), 14),
    Column("Alliance", lambda row: row.workhub_year.workhub.alliance.name, 34),
    Column("Objective", lambda row: row.words, 60),
    Column("Success measure", lambda row: row.measure, 60),
    Column("To be reached by", lambda row: row.due_on, 14),
    Column("Progress", lambda row: str(Progress(row.progress).label), 14),
    Column("What we see", lambda row: row.seen, 60),
    Column("Noted on", lambda row: row.noted_on, 12),
    Column("Carried over", lambda row: row.carried_from_id is not None, 12),
)


@dataclass(frozen=True)
class Exported:
    """One line: the workhub as its list has it, and who takes part."""

    hub: Any
    progress: str
    schools: str
    people: str


def exported(rows: QuerySet[WorkhubYear, Any], *, on: date) -> Iterator[Exported]:
    """The rows with their members, which are asked for once a batch."""
    for batch in in_batches(rows):
        keys = [row.pk for row in batch]
        schools = _names(_schools(keys, on=on))
        people = _names(_people(keys, on=on))
        tallies = Objective.objects.tallies(keys)
        for row in batch:
            yield Exported(
                row,
                tallies[row.pk].words if row.pk in tallies else "",
                "; ".join(schools.get(row.pk, ())),
                "; ".join(people.get(row.pk, ())),
            )


def _schools(keys: list[int], *, on: date) -> QuerySet[WorkhubSchool, Any]:
    places = WorkhubSchool.objects.standing(on=on).filter(workhub_year__in=keys)
    return places.order_by("school__name", "pk").values_list("workhub_year", "school__name")


def _people(keys: list[int], *, on: date) -> QuerySet[WorkhubPerson, Any]:
    people = WorkhubPerson.objects.on(on).filter(workhub_year__in=keys)
    return people.order_by("person__search_name", "pk").values_list("workhub_year", "person__name")


def _names(rows: QuerySet[Any, Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, name in rows:
        found.setdefault(key, []).append(name)
    return found


def objectives_of(workhub_years: QuerySet[WorkhubYear]) -> QuerySet[Objective]:
    """The objectives of these years, workhub by workhub in their order."""
    objectives = Objective.objects.filter(workhub_year__in=workhub_years.values("pk"))
    named = objectives.select_related("workhub_year__workhub__alliance")
    return named.order_by(
        "workhub_year__workhub__name", "-workhub_year__year", "workhub_year", "position", "pk"
    )
