"""Drafts of a rota: asking for one, its page, and two of them beside each other."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.spoken_dates import spoken_day
from partnership.toolkit.statements import answer
from reviews.cycles.forms.drafts import DraftForm
from reviews.cycles.models import Cycle, ReviewDay, RotaDraft
from reviews.cycles.permissions import CycleRights
from reviews.cycles.pictures import (
    Scene,
    Visits,
    fairness,
    grid,
    looks,
    matrix,
    past_of,
    scene_of,
    visits_of,
)
from reviews.cycles.problem import (
    DayInJson,
    Drawing,
    day_of,
    days_from_json,
    days_in_json,
    drawing_of,
    notes_of,
    obstacle_of,
    rows_of,
    standing_days,
    stays,
    while_out,
)
from reviews.cycles.services.cycles import CycleOver
from reviews.cycles.services.drafting import DrawingAlready, ask_for_draft
from reviews.cycles.views.draft_words import (
    POINTS,
    differences,
    drawn_words,
    lines_of,
    out_words,
    running_of,
)
from reviews.cycles.views.finding import FOR_ORGANISERS, rights_or_404

MOST_VERSIONS = 8


def draft_rights(request: PersonRequest, pk: int) -> CycleRights:
    """A cycle whose drafts she reads, or 404 or 403."""
    rights = rights_or_404(request, pk)
    require(rights.sees_drafts, FOR_ORGANISERS)
    return rights


def draft_of(rights: CycleRights, number: int) -> RotaDraft:
    """One of its drafts, thrown away or not."""
    draft: RotaDraft = get_object_or_404(RotaDraft, cycle=rights.cycle.pk, number=number)
    draft.cycle = rights.cycle
    return draft


def _versions(*, cycle: int) -> QuerySet[RotaDraft]:
    kept = RotaDraft.objects.filter(cycle=cycle).kept()
    return kept.order_by("-number")[:MOST_VERSIONS]


def published_days(cycle: Cycle) -> list[DayInJson]:
    """The published rota as a draft would keep it."""
    return days_in_json(day_of(each) for each in standing_days(cycle))


def drawing_now(cycle: Cycle, draft: RotaDraft | None = None) -> Drawing:
    """The rules as they stand today, blocked days of what is settled included."""
    rows = while_out(rows_of(cycle), draft.replan if draft else {})
    return drawing_of(rows, today=timezone.localdate(), overrides_blocked=False)


def draft_new(request: PersonRequest, pk: int) -> HttpResponse:
    """How long to search, and which days of the rota, or of a draft, stay."""
    rights = draft_rights(request, pk)
    require(rights.may_draw_up, FOR_ORGANISERS)
    drawing = drawing_now(rights.cycle)
    base = _base(rights, request.GET.get("from", ""))
    days, settled = _offered(drawing, base)
    form = DraftForm(
        request.POST if request.method == "POST" else None,
        days=[(each["host"], _said(drawing, each)) for each in days],
        settled=base.fixed if base else [],
    )
    may_ask = not obstacle_of(drawing) and form.is_valid()
    if may_ask and (draft := _asked(request, rights, form, days)):
        messages.success(request, f"{draft} is asked for.")
        return redirect(draft)
    context = {"form": form, "base": base, "settled": settled, **_beforehand(drawing)}
    return render(request, "cycles/draft_new.html", context)


def _beforehand(drawing: Drawing) -> dict[str, Any]:
    """What is known before a rota is drawn up."""
    cycle = drawing.rows.cycle
    return {
        "cycle": cycle,
        "obstacle": obstacle_of(drawing),
        "notes": list(notes_of(drawing)),
        "weights": POINTS,
        "running": RotaDraft.objects.running().filter(cycle=cycle).first(),
    }


def _base(rights: CycleRights, number: str) -> RotaDraft | None:
    if not (number.isascii() and number.isdigit()):
        return None
    return rights.cycle.drafts.filter(number=int(number), state=RotaDraft.State.FOUND).first()


def _offered(drawing: Drawing, base: RotaDraft | None) -> tuple[list[DayInJson], list[str]]:
    """The days that may stay, and in words those that do anyway."""
    today = timezone.localdate()
    standing = [each for each in drawing.rows.standing if stays(each, today)]
    settled = days_in_json(day_of(each) for each in standing)
    hosts = {str(each.pk) for each in drawing.rows.hosts} - {day["host"] for day in settled}
    days = base.days if base else days_in_json(day_of(each) for each in drawing.rows.standing)
    offered = [day for day in days if day["host"] in hosts and day["lead"]]
    return offered, [_said(drawing, day) for day in settled]


def _said(drawing: Drawing, day: DayInJson) -> str:
    (when,) = days_from_json([day])
    return f"{drawing.names.of_id(when.host)}, {spoken_day(when.date)}"


def _asked(
    request: PersonRequest, rights: CycleRights, form: DraftForm, days: list[DayInJson]
) -> RotaDraft | None:
    try:
        return ask_for_draft(
            cycle=rights.cycle,
            seconds=form.cleaned_data["seconds"],
            staying=[day for day in days if day["host"] in form.stays],
            by=request.user,
            now=timezone.now(),
        )
    except DrawingAlready:
        form.add_error(
            None, "A rota of this alliance is being drawn up already. Wait for it, or stop it."
        )
    except CycleOver:
        form.add_error(None, "The cycle was finished or called off meanwhile.")
    return None


@require_safe
def draft_detail(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """How far it is; then its days and teams, why schools have none, and what to look at."""
    rights = draft_rights(request, pk)
    draft, now = draft_of(rights, number), timezone.now()
    context: dict[str, Any] = {
        "cycle": rights.cycle,
        "draft": draft,
        "rights": rights,
        "versions": list(answer(_versions, cycle=pk)),
        "drawn": drawn_words(draft),
        "running": running_of(draft, now),
        "is_found": bool(draft.status),
        "may_change": rights.may_organise and draft.state == RotaDraft.State.FOUND,
        "may_draw_up": rights.may_draw_up,
        "has_rota": rights.cycle.has_rota,
    }
    if draft.status:
        context |= _found(draft, rights, now)
    return render(request, "cycles/draft_detail.html", context)


def _found(draft: RotaDraft, rights: CycleRights, now: datetime) -> dict[str, Any]:
    cycle, scene = rights.cycle, scene_of(rights.cycle)
    settled = _settled(draft, timezone.localdate(now)) if cycle.has_rota else set()
    days = visits_of(_known(draft.days, scene), {*draft.fixed, *settled})
    seen = looks(scene, days, past_of(cycle, scene))
    return {
        "out": out_words(draft, scene),
        "lines": lines_of(draft, scene, days, settled, seen),
        "looks": seen,
        "broken": draft.findings.get("broken", []),
        "notes": draft.findings.get("notes", []),
        "without": [
            {"host": each["host"], "reason": each["reason"], "school": _name(scene, each["host"])}
            for each in draft.unfilled
        ],
        "relaxations": draft.relaxations,
        "grid": grid(scene, days, {look.host for look in seen}),
        "matrix": matrix(scene, days),
        "fairness": fairness(scene, days),
        "weights": POINTS,
    }


def _settled(draft: RotaDraft, today: date) -> set[str]:
    """The hosts whose published day stays as it is."""
    dates = {day["host"]: day["date"] for day in draft.days}
    days = ReviewDay.objects.standing().filter(cycle=draft.cycle_id)
    kept = days.filter(Q(is_fixed=True) | Q(state=ReviewDay.State.HELD) | Q(day__lt=today))
    found = [(str(host), day.isoformat()) for host, day in kept.values_list("host", "day")]
    return {host for host, day in found if dates.get(host) == day}


def _known(days: list[DayInJson], scene: Scene) -> list[DayInJson]:
    """The days of schools and people whom the cycle knows."""
    return [
        day
        for day in days
        if day["host"] in scene.hosts
        and all(each in scene.visitors for each in (day["lead"], *day["team"]) if each)
    ]


def _name(scene: Scene, host: str) -> str:
    return scene.hosts[host].name if host in scene.hosts else "A school that left"


@require_safe
def draft_compare(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """What differs from another draft or from the published rota, and how fair each is."""
    rights = draft_rights(request, pk)
    cycle, draft = rights.cycle, draft_of(rights, number)
    others = [each for each in answer(_versions, cycle=pk) if each.status and each.pk != draft.pk]
    other = _chosen(others, request.GET.get("with", ""), has_rota=cycle.has_rota)
    scene = scene_of(cycle)
    named, raw = (str(other), other.days) if other else ("Published", published_days(cycle))
    pair = visits_of(_known(draft.days, scene)), visits_of(_known(raw, scene))
    context = {
        "cycle": cycle,
        "draft": draft,
        "other": other,
        "other_name": named,
        "others": others,
        "has_other": other is not None or cycle.has_rota,
        "differences": list(differences(scene, *pair)),
        "facts": _beside(scene, *pair),
    }
    return render(request, "cycles/draft_compare.html", context)


def _chosen(others: list[RotaDraft], named: str, *, has_rota: bool) -> RotaDraft | None:
    """Another draft; none is the published rota, as long as there is one."""
    first = None if has_rota else next(iter(others), None)
    return next((each for each in others if str(each.number) == named), first)


def _beside(scene: Scene, ones: list[Visits], others: list[Visits]) -> list[tuple[str, str, str]]:
    """How fair each of two is."""
    one, other = dict(fairness(scene, ones)), dict(fairness(scene, others))
    left = len([host for host in scene.hosts.values() if host.is_standing])
    ones_left, others_left = (str(max(0, left - len(days))) for days in (ones, others))
    without = ("Without a day", ones_left, others_left)
    named = dict.fromkeys([*one, *other])
    return [without, *((name, one.get(name, "–"), other.get(name, "–")) for name in named)]
