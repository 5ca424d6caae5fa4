"""Somebody leaves who takes a group's minutes, or chairs or minutes meetings: that passes on too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from alliances.meetings.models import Body, Meeting
from alliances.meetings.services.bodies import change_body
from alliances.meetings.services.following import decided_by, is_own
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, STAY, Leaver, held_rows, offered
from partnership.toolkit.versions import apply_changes, lock

BODIES_MINUTED = "meetings.bodies_minuted"
MEETINGS_KEPT = "meetings.kept"
ROLES = ("chair", "minute_taker")
State = Meeting.State
MinutesState = Meeting.MinutesState
UNFINISHED = Q(state__in=[State.DRAFT, State.CALLED, State.IN_SESSION]) | Q(
    state=State.HELD, minutes_state__in=[MinutesState.NONE, MinutesState.DRAFTED]
)


def bodies_minuted(leaver: Leaver) -> QuerySet[Body, Any]:
    """Groups whose minutes she usually takes."""
    bodies = Body.objects.filter(
        minute_taker=leaver.person, closed_on=None, pk__in=decided_by(leaver)
    )
    return held_rows(
        bodies,
        kind=BODIES_MINUTED,
        name="name",
        about="alliance__name",
        choices=offered(STAY, PASS, END),
    )


def pass_on_minutes_of(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows takes the group's minutes; without anybody, whoever calls a meeting does."""
    body = Body.objects.filter(pk=key, minute_taker=leaver.person).first()
    if body is None:
        return 0
    change_body(body=body, changes={"minute_taker": to}, by=leaver.by, now=now)
    return 1


def meetings_kept(leaver: Leaver) -> QuerySet[Meeting, Any]:
    """Meetings to come, or whose minutes aren't finished, that she chairs or minutes."""
    hers = Q(chair=leaver.person) | Q(minute_taker=leaver.person)
    meetings = Meeting.objects.filter(hers, UNFINISHED)
    if not is_own(leaver):
        meetings = meetings.filter(body__in=decided_by(leaver))
    return held_rows(
        meetings,
        kind=MEETINGS_KEPT,
        name="title",
        about="body__alliance__name",
        choices=offered(PASS, END, STAY),
        order="starts_at",
    )


def pass_on_meeting(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows chairs or minutes it in her place; without anybody, whoever called it does."""
    found = Meeting.objects.filter(UNFINISHED, pk=key).first()
    if found is None:
        return 0
    meeting = lock(found)
    hers = {role: to for role in ROLES if getattr(meeting, f"{role}_id") == leaver.person.pk}
    if changed := apply_changes(meeting, dict(hers)):
        alliance_id = meeting.body.alliance_id
        record(
            "meeting passed on",
            meeting,
            by=leaver.by,
            at=now,
            fields=changed,
            alliance_id=alliance_id,
        )
    return int(bool(changed))
