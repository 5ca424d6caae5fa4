"""Schools with the same priorities, between heads who both show theirs: area, school, whom to write to."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from alliances.membership.models import Membership
from alliances.schools.models import SchoolPost
from partnership.toolkit.addresses import address
from partnership.toolkit.statements import answer
from reviews.days.models import Priority, SelfEvaluation

EVALUATIONS = "school__self_evaluations"
AREA = f"{EVALUATIONS}__priorities__area"


class Match(NamedTuple):
    """Another school that works on an area, and one of its heads."""

    area: str
    school: str
    urn: int
    head: str
    mail: str

    @property
    def url(self) -> str:
        """The school's page."""
        return address("schools:school_detail", self.urn)


def _shown(*, evaluation: int, on: date) -> QuerySet[SelfEvaluation, Any]:
    shown = SelfEvaluation.objects.open_to_others(on=on).filter(pk=evaluation)
    return shown.values_list("pk")


def is_shown(evaluation: SelfEvaluation, on: date) -> bool:
    """Whether its priorities are shown to other heads on a day."""
    return bool(answer(_shown, evaluation=evaluation.pk, on=on))


def _matches(*, school: int, year: int, on: date) -> QuerySet[SchoolPost, Any]:
    own = Membership.objects.on(on).filter(school=school)
    near = Membership.objects.on(on).filter(alliance__in=own.values("alliance"))
    others = SelfEvaluation.objects.open_to_others(on=on).filter(
        year=year, school__in=near.values("school")
    )
    areas = Priority.objects.filter(evaluation__school=school, evaluation__year=year)
    worked_on: dict[str, Any] = {
        f"{EVALUATIONS}__in": others.exclude(school=school).values("pk"),
        f"{AREA}__in": areas.values("area"),
    }
    heads = SchoolPost.objects.on(on).of_heads().filter(person__is_active=True, **worked_on)
    columns = (AREA, "school__name", "school__urn", "person__name", "person__email")
    return heads.order_by(*columns).values_list(*columns).distinct()


def matches_of(evaluation: SelfEvaluation, on: date) -> list[tuple[str, list[Match]]]:
    """By the areas of its own priorities, in their order; empty where nobody else works on one.

    In the schools' alliances of the day; whoever asks has seen that its own are shown.
    """
    told = {"school": evaluation.school_id, "year": evaluation.year, "on": on}
    by_area: dict[str, list[Match]] = {}
    for row in answer(_matches, **told):
        match = Match(*row)
        by_area.setdefault(match.area, []).append(match)
    own = evaluation.priorities.order_by("place", "pk").values_list("area", flat=True)
    return [(str(Priority.Area(area).label), by_area.get(area, [])) for area in dict.fromkeys(own)]
