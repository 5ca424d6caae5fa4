"""The next meeting like a past one, series of them, and drafts that are called together."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alliances.meetings.clashes import Asked, warnings_of_many
from alliances.meetings.forms import DraftsForm, SeriesForm
from alliances.meetings.models import Meeting
from alliances.meetings.permissions import can_call_meetings_of
from alliances.meetings.planner import NoDatesKnown, Planned, series_of
from alliances.meetings.services import NotNow, call_meetings, copy_forward, places_in
from alliances.meetings.views.finding import (
    body_for,
    meeting_to_run,
    who_calls,
)
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.spoken_dates import london_day, spoken_day

NO_DATES = (
    "No term dates of the schools asked are known for this day, or it lies in a holiday. "
    "Choose another first day, or every month."
)
MOST_DRAFTS = 30


@dataclass(frozen=True)
class Draft:
    """A draft beside what speaks against its day."""

    meeting: Meeting
    warnings: list[str]


def meeting_copy(request: PersonRequest, pk: int) -> HttpResponse:
    """Same group, place, length and agenda on another day, or on several, seen before they are kept."""
    now = timezone.now()
    today = timezone.localdate(now)
    meeting = meeting_to_run(request, pk)
    form = SeriesForm(request.POST if request.method == "POST" else None, meeting=meeting, on=today)
    planned = _planned(form, meeting) if form.is_valid() else []
    days = ",".join(each.day.isoformat() for each in planned)
    if planned and _is_seen(request, planned, days):
        spans = [form.span_on(each.day) for each in planned]
        told = {"meeting": meeting, "title": form.cleaned_data["title"], "spans": spans}
        drafts = copy_forward(**told, by=request.user, now=now)
        messages.success(request, _kept_words(drafts))
        return redirect(drafts[0] if len(drafts) == 1 else meeting.body)
    context = {"meeting": meeting, "form": form, "planned": planned, "days": days}
    return render(request, "meetings/meeting_copy.html", context)


def _planned(form: SeriesForm, meeting: Meeting) -> list[Planned]:
    """The days of the series, for those who would be asked on the first; an error where none are known."""
    facts = form.cleaned_data
    asked = Asked.of(places_in(meeting.body, on=facts["day"]))
    try:
        return series_of(facts["day"], facts["repeat"], until=facts["until"], asked=asked)
    except NoDatesKnown:
        form.add_error("repeat", NO_DATES)
        return []


def _is_seen(request: PersonRequest, planned: list[Planned], days: str) -> bool:
    """Whether she was shown these very days; a single open one needn't be shown first."""
    is_plain = len(planned) == 1 and planned[0].instead_of is None
    return "look" not in request.POST and (is_plain or request.POST.get("days") == days)


def _kept_words(drafts: list[Meeting]) -> str:
    if len(drafts) == 1:
        return f"Draft for {spoken_day(drafts[0].starts_at)} kept, with its agenda."
    return f"{len(drafts)} drafts kept, each with its agenda. Call them one by one or together."


def drafts_call(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, with what speaks against each day, and calls several drafts together."""
    now = timezone.now()
    today = timezone.localdate(now)
    body = body_for(request, pk)
    require(can_call_meetings_of(request.user, body, today), who_calls(body))
    ahead = Meeting.objects.filter(body=body, state=Meeting.State.DRAFT, starts_at__gt=now)
    drafts = ahead.select_related("body__alliance").order_by("starts_at", "pk")[:MOST_DRAFTS]
    form = DraftsForm(request.POST if request.method == "POST" else None, drafts=ahead)
    if form.is_valid():
        try:
            called = call_meetings(meetings=form.cleaned_data["drafts"], by=request.user, now=now)
        except NotNow as reason:
            form.add_error(None, str(reason))
        else:
            many = "meeting is" if len(called) == 1 else "meetings are"
            messages.success(request, f"{len(called)} {many} called, and everybody is asked.")
            return redirect(body)
    context = {"body": body, "form": form, "shown": _looked_at(request, list(drafts))}
    return render(request, "meetings/drafts_call.html", context)


def _looked_at(request: PersonRequest, drafts: list[Meeting]) -> list[Draft]:
    """Each with what speaks against it, for those who would be asked to the first."""
    if not drafts:
        return []
    asked = Asked.of(places_in(drafts[0].body, on=london_day(drafts[0].starts_at)))
    spans = [(draft.starts_at, draft.ends_at) for draft in drafts]
    warnings = warnings_of_many(spans, asked=asked, reader=request.user)
    return [Draft(draft, warnings[draft.starts_at, draft.ends_at]) for draft in drafts]
