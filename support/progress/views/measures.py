"""The measures of a programme: which figures are followed, and how they stand against the plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.membership.forms.kept import values_of
from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found
from partnership.toolkit.addresses import address
from support.programmes.permissions import Rights
from support.programmes.views.finding import form_page, question_page, rights_or_404
from support.progress.figures import Board, Followed, board_of, picture_of, spark_line
from support.progress.forms.measures import MeasureForm
from support.progress.measuring import FEWEST
from support.progress.measuring.kinds import USUAL
from support.progress.models import Measure
from support.progress.permissions import can_enter_measures
from support.progress.services import (
    DroppedAlready,
    FollowedAlready,
    HasFigures,
    NotGoingOn,
    add_measure,
    change_measure,
    choose_headline,
    drop_measure,
    settled_of,
)
from support.progress.views.finding import course_or_404, course_page, require_now

FACTS = ("kind", "name", "year_group", "group", "unit", "is_better_lower", "objective", "source")
LIST = "progress:measure_list"
GONE = "The programme is paused or over; its figures are read only."
REFUSALS: Refusals = {
    FollowedAlready: ("kind", "The programme follows this figure of these pupils already."),
    HasFigures: ("", "Figures were entered meanwhile: drop the measure and add another."),
    DroppedAlready: ("", "Somebody dropped this measure meanwhile."),
    NotGoingOn: ("", GONE),
}


def board_for(request: PersonRequest, pk: int) -> tuple[Rights, Board]:
    """The measures of a programme as she is told them, or 404 or 403."""
    rights = course_or_404(request, pk)
    return rights, board_of(rights, timezone.localdate())


def measure_for(request: PersonRequest, pk: int, measure_pk: int) -> tuple[Rights, Board, Followed]:
    """One of the measures that a programme follows."""
    rights, board = board_for(request, pk)
    followed = board.numbered(measure_pk)
    return rights, board, found([followed] if followed else [])


def list_of(pk: int) -> str:
    """The address of a programme's measures."""
    return address(LIST, pk)


@require_safe
def measure_list(request: PersonRequest, pk: int) -> HttpResponse:
    """Every figure that is followed, by year group, each with its plan."""
    rights, board = board_for(request, pk)
    years = [
        (words, [(each, spark_line(each)) for each in measures])
        for words, measures in board.by_year
    ]
    context = {
        "board": board,
        "years": years,
        "can_enter": can_enter_measures(rights),
        "enter_point": max(board.begun, 0),
        "fewest": FEWEST,
    }
    page = "progress/measure_list.html"
    return course_page(request, rights, page, "Measures", LIST, **context)


@require_safe
def measure_detail(request: PersonRequest, pk: int, measure_pk: int) -> HttpResponse:
    """One figure from the start to the last check: picture, table and sentence."""
    rights, board, measure = measure_for(request, pk, measure_pk)
    context = {
        "measure": measure,
        "picture": picture_of(board, measure),
        "can_enter": can_enter_measures(rights),
        "fewest": FEWEST,
    }
    page = "progress/measure_detail.html"
    return course_page(request, rights, page, measure.title, LIST, **context)


def measure_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Follow one more figure; its kind proposes the rest."""
    rights = rights_or_404(request, pk)
    require_now(rights, can_enter_measures(rights))
    programme = rights.programme
    form = MeasureForm(
        request.POST if request.method == "POST" else None,
        initial=_usual(request.GET.get("kind", "")),
        programme_pk=programme.pk,
    )
    told = {"service": add_measure, "programme": programme, "by": request.user}
    if form.is_valid() and saved(form, REFUSALS, **told, facts=form.changes, now=timezone.now()):
        messages.success(request, "The measure is followed from now on. Enter where it stands.")
        return redirect(list_of(pk))
    wording = Wording(
        "Add a measure",
        "Follow this figure",
        list_of(pk),
        "Figures of groups of pupils: no pupil is ever named.",
    )
    above = "progress/includes/_measure_kinds.html"
    kinds = Measure.Kind.choices if request.method == "GET" else []
    return form_page(request, programme, form, wording, above=above, kinds=kinds)


def _usual(kind: str) -> dict[str, Any]:
    usual = USUAL.get(kind)
    if usual is None:
        return {"group": Measure.Group.ALL, "unit": Measure.Unit.PERCENT}
    group = Measure.Group.DISADVANTAGED if kind == Measure.Kind.GAP else Measure.Group.ALL
    facts = {"year_group": usual.year_group, "unit": usual.unit, "group": group}
    return {"kind": kind, "is_better_lower": usual.is_better_lower, **facts}


def measure_edit(request: PersonRequest, pk: int, measure_pk: int) -> HttpResponse:
    """Say otherwise what is measured; what it counts stays once figures stand."""
    rights, _board, followed = measure_for(request, pk, measure_pk)
    require_now(rights, can_enter_measures(rights))
    measure = Measure.objects.select_related("programme").get(pk=followed.pk)
    form = MeasureForm(
        request.POST if request.method == "POST" else None,
        initial=values_of(measure, FACTS),
        programme_pk=pk,
        settled=settled_of(measure) if followed.has_figures else (),
    )
    told = {"service": change_measure, "measure": measure, "by": request.user}
    now = timezone.now()
    if form.is_valid() and saved(
        form, REFUSALS, **told, changes=form.changes, seen_version=form.seen, now=now
    ):
        messages.success(request, "Measure saved.")
        return redirect("progress:measure_detail", pk, measure_pk)
    back = address("progress:measure_detail", pk, measure_pk)
    lead = "Figures stand already: what is counted stays as it is." if followed.has_figures else ""
    wording = Wording(f"Change: {followed.title}", "Save", back, lead)
    return form_page(request, rights.programme, form, wording)


def measure_drop(request: PersonRequest, pk: int, measure_pk: int) -> HttpResponse:
    """Follow a figure no longer; what was entered is kept."""
    rights, _board, followed = measure_for(request, pk, measure_pk)
    require_now(rights, can_enter_measures(rights))
    if request.method == "POST":
        measure = Measure.objects.select_related("programme").get(pk=followed.pk)
        drop_measure(measure=measure, by=request.user, now=timezone.now())
        messages.success(request, f"{followed.title}: followed no longer.")
        return redirect(list_of(pk))
    back = address("progress:measure_detail", pk, measure_pk)
    lead = "It goes from the pages of the programme and from reminders. Its figures are kept."
    wording = Wording(f"Drop “{followed.title}”?", "Drop it", back, lead)
    return question_page(request, rights.programme, None, wording)


@require_POST
def measure_headline(request: PersonRequest, pk: int, measure_pk: int) -> HttpResponse:
    """Let a figure stand on top of the programme's page."""
    rights, _board, followed = measure_for(request, pk, measure_pk)
    require_now(rights, can_enter_measures(rights))
    measure = Measure.objects.select_related("programme").get(pk=followed.pk)
    choose_headline(measure=measure, by=request.user, now=timezone.now())
    messages.success(request, f"{followed.title}: on top of the programme’s page.")
    return redirect("progress:measure_detail", pk, measure_pk)
