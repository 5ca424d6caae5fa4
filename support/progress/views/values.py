"""Figures are entered: all of one measure, or one term's of all measures."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from partnership.people.requests import PersonRequest
from partnership.toolkit.versions import ChangedSince
from support.programmes.models import Programme
from support.programmes.permissions import Rights
from support.progress.figures import Board, Followed
from support.progress.forms.measures import FiguresForm, OneMeasureForm, Place
from support.progress.measuring import FEWEST
from support.progress.measuring.kinds import CHECKS, START, point_words
from support.progress.permissions import can_enter_measures
from support.progress.services import NoSuchMeasure, NotGoingOn, WrongFigure, enter_values
from support.progress.views.finding import course_page, require_now
from support.progress.views.measures import GONE, LIST, board_for, list_of, measure_for

FILL = "evenly"


def _is_known_by_now(programme: Programme, board: Board, point: int) -> bool:
    """Whether what was reached at a point can be entered."""
    if point in CHECKS:
        return programme.is_followed()
    return point == START or point <= board.begun


def _kept(form: FiguresForm, rights: Rights, request: PersonRequest) -> bool:
    """Enter what was typed; where it is refused, say so at the field and keep what was typed."""
    try:
        enter_values(
            programme=rights.programme,
            entries=form.entries,
            by=request.user,
            now=timezone.now(),
            seen_versions=form.seen_versions,
        )
    except WrongFigure as refused:
        form.refuse(refused.entry, refused.field, str(refused))
    except ChangedSince:
        form.show_meanwhile()
    except NoSuchMeasure:
        form.add_error(None, "Somebody dropped a measure meanwhile. Open this page again.")
    except NotGoingOn:
        form.add_error(None, GONE)
    else:
        return True
    return False


def values_enter(request: PersonRequest, pk: int, measure_pk: int) -> HttpResponse:
    """All figures of one measure; the plan can be filled in even steps before it is saved."""
    rights, board, measure = measure_for(request, pk, measure_pk)
    require_now(rights, can_enter_measures(rights))
    form = OneMeasureForm(
        request.POST if request.method == "POST" else None,
        places=_points(rights.programme, board, measure),
    )
    is_filled = False
    if request.POST.get("fill") == FILL and form.is_valid():
        is_filled = form.fill_evenly()
    elif form.is_valid() and _kept(form, rights, request):
        messages.success(request, "Figures saved.")
        return redirect("progress:measure_detail", pk, measure_pk)
    context = _context(form) | {"measure": measure, "is_filled": is_filled}
    page = "progress/values_enter.html"
    return course_page(request, rights, page, "Enter figures", LIST, **context)


def _points(programme: Programme, board: Board, measure: Followed) -> list[Place]:
    return [
        Place(
            measure,
            point,
            point_words(point),
            with_plan=point != START,
            with_actual=_is_known_by_now(programme, board, point),
        )
        for point in board.points
    ]


def term_figures(request: PersonRequest, pk: int, point: int) -> HttpResponse:
    """What was reached in one term, for every measure."""
    rights, board = board_for(request, pk)
    require_now(rights, can_enter_measures(rights))
    if point not in board.points or not board.measures:
        raise Http404
    if not _is_known_by_now(rights.programme, board, point):
        messages.warning(request, f"{point_words(point)} has not begun; enter its figures then.")
        return redirect(list_of(pk))
    places = [
        Place(each, point, each.title, with_plan=False, with_actual=True) for each in board.measures
    ]
    form = FiguresForm(request.POST if request.method == "POST" else None, places=places)
    if form.is_valid() and _kept(form, rights, request):
        messages.success(request, f"Figures saved: {point_words(point)}.")
        return redirect(list_of(pk))
    others = [each for each in board.points if _is_known_by_now(rights.programme, board, each)]
    points = [(each, point_words(each), each == point) for each in others]
    context = _context(form) | {"points": points}
    heading = f"Enter the figures: {point_words(point)}"
    return course_page(request, rights, "progress/term_figures.html", heading, LIST, **context)


def _context(form: FiguresForm) -> dict[str, Any]:
    return {"form": form, "rows": list(form.rows()), "fewest": FEWEST}
