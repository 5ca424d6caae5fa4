"""Bodies that meet: their list, the page of one, and a director who founds, edits and closes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.meetings.exporting import BODIES
from alliances.meetings.filters import BodyFilter
from alliances.meetings.forms import BodyForm, CloseBodyForm
from alliances.meetings.minuted import outcomes_of
from alliances.meetings.models import Body, Meeting
from alliances.meetings.permissions import (
    can_close_body,
    can_edit_body,
    can_found_body,
    rights_in,
)
from alliances.meetings.services import change_body, close_body, found_body
from alliances.meetings.surroundings import LOOKS_BACK, meetings_around, members_of
from alliances.meetings.views.finding import body_for
from alliances.meetings.views.proposals import proposals_of
from alliances.membership.models import Alliance
from alliances.membership.permissions import directed_alliances
from alliances.membership.views.finding import saved
from partnership.audit.history import History, history_of, wants_whole_history
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.exports import export
from partnership.toolkit.pagination import page_of
from partnership.toolkit.spoken_dates import spoken_date

FOR_DIRECTORS = "Groups are founded and changed by the alliance’s director."


def _listed(person: Person, *, on: date, now: datetime) -> QuerySet[Body, Any]:
    """Bodies that she may see, with how many places are taken and when they meet next."""
    coming = Meeting.objects.filter(body=OuterRef("pk")).called_ahead(now=now)
    next_at = Subquery(coming.order_by("starts_at", "pk").values("starts_at")[:1])
    seated = Body.objects.seating(person, on=on).filter(pk=OuterRef("pk"))
    bodies = Body.objects.visible_to(person, on=on).with_place_count(on=on)
    return bodies.annotate(next_at=next_at, is_seated=Exists(seated))


def _filtered(request: PersonRequest, now: datetime) -> tuple[BodyFilter, QuerySet[Body, Any]]:
    today = timezone.localdate(now)
    bodies = _listed(request.user, on=today, now=now).select_related("alliance", "lead")
    filterset = BodyFilter(request.GET, bodies, person=request.user, on=today)
    return filterset, filterset.qs.order_by("alliance__name", "name", "pk")


@require_safe
def body_list(request: PersonRequest) -> HttpResponse:
    """The bodies that she runs or sits in, alliance by alliance."""
    now = timezone.now()
    filterset, rows = _filtered(request, now)
    context = {
        "filterset": filterset,
        "chips": list(filterset.chips()),
        "page": page_of(rows, request),
        "can_found": directed_alliances(request.user, timezone.localdate(now)).exists(),
    }
    return render(request, "meetings/body_list.html", context)


@require_safe
def body_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """What the list's filters leave, in its order, as a file."""
    now = timezone.now()
    _filterset, rows = _filtered(request, now)
    today = timezone.localdate(now)
    return export(kind, name="groups", columns=BODIES, rows=rows.iterator(), on=today)


@require_safe
def body_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What a body is for, how it works, who sits in it and when it meets."""
    now = timezone.now()
    today = timezone.localdate(now)
    body = body_for(request, pk)
    rights = rights_in(request.user, body, today)
    coming, past = meetings_around(
        body, now=now, since=now - LOOKS_BACK, with_drafts=rights.may_run
    )
    context = {
        "body": body,
        "rights": rights,
        "members": members_of(body, on=today),
        "changes_seats": rights.may_edit_seats and request.GET.get("change") == "seats",
        "coming": coming,
        "drafts": sum(meeting.state == Meeting.State.DRAFT for meeting in coming),
        "past": past,
        "proposals": proposals_of(body, request.user, may_run=rights.may_run),
        "can_propose": body.closed_on is None or body.closed_on >= today,
        "outcomes": outcomes_of(body, may_run=rights.may_run),
        "now": now,
        "today": today,
        "history": history_of(body, whole=wants_whole_history(request.GET))
        if rights.may_edit
        else History(),
    }
    return render(request, "meetings/body_detail.html", context)


def body_new(request: PersonRequest) -> HttpResponse:
    """A new body of an alliance that she directs; of several it is asked first which."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliances = list(directed_alliances(request.user, today))
    asked = request.GET.get("alliance", "")
    if not asked and len(alliances) != 1:
        require(bool(alliances), FOR_DIRECTORS)
        return render(request, "meetings/body_new_where.html", {"alliances": alliances})
    visible = Alliance.objects.visible_to(request.user)
    alliance = get_object_or_404(visible, slug=asked) if asked else alliances[0]
    require(can_found_body(request.user, alliance, today), FOR_DIRECTORS)
    form = BodyForm(request.POST if request.method == "POST" else None, alliance=alliance, on=today)
    if form.is_valid():
        body = found_body(alliance=alliance, **form.changes, by=request.user, now=now)
        messages.success(request, f"{body.name} stands. Now take in its members.")
        return redirect(body)
    back = reverse("meetings:body_list")
    context = {"form": form, "alliance": alliance, "body": None, "back": back}
    return render(request, "meetings/body_form.html", context)


def body_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """How a body works; of two editors the second is shown both versions."""
    now = timezone.now()
    today = timezone.localdate(now)
    body = body_for(request, pk)
    require(can_edit_body(request.user, body, today), FOR_DIRECTORS)
    typed = request.POST if request.method == "POST" else None
    form = BodyForm(typed, alliance=body.alliance, on=today, body=body)
    told = {"service": change_body, "body": body, "by": request.user, "now": now}
    if form.is_valid() and saved(form, {}, **told, changes=form.changes, seen_version=form.seen):
        messages.success(request, f"{body.name} saved.")
        return redirect(body)
    back = body.get_absolute_url()
    context = {"form": form, "alliance": body.alliance, "body": body, "back": back}
    return render(request, "meetings/body_form.html", context)


def body_close(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, and closes a body, or opens it again."""
    now = timezone.now()
    today = timezone.localdate(now)
    body = body_for(request, pk)
    require(can_close_body(request.user, body, today), FOR_DIRECTORS)
    typed = request.POST if request.method == "POST" else None
    if body.closed_on is not None:
        if typed is not None:
            close_body(body=body, last_day=None, by=request.user, now=now)
            messages.success(request, f"{body.name} is open again.")
            return redirect(body)
        return render(request, "meetings/body_close.html", {"body": body, "form": None})
    form = CloseBodyForm(typed, initial={"last_day": today})
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        close_body(body=body, last_day=last_day, by=request.user, now=now)
        messages.success(request, f"{body.name} closes; {spoken_date(last_day)} is its last day.")
        return redirect(body)
    ahead = Meeting.objects.filter(body=body).called_ahead(now=now).count()
    return render(request, "meetings/body_close.html", {"body": body, "form": form, "ahead": ahead})
