"""Portal staff need a second factor: without one, every page leads to setting it up."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from partnership.people.models import Person

OPEN_WITHOUT_IT = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_logout",
    "home:healthz",
    "home:readyz",
}


class SecondFactorMiddleware:
    """Sends staff without a second factor to set one up, in the admin as everywhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Divert before the page is made; the address is known by now."""
        if not settings.STAFF_NEED_SECOND_FACTOR:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN_WITHOUT_IT or not needs_second_factor(request.user):
            return None
        return redirect("mfa_index")


def needs_second_factor(person: object) -> bool:
    """Whether this is one of the portal's staff who hasn't set up a second factor."""
    return isinstance(person, Person) and person.is_staff and not is_mfa_enabled(person)
