"""Loading a meeting for somebody: the first of the two questions."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.utils import timezone

from alliances.meetings.models import AgendaItem, Meeting
from alliances.meetings.permissions import can_edit_agenda, can_run_meetings_of
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require


def meeting_for(request: PersonRequest, pk: int) -> Meeting:
    """A meeting that she may see, or 404."""
    meetings = Meeting.objects.visible_to(request.user, on=timezone.localdate())
    loaded = meetings.select_related("body__alliance", "called_by", "prepared_by")
    return get_object_or_404(loaded, pk=pk)


def meeting_to_run(request: PersonRequest, pk: int) -> Meeting:
    """A meeting that she may call, move and cancel, or 404 or 403."""
    meeting = meeting_for(request, pk)
    require(can_run_meetings_of(request.user, meeting.body, timezone.localdate()))
    return meeting


def meeting_with_open_agenda(request: PersonRequest, pk: int) -> Meeting:
    """A meeting whose agenda she may change."""
    meeting = meeting_for(request, pk)
    require(
        can_edit_agenda(request.user, meeting, timezone.localdate()),
        "The agenda is changed by those who run the meeting, until it has been held.",
    )
    return meeting


def item_of(meeting: Meeting, item_pk: int) -> AgendaItem:
    """An item of the meeting's agenda."""
    item = get_object_or_404(meeting.items.select_related("presenter"), pk=item_pk)
    item.meeting = meeting
    return item
