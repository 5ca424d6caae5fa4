"""Those who have not answered are asked again, by hand and at most once a day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from alliances.meetings.models import Meeting
from alliances.meetings.services.states import NotNow, locked
from partnership.audit.services import record
from partnership.calendar.days import UK
from partnership.notices.models import Notice
from partnership.notices.services import tell
from partnership.people.models import Person

State = Meeting.State


@transaction.atomic
def chase_silent(*, meeting: Meeting, by: Person, now: datetime) -> int:
    """Remind those who owe an answer and were not reminded by hand today; how many they are."""
    meeting = locked(meeting, State.CALLED, sentence="Only a called meeting waits for answers.")
    if meeting.starts_at <= now:
        raise NotNow("This meeting has begun, so no answer is needed any more.")
    day = now.astimezone(UK).date()
    key = f"meeting-chased:{meeting.pk}:{meeting.sequence}:{day.isoformat()}"
    silent = meeting.replies.still_asked(on=day).filter(answered_at=None).exclude(person=by)
    reminded = Notice.objects.filter(key=key).values("recipient")
    chased = set(silent.exclude(person__in=reminded).values_list("person_id", flat=True))
    if chased:
        tell(
            recipients=chased,
            kind="meetings.chased",
            key=key,
            thing_id=meeting.pk,
            facts={"sequence": meeting.sequence},
            now=now,
            alliance_id=meeting.body.alliance_id,
        )
        record(
            "answers asked for again",
            meeting,
            by=by,
            at=now,
            values={"people": len(chased)},
            alliance_id=meeting.body.alliance_id,
        )
    return len(chased)
