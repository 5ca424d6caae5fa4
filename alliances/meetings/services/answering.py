"""Somebody answers whether she comes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from alliances.meetings.models import Meeting, MeetingReply
from partnership.audit.services import record
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.statements import answer as answers
from partnership.toolkit.versions import lock


class NoLongerAsked(Exception):
    """The question has lapsed; the words say why, for the page."""


def refuse_if_lapsed(reply: MeetingReply, *, asking: int | None, now: datetime) -> None:
    """Raise NoLongerAsked when the meeting moved, is over, was cancelled, or the seat was left."""
    meeting = reply.meeting
    if meeting.state == Meeting.State.CANCELLED:
        raise NoLongerAsked("This meeting has been cancelled, so no answer is needed.")
    if meeting.state == Meeting.State.IN_SESSION and meeting.ends_at > now:
        raise NoLongerAsked("This meeting has begun, so no answer is needed any more.")
    if meeting.state != Meeting.State.CALLED or meeting.ends_at <= now:
        raise NoLongerAsked("This meeting is over, so no answer is needed any more.")
    on = now.astimezone(UK).date()
    if not answers(_still_asked, reply=reply, on=on):
        raise NoLongerAsked("You are no longer asked to this meeting.")
    if asking is not None and asking != reply.asking:
        raise NoLongerAsked(
            "This meeting has moved since then, and you are asked afresh: "
            "look at the new day and answer by the newest mail or on the meeting’s page."
        )


def _still_asked(*, reply: MeetingReply, on: date) -> QuerySet[MeetingReply, Any]:
    asked = MeetingReply.objects.still_asked(on=on)
    return asked.filter(pk=reply.pk).values_list("pk")


@transaction.atomic
def answer_by_mail(
    *, reply: MeetingReply, asking: int, answer: MeetingReply.Answer, now: datetime
) -> None:
    """One person, one meeting: whoever speaks for several schools there answers for them all.

    Raises NoLongerAsked.
    """
    person = reply.person
    answer_meeting(reply=reply, asking=asking, answer=answer, by=person, now=now)
    on = now.astimezone(UK).date()
    hers = MeetingReply.objects.still_asked(on=on).filter(meeting=reply.meeting_id, person=person)
    for other in hers.exclude(pk=reply.pk).select_related("meeting").order_by("pk"):
        answer_meeting(reply=other, answer=answer, by=person, now=now)


@transaction.atomic
def answer_meeting(
    *,
    reply: MeetingReply,
    answer: MeetingReply.Answer,
    apologies: str | None = None,
    substitute: str | None = None,
    by: Person,
    now: datetime,
    asking: int | None = None,
) -> MeetingReply:
    """Keep the answer; None keeps the reason or the substitute that was given, if it is still a no.

    Raises NoLongerAsked. Neither ever stands in the audit.
    """
    body = reply.meeting.body
    meeting = lock(reply.meeting)
    meeting.body = body
    reply = lock(reply)
    reply.meeting = meeting
    refuse_if_lapsed(reply, asking=asking, now=now)
    is_no = answer == MeetingReply.Answer.NO
    kept = {"apologies": apologies, "substitute": substitute}
    for name, said in kept.items():
        setattr(reply, name, (getattr(reply, name) if said is None else said) if is_no else "")
    reply.answer, reply.answered_at = answer, now
    reply.save(update_fields=["answer", "answered_at", *kept])
    record(
        "meeting answered",
        meeting,
        by=by,
        at=now,
        fields=["answer"] if not reply.substitute else ["answer", "substitute"],
        values={"answer": answer, "reply": reply.pk},
        school_id=reply.school_id,
        alliance_id=meeting.body.alliance_id,
    )
    return reply
