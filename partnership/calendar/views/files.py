"""Portal staff import files of term dates: first a look, then the import."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from partnership.calendar.forms import TermFileForm
from partnership.calendar.permissions import can_import_term_dates
from partnership.calendar.services import Imported, import_term_dates
from partnership.calendar.term_files import RefusedTermFile
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require

KEPT_SECONDS = 3_600
LONGEST_TOKEN = 40


def _cache_key(request: PersonRequest, token: str) -> str:
    return f"term-file:{request.user.pk}:{token}"


def dates_import(request: PersonRequest) -> HttpResponse:
    """Look at a file, then import exactly what was looked at."""
    require(can_import_term_dates(request.user), "Portal staff import term dates.")
    now = timezone.now()
    token = request.POST.get("token", "")[:LONGEST_TOKEN]
    if request.method == "POST" and token.isascii() and token.isalnum():
        return _import_seen(request, token, now)
    has_file = request.method == "POST"
    form = TermFileForm(request.POST, request.FILES) if has_file else TermFileForm()
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            context["imported"] = _tried(content, now)
        except RefusedTermFile as refused:
            form.add_error("file", f"{refused} Nothing was changed.")
        else:
            context["token"] = secrets.token_hex(16)
            cache.set(_cache_key(request, str(context["token"])), content, KEPT_SECONDS)
    return render(request, "calendar/dates_import.html", context)


def _tried(content: bytes, now: datetime) -> Imported:
    return import_term_dates(content=content, by=None, now=now, dry_run=True)


def _import_seen(request: PersonRequest, token: str, now: datetime) -> HttpResponse:
    content = cache.get(_cache_key(request, token))
    if content is None:
        messages.warning(request, "That file isn’t kept any more. Choose it again.")
        return redirect("calendar:dates_import")
    imported = import_term_dates(content=content, by=request.user, now=now)
    messages.success(request, f"Term dates imported: {imported}.")
    return redirect("calendar:calendar_list")
