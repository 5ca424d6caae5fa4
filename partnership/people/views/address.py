"""Changing the address to sign in with."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from partnership.people.forms import NewAddressForm
from partnership.people.requests import PersonRequest
from partnership.people.services import (
    AddressTaken,
    LinkUsed,
    ask_for_new_address,
    change_address,
)
from partnership.people.services.addresses import read_address_link


@reauthentication_required(app="allauth.account")
@rate_limit(action="manage_email")
def address_change(request: PersonRequest) -> HttpResponse:
    """Says the same of every address: whether somebody has it is nobody’s business."""
    form = NewAddressForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid():
        email = form.cleaned_data["email"]
        ask_for_new_address(person=request.user, email=email)
        return render(request, "people/address_asked.html", {"email": email})
    return render(request, "people/address_change.html", {"form": form})


@never_cache
def address_confirm(request: PersonRequest, token: str) -> HttpResponse:
    """A GET changes nothing, since mail scanners follow links; only its owner may follow it."""
    link = read_address_link(token)
    if link is None or (link.person_id, link.old_email) != (request.user.pk, request.user.email):
        return render(request, "people/address_closed.html", status=410)
    if request.method != "POST":
        return render(request, "people/address_confirm.html", {"link": link})
    key = request.session.session_key or ""
    try:
        change_address(person=request.user, link=link, keep=key, now=timezone.now())
    except (AddressTaken, LinkUsed):
        return render(request, "people/address_closed.html", status=410)
    messages.success(request, f"You sign in with {link.new_email} from now on.")
    return redirect("people:my_details")
