"""The list of alliances as a file."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.exporting import COLUMNS
from alliances.membership.filters import AllianceFilterSet
from alliances.membership.models import Alliance
from partnership.people.requests import PersonRequest
from partnership.toolkit.exports import export


@require_safe
def alliance_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """What the list's filters leave, by name."""
    today = timezone.localdate()
    alliances = Alliance.objects.visible_to(request.user).with_school_count(on=today)
    filterset = AllianceFilterSet(request.GET, queryset=alliances)
    rows = filterset.qs.order_by("name", "pk").iterator()
    return export(kind, name="alliances", columns=COLUMNS, rows=rows, on=today)
