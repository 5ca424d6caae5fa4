"""The list of meetings."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.meetings.filters import MeetingFilter
from alliances.meetings.models import Meeting, MeetingReply
from alliances.meetings.permissions import bodies_run_by
from partnership.people.requests import PersonRequest
from partnership.toolkit.pagination import page_of


@require_safe
def meeting_list(request: PersonRequest) -> HttpResponse:
    """What she may see, the next meeting on top."""
    now = timezone.now()
    today = timezone.localdate(now)
    visible = Meeting.objects.visible_to(request.user, on=today)
    filterset = MeetingFilter(request.GET, visible, person=request.user, now=now, on=today)
    own = MeetingReply.objects.filter(meeting=OuterRef("pk"), person=request.user, ended_at=None)
    own = own.order_by("answer", "pk")
    meetings = filterset.qs.select_related("body__alliance").annotate(
        own_answer=Subquery(own.values("answer")[:1])
    )
    order = ("-starts_at", "-pk") if filterset.is_past_first else ("starts_at", "pk")
    context = {
        "filterset": filterset,
        "chips": list(filterset.chips()),
        "page": page_of(meetings.order_by(*order), request),
        "can_prepare": bodies_run_by(request.user, today).exists(),
        "now": now,
    }
    return render(request, "meetings/meeting_list.html", context)
