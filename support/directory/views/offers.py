"""What schools offer: the list, the page of an offer, and keeping it."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.filters import order_of
from alliances.membership.permissions import is_director_of
from alliances.membership.views.finding import Wording, alliance_for, past_of, saved
from partnership.audit.history import History
from partnership.audit.services import record_export
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.exports import export, in_batches
from partnership.toolkit.registers import handed_words, origins_of
from support.directory.bridges import FROM_STRENGTH
from support.directory.exporting import OFFERS
from support.directory.filters import OFFER_ORDERS, OfferFilter
from support.directory.forms import LastDayForm, OfferForm
from support.directory.forms.schools import AllianceSchools
from support.directory.models import SchoolOffer
from support.directory.permissions import can_edit_offer, can_offer_in, may_offer_in
from support.directory.rows import NO_NAMES, areas_of_offers, named, phases_in_words
from support.directory.services import add_offer, change_offer, end_offer
from support.directory.views.finding import (
    BACKWARDS_AT_END,
    BACKWARDS_AT_LAST_DAY,
    Crumbs,
    ended,
    form_page,
    list_page,
    question_page,
)

FOR_HEADS = "A head says what her school offers; the alliance’s director may too."


def crumbs() -> Crumbs:
    """The list among the crumbs of a page below it."""
    return ((reverse("directory:offer_list"), "Offers of schools"),)


def _filtered(request: PersonRequest, today: date) -> OfferFilter:
    seen = SchoolOffer.objects.visible_to(request.user, on=today)
    return OfferFilter(request.GET, seen.select_related("school"), person=request.user, on=today)


@require_safe
def offer_list(request: PersonRequest) -> HttpResponse:
    """Placements, modelling, learning communities and training in schools of her alliances."""
    today = timezone.localdate()
    return list_page(
        request,
        "offer_list",
        _filtered(request, today),
        OFFER_ORDERS,
        areas=areas_of_offers,
        alliances=list(may_offer_in(request.user, today)),
    )


@require_safe
def offer_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """The list with its filters as a file; who took it stays on record."""
    now = timezone.now()
    today = timezone.localdate(now)
    order = order_of(request.GET.get("order", ""), OFFER_ORDERS)
    chosen = (
        _filtered(request, today)
        .qs.order_by(*order)
        .select_related("alliance", "contact", "school")
    )
    record_export(of="Offers of schools", kind=kind, by=request.user, at=now)
    rows = (offer for batch in in_batches(chosen) for offer in named(batch, areas_of_offers))
    return export(kind, name="offers", columns=OFFERS, rows=rows, on=today)


def _offer_for(request: PersonRequest, pk: int) -> SchoolOffer:
    seen = SchoolOffer.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(seen.select_related("school", "alliance", "contact"), pk=pk)


def _offer_to_edit(request: PersonRequest, pk: int) -> SchoolOffer:
    offer = _offer_for(request, pk)
    require(can_edit_offer(request.user, offer, timezone.localdate()), FOR_HEADS)
    return offer


@require_safe
def offer_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What a school offers, and whom to ask."""
    now = timezone.now()
    today = timezone.localdate(now)
    offer = _offer_for(request, pk)
    can_edit = can_edit_offer(request.user, offer, today)
    context = {
        "offer": offer,
        "crumbs": crumbs(),
        "names": areas_of_offers([pk]).get(pk, NO_NAMES),
        "said_phases": phases_in_words(offer.phases),
        "can_edit": can_edit,
        "is_over": offer.ends_on is not None and offer.ends_on < today,
        "history": past_of(request, offer) if can_edit else History(),
        "origins": origins_of(request.user, kind=FROM_STRENGTH, thing_id=pk, now=now),
    }
    return render(request, "directory/offer_detail.html", context)


def offer_add(request: PersonRequest, slug: str) -> HttpResponse:
    """A head, or the director for her, says what a school offers."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = alliance_for(request, slug)
    require(can_offer_in(request.user, alliance, today), FOR_HEADS)
    head = None if is_director_of(request.user, alliance, today) else request.user
    data = request.POST if request.method == "POST" else None
    schools = AllianceSchools(alliance, today, head)
    origin = request.GET.get("origin", "")
    words = handed_words(origin, by=request.user)
    begins_with = {"about": words}
    form = OfferForm(data, alliance=alliance, on=today, schools=schools, initial=begins_with)
    told = {"service": partial(add_offer, origin=origin), "alliance": alliance}
    told |= {"by": request.user, "now": now}
    if form.is_valid() and saved(form, BACKWARDS_AT_END, **told, **form.changes):
        messages.success(request, f"“{form.changes['title']}” is offered.")
        return redirect("directory:offer_list")
    back = reverse("directory:offer_list")
    wording = Wording("Add an offer", "Add the offer", back, f"In {alliance}.")
    return form_page(request, form, wording, crumbs(), is_handed=bool(words))


def offer_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Word an offer anew."""
    now = timezone.now()
    today = timezone.localdate(now)
    offer = _offer_to_edit(request, pk)
    data = request.POST if request.method == "POST" else None
    schools = AllianceSchools(offer.alliance, today)
    form = OfferForm(data, alliance=offer.alliance, on=today, schools=schools, thing=offer)
    told = {"service": change_offer, "offer": offer, "by": request.user, "now": now}
    if form.is_valid() and saved(
        form, BACKWARDS_AT_END, **told, changes=form.changes, seen_version=form.seen
    ):
        messages.success(request, "Offer saved.")
        return redirect(offer)
    wording = Wording(f"Change “{offer}”", "Save the offer", offer.get_absolute_url())
    return form_page(request, form, wording, crumbs())


def offer_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, for the last day."""
    offer = _offer_to_edit(request, pk)
    form = LastDayForm(request.POST if request.method == "POST" else None)
    told = {"service": end_offer, "offer": offer, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, BACKWARDS_AT_LAST_DAY, **told, **form.cleaned_data):
        messages.success(request, ended("offer", form))
        return redirect(offer)
    back = offer.get_absolute_url()
    wording = Wording(f"End “{offer}”?", "End the offer", back, "It stays on record.")
    return question_page(request, form, wording, crumbs())
