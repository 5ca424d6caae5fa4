"""What changed of a published rota, the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.pagination import page_of
from reviews.cycles.models import CycleReviewer, RotaChange
from reviews.cycles.services.day_news import Snapshot
from reviews.cycles.services.differing import everybody_of
from reviews.cycles.views.finding import rights_or_404
from reviews.cycles.views.rota import NOT_YET


@dataclass(frozen=True)
class Side:
    """A day before or after a change."""

    kept: Snapshot
    names: Mapping[str, str]

    @property
    def day(self) -> date | None:
        """Its day, if there was one."""
        return date.fromisoformat(self.kept["date"]) if self.kept.get("date") else None

    @property
    def people(self) -> str:
        """Who was to go, the lead first."""
        known = [(key, self.names.get(key, "somebody")) for key in everybody_of(self.kept)]
        return ", ".join(
            f"{name} (leads)" if key == self.kept["lead"] else name for key, name in known
        )


@dataclass(frozen=True)
class Told:
    """A change with its two sides; why is for who organises."""

    change: RotaChange
    before: Side
    after: Side


def _told(changes: Sequence[RotaChange]) -> list[Told]:
    keys = {
        key for each in changes for kept in (each.before, each.after) for key in everybody_of(kept)
    }
    rows = CycleReviewer.objects.filter(pk__in=keys).select_related("reviewer__person")
    names = {str(row.pk): str(row.reviewer.person) for row in rows}
    return [Told(each, Side(each.before, names), Side(each.after, names)) for each in changes]


@require_safe
def rota_history(request: PersonRequest, pk: int) -> HttpResponse:
    """Each day that was published, moved, given to others or called off, before and after."""
    rights = rights_or_404(request, pk)
    require(rights.sees_rota, NOT_YET)
    changes = RotaChange.objects.filter(cycle=rights.cycle).select_related(
        "host__school", "made_by"
    )
    page = page_of(changes.order_by("-made_at", "-pk"), request)
    context = {
        "cycle": rights.cycle,
        "page": page,
        "changes": _told(list(page)),
        "is_organiser": rights.is_organiser,
    }
    return render(request, "cycles/rota_history.html", context)
