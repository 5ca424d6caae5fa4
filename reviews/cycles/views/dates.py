"""Pages on which a person, a school, or an organiser for either, blocks days with one tap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from alliances.schools.models import Delegation, School, SchoolPost
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.spoken_dates import spoken_day
from reviews.cycles.availability import Board, Whose, board_of, entries_of
from reviews.cycles.forms.dates import SpanForm, WeekdayForm
from reviews.cycles.models import CycleHost, CycleReviewer
from reviews.cycles.permissions import can_block_days_of
from reviews.cycles.services.blocking import block_days, free_days, give_dates, undo_blocking
from reviews.cycles.views.finding import rights_to_organise

UNDO_FOR = timedelta(minutes=30)
ORGANISING = ("cycle__alliance", "cycle__organiser")


@dataclass(frozen=True)
class Heading:
    """What the page says on top, and where it leads back."""

    title: str
    lead: str
    back: str = ""
    back_words: str = ""


def own_dates(request: PersonRequest) -> HttpResponse:
    """The reader’s own days."""
    require(request.user.is_active)
    entries = entries_of(request.user)
    home = next((each.reviewer.school_id for each in entries if each.reviewer.school_id), None)
    whose = Whose(request.user, entries, home, is_own=True)
    lead = "Tap a day on which you can’t go out. Nobody but you reads why."
    return _dates_page(request, whose, Heading("My dates", lead))


def school_dates(request: PersonRequest, urn: int) -> HttpResponse:
    """The days of a school that she heads, or for which she acts in reviews."""
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    require(
        can_block_days_of(request.user, school, timezone.localdate()),
        "A school’s dates are given by its head, and by whoever acts for her in reviews.",
    )
    whose = Whose(school, entries_of(school), school.pk, is_own=True)
    lead = "Tap a day on which your school can’t be visited. Nobody outside it reads why."
    return _dates_page(request, whose, Heading(f"Dates of {school}", lead))


def reviewer_dates(request: PersonRequest, pk: int, entry_pk: int) -> HttpResponse:
    """An organiser blocks what a reviewer tells her by telephone."""
    rights = rights_to_organise(request, pk)
    entries = CycleReviewer.objects.filter(cycle=pk, left_at=None)
    named = entries.select_related("reviewer__person", *ORGANISING)
    entry = get_object_or_404(named, pk=entry_pk)
    person = entry.reviewer.person
    whose = Whose(person, [entry], entry.reviewer.school_id, is_own=False)
    return _dates_page(request, whose, _told(person, rights.cycle))


def host_dates(request: PersonRequest, pk: int, host_pk: int) -> HttpResponse:
    """The same for a school that hosts."""
    rights = rights_to_organise(request, pk)
    hosts = CycleHost.objects.filter(cycle=pk, left_at=None)
    host = get_object_or_404(hosts.select_related("school", *ORGANISING), pk=host_pk)
    whose = Whose(host.school, [host], host.school_id, is_own=False)
    return _dates_page(request, whose, _told(host.school, rights.cycle))


def _told(owner: Person | School, cycle: Any) -> Heading:
    lead = "Block what you are told by telephone; no reason is asked. Days that were blocked "
    by_whom = "by somebody else, nobody but they can free."
    return Heading(f"Dates of {owner}", lead + by_whom, cycle.get_absolute_url(), str(cycle))


def _dates_page(request: PersonRequest, whose: Whose, heading: Heading) -> HttpResponse:
    now = timezone.now()
    board = board_of(whose, request.user, now)
    posted = request.POST if request.method == "POST" else {}
    span = SpanForm(posted if "span" in posted else None, is_own=whose.is_own)
    weekly = WeekdayForm(posted if "weekly" in posted else None, is_own=whose.is_own)
    if request.method == "POST" and (said := _done(request, board, (span, weekly), now)):
        if not request.headers.get("HX-Request"):
            messages.success(request, said)
        return redirect(request.path)
    context = {
        "heading": heading,
        "board": board,
        "months": board.months,
        "span_form": span,
        "weekday_form": weekly,
        "undo": _undo(board, request.user, now),
        "others": _others(request.user, whose, timezone.localdate(now)) if whose.is_own else [],
    }
    return render(request, "cycles/dates.html", context)


def _done(
    request: PersonRequest, board: Board, forms: tuple[SpanForm, WeekdayForm], now: datetime
) -> str:
    """Do what was pressed and say what is now true; nothing where a form has to be mended."""
    told: dict[str, Any] = {"by": request.user, "now": now}
    if "given" in request.POST:
        give_dates(entries=board.whose.to_give, **told)
        return "Thank you: all the dates are given. You may still change them."
    told |= board.whose.named
    if "undo" in request.POST:
        return _undone(request.POST["undo"], told)
    if "day" in request.POST:
        return _tapped(request.POST["day"], board, told)
    for name, form in zip(("span", "weekly"), forms, strict=True):
        if form.is_valid():
            days = form.chosen(board.choosable)
            return _many(days, board, told, form.because_said, request.POST[name])
    return ""


def _tapped(typed: str, board: Board, told: dict[str, Any]) -> str:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return "That is no day. Nothing has changed."
    if day not in board.choosable or day in board.kept:
        return f"{spoken_day(day)} can’t be changed here."
    if day in board.blocked:
        free_days(days=[day], **told)
        return f"{spoken_day(day)} is free again."
    block_days(days=[day], **told)
    return f"{spoken_day(day)} is blocked."


def _many(days: list[date], board: Board, told: dict[str, Any], because: str, what: str) -> str:
    if what == "free":
        count = free_days(days=[day for day in days if day not in board.kept], **told)
        return f"{_counted(count)} free again."
    count = block_days(days=days, because=because, **told)
    return f"{_counted(count)} blocked."


def _undone(typed: str, told: dict[str, Any]) -> str:
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        return "There is nothing to undo."
    count = undo_blocking(at=at, **told) if timezone.is_aware(at) else 0
    return f"{_counted(count)} free again."


def _counted(count: int) -> str:
    if not count:
        return "No more days are"
    return "One more day is" if count == 1 else f"{count} more days are"


def _undo(board: Board, reader: Person, now: datetime) -> tuple[str, int] | None:
    """The moment at which she blocked the latest of these days in one go, and how many those are."""
    moments = [row.blocked_at for row in board.blocked.values() if row.blocked_by_id == reader.pk]
    latest = max(moments, default=None)
    if latest is None or latest < now - UNDO_FOR:
        return None
    return latest.isoformat(), moments.count(latest)


def _others(reader: Person, whose: Whose, today: date) -> QuerySet[School]:
    """Schools whose dates she gives, too."""
    heads = SchoolPost.objects.on(today).of_heads().filter(person=reader)
    acting = Delegation.objects.held_by(reader, Delegation.Kind.REVIEWS, on=today)
    schools = School.objects.filter(pk__in=heads.values("school").union(acting.values("school")))
    hosting = CycleHost.objects.filter(left_at=None, cycle__state__in=("asking", "published"))
    others = schools.filter(pk__in=hosting.values("school"))
    if whose.of_school:
        others = others.exclude(pk=whose.owner.pk)
    return others.order_by("name", "pk")
