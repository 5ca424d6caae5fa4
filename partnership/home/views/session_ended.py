"""Signed out while typing: the page keeps what was typed, to be sent again after signing in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from partnership.home.views.errors import csrf_failure


class KeepTypedMiddleware(LoginRequiredMiddleware):
    """Deny by default; whoever was signed in and posts a form is not just sent to sign in."""

    def handle_no_permission(  # type: ignore[override]  # a page in place of the redirect
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """Offer what was typed again when the browser still carries a session that has ended."""
        had_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if request.method == "POST" and had_session and len(request.POST) > 1:
            return csrf_failure(request, "The session ended.")
        return super().handle_no_permission(request, view_func)
