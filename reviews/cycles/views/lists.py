"""The cycles in which somebody has a part."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.pagination import page_of
from reviews.cycles.models import Cycle


@require_safe
def cycle_list(request: PersonRequest) -> HttpResponse:
    """The newest year first."""
    require(request.user.is_active)
    today = timezone.localdate()
    cycles = Cycle.objects.visible_to(request.user, on=today).select_related("alliance")
    page = page_of(cycles.order_by("-year", "name", "pk"), request)
    return render(request, "cycles/cycle_list.html", {"page": page})
