"""The list of schools as a file, and the profile of one for paper."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.schools.exporting import COLUMNS, export_rows, profile_facts
from alliances.schools.filters import SchoolFilterSet, order_of
from alliances.schools.models import School, SchoolPost
from alliances.schools.permissions import can_see_school_posts
from partnership.audit.services import record_export
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.documents import pdf, pdf_response
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


@require_safe
def school_profile(request: PersonRequest, urn: int) -> HttpResponseBase:
    """What the register says, the groups and who to ask, on paper; that it was taken is audited."""
    now = timezone.now()
    schools = School.objects.visible_to(request.user).select_related("authority", "source")
    school = get_object_or_404(schools, urn=urn)
    require(can_see_school_posts(request.user, school))
    today = timezone.localdate(now)
    posts = SchoolPost.objects.on(today).filter(school=school).select_related("person").by_rank()
    facts = profile_facts(school, list(posts), now=now)
    record_export(of=f"Profile of {school}", kind="pdf", by=request.user, at=now)
    made = pdf("schools/school_profile.typ", facts, at=now)
    return pdf_response(made, name=f"school-{school.urn}-{today:%Y-%m-%d}")
