"""News of meetings: called, moved, cancelled, and minutes that can be read."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate

from alliances.meetings.models import Meeting, MeetingReply
from partnership.calendar.days import UK
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import NewsKind, NewsWindow, news_rows

MEETING = "meetings.meeting"
MOMENTS = {
    "cancelled": "cancelled_at",
    "minuted": "minutes_checked_at",
    "moved": "moved_at",
    "called": "called_at",
}
SAID = {
    "cancelled": "is cancelled.",
    "minuted": "has minutes to read.",
    "moved": "has moved.",
    "called": "is called.",
}


def _meetings(window: NewsWindow) -> QuerySet[Any, Any]:
    """What happened last to each meeting that she is asked to.

    Her replies are looked up first: of all meetings that were called lately few are hers.
    """
    person: Any = window.person
    asked = MeetingReply.objects.still_asked(on=window.today, person=person)
    lately = {what: Q(**{f"{moment}__gte": window.since_at}) for what, moment in MOMENTS.items()}
    called = Meeting.objects.exclude(state=Meeting.State.DRAFT)
    happened = called.filter(pk__among=asked.values("meeting")).annotate(
        news_moment=Case(*(When(lately[what], then=F(moment)) for what, moment in MOMENTS.items()))
    )
    return news_rows(
        happened.filter(news_moment__isnull=False),
        kind=MEETING,
        title="title",
        what=Case(*(When(condition, then=Value(what)) for what, condition in lately.items())),
        on=TruncDate("news_moment", tzinfo=UK),
    )


NEWS = (
    NewsKind(
        MEETING,
        _meetings,
        lambda item: SAID[item.what],
        lambda item: address("meetings:meeting_detail", item.thing_id),
    ),
)
