"""The next meeting like a past one, or a whole series: drafts with the same agenda."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from alliances.meetings.clashes import Span
from alliances.meetings.models import AgendaItem, Meeting
from alliances.meetings.services.agenda import CARRIED
from alliances.meetings.services.asking import places_in
from alliances.meetings.services.calling import call_meeting
from alliances.meetings.services.preparing import prepare_meeting
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day


@transaction.atomic
def copy_forward(
    *, meeting: Meeting, title: str, spans: Iterable[Span], by: Person, now: datetime
) -> list[Meeting]:
    """Drafts on other days: same body, place, link and agenda, without papers.

    Whoever presents an item goes on with it as long as she has a seat on the new day.
    """
    items = list(meeting.items.order_by("position"))
    return [_copy(meeting, items, title, span, by=by, now=now) for span in spans]


def _copy(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    title: str,
    span: Span,
    *,
    by: Person,
    now: datetime,
) -> Meeting:
    starts_at, ends_at = span
    draft = prepare_meeting(
        body=meeting.body,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        place=meeting.place,
        link=meeting.link,
        minute_taker=meeting.body.minute_taker,
        copied_from=meeting,
        by=by,
        now=now,
    )
    seated = {person for person, _school in places_in(meeting.body, on=london_day(starts_at))}
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=draft, position=position, added_at=now, **_carried(item, seated))
        for position, item in enumerate(items, start=1)
    )
    return draft


def _carried(item: AgendaItem, seated: set[int]) -> dict[str, object]:
    facts = {name: getattr(item, name) for name in CARRIED if name != "presenter"}
    return facts | {"presenter_id": item.presenter_id if item.presenter_id in seated else None}


@transaction.atomic
def call_meetings(*, meetings: Iterable[Meeting], by: Person, now: datetime) -> list[Meeting]:
    """Call several drafts at once, all of them or none; raises NotNow as for one."""
    ordered = sorted(meetings, key=lambda meeting: (meeting.starts_at, meeting.pk))
    return [call_meeting(meeting=meeting, by=by, now=now) for meeting in ordered]
