"""How somebody signs in: her ways, in one place."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from partnership.people.requests import PersonRequest
from partnership.people.services import LastWay, remove_passkey
from partnership.people.ways import ways_of


def ways_to_sign_in(request: PersonRequest) -> HttpResponse:
    return render(request, "people/ways_to_sign_in.html", {"ways": ways_of(request.user)})


@reauthentication_required(app="allauth.mfa")
def passkey_remove(request: PersonRequest, pk: int) -> HttpResponse:
    passkeys = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    passkey = get_object_or_404(passkeys, pk=pk)
    if request.method == "POST":
        try:
            remove_passkey(passkey=passkey, by=request.user, now=timezone.now())
        except LastWay as stays:
            messages.error(request, stays.reason)
        else:
            messages.success(request, f"The passkey “{passkey}” is removed.")
        return redirect("mfa_index")
    context = {"passkey": passkey, "ways": ways_of(request.user)}
    return render(request, "people/passkey_remove.html", context)
