"""A meeting is prepared as a draft, and its details are edited."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from alliances.meetings.models import Body, Meeting, Paper
from alliances.meetings.services.states import NotNow, locked
from alliances.membership.models import AlliancePost
from partnership.audit.services import record
from partnership.calendar.days import UK, school_days_before
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes

ANSWER_SCHOOL_DAYS_BEFORE = 2
SHORTEST_TIME_TO_ANSWER = timedelta(hours=4)
MOVES = {"starts_at", "ends_at", "place"}


def default_answer_by(starts_at: datetime, *, now: datetime) -> datetime:
    """Two school days before the meeting at 5pm, or, when that has passed, as late as makes sense."""
    wished = school_days_before(starts_at, ANSWER_SCHOOL_DAYS_BEFORE)
    if wished >= now + SHORTEST_TIME_TO_ANSWER:
        return wished
    return min(now + SHORTEST_TIME_TO_ANSWER, starts_at)


def usual_chair(body: Body, *, on: date) -> Person | None:
    """Whoever leads the body, else the chair of its alliance."""
    if body.lead is not None:
        return body.lead
    posts = AlliancePost.objects.on(on).filter(
        alliance=body.alliance_id, kind=AlliancePost.Kind.CHAIR, person__is_active=True
    )
    post = posts.select_related("person").order_by("starts_on", "pk").first()
    return post.person if post is not None else None


@transaction.atomic
def prepare_meeting(
    *,
    body: Body,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    link: str = "",
    note: str = "",
    answer_by: datetime | None = None,
    agenda_due_at: datetime | None = None,
    chair: Person | None = None,
    minute_taker: Person | None = None,
    copied_from: Meeting | None = None,
    by: Person,
    now: datetime,
) -> Meeting:
    """A draft that only the office and the body's lead see; its usual chair chairs it unasked."""
    if chair is None:
        chair = usual_chair(body, on=now.astimezone(UK).date())
    meeting = Meeting.objects.create(
        body=body,
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        link=link,
        note=note,
        answer_by=answer_by,
        agenda_due_at=agenda_due_at,
        chair=chair,
        minute_taker=minute_taker,
        copied_from=copied_from,
        prepared_by=by,
    )
    record("meeting prepared", meeting, by=by, at=now, alliance_id=body.alliance_id)
    return meeting


@transaction.atomic
def edit_meeting(
    *,
    meeting: Meeting,
    changes: dict[str, Any],
    seen_version: int | None = None,
    by: Person,
    now: datetime,
) -> Meeting:
    """Edit its words, and as long as it is a draft also its time and place.

    Raises ChangedSince when somebody saved since `seen_version`, and NotNow for what must be moved.
    """
    meeting = locked(meeting, seen_version=seen_version)
    is_draft = meeting.state == Meeting.State.DRAFT
    if not is_draft and MOVES & changes.keys():
        raise NotNow("This meeting has been called. Move it, so that everybody asked hears of it.")
    is_retitled = not is_draft and changes.get("title", meeting.title) != meeting.title
    facts = {"retitled_at": now} if is_retitled else {}
    changed = apply_changes(meeting, changes | facts)
    if changed:
        record(
            "meeting edited",
            meeting,
            by=by,
            at=now,
            fields=[name for name in changed if name in changes],
            alliance_id=meeting.body.alliance_id,
        )
    return meeting


@transaction.atomic
def discard_draft(*, meeting: Meeting, by: Person, now: datetime) -> None:
    """Throw a draft away, with its agenda; a meeting that was called is cancelled instead."""
    meeting = locked(
        meeting,
        Meeting.State.DRAFT,
        sentence="This meeting has been called. Cancel it, so that everybody asked hears of it.",
    )
    record("draft discarded", meeting, by=by, at=now, alliance_id=meeting.body.alliance_id)
    files = [paper.file for paper in Paper.objects.filter(item__meeting=meeting)]
    meeting.delete()
    for file in files:
        transaction.on_commit(partial(file.storage.delete, str(file.name)))
