"""Figures in files: the template, what a file would change, and what is followed as a download."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.people.requests import PersonRequest
from partnership.toolkit.exports import Column, export
from partnership.toolkit.versions import ChangedSince
from support.programmes.permissions import Rights
from support.progress.figures import Board, Followed, Told
from support.progress.forms.measures import FiguresFileForm
from support.progress.measuring.files import RefusedFile
from support.progress.measuring.kinds import point_words
from support.progress.permissions import can_enter_measures
from support.progress.services import (
    NoSuchMeasure,
    NotGoingOn,
    ReadFigures,
    enter_values,
    read_figures,
)
from support.progress.views.finding import course_page, require_now
from support.progress.views.measures import GONE, LIST, board_for

KEPT_SECONDS = 3_600
LONGEST_TOKEN = 40
NOT_KEPT = "That file isn’t kept any more. Choose it again."
MEANWHILE = "Somebody entered figures meanwhile. Look at the file again."


def _number(value: Decimal | None) -> float | None:
    return float(value) if value is not None else None


def _actual(row: tuple[Followed, Told]) -> float | str | None:
    told = row[1]
    return told.actual_words if told.is_hidden else _number(told.actual)


FILLED_IN = (
    Column("Measure", lambda row: row[0].title, 44),
    Column("When", lambda row: row[1].words, 14),
    Column("Planned", lambda row: _number(row[1].planned), 10),
    Column("Actual", lambda row: _number(row[1].actual), 10),
    Column("Pupils", lambda row: row[1].cohort, 10),
)
EXPORTED = (
    Column("Measure", lambda row: str(row[0]), 40),
    Column("Year group", lambda row: row[0].year_words, 16),
    Column("Of whom", lambda row: row[0].group_words or "All pupils", 28),
    Column("Counted in", lambda row: row[0].unit_words or "number", 16),
    Column("When", lambda row: point_words(row[1].point), 14),
    Column("Planned", lambda row: _number(row[1].planned), 10),
    Column("Actual", _actual, 16),
    Column("Pupils", lambda row: row[1].cohort, 10),
)


def _points(board: Board) -> Iterator[tuple[Followed, Told]]:
    return ((measure, told) for measure in board.measures for told in measure.row)


@require_safe
def measure_export(request: PersonRequest, pk: int, kind: str) -> HttpResponseBase:
    """All figures as the page tells them."""
    _rights, board = board_for(request, pk)
    rows = list(_points(board))
    return export(kind, name="measures", columns=EXPORTED, rows=rows, on=timezone.localdate())


@require_safe
def measures_template(request: PersonRequest, pk: int) -> HttpResponseBase:
    """A CSV with a line for each figure, to be filled in and given back."""
    rights, board = board_for(request, pk)
    require_now(rights, can_enter_measures(rights))
    rows = list(_points(board))
    name, on = "figures-to-enter", timezone.localdate()
    return export("csv", name=name, columns=FILLED_IN, rows=rows, on=on)


def measures_import(request: PersonRequest, pk: int) -> HttpResponse:
    """Look at a file first; then take the lines that can be taken, or leave it."""
    rights, board = board_for(request, pk)
    require_now(rights, can_enter_measures(rights))
    token = request.POST.get("token", "")[:LONGEST_TOKEN]
    if request.method == "POST" and token.isascii() and token.isalnum():
        return _take(request, rights, board, token)
    has_file = request.method == "POST"
    form = FiguresFileForm(request.POST, request.FILES) if has_file else FiguresFileForm()
    nouns: dict[str, Any] = {"form": form, "board": board}
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            nouns["read"] = _read(rights, board, content)
        except RefusedFile as refused:
            form.add_error("file", f"{refused} Nothing was changed.")
        else:
            nouns["token"] = secrets.token_hex(16)
            kept = content, {measure.pk: measure.version for measure in board.measures}
            cache.set(_cache_key(request, pk, nouns["token"]), kept, KEPT_SECONDS)
    page = "progress/measures_import.html"
    return course_page(request, rights, page, "Take figures from a file", LIST, **nouns)


def _cache_key(request: PersonRequest, pk: int, token: str) -> str:
    return f"figures-file:{pk}:{request.user.pk}:{token}"


def _read(rights: Rights, board: Board, content: bytes) -> ReadFigures:
    now = timezone.now()
    return read_figures(content=content, programme=rights.programme, board=board, now=now)


def _take(request: PersonRequest, rights: Rights, board: Board, token: str) -> HttpResponse:
    """Enter the good lines of the very file that was looked at."""
    pk = rights.programme.pk
    kept = cache.get(_cache_key(request, pk, token))
    if kept is None:
        messages.warning(request, NOT_KEPT)
        return redirect("progress:measures_import", pk)
    content, versions = kept
    entries = _read(rights, board, content).entries
    told: dict[str, Any] = {"programme": rights.programme, "entries": entries, "by": request.user}
    try:
        enter_values(**told, now=timezone.now(), seen_versions=versions)
    except (ChangedSince, NoSuchMeasure):
        messages.warning(request, MEANWHILE)
        return redirect("progress:measures_import", pk)
    except NotGoingOn:
        messages.warning(request, GONE)
        return redirect(LIST, pk)
    cache.delete(_cache_key(request, pk, token))
    words = "1 line" if len(entries) == 1 else f"{len(entries)} lines"
    messages.success(request, f"Figures entered from {words} of the file.")
    return redirect(LIST, pk)
