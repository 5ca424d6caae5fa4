"""How somebody signs in: her ways, in one place."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.account.forms import RequestLoginCodeForm
from allauth.account.views import RequestLoginCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from partnership.people.adapter import InvitedOnlyAdapter, ask_for_login_code
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


class PasskeyAgainView(ReauthenticateWebAuthnView):
    """Asks for a passkey once more, and says on the same page when it didn’t work."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """Ask again, with a fresh question for the device."""
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response


class AskForCodeView(RequestLoginCodeView):
    """Mails a code; an unknown address costs as much work as a known one."""

    def form_valid(self, form: RequestLoginCodeForm) -> HttpResponse:
        """Ask a worker in either case; it finds out whether somebody has the address."""
        email = form.cleaned_data["email"]
        if form._user is None:  # noqa: SLF001 (allauth passes whom it found so)
            ask_for_login_code(email=email, sealed=InvitedOnlyAdapter().generate_login_code())
        response: HttpResponse = super().form_valid(form)
        return response
