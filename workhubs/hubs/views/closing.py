"""The office closes a workhub or a year of it, and opens it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alliances.meetings.models import Meeting
from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.calendar.days import UK
from partnership.calendar.years import AcademicYear
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.spoken_dates import spoken_day
from workhubs.hubs.forms import LastDayForm
from workhubs.hubs.models import Workhub, WorkhubYear
from workhubs.hubs.permissions import can_run_workhubs
from workhubs.hubs.services import (
    ClosedAlready,
    NotClosed,
    NotItsLastDay,
    close_workhub,
    close_year,
    reopen_workhub,
    reopen_year,
)
from workhubs.hubs.views.finding import question_page, year_or_404, years_of

FOR_OFFICE = "An alliance’s office closes its workhubs."
REFUSALS: Refusals = {
    NotItsLastDay: ("last_day", "Choose a day from today until the academic year ends."),
    ClosedAlready: ("last_day", "It is closed already, or its academic year is over."),
}
STAYS = "What it did stays on record, and it can be opened again."


def _year_to_run(request: PersonRequest, slug: str, year: AcademicYear) -> WorkhubYear:
    chosen = year_or_404(request.user, slug, year, on=timezone.localdate())
    require(can_run_workhubs(request.user, chosen.workhub, timezone.localdate()), FOR_OFFICE)
    return chosen


def _latest_to_run(request: PersonRequest, slug: str) -> WorkhubYear:
    chosen = found(years_of(request.user, slug, on=timezone.localdate()))
    require(can_run_workhubs(request.user, chosen.workhub, timezone.localdate()), FOR_OFFICE)
    return chosen


def _coming(workhub: Workhub, now: datetime) -> str:
    """What is called already, for whoever closes to think of."""
    after = datetime.combine(timezone.localdate(now) + timedelta(days=1), time(), tzinfo=UK)
    count = (
        Meeting.objects.called_ahead(now=now)
        .filter(body=workhub.body_id, starts_at__gte=after)
        .count()
    )
    if not count:
        return ""
    called = "One meeting is called" if count == 1 else f"{count} meetings are called"
    return f" {called} already: cancel what comes after the last day."


def year_close(request: PersonRequest, slug: str, year: AcademicYear) -> HttpResponse:
    """With which day this year ends, after a question."""
    now = timezone.now()
    chosen = _year_to_run(request, slug, year)
    lead = (
        f"{chosen.workhub}, {chosen.academic_year}. Its schools and people are told; nobody is "
        f"asked to its meetings after the last day, and open invitations and requests end. {STAYS}"
        f"{_coming(chosen.workhub, now)}"
    )
    wording = Wording("Close this year?", "Close the year", chosen.get_absolute_url(), lead)
    told = {"service": close_year, "workhub_year": chosen}
    return _closing(request, chosen, wording, told, now=now)


def workhub_close(request: PersonRequest, slug: str) -> HttpResponse:
    """With which day the workhub ends for good, after a question."""
    now = timezone.now()
    chosen = _latest_to_run(request, slug)
    lead = (
        f"{chosen.workhub} ends with the years that aren’t over, and isn’t rolled over any more. "
        f"Its schools and people are told. {STAYS}{_coming(chosen.workhub, now)}"
    )
    back = chosen.get_absolute_url()
    wording = Wording(f"Close {chosen.workhub}?", "Close the workhub", back, lead)
    told = {"service": close_workhub, "workhub": chosen.workhub}
    return _closing(request, chosen, wording, told, now=now)


def _closing(
    request: PersonRequest,
    chosen: WorkhubYear,
    wording: Wording,
    told: dict[str, object],
    *,
    now: datetime,
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form = LastDayForm(typed, initial={"last_day": _usual_last_day(chosen, now)})
    if form.is_valid() and saved(
        form, REFUSALS, **told, **form.cleaned_data, by=request.user, now=now
    ):
        day = spoken_day(form.cleaned_data["last_day"])
        messages.success(request, f"{chosen.workhub}: the last day is {day}.")
        return redirect(chosen)
    return question_page(request, chosen, form, wording)


def _usual_last_day(chosen: WorkhubYear, now: datetime) -> date:
    return min(max(timezone.localdate(now), chosen.academic_year.first_day), chosen.last_day)


def year_reopen(request: PersonRequest, slug: str, year: AcademicYear) -> HttpResponse:
    """This year goes on, after a question."""
    chosen = _year_to_run(request, slug, year)
    wording = Wording(
        "Open this year again?",
        "Open it again",
        chosen.get_absolute_url(),
        f"{chosen.workhub}, {chosen.academic_year}. Its schools and people have their seats again.",
    )
    return _reopening(request, chosen, wording, reopen_year, {"workhub_year": chosen})


def workhub_reopen(request: PersonRequest, slug: str) -> HttpResponse:
    """The workhub goes on, and so do the years that closed with it, after a question."""
    chosen = _latest_to_run(request, slug)
    wording = Wording(
        f"Open {chosen.workhub} again?",
        "Open it again",
        chosen.get_absolute_url(),
        "The years that closed with it go on. It can be rolled over again.",
    )
    return _reopening(request, chosen, wording, reopen_workhub, {"workhub": chosen.workhub})


def _reopening(
    request: PersonRequest,
    chosen: WorkhubYear,
    wording: Wording,
    service: Callable[..., object],
    told: dict[str, object],
) -> HttpResponse:
    if request.method != "POST":
        return question_page(request, chosen, None, wording)
    try:
        service(**told, by=request.user, now=timezone.now())
        messages.success(request, f"{chosen.workhub} is open again.")
    except NotClosed:
        messages.warning(request, "It is open, or can’t be opened: its year is over.")
    return redirect(chosen)
