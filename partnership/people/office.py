"""The Django admin as the portal's own office: its name, and one way in."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class PortalAdminSite(AdminSite):
    """The admin of portal staff; who isn't signed in goes to the portal's own sign-in page."""

    site_url = "/desk/"
    index_title = "Portal office"
    enable_nav_sidebar = False

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Say the portal's own name on every page."""
        return {
            **super().each_context(request),
            "site_title": settings.PORTAL_NAME,
            "site_header": settings.PORTAL_NAME,
        }

    def password_change(  # type: ignore[override]  # a redirect in place of a page
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Change one's password where everybody does, so that the history knows of it."""
        return redirect("account_change_password")

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign in by the portal's page alone: the admin's own knows no second factor or limit."""
        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response
