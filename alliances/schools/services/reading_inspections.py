"""Inspections that older files of the register tell of, compared with what is known and kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from alliances.schools.models import ProposedChange, RegisterFile, School
from alliances.schools.models.inspections import (
    FRAMEWORKS,
    OVERALL,
    Inspection,
    InspectionResult,
    framework_of,
)
from alliances.schools.register import Contents, InspectionRow, RefusedRow
from alliances.schools.services.entries import Plan, Step, Steps
from partnership.audit.models import Event
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import spoken_date

BATCH = 1_000
WORST = "Inadequate"
IN_A_CATEGORY = ("Serious Weaknesses", "Special Measures")


class _Known:
    """The schools of a file as the register has them, and how their inspections ended."""

    def __init__(self, rows: Iterable[InspectionRow], plan: Plan) -> None:
        urns = [row.urn for row in rows]
        schools = School.objects.filter(urn__in=urns, is_example=False)
        found = schools.values_list("urn", "name", "opened_on")
        self.schools: dict[int, tuple[str, object]] = {
            urn: (name, opened_on) for urn, name, opened_on in found.iterator()
        }
        for entry in plan.new:
            opened_on = entry.facts.get("opened_on", (None, None))[1]
            self.schools[entry.urn] = (entry.name, opened_on)
        overall = InspectionResult.objects.filter(area=OVERALL, inspection__school__urn__in=urns)
        self.grades = {
            (urn, day): grade
            for urn, day, grade in overall.values_list(
                "inspection__school__urn", "inspection__inspected_on", "grade"
            ).iterator()
        }


def compare_inspections(contents: Contents, plan: Plan) -> Steps:
    """Which inspections of a file aren't known yet, each under the framework of its day.

    What was entered otherwise stands, and the file's word is refused with the reason.
    """
    found = Steps()
    if not contents.inspections:
        return found
    refused = {row.line for row in plan.refused}
    known = _Known(contents.inspections, plan)
    for row in contents.inspections:
        if row.urn not in known.schools or row.line in refused:
            continue
        grade = WORST if row.grade in IN_A_CATEGORY else row.grade
        stands = known.grades.get((row.urn, row.inspected_on))
        reason = _reason_against(row, grade, known, stands)
        if reason:
            said = f"its inspection of {spoken_date(row.inspected_on)} {reason}"
            found.refused.append(RefusedRow(row.line, str(row.urn), said))
        elif stands is None:
            found.steps.append(_step(row, grade, known.schools[row.urn][0]))
        else:
            found.unchanged += 1
    return found


def _reason_against(row: InspectionRow, grade: str, known: _Known, stands: str | None) -> str:
    framework = framework_of(row.inspected_on)
    if framework is None:
        return "is older than any framework that the portal knows"
    grades = FRAMEWORKS[framework].areas.get(OVERALL)
    opened_on = known.schools[row.urn][1]
    if isinstance(opened_on, date) and row.inspected_on < opened_on:
        return "was made before this school opened"
    if grades is None:
        return "gave no overall grade"
    if grade not in grades:
        return f"can’t have been “{row.grade}” under the framework of that day"
    if stands not in (None, grade):
        return f"is entered as “{stands}”, and the file says “{row.grade}”"
    return ""


def _step(row: InspectionRow, grade: str, name: str) -> Step:
    framework = framework_of(row.inspected_on) or ""
    facts: dict[str, object] = {
        "words": f"{OVERALL}: {grade}. {FRAMEWORKS[framework].words}; inspected",
        "since": row.inspected_on.isoformat(),
        "framework": framework,
        "grade": grade,
    }
    return Step(ProposedChange.Kind.INSPECTED, row.line, row.urn, name, facts)


def apply_inspections(
    steps: Collection[Step], *, file: RegisterFile, by: Person | None, now: datetime
) -> int:
    """Keep each inspection with its one word, beside what was entered by hand of the same day."""
    schools = School.objects.in_bulk([step.urn for step in steps], field_name="urn")
    told = [step for step in steps if step.urn in schools]
    inspections = [
        Inspection(
            school=schools[step.urn],
            framework=str(step.facts["framework"]),
            inspected_on=date.fromisoformat(str(step.facts["since"])),
            entered_by=by,
            entered_at=now,
            source=file,
        )
        for step in told
    ]
    Inspection.objects.bulk_create(inspections, ignore_conflicts=True, batch_size=BATCH)
    InspectionResult.objects.bulk_create(
        _results(told, schools), ignore_conflicts=True, batch_size=BATCH
    )
    events = [_event(step, schools[step.urn], by=by, now=now) for step in told]
    Event.objects.bulk_create(events, batch_size=BATCH)
    return len(told)


def _results(told: list[Step], schools: dict[int, School]) -> list[InspectionResult]:
    inspections = Inspection.objects.filter(school__in=[school.pk for school in schools.values()])
    rows = inspections.values_list("school", "framework", "inspected_on", "pk")
    kept = {(school, framework, day.isoformat()): pk for school, framework, day, pk in rows}
    found = []
    for step in told:
        key = (schools[step.urn].pk, str(step.facts["framework"]), str(step.facts["since"]))
        grade = str(step.facts["grade"])
        found.append(InspectionResult(inspection_id=kept[key], area=OVERALL, grade=grade))
    return found


def _event(step: Step, school: School, *, by: Person | None, now: datetime) -> Event:
    return Event(
        at=now,
        actor_id=by.pk if by else None,
        action="inspection read from a register file",
        app="schools",
        model="school",
        thing_id=school.pk,
        title=school.name,
        values={"framework": step.facts["framework"], "inspected_on": step.facts["since"]},
        school_id=school.pk,
    )
