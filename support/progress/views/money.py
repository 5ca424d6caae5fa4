"""Value for money of one programme: days and cost of each strand against what it serves."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from support.programmes.views.finding import rights_or_404
from support.progress.figures import money_of
from support.progress.permissions import can_see_money
from support.progress.views.finding import course_page

FOR_BOTH_SCHOOLS = "This page is for the two schools and the alliance’s director."


@require_safe
def money_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What each strand takes and brings; every figure opens the lines that make it up."""
    rights = rights_or_404(request, pk)
    require(can_see_money(rights), FOR_BOTH_SCHOOLS)
    money = money_of(rights, timezone.localdate())
    page, name = "progress/money_detail.html", "progress:money_detail"
    return course_page(request, rights, page, "Value for money", name, money=money)
