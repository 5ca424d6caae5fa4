"""The year of a cycle: every host's day and stage, and what schools give and receive, also as files."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.audit.services import record_export
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.exports import Column, export
from reviews.cycles.given import balances_of
from reviews.cycles.permissions import CycleRights
from reviews.cycles.stages import host_lines, lines_that_wait, with_further
from reviews.cycles.views.finding import rights_or_404

WAITS = "waits"
YEAR_COLUMNS = (
    Column("School", lambda line: line.school, 34),
    Column("Day", lambda line: line.day),
    Column("Last day", lambda line: line.last_day),
    Column("Stage", lambda line: line.shown.label, 20),
    Column("Late", lambda line: "Late" if line.shown.is_late else "", 8),
    Column("Accepted", lambda line: line.accepted, 10),
    Column("Asked", lambda line: line.asked, 10),
    Column("What is next", lambda line: line.shown.next_words, 26),
    Column("Whose it is", lambda line: line.shown.whose, 26),
    Column("By", lambda line: line.shown.due_at),
)
GIVEN_COLUMNS = (
    Column("School", lambda row: row.school, 34),
    Column("Days given", lambda row: float(row.given), 12),
    Column("Days received", lambda row: float(row.received), 14),
    Column("Balance", lambda row: float(row.balance), 10),
)


def _rights(request: PersonRequest, pk: int) -> CycleRights:
    rights = rights_or_404(request, pk)
    require(rights.sees_rota, "The rota isn’t published yet.")
    return rights


@require_safe
def year_list(request: PersonRequest, pk: int) -> HttpResponse:
    """Every host by its day with its stage, or only those for which somebody has to act."""
    rights = _rights(request, pk)
    now = timezone.now()
    lines = with_further(host_lines(rights.cycle, now), rights, now)
    waiting = lines_that_wait(lines)
    only_waiting = WAITS in request.GET
    context = {
        "cycle": rights.cycle,
        "lines": waiting if only_waiting else lines,
        "only_waiting": only_waiting,
        "all_count": len(lines),
        "waiting_count": len(waiting),
    }
    return render(request, "cycles/year_list.html", context)


@require_safe
def year_export(request: PersonRequest, pk: int, kind: str) -> HttpResponseBase:
    """The same rows as a file; its taking is audited."""
    rights = _rights(request, pk)
    now = timezone.now()
    lines = with_further(host_lines(rights.cycle, now), rights, now)
    record_export(of="Year of review days", kind=kind, by=request.user, at=now)
    rows = lines_that_wait(lines) if WAITS in request.GET else lines
    today = timezone.localdate(now)
    return export(kind, name="review-year", columns=YEAR_COLUMNS, rows=rows, on=today)


@require_safe
def given_list(request: PersonRequest, pk: int) -> HttpResponse:
    """What each school gives and receives, all of them."""
    rights = _rights(request, pk)
    context = {"cycle": rights.cycle, "rows": balances_of(rights.cycle)}
    return render(request, "cycles/given_list.html", context)


@require_safe
def given_export(request: PersonRequest, pk: int, kind: str) -> HttpResponseBase:
    """What each school gives and receives, as a file; its taking is audited."""
    rights = _rights(request, pk)
    now = timezone.now()
    record_export(of="Review days given and received", kind=kind, by=request.user, at=now)
    rows = balances_of(rights.cycle)
    today = timezone.localdate(now)
    return export(kind, name="reviews-given", columns=GIVEN_COLUMNS, rows=rows, on=today)
