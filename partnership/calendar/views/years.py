"""The list of term dates, an academic year, and settling one."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.audit.history import history_of
from partnership.calendar.calendars import dates_for
from partnership.calendar.filters import TermCalendarFilterSet
from partnership.calendar.forms import YearForm
from partnership.calendar.models import TermCalendar
from partnership.calendar.permissions import can_edit_year, can_import_term_dates, can_see_year
from partnership.calendar.planner import year_view
from partnership.calendar.services import clear_year, settle_year
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.pagination import page_of
from partnership.toolkit.registers.owners import (
    CalendarOwner,
    followed_by,
    owner_kinds,
    owner_of,
)
from partnership.toolkit.versions import ChangedSince

FIRST_YEAR, LAST_YEAR = 2000, 2099
LONGEST_VERSION = 8
WHO_EDITS = "A school’s head settles its dates; a director those of her schools’ authority."


def _owner(request: PersonRequest, kind: str, key: str) -> CalendarOwner:
    owner = owner_of(request.user, kind, key)
    if owner is None:
        raise Http404
    return owner


def _year(slug: str) -> AcademicYear:
    year = AcademicYear.from_slug(slug)
    if year is None or not FIRST_YEAR <= year.start <= LAST_YEAR:
        raise Http404
    return year


@require_safe
def calendar_list(request: PersonRequest) -> HttpResponse:
    """Authorities whose term dates are known, by name, and one’s own first."""
    today = timezone.localdate()
    calendars = TermCalendar.objects.visible_to(request.user).followed()
    filterset = TermCalendarFilterSet(request.GET, queryset=calendars)
    page = page_of(filterset.qs.order_by("title", "pk").values_list("pk", flat=True), request)
    owners: dict[int, CalendarOwner] = {}
    for kind in owner_kinds().values():
        missing = [pk for pk in page if pk not in owners]
        owners |= kind.of_calendars(missing) if missing else {}
    context = {
        "filterset": filterset,
        "is_in_use": any(filterset.form.cleaned_data.values()),
        "page": page,
        "owners": [owners[pk] for pk in page if pk in owners],
        "followed": followed_by(request.user, today),
        "year": AcademicYear.containing(today),
        "can_import": can_import_term_dates(request.user),
    }
    return render(request, "calendar/calendar_list.html", context)


@require_safe
def year_now(request: PersonRequest, kind: str, key: str) -> HttpResponse:
    """The academic year of today."""
    year = AcademicYear.containing(timezone.localdate())
    return year_detail(request, kind, key, year.slug)


@require_safe
def year_detail(request: PersonRequest, kind: str, key: str, slug: str) -> HttpResponse:
    """When an authority’s schools, or one school, are open in an academic year, and why not."""
    owner, year = _owner(request, kind, key), _year(slug)
    require(can_see_year(request.user, owner))
    can_edit = can_edit_year(request.user, owner, timezone.localdate())
    calendar = TermCalendar(pk=owner.reference.own_id)
    context = {
        "owner": owner,
        "year": year,
        "shown": year_view(owner.reference, year),
        "can_edit": can_edit,
        "history": history_of(calendar) if can_edit and calendar.pk else [],
    }
    return render(request, "calendar/year_detail.html", context)


def year_edit(request: PersonRequest, kind: str, key: str, slug: str) -> HttpResponse:
    """Settle the half terms and INSET days of a year."""
    owner, year = _owner(request, kind, key), _year(slug)
    now = timezone.now()
    require(can_edit_year(request.user, owner, timezone.localdate(now)), WHO_EDITS)
    typed = request.POST if request.method == "POST" else None
    form = YearForm(typed, owner=owner, year=year, dates=dates_for(owner.reference))
    if form.is_valid() and form.is_sure():
        try:
            _settle(form, request.user, now)
        except ChangedSince:
            current = _owner(request, kind, key)
            form.show_both(current, dates_for(current.reference))
        else:
            messages.success(request, f"{owner.name}’s dates of {year} saved.")
            return redirect("calendar:year_detail", kind, key, slug)
    return render(request, "calendar/year_edit.html", {"owner": owner, "year": year, "form": form})


def _settle(form: YearForm, person: Person, now: datetime) -> None:
    settle_year(
        owner=form.owner,
        year=form.year.start,
        settled=form.settled,
        seen_version=form.cleaned_data["seen_version"],
        by=person,
        now=now,
    )


def year_clear(request: PersonRequest, kind: str, key: str, slug: str) -> HttpResponse:
    """Asks once more, and forgets what an owner says of a year."""
    owner, year = _owner(request, kind, key), _year(slug)
    now = timezone.now()
    require(can_edit_year(request.user, owner, timezone.localdate(now)), WHO_EDITS)
    if year.start not in dates_for(owner.reference).own:
        raise Http404
    is_stale = False
    if request.method == "POST":
        seen = _version(request.POST.get("seen_version", ""))
        try:
            clear_year(owner=owner, year=year.start, seen_version=seen, by=request.user, now=now)
        except ChangedSince:
            owner, is_stale = _owner(request, kind, key), True
        else:
            messages.success(request, f"{owner.name} says nothing of its own about {year} now.")
            return redirect("calendar:year_detail", kind, key, slug)
    context = {"owner": owner, "year": year, "is_stale": is_stale}
    return render(request, "calendar/year_clear.html", context)


def _version(word: str) -> int:
    """A version from a hidden field; nonsense is a version that was never there."""
    is_number = word.isascii() and word.isdigit() and len(word) <= LONGEST_VERSION
    return int(word) if is_number else -1
