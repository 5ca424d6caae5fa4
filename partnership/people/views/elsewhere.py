"""Going to a provider and coming back, and the accounts there that open one's own."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.decorators import rate_limit
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from partnership.people.provider import (
    OpenIDAdapter,
    forget_proven_account,
    proven_account,
    provider_name,
)
from partnership.people.requests import PersonRequest
from partnership.people.services import (
    AccountTaken,
    LastWay,
    connect_account,
    disconnect_account,
)
from partnership.people.ways import ways_of


@login_not_required
@never_cache
@require_POST
@rate_limit(action="login")
def provider_ask(request: HttpRequest, provider_id: str) -> HttpResponse:
    """A page that goes on by itself: a form's own redirect may not leave the portal."""
    provider = _provider(request, provider_id)
    try:
        asked = provider.redirect_from_request(request)
    except (RequestException, OAuth2Error, KeyError, ValueError) as error:
        response: HttpResponse = render_authentication_error(request, provider, exception=error)
        return response
    context = {"provider": provider, "redirect_to": asked["Location"]}
    return render(request, "people/provider_ask.html", context)


@login_not_required
@never_cache
@require_safe
def provider_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    provider = _provider(request, provider_id)
    adapter = OpenIDAdapter(request, provider_id)
    kept = statekit.get_states(request).get(request.GET.get("state", ""))
    adapter.nonce = kept[0].get("nonce", "") if kept else ""
    try:
        response: HttpResponse = OAuth2CallbackView.adapter_view(adapter)(request)
    except (KeyError, ValueError) as error:
        response = render_authentication_error(request, provider, exception=error)
    return response


def _provider(request: HttpRequest, provider_id: str) -> Any:
    try:
        return OpenIDAdapter(request, provider_id).get_provider()
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


@never_cache
@reauthentication_required(app="allauth.socialaccount")
def account_connect(request: PersonRequest) -> HttpResponse:
    account = proven_account(request)
    if account is None:
        messages.error(request, "That took too long. Choose the account once more.")
        return redirect("mfa_index")
    if request.method != "POST":
        return render(request, "people/account_connect.html", {"account": account})
    forget_proven_account(request)
    try:
        connect_account(person=request.user, account=account, now=timezone.now())
    except AccountTaken:
        messages.error(request, "That account opens somebody else’s here. Choose another one.")
    else:
        messages.success(request, f"You may now sign in with {account.provider_name}.")
    return redirect("mfa_index")


@reauthentication_required(app="allauth.socialaccount")
def account_disconnect(request: PersonRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(SocialAccount.objects.filter(user=request.user), pk=pk)
    name = provider_name(account.provider)
    if request.method == "POST":
        try:
            disconnect_account(account=account, by=request.user, now=timezone.now())
        except LastWay as stays:
            messages.error(request, stays.reason)
        else:
            messages.success(request, f"{name} opens your account no longer.")
        return redirect("mfa_index")
    context = {"provider_name": name, "account": account, "ways": ways_of(request.user)}
    return render(request, "people/account_disconnect.html", context)
