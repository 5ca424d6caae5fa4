"""The contact list by role of all an alliance's schools, for its own people."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.contacts import contacts_of, cover_of
from alliances.membership.exporting import CONTACTS
from alliances.membership.filters import CONTACT_ORDERS, ContactFilterSet, order_of
from alliances.membership.views.finding import own_alliance
from partnership.audit.services import record_export
from partnership.people.requests import PersonRequest
from partnership.toolkit.exports import export
from partnership.toolkit.pagination import page_of


@require_safe
def contact_list(request: PersonRequest, slug: str) -> HttpResponse:
    """Whom to ask in which school, and which roles are filled where."""
    today = timezone.localdate()
    alliance = own_alliance(request, slug)
    filterset = ContactFilterSet(request.GET, contacts_of(alliance, on=today))
    order = request.GET.get("order", "")
    page = page_of(filterset.qs.order_by(*order_of(order, CONTACT_ORDERS)), request)
    context = {
        "alliance": alliance,
        "filterset": filterset,
        "chips": filterset.chips(),
        "page": page,
        "order": order,
    }
    return render(request, "membership/contact_list.html", context)


@require_safe
def contact_cover(request: PersonRequest, slug: str) -> HttpResponse:
    """In how many schools each role is held: a support network for all roles."""
    alliance = own_alliance(request, slug)
    cover = cover_of(alliance, on=timezone.localdate())
    return render(request, "membership/contact_cover.html", {"alliance": alliance, "cover": cover})


@require_safe
def contact_export(request: PersonRequest, slug: str, kind: str) -> HttpResponseBase:
    """The list with its filters as a file; who took it stays on record."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = own_alliance(request, slug)
    filterset = ContactFilterSet(request.GET, contacts_of(alliance, on=today))
    order = order_of(request.GET.get("order", ""), CONTACT_ORDERS)
    record_export(of=f"Contacts of {alliance}", kind=kind, by=request.user, at=now)
    rows = filterset.qs.order_by(*order).iterator(1_000)
    name = f"contacts-of-{alliance.slug[:60]}"
    return export(kind, name=name, columns=CONTACTS, rows=rows, on=today)
