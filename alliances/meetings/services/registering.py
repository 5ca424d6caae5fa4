"""The register: who came, line by line, saved as often as one likes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from alliances.meetings.models import Attendance, Meeting
from alliances.meetings.services.holding import begin_meeting, end_meeting, hold_meeting
from alliances.meetings.services.states import NotNow, locked
from partnership.audit.services import record
from partnership.people.models import Person

State = Meeting.State
TAKEN_IN = (State.IN_SESSION, State.HELD)
NOT_YET = "The register is taken once the meeting has begun."
APPROVED = "The minutes of this meeting are approved, so its register stays as it is."
THEN = {"begin": begin_meeting, "end": end_meeting, "hold": hold_meeting}


@dataclass(frozen=True)
class Mark:
    """What somebody says of one line, and whether she touched it or only saw it so."""

    state: str
    substitute: str = ""
    is_touched: bool = True


@dataclass(frozen=True)
class Marks:
    """What is typed into the register at once: by reply, and guests who came or didn't after all."""

    replies: Mapping[int, Mark]
    new_guest: str = ""
    gone_guests: Iterable[int] = ()


@transaction.atomic
def take_register(
    *, meeting: Meeting, marks: Marks, then: str = "", by: Person, now: datetime
) -> Meeting:
    """Keep the lines that changed; `then` begins, ends or holds the meeting with them.

    A line that nobody touched is kept as it was proposed where nothing stands yet, and never
    overwrites what somebody else said meanwhile.
    """
    if then == "begin":
        meeting = begin_meeting(meeting=meeting, by=by, now=now)
    if then == "hold":
        meeting = hold_meeting(meeting=meeting, by=by, now=now)
    meeting = locked(meeting, *TAKEN_IN, sentence=NOT_YET)
    if meeting.minutes_state == Meeting.MinutesState.APPROVED:
        raise NotNow(APPROVED)
    changed = _keep_lines(meeting, marks.replies, by=by, now=now)
    changed += _keep_guests(meeting, marks, by=by, now=now)
    _note_taken(meeting, changed, by=by, now=now)
    if then == "end":
        meeting = end_meeting(meeting=meeting, by=by, now=now)
    return meeting


def _keep_lines(meeting: Meeting, marks: Mapping[int, Mark], *, by: Person, now: datetime) -> int:
    asked = set(meeting.replies.filter(ended_at=None, pk__in=marks).values_list("pk", flat=True))
    stand = {line.reply_id: line for line in meeting.attendances.filter(reply__in=asked)}
    changed, new = [], []
    for reply_id in sorted(asked):
        mark, line = marks[reply_id], stand.get(reply_id)
        if line is None:
            new.append(_line(meeting, mark, by, now, reply_id=reply_id))
        elif mark.is_touched and _apply(line, mark, by, now):
            changed.append(line)
    Attendance.objects.bulk_create(new)
    Attendance.objects.bulk_update(changed, ["state", "substitute", "recorded_by", "recorded_at"])
    return len(new) + len(changed)


def _keep_guests(meeting: Meeting, marks: Marks, *, by: Person, now: datetime) -> int:
    gone = meeting.attendances.filter(reply=None, pk__in=list(marks.gone_guests))
    changed = gone.delete()[0] if marks.gone_guests else 0
    if name := marks.new_guest.strip():
        known = meeting.attendances.filter(reply=None, name__iexact=name)
        if not known.exists():
            _line(meeting, Mark(Attendance.State.PRESENT), by, now, name=name).save()
            changed += 1
    return changed


def _line(
    meeting: Meeting,
    mark: Mark,
    by: Person,
    now: datetime,
    *,
    reply_id: int | None = None,
    name: str = "",
) -> Attendance:
    line = Attendance(meeting=meeting, reply_id=reply_id, name=name)
    _apply(line, mark, by, now)
    return line


def _apply(line: Attendance, mark: Mark, by: Person, now: datetime) -> bool:
    is_other = mark.state == Attendance.State.SUBSTITUTE
    substitute = mark.substitute.strip() if is_other else ""
    if (line.state, line.substitute) == (mark.state, substitute):
        return False
    line.state, line.substitute = mark.state, substitute
    line.recorded_by, line.recorded_at = by, now
    return True


def _note_taken(meeting: Meeting, changed: int, *, by: Person, now: datetime) -> None:
    """The first time it says who took it; the audit counts lines and names nobody."""
    if not changed:
        return
    if meeting.register_taken_at is None:
        meeting.register_taken_at, meeting.register_taken_by = now, by
        meeting.save(update_fields=["register_taken_at", "register_taken_by"])
    record(
        "register taken",
        meeting,
        by=by,
        at=now,
        fields=["register"],
        values={"lines": changed},
        alliance_id=meeting.body.alliance_id,
    )
