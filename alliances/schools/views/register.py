"""Files of the national register: brought, compared, accepted; and conversions that wait."""

from __future__ import annotations

import time

from celery import current_app
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.schools.forms.register import RegisterFileForm
from alliances.schools.models import ProposedChange, RegisterUpdate, School, SchoolLink
from alliances.schools.permissions import can_keep_register
from alliances.schools.services import (
    HandedOverAlready,
    NotWaiting,
    accept_conversion,
    bring_register_file,
    first_day_of,
    put_aside_register_update,
    school_handovers,
)
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.pagination import page_of
from partnership.toolkit.progress import begin

MOST_CONVERSIONS = 20
Kind = ProposedChange.Kind


def register_updates(request: PersonRequest) -> HttpResponse:
    """What was brought, conversions that wait, and the form to bring another file."""
    require(can_keep_register(request.user))
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = RegisterFileForm(*posted)
    if form.is_valid():
        file = form.cleaned_data["file"]
        update = bring_register_file(
            content=file,
            name=file.name,
            published_on=form.cleaned_data["published_on"],
            la_codes=form.cleaned_data["la_codes"],
            by=request.user,
            now=timezone.now(),
        )
        return _read(request, update)
    updates = RegisterUpdate.objects.select_related("brought_by").order_by("-brought_at", "-pk")
    context = {
        "form": form,
        "page": page_of(updates, request, size=20),
        "conversions": SchoolLink.objects.to_hand_over().order_by("pk")[:MOST_CONVERSIONS],
    }
    return render(request, "schools/register_updates.html", context)


@require_safe
def register_update(request: PersonRequest, pk: int) -> HttpResponse:
    """The difference between a file and the register, row by row."""
    require(can_keep_register(request.user))
    update = get_object_or_404(RegisterUpdate.objects.select_related("brought_by"), pk=pk)
    kind = request.GET.get("kind", "")
    changes = update.changes.select_related("predecessor", "successor").order_by("line", "pk")
    counts = update.changes.all().counts()
    if kind in Kind.values:
        changes = changes.filter(kind=kind)
    context = {
        "update": update,
        "kind": kind if kind in Kind.values else "",
        "kind_label": Kind(kind).label if kind in Kind.values else "",
        "kinds": [(each.value, each.label, counts.get(each, 0)) for each in Kind if each in counts],
        "total": sum(counts.values()),
        "waiting": update.changes.waiting().count() if update.state == "waiting" else 0,
        "page": page_of(changes, request),
    }
    return render(request, "schools/register_update.html", context)


@require_POST
def register_update_read(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin reading once more: the work was stopped half way."""
    require(can_keep_register(request.user))
    update = get_object_or_404(RegisterUpdate, pk=pk)
    return _read(request, update)


def _read(request: PersonRequest, update: RegisterUpdate) -> HttpResponse:
    key = _begin(request, update, f"Comparing {update.name} with the register")
    current_app.send_task("schools.read_register", args=[update.pk, key])
    return redirect("home:progress", key=key)


def _begin(request: PersonRequest, update: RegisterUpdate, title: str) -> str:
    progress = begin(
        title=title, person_id=request.user.pk, back=update.get_absolute_url(), at=time.time()
    )
    return progress.key


@require_POST
def register_update_accept(request: PersonRequest, pk: int) -> HttpResponse:
    """Accept all that waits, all of one kind, or the rows that were ticked."""
    require(can_keep_register(request.user))
    update = get_object_or_404(RegisterUpdate, pk=pk)
    kind = request.POST.get("kind", "")
    chosen = None
    if request.POST.get("accept") == "ticked":
        ticked = request.POST.getlist("change")
        chosen = [int(each) for each in ticked if each.isascii() and each.isdigit()]
        if not chosen:
            messages.error(request, "Tick the rows that you accept, or accept all of them.")
            return redirect(update)
    if update.state != RegisterUpdate.State.WAITING:
        messages.info(request, "Nothing of this file waits to be accepted.")
        return redirect(update)
    key = _begin(request, update, f"Accepting {update.name}")
    arguments = [update.pk, key, request.user.pk, chosen, kind if kind in Kind.values else ""]
    current_app.send_task("schools.accept_register", args=arguments)
    return redirect("home:progress", key=key)


@require_POST
def register_update_put_aside(request: PersonRequest, pk: int) -> HttpResponse:
    """Leave what isn't accepted."""
    require(can_keep_register(request.user))
    update = get_object_or_404(RegisterUpdate, pk=pk)
    try:
        put_aside_register_update(update=update, by=request.user, now=timezone.now())
    except NotWaiting:
        messages.info(request, "Nothing of this file waits any more.")
    else:
        messages.success(request, f"{update.name} is put aside.")
    return redirect("schools:register_updates")


def conversion_accept(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask once what moves, then move it."""
    require(can_keep_register(request.user))
    link = get_object_or_404(SchoolLink, pk=pk)
    both = School.objects.in_bulk([link.predecessor_urn, link.successor_urn], field_name="urn")
    before, after = both.get(link.predecessor_urn), both.get(link.successor_urn)
    if before is None or after is None or link.handed_over_at is not None:
        messages.info(request, "There is nothing left to move between these two schools.")
        return redirect(after or before or reverse("schools:register_updates"))
    if request.method == "POST":
        try:
            accept_conversion(link=link, by=request.user, now=timezone.now())
        except HandedOverAlready:
            messages.info(request, "It has been moved already.")
        else:
            messages.success(request, f"{after.name} has taken over.")
        return redirect(after)
    counted = [(kind.words, kind.held(before).count()) for kind in school_handovers()]
    held = [(words, count) for words, count in counted if count]
    first_day = first_day_of(link, after, today=timezone.localdate())
    context = {"link": link, "before": before, "after": after, "held": held, "first_day": first_day}
    return render(request, "schools/conversion_accept.html", context)
