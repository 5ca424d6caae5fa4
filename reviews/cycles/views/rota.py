"""The published rota: as a page with its pictures, on paper, and as a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.schools.models import Delegation, SchoolPost
from partnership.audit.services import record_export
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.documents import pdf, pdf_response
from partnership.toolkit.exports import export
from partnership.toolkit.statements import answer
from reviews.cycles import exporting
from reviews.cycles.models import Cycle, RotaDraft
from reviews.cycles.permissions import CycleRights
from reviews.cycles.pictures import (
    Line,
    Look,
    Scene,
    fairness,
    grid,
    looks,
    matrix,
    past_of,
    published_lines,
    scene_of,
)
from reviews.cycles.views.finding import rights_or_404

NOT_YET = "The rota isn’t published yet."
DRAFTS_SHOWN = 4


def _rights(request: PersonRequest, pk: int) -> CycleRights:
    rights = rights_or_404(request, pk)
    require(rights.sees_rota, NOT_YET)
    return rights


def _drafts(*, cycle: int) -> QuerySet[RotaDraft]:
    found = RotaDraft.objects.filter(cycle=cycle, state=RotaDraft.State.FOUND)
    return found.order_by("-number")[:DRAFTS_SHOWN]


def _own_schools(*, person: Person, on: date) -> QuerySet[Any, Any]:
    posts = SchoolPost.objects.on(on).of_heads().filter(person=person).order_by()
    held = Delegation.objects.held_by(person, Delegation.Kind.REVIEWS, on=on).order_by()
    return posts.values_list("school").union(held.values_list("school"))


def _with_looks(lines: list[Line], found: list[Look]) -> list[Line]:
    """Each row with its own things to look at."""
    return [
        replace(line, looks=tuple(look for look in found if look.host == line.host))
        for line in lines
    ]


def _to_look_at(rights: CycleRights, scene: Scene, lines: list[Line]) -> list[Look]:
    """For who organises, as long as something may still change."""
    if not rights.may_organise:
        return []
    ahead = [line.visits for line in lines if not line.is_held]
    return looks(scene, ahead, past_of(rights.cycle, scene))


@require_safe
def rota(request: PersonRequest, pk: int) -> HttpResponse:
    """Who visits whom and when, one's own days first; drafts and things to look at for organisers."""
    rights = _rights(request, pk)
    scene = scene_of(rights.cycle)
    lines = published_lines(rights.cycle, scene)
    found = _to_look_at(rights, scene, lines)
    visits = [line.visits for line in lines]
    on = timezone.localdate()
    own: set[int] = set()
    if rights.is_of_host:
        own = {school for (school,) in answer(_own_schools, person=request.user, on=on)}
    context = {
        "cycle": rights.cycle,
        "rights": rights,
        "drafts": list(answer(_drafts, cycle=pk)) if rights.sees_drafts else [],
        "looks": found,
        "own": [
            (line, line.place_of(request.user.pk))
            for line in lines
            if line.concerns(request.user.pk, own)
        ],
        "lines": _with_looks(lines, found),
        "grid": grid(scene, visits, {look.host for look in found}),
        "matrix": matrix(scene, visits),
        "fairness": fairness(scene, visits),
        "without": _without_day(scene, lines),
    }
    return render(request, "cycles/rota.html", context)


def _without_day(scene: Scene, lines: list[Line]) -> list[str]:
    """Hosts that have no day yet."""
    with_day = {line.host for line in lines}
    return [
        host.name for host in scene.hosts.values() if host.is_standing and host.id not in with_day
    ]


def _read(request: PersonRequest, pk: int) -> tuple[Cycle, Scene, list[Line]]:
    cycle = _rights(request, pk).cycle
    scene = scene_of(cycle)
    return cycle, scene, published_lines(cycle, scene)


@require_safe
def rota_export(request: PersonRequest, pk: int, kind: str) -> HttpResponseBase:
    """A row for each place, as a file; its taking is audited."""
    _cycle, _scene, lines = _read(request, pk)
    now = timezone.now()
    record_export(of="Rota of review days", kind=kind, by=request.user, at=now)
    return export(
        kind,
        name="review-days",
        columns=exporting.COLUMNS,
        rows=exporting.places_of(lines),
        on=timezone.localdate(now),
    )


@require_safe
def rota_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """The rota on paper; its taking is audited."""
    cycle, scene, lines = _read(request, pk)
    now = timezone.now()
    record_export(of="Rota of review days", kind="pdf", by=request.user, at=now)
    fair = fairness(scene, [line.visits for line in lines])
    made = pdf("cycles/rota.typ", exporting.rota_facts(cycle, lines, fair, now=now), at=now)
    return pdf_response(made, name=f"review-days-{cycle.pk}")
