"""Pages for when something is wrong: said plainly, and what was typed is kept."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme

from partnership.toolkit.access import NotNow

NEVER_KEPT = ("password", "csrfmiddlewaretoken", "code", "secret")
KEPT_BYTES = 200_000


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request makes no sense."""
    return HttpResponse(loader.get_template("400.html").render(), status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: you may see it, but not do this, or not now."""
    if isinstance(exception, NotNow):
        context = {"sentence": str(exception), "kept": _kept(request), "action": _here(request)}
        return render(request, "403_not_now.html", context, status=403)
    return render(request, "403.html", {"sentence": str(exception)}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing here that you may see."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; the page stands without database, session or context."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The session ended, or the form was open too long: what was typed is offered again."""
    get_token(request)
    action = _here(request)
    context = {
        "kept": _kept(request),
        "action": action,
        "is_signed_in": request.user.is_authenticated,
        "sign_in_url": redirect_to_login(action).url,
    }
    return render(request, "403_csrf.html", context, status=403)


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, without secrets; nothing of what is too long to be sent twice."""
    kept = [
        (name, value)
        for name in request.POST
        if not any(secret in name.lower() for secret in NEVER_KEPT)
        for value in request.POST.getlist(name)
    ]
    return kept if sum(len(value) for _name, value in kept) <= KEPT_BYTES else []


def _here(request: HttpRequest) -> str:
    here = request.get_full_path()
    return here if url_has_allowed_host_and_scheme(here, allowed_hosts=None) else "/"
