"""The list of schools as a file, and the profile of one for paper."""

from __future__ import annotations

import time

from celery import current_app
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.schools.exporting import COLUMNS, export_rows, profile_facts
from alliances.schools.filters import listed
from alliances.schools.models import School
from alliances.schools.permissions import can_see_school, posts_seen
from partnership.audit.services import record_export
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.documents import pdf, pdf_response
from partnership.toolkit.exports import KIND_WORDS, export
from partnership.toolkit.kept_exports import begun, is_long


@require_safe
def school_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """What the list's filters leave, in its order; a long list is made by a worker."""
    today = timezone.localdate()
    schools = listed(request.GET, request.user, on=today)
    if is_long(schools):
        return _made_by_a_worker(request, kind)
    rows = export_rows(schools, on=today)
    return export(kind, name="schools", columns=COLUMNS, rows=rows, on=today)


def _made_by_a_worker(request: PersonRequest, kind: str) -> HttpResponseBase:
    query = request.GET.urlencode()
    work, is_new = begun(
        title=f"The list of schools for {KIND_WORDS[kind]}",
        person_id=request.user.pk,
        back=f"{reverse('schools:school_list')}?{query}",
        of=f"schools.{kind}?{query}",
        at=time.time(),
    )
    if is_new:
        arguments = [request.user.pk, dict(request.GET.lists()), kind, work.key]
        current_app.send_task("schools.export_schools", args=arguments)
    return redirect("home:progress", key=work.key)


@require_safe
def school_profile(request: PersonRequest, urn: int) -> HttpResponseBase:
    """What the register says, the groups and who to ask, on paper; that it was taken is audited."""
    now = timezone.now()
    schools = School.objects.visible_to(request.user).select_related("authority", "source")
    school = get_object_or_404(schools, urn=urn)
    require(can_see_school(request.user, school))
    today = timezone.localdate(now)
    posts = (
        posts_seen(request.user, today)
        .on(today)
        .filter(school=school)
        .select_related("person")
        .by_rank()
    )
    facts = profile_facts(school, list(posts), now=now)
    record_export(of=f"Profile of {school}", kind="pdf", by=request.user, at=now)
    made = pdf("schools/school_profile.typ", facts, at=now)
    return pdf_response(made, name=f"school-{school.urn}-{today:%Y-%m-%d}")
