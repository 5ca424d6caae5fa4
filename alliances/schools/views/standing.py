"""What a school's page shows beside the register's facts: what came before and after, its trust, inspections."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from alliances.schools.models import GroupSchool, School, SchoolLink
from alliances.schools.models.inspections import FRAMEWORKS, InspectionResult
from partnership.toolkit.statements import answer

STANDING: dict[str, Any] = {
    "has_links": Exists(
        SchoolLink.objects.filter(
            Q(predecessor_urn=OuterRef("urn")) | Q(successor_urn=OuterRef("urn"))
        )
    ),
    "has_groups": Exists(GroupSchool.objects.filter(school=OuterRef("pk"))),
    "has_results": Exists(InspectionResult.objects.filter(inspection__school=OuterRef("pk"))),
}


def standing_of(school: Any) -> dict[str, Any]:
    """Each asked for only where the school's own SELECT has said that there is any."""
    return {
        "links": answer(_links, urn=school.urn) if school.has_links else [],
        "groups": answer(_groups, school=school) if school.has_groups else [],
        "inspections": _inspections(school) if school.has_results else [],
    }


def _links(*, urn: int) -> QuerySet[SchoolLink]:
    here = School.objects.filter(is_example=False)
    return SchoolLink.objects.of(urn).annotate(
        has_predecessor=Exists(here.filter(urn=OuterRef("predecessor_urn"))),
        has_successor=Exists(here.filter(urn=OuterRef("successor_urn"))),
    )


def _groups(*, school: School) -> QuerySet[GroupSchool]:
    rows = GroupSchool.objects.filter(school=school).select_related("group")
    return rows.order_by("left_on", "joined_on", "pk")


def _results(*, school: School) -> QuerySet[InspectionResult]:
    rows = InspectionResult.objects.filter(inspection__school=school)
    return rows.select_related("inspection").order_by("-inspection__inspected_on", "pk")


def _inspections(school: School) -> list[dict[str, Any]]:
    """The inspections of a school, the newest first, each with its areas in the report's order."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for result in answer(_results, school=school):
        inspection = result.inspection
        told = found[inspection.pk]
        told.setdefault("inspection", inspection)
        told.setdefault("framework", FRAMEWORKS[inspection.framework].words)
        told.setdefault("results", []).append(result)
    return list(found.values())
