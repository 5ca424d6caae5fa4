"""The list of workhubs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.people.requests import PersonRequest
from partnership.toolkit.pagination import page_of
from workhubs.hubs.filters import WorkhubFilter, order_of
from workhubs.hubs.models import WorkhubYear
from workhubs.hubs.permissions import can_create_some_workhub


@require_safe
def workhub_list(request: PersonRequest) -> HttpResponse:
    """Her alliances' workhubs: this year's, or those that she asks for."""
    now = timezone.now()
    today = timezone.localdate(now)
    visible = WorkhubYear.objects.visible_to(request.user, on=today)
    filterset = WorkhubFilter(request.GET, visible, person=request.user, on=today)
    workhub_years = (
        filterset.qs.select_related("workhub__alliance", "lead")
        .with_school_count(on=today)
        .with_next_meeting(now=now)
        .order_by(*order_of(request.GET.get("order", "")))
    )
    context = {
        "filterset": filterset,
        "chips": list(filterset.chips()),
        "page": page_of(workhub_years, request),
        "order": request.GET.get("order", ""),
        "can_create": can_create_some_workhub(request.user, today),
    }
    return render(request, "hubs/workhub_list.html", context)
