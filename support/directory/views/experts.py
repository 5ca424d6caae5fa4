"""Experts from outside: the list, the page of an expert, and the director who keeps them."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.filters import order_of
from alliances.membership.permissions import directed_alliances
from alliances.membership.views.finding import FOR_ITS_DIRECTOR, Wording, past_of, saved
from partnership.audit.history import History
from partnership.audit.services import record_export
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.exports import export, in_batches
from support.directory.exporting import EXPERTS
from support.directory.filters import EXPERT_ORDERS, ExpertFilter
from support.directory.forms import ExpertForm, LastDayForm
from support.directory.models import OutsideExpert
from support.directory.permissions import can_keep_directory
from support.directory.rows import NO_NAMES, areas_of_experts, named, phases_in_words
from support.directory.services import add_expert, change_expert, end_expert
from support.directory.views.finding import (
    BACKWARDS_AT_END,
    BACKWARDS_AT_LAST_DAY,
    Crumbs,
    ended,
    form_page,
    list_page,
    question_page,
)
from support.directory.views.lists import alliance_to_keep


def crumbs() -> Crumbs:
    """The list among the crumbs of a page below it."""
    return ((reverse("directory:expert_list"), "Experts from outside"),)


def _filtered(request: PersonRequest, today: date) -> ExpertFilter:
    seen = OutsideExpert.objects.visible_to(request.user, on=today)
    return ExpertFilter(request.GET, seen, person=request.user, on=today)


@require_safe
def expert_list(request: PersonRequest) -> HttpResponse:
    """Suppliers and national experts whom her alliances recommend."""
    today = timezone.localdate()
    return list_page(
        request,
        "expert_list",
        _filtered(request, today),
        EXPERT_ORDERS,
        areas=areas_of_experts,
        alliances=list(directed_alliances(request.user, today)),
    )


@require_safe
def expert_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """The list with its filters as a file; who took it stays on record."""
    now = timezone.now()
    today = timezone.localdate(now)
    order = order_of(request.GET.get("order", ""), EXPERT_ORDERS)
    chosen = _filtered(request, today).qs.order_by(*order).select_related("alliance")
    record_export(of="Experts from outside", kind=kind, by=request.user, at=now)
    rows = (expert for batch in in_batches(chosen) for expert in named(batch, areas_of_experts))
    return export(kind, name="experts", columns=EXPERTS, rows=rows, on=today)


def _expert_for(request: PersonRequest, pk: int) -> OutsideExpert:
    seen = OutsideExpert.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(seen.select_related("alliance", "recommended_by"), pk=pk)


def _expert_to_edit(request: PersonRequest, pk: int) -> OutsideExpert:
    expert = _expert_for(request, pk)
    allowed = can_keep_directory(request.user, expert.alliance, timezone.localdate())
    require(allowed, FOR_ITS_DIRECTOR)
    return expert


@require_safe
def expert_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What an expert does, how to reach one, and who recommends."""
    today = timezone.localdate()
    expert = _expert_for(request, pk)
    can_edit = can_keep_directory(request.user, expert.alliance, today)
    context = {
        "expert": expert,
        "crumbs": crumbs(),
        "names": areas_of_experts([pk]).get(pk, NO_NAMES),
        "said_phases": phases_in_words(expert.phases),
        "can_edit": can_edit,
        "is_over": expert.ends_on is not None and expert.ends_on < today,
        "history": past_of(request, expert) if can_edit else History(),
    }
    return render(request, "directory/expert_detail.html", context)


def expert_add(request: PersonRequest, slug: str) -> HttpResponse:
    """The director lists a supplier or a national expert."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = alliance_to_keep(request, slug)
    data = request.POST if request.method == "POST" else None
    form = ExpertForm(data, alliance=alliance, on=today)
    told = {"service": add_expert, "alliance": alliance, "by": request.user, "now": now}
    if form.is_valid() and saved(form, BACKWARDS_AT_END, **told, **form.changes):
        messages.success(request, f"{form.changes['name']} is listed.")
        return redirect("directory:expert_list")
    back = reverse("directory:expert_list")
    wording = Wording("Add an expert", "Add the expert", back, f"Whom {alliance} recommends.")
    return form_page(request, form, wording, crumbs())


def expert_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Say anew what an expert does and costs."""
    now = timezone.now()
    today = timezone.localdate(now)
    expert = _expert_to_edit(request, pk)
    data = request.POST if request.method == "POST" else None
    form = ExpertForm(data, alliance=expert.alliance, on=today, thing=expert)
    told = {"service": change_expert, "expert": expert, "by": request.user, "now": now}
    if form.is_valid() and saved(
        form, BACKWARDS_AT_END, **told, changes=form.changes, seen_version=form.seen
    ):
        messages.success(request, f"{expert} saved.")
        return redirect(expert)
    wording = Wording(f"Change {expert}", "Save", expert.get_absolute_url())
    return form_page(request, form, wording, crumbs())


def expert_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, for the last day."""
    expert = _expert_to_edit(request, pk)
    form = LastDayForm(request.POST if request.method == "POST" else None)
    told = {"service": end_expert, "expert": expert, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, BACKWARDS_AT_LAST_DAY, **told, **form.cleaned_data):
        messages.success(request, ended("recommendation", form))
        return redirect(expert)
    back = expert.get_absolute_url()
    wording = Wording(
        f"Recommend {expert} no longer?", "End it", back, "The entry stays on record."
    )
    return question_page(request, form, wording, crumbs())
