"""The list of schools as a file."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.schools.exporting import COLUMNS, export_rows
from alliances.schools.filters import SchoolFilterSet, order_of
from alliances.schools.models import School
from partnership.people.requests import PersonRequest
from partnership.toolkit.exports import export


@require_safe
def school_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """What the list's filters leave, in its order."""
    today = timezone.localdate()
    filterset = SchoolFilterSet(
        request.GET, queryset=School.objects.visible_to(request.user), on=today
    )
    schools = filterset.qs.order_by(*order_of(request.GET.get("order", "")))
    rows = export_rows(schools, on=today)
    return export(kind, name="schools", columns=COLUMNS, rows=rows, on=today)
