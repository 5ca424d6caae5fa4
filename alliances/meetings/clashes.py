"""What speaks against a meeting's day: said as a warning, never forbidden."""

from __future__ import annotations

from datetime import datetime

from alliances.meetings.models import Body, Meeting, MeetingReply
from partnership.calendar.days import UK, closed_because
from partnership.toolkit.spoken_dates import spoken_day

NAMED_AT_MOST = 3


def warnings_of(
    *, body: Body, starts_at: datetime, ends_at: datetime, meeting: Meeting | None = None
) -> list[str]:
    """A closed day, and other called meetings of the same body or the same people at that time."""
    found = []
    day = starts_at.astimezone(UK).date()
    if because := closed_because(day):
        found.append(f"{spoken_day(day)} is {because}.")
    others = Meeting.objects.filter(
        state=Meeting.State.CALLED, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    if meeting is not None:
        others = others.exclude(pk=meeting.pk)
    people = MeetingReply.objects.filter(meeting__body=body, ended_at=None).values("person")
    shared = others.filter(replies__person__in=people, replies__ended_at=None).distinct()
    titles = list(
        shared.order_by("starts_at", "pk").values_list("title", flat=True)[:NAMED_AT_MOST]
    )
    if titles:
        named = ", ".join(f"“{title}”" for title in titles)
        found.append(f"Some of the same people are asked to {named} at that time.")
    return found
