"""The search of the whole portal."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.home.finding import LONGEST, look_for
from partnership.people.requests import PersonRequest


@require_safe
def search(request: PersonRequest) -> HttpResponse:
    """What the person may see of what has the words, in every room."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    only = request.GET.get("kind", "")
    hits = look_for(request.user, typed, only=only, on=timezone.localdate())
    return render(request, "home/search.html", {"typed": typed, "hits": hits, "longest": LONGEST})
