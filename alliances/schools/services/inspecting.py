"""Inspections are entered by hand, and taken back when they were entered wrongly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from alliances.schools.models import School
from alliances.schools.models.inspections import FRAMEWORKS, Inspection, InspectionResult
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import lock


class InspectionKnown(Exception):
    """This inspection has been entered already."""


class NotInThisFramework(Exception):
    """The framework didn't hold on that day, or has no such area or word."""


@transaction.atomic
def enter_inspection(
    *,
    school: School,
    framework: str,
    inspected_on: date,
    results: Mapping[str, str],
    by: Person,
    now: datetime,
) -> Inspection:
    """Keep what inspectors said, area by area, in the words of the framework of that day."""
    judged = FRAMEWORKS[framework]
    wrong = [area for area, grade in results.items() if grade not in judged.areas.get(area, ())]
    if wrong or not results or not judged.holds_on(inspected_on):
        raise NotInThisFramework
    lock(school)
    same = Inspection.objects.filter(school=school, framework=framework, inspected_on=inspected_on)
    if same.exists():
        raise InspectionKnown
    inspection = Inspection.objects.create(
        school=school,
        framework=framework,
        inspected_on=inspected_on,
        entered_by=by,
        entered_at=now,
    )
    InspectionResult.objects.bulk_create(
        InspectionResult(inspection=inspection, area=area, grade=grade)
        for area, grade in results.items()
    )
    _record("inspection entered", inspection, by=by, now=now)
    return inspection


@transaction.atomic
def take_inspection_back(*, inspection: Inspection, by: Person, now: datetime) -> None:
    """It was entered wrongly: the row goes, the audit keeps that there was one."""
    inspection = lock(inspection)
    _record("inspection taken back", inspection, by=by, now=now)
    inspection.delete()


def _record(action: str, inspection: Inspection, *, by: Person, now: datetime) -> None:
    record(
        action,
        inspection.school,
        by=by,
        at=now,
        values={
            "framework": inspection.framework,
            "inspected_on": inspection.inspected_on.isoformat(),
        },
        school_id=inspection.school_id,
    )
