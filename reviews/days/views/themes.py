"""Themes of a cycle without names: for the board and the director, as a page and as a file."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.audit.services import record_export
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found
from partnership.toolkit.exports import Column, export
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle
from reviews.days.models import Meaning
from reviews.days.parts.themes import ThemeLine, themes_of
from reviews.days.permissions import cycles_with_themes_for

NAME = "Themes of review reports"


def _band(meaning: Meaning) -> Column:
    def value(line: ThemeLine) -> str:
        """What stands in its cell."""
        return line.bands[meaning]

    return Column(str(meaning.label), value, 30)


COLUMNS = (Column("Theme", lambda line: line.name, 40), *(_band(meaning) for meaning in Meaning))


def _open_to(*, person: Person, on: date) -> QuerySet[Cycle]:
    cycles = cycles_with_themes_for(person, on=on).select_related("alliance", "framework")
    return cycles.order_by("-year", "name", "pk")


def _one(*, person: Person, on: date, pk: int) -> QuerySet[Cycle]:
    return _open_to(person=person, on=on).filter(pk=pk)


def _cycle(request: PersonRequest, pk: int) -> Cycle:
    """A cycle whose themes are hers to see; for others there are none."""
    on = timezone.localdate()
    cycle: Cycle = found(answer(_one, person=request.user, on=on, pk=pk))
    return cycle


@require_safe
def theme_list(request: PersonRequest) -> HttpResponse:
    """The cycles whose themes she may see."""
    cycles = answer(_open_to, person=request.user, on=timezone.localdate())
    return render(request, "days/theme_list.html", {"cycles": cycles})


@require_safe
def themes(request: PersonRequest, pk: int) -> HttpResponse:
    """Two bands for each theme and meaning; below five schools the reason alone."""
    cycle = _cycle(request, pk)
    context = {
        "cycle": cycle,
        "themes": themes_of(cycle),
        "meanings": [str(meaning.label) for meaning in Meaning],
    }
    return render(request, "days/themes.html", context)


@require_safe
def themes_export(request: PersonRequest, pk: int, kind: str) -> HttpResponseBase:
    """The same as a file; its taking is audited."""
    cycle = _cycle(request, pk)
    now = timezone.now()
    record_export(of=NAME, kind=kind, by=request.user, at=now)
    return export(
        kind,
        name="review-themes",
        columns=COLUMNS,
        rows=themes_of(cycle).lines,
        on=timezone.localdate(now),
    )
