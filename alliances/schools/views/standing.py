"""What a school's page shows beside the register's facts: what came before and after, its trust, inspections."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat

from alliances.schools.models import GroupSchool, School, SchoolLink
from alliances.schools.models.inspections import FRAMEWORKS, InspectionResult
from partnership.toolkit.registers import joined, no_moment, text
from partnership.toolkit.statements import answer

BETWEEN = "|"

STANDING: dict[str, Any] = {
    "has_links": Exists(
        SchoolLink.objects.filter(
            Q(predecessor_urn=OuterRef("urn")) | Q(successor_urn=OuterRef("urn"))
        )
    ),
    "has_groups": Exists(GroupSchool.objects.filter(school=OuterRef("pk"))),
    "has_results": Exists(InspectionResult.objects.filter(inspection__school=OuterRef("pk"))),
}


COLUMNS = (
    "said_kind",
    "said_pk",
    "said_key",
    "said_other",
    "said_words",
    "said_more",
    "said_on",
    "said_until",
    "said_at",
    "said_first",
    "said_second",
)
LATEST, EARLIEST = date.max, date.min


class Link(NamedTuple):
    """One school following another; whether each of them has a page here."""

    pk: int
    predecessor_urn: int
    successor_urn: int
    predecessor_name: str
    successor_name: str
    linked_on: date | None
    until: date | None
    handed_over_at: datetime | None
    has_predecessor: bool
    has_successor: bool


class Belongs(NamedTuple):
    """A trust or federation that the school belongs or belonged to."""

    pk: int
    name: str
    kind: str
    joined_on: date | None
    left_on: date | None


class Inspected(NamedTuple):
    """An inspection, as its page is found."""

    pk: int
    source_id: int | None
    inspected_on: date


class Result(NamedTuple):
    """What an inspection said of one area."""

    area: str
    grade: str


def standing_of(school: Any) -> dict[str, Any]:
    """All in one SELECT, of what the school's own has said that there is any."""
    there = {"links": school.has_links, "groups": school.has_groups, "results": school.has_results}
    kinds = tuple(kind for kind, is_there in there.items() if is_there)
    found: dict[str, list[Any]] = {kind: [] for kind in there}
    for kind, *row in answer(_standing, kinds, school=school, urn=school.urn) if kinds else []:
        found[kind].append(row)
    links = [Link(*row) for row in found["links"]]
    groups = [Belongs(pk, *row[2:6]) for pk, *row in found["groups"]]
    return {
        "links": sorted(links, key=lambda each: (_backwards(each.linked_on), each.pk)),
        "groups": sorted(
            groups,
            key=lambda each: (each.left_on or LATEST, each.joined_on or LATEST, each.pk),
        ),
        "inspections": _inspections(found["results"]),
    }


def _backwards(day: date | None) -> int:
    """The latest first, the unknown last."""
    return -(day or EARLIEST).toordinal()


def _standing(kinds: tuple[str, ...], *, school: School, urn: int) -> QuerySet[Any, Any]:
    here = School.objects.filter(is_example=False)
    results = InspectionResult.objects.filter(inspection__school=school)
    every: dict[str, QuerySet[Any, Any]] = {
        "links": _said(
            SchoolLink.objects.of(urn),
            "links",
            key=F("predecessor_urn"),
            other=F("successor_urn"),
            words=F("predecessor_name"),
            more=F("successor_name"),
            on=F("linked_on"),
            at=F("handed_over_at"),
            first=Exists(here.filter(urn=OuterRef("predecessor_urn"))),
            second=Exists(here.filter(urn=OuterRef("successor_urn"))),
        ),
        "groups": _said(
            GroupSchool.objects.filter(school=school),
            "groups",
            words=F("group__name"),
            more=F("group__kind"),
            on=F("joined_on"),
            until=F("left_on"),
        ),
        "results": _said(
            results,
            "results",
            key=F("inspection"),
            other=F("inspection__source"),
            words=F("area"),
            more=Concat(F("grade"), Value(BETWEEN), F("inspection__framework")),
            on=F("inspection__inspected_on"),
        ),
    }
    return joined([every[kind] for kind in kinds])


def _said(rows: QuerySet[Any], kind: str, **said: Any) -> QuerySet[Any, Any]:
    """Rows of any kind under the same columns."""
    no_day = Cast(Value(None), DateField())
    columns = {
        "said_kind": Value(kind, output_field=TextField()),
        "said_pk": Cast(F("pk"), BigIntegerField()),
        "said_key": Cast(said.get("key", Value(None)), BigIntegerField()),
        "said_other": Cast(said.get("other", Value(None)), BigIntegerField()),
        "said_words": text(said["words"]),
        "said_more": text(said["more"]),
        "said_on": said["on"],
        "said_until": said.get("until", no_day),
        "said_at": said.get("at", no_moment()),
        "said_first": said.get("first", Value(value=False)),
        "said_second": said.get("second", Value(value=False)),
    }
    return rows.order_by().annotate(**columns).values_list(*COLUMNS)


def _inspections(rows: list[list[Any]]) -> list[dict[str, Any]]:
    """The inspections of a school, the newest first, each with its areas in the report's order."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for _pk, key, source, area, more, on, *_rest in sorted(
        rows, key=lambda row: (_backwards(row[5]), row[0])
    ):
        grade, _between, framework = more.rpartition(BETWEEN)
        told = found[key]
        told.setdefault("inspection", Inspected(key, source, on))
        told.setdefault("framework", FRAMEWORKS[framework].words)
        told.setdefault("results", []).append(Result(area, grade))
    return list(found.values())
