"""The partners outside schools of an alliance: their list, and a director who keeps them."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.exporting import PARTNERS as COLUMNS
from alliances.membership.filters import PARTNER_ORDERS, PartnerFilterSet, order_of
from alliances.membership.forms import EndForm, PartnerForm
from alliances.membership.forms.kept import BACKWARDS
from alliances.membership.models import Alliance, Partner
from alliances.membership.permissions import can_edit_alliance
from alliances.membership.services import (
    EndsBeforeItStarts,
    PartnerAlready,
    add_partner,
    change_partner,
    end_partner,
)
from alliances.membership.views.finding import (
    PARTNERS,
    Refusals,
    Wording,
    alliance_to_run,
    form_page,
    own_alliance,
    past_of,
    question_page,
    saved,
    with_standing,
)
from partnership.audit.services import record_export
from partnership.people.requests import PersonRequest
from partnership.toolkit.exports import export
from partnership.toolkit.pagination import page_of
from partnership.toolkit.spoken_dates import spoken_date

REFUSALS: Refusals = {
    PartnerAlready: ("name", "An organisation of this name is a partner already."),
    EndsBeforeItStarts: ("ends_on", BACKWARDS),
}


def _home(slug: str) -> str:
    return reverse("membership:partner_list", args=[slug])


def _filtered(request: PersonRequest, alliance: Alliance, today: date) -> PartnerFilterSet:
    return PartnerFilterSet(request.GET, Partner.objects.filter(alliance=alliance), on=today)


@require_safe
def partner_list(request: PersonRequest, slug: str) -> HttpResponse:
    """Who outside schools belongs, will, or did, and whom to ask for there."""
    today = timezone.localdate()
    alliance = own_alliance(request, slug)
    filterset = _filtered(request, alliance, today)
    order = request.GET.get("order", "")
    page = page_of(filterset.qs.order_by(*order_of(order, PARTNER_ORDERS)), request)
    context = {
        "alliance": alliance,
        "filterset": filterset,
        "chips": filterset.chips(),
        "page": page,
        "partners": [with_standing(partner, today) for partner in page],
        "order": order,
        "can_edit": can_edit_alliance(request.user, alliance, today),
    }
    return render(request, "membership/partner_list.html", context)


@require_safe
def partner_export(request: PersonRequest, slug: str, kind: str) -> HttpResponseBase:
    """The list with its filters as a file; who took it stays on record."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = own_alliance(request, slug)
    order = order_of(request.GET.get("order", ""), PARTNER_ORDERS)
    found = _filtered(request, alliance, today).qs.order_by(*order).iterator(1_000)
    record_export(of=f"Partners of {alliance}", kind=kind, by=request.user, at=now)
    rows = (with_standing(partner, today) for partner in found)
    name = f"partners-of-{alliance.slug[:60]}"
    return export(kind, name=name, columns=COLUMNS, rows=rows, on=today)


def partner_add(request: PersonRequest, slug: str) -> HttpResponse:
    """An organisation outside schools joins."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = alliance_to_run(request, slug, on=today)
    form = PartnerForm(request.POST if request.method == "POST" else None, on=today)
    told = {"service": add_partner, "alliance": alliance, "by": request.user, "now": now}
    if form.is_valid() and saved(form, REFUSALS, **told, **form.changes):
        messages.success(request, f"{form.changes['name']} is a partner now.")
        return redirect(_home(slug))
    lead = "From outside schools."
    wording = Wording("Add a partner", "Add the partner", _home(slug), lead, PARTNERS)
    return form_page(request, alliance, form, wording)


def partner_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What a partner is and brings, whom to ask for, and its days."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = alliance_to_run(request, slug, on=today)
    partners = Partner.objects.select_related("alliance")
    partner = get_object_or_404(partners, alliance=alliance, pk=pk)
    form = PartnerForm(request.POST if request.method == "POST" else None, partner=partner)
    told = {"service": change_partner, "partner": partner, "by": request.user, "now": now}
    if form.is_valid() and saved(
        form, REFUSALS, **told, changes=form.changes, seen_version=form.seen
    ):
        messages.success(request, f"{form.changes['name']} saved.")
        return redirect(_home(slug))
    because = f" Reason: {partner.because}" if partner.because else ""
    lead = f"{partner.standing_on(today).label}; a partner of {alliance}.{because}"
    end = (reverse("membership:partner_end", args=[slug, pk]), "Let it leave")
    wording = Wording(
        f"Change {partner}",
        "Save",
        _home(slug),
        lead,
        PARTNERS,
        history=past_of(request, partner),
        acts=(end,),
    )
    return form_page(request, alliance, form, wording)


def partner_end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Asks once more, for the last day and the reason."""
    now = timezone.now()
    alliance = alliance_to_run(request, slug, on=timezone.localdate(now))
    partner = get_object_or_404(Partner, alliance=alliance, pk=pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    told = {"service": end_partner, "partner": partner, "by": request.user, "now": now}
    refusals: Refusals = {EndsBeforeItStarts: ("last_day", BACKWARDS)}
    if form.is_valid() and saved(form, refusals, **told, **form.cleaned_data):
        day = spoken_date(form.cleaned_data["last_day"])
        messages.success(request, f"{partner} leaves; {day} is its last day.")
        return redirect(_home(slug))
    back = reverse("membership:partner_edit", args=[slug, pk])
    lead = "What it did stays on record, and it can come back."
    wording = Wording(f"Let {partner} leave {alliance}?", "Let it leave", back, lead, PARTNERS)
    return question_page(request, alliance, form, wording)
