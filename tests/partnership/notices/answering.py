from datetime import UTC, datetime

from alliances.meetings.models import MeetingReply
from partnership.toolkit.registers import DutyKind, duty_rows
from tests.factories import MeetingReplyFactory

ASKED_AT = datetime(2027, 1, 4, 9, tzinfo=UTC)
DUE_AT = datetime(2027, 1, 20, 16, tzinfo=UTC)  # a Wednesday
STARTS_AT = datetime(2027, 2, 2, 16, tzinfo=UTC)


def answers(window):
    return duty_rows(
        MeetingReply.objects.all(),
        window,
        kind="tests.answer",
        person="person",
        subject="meeting__title",
        page="meeting_id",
        detail="meeting__place",
        happens_at="meeting__starts_at",
        asked_at="asked_at",
        due_at="meeting__answer_by",
        alliance="meeting__body__alliance",
        sender="meeting__body__alliance__name",
        goes_up_to="meeting__called_by",
        done_at="answered_at",
    )


def answer_kind(**changes):
    facts = {
        "key": "tests.answer",
        "words": "Answer a meeting",
        "due": "two weeks before the meeting",
        "offsets": (-7, -1, 1, 5),
        "goes_up_after": 3,
        "goes_up_to": "whoever called the meeting",
        "rows": answers,
        "title": lambda duty: f"Will you come to {duty.subject}?",
        "line": lambda duty: duty.detail,
        "url": lambda duty: f"/meetings/{duty.page}/",
        "action": "Answer",
        "why": lambda duty: f"You are asked to {duty.subject} by {duty.sender}.",
    }
    return DutyKind(**facts | changes)


def asked(**facts):
    known = {
        "asked_at": ASKED_AT,
        "meeting__answer_by": DUE_AT,
        "meeting__starts_at": STARTS_AT,
    }
    if "meeting" in facts:
        known = {"asked_at": ASKED_AT}
    return MeetingReplyFactory(**known | facts)


def answer(reply, *, at):
    reply.answer, reply.answered_at = MeetingReply.Answer.YES, at
    reply.save()
