"""The answer that a meeting asks of everybody called to it."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from alliances.meetings.duties.pages import meeting_url
from alliances.meetings.links import answer_path
from alliances.meetings.models import Meeting, MeetingReply
from alliances.schools.models import Delegation
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows, text
from partnership.toolkit.spoken_dates import spoken_moment

ANSWER = "meetings.answer"
ANSWER_FOR_HEAD = "meetings.answer_for_head"
FOR_SCHOOL = Case(
    When(
        school__isnull=False,
        then=Concat(Value("; for "), text("school__name"), output_field=TextField()),
    ),
    default=Value(""),
    output_field=TextField(),
)


def _answers_owed(window: DutyWindow) -> QuerySet[Any, Any]:
    asked = MeetingReply.objects.still_asked(on=window.today, person=window.only_person)
    replies = asked.filter(meeting__answer_by__isnull=False)
    if window.with_done:
        replies = replies.exclude(meeting__state=Meeting.State.CANCELLED)
    else:
        replies = replies.open(now=window.moment).filter(answered_at__isnull=True)
    return duty_rows(
        replies,
        window,
        kind=ANSWER,
        person="person",
        subject="meeting__title",
        page=Concat(text("meeting"), Value(":"), text("asking"), output_field=TextField()),
        detail=Concat(text("meeting__place"), FOR_SCHOOL, output_field=TextField()),
        happens_at="meeting__starts_at",
        asked_at="asked_at",
        due_at="meeting__answer_by",
        school="school",
        alliance="meeting__body__alliance",
        sender="meeting__body__alliance__name",
        goes_up_to="meeting__called_by",
        done_at="answered_at",
    )


def _answers_owed_for_heads(window: DutyWindow) -> QuerySet[Any, Any]:
    """What is asked of a head who lets somebody of her school answer."""
    held = Delegation.objects.on(window.today).filter(
        kind=Delegation.Kind.REPLIES, deputy__is_active=True
    )
    reply = "given_by__meeting_replies"
    rows = held.annotate(
        reply_id=F(f"{reply}__pk"),
        reply_school=F(f"{reply}__school"),
        reply_ended=F(f"{reply}__ended_at"),
        state=F(f"{reply}__meeting__state"),
        over_at=F(f"{reply}__meeting__ends_at"),
        answer_by=F(f"{reply}__meeting__answer_by"),
    ).filter(reply_school=F("school"), reply_ended__isnull=True, answer_by__isnull=False)
    if window.with_done:
        rows = rows.exclude(state=Meeting.State.CANCELLED)
    else:
        rows = rows.filter(state=Meeting.State.CALLED, over_at__gt=window.moment)
    return duty_rows(
        rows,
        window,
        kind=ANSWER_FOR_HEAD,
        person="deputy",
        thing="reply_id",
        subject=f"{reply}__meeting__title",
        page=Concat(
            text(f"{reply}__meeting"),
            Value(":"),
            text(f"{reply}__asking"),
            output_field=TextField(),
        ),
        detail=Concat(
            text("given_by__name"), Value(", "), text("school__name"), output_field=TextField()
        ),
        happens_at=f"{reply}__meeting__starts_at",
        asked_at=f"{reply}__asked_at",
        due_at=f"{reply}__meeting__answer_by",
        school="school",
        alliance=f"{reply}__meeting__body__alliance",
        sender=f"{reply}__meeting__body__alliance__name",
        goes_up_to="given_by",
        done_at=f"{reply}__answered_at",
    )


def _asking_of(duty: Duty) -> int:
    return int(duty.page.partition(":")[2])


def _when_and_where(duty: Duty) -> str:
    when = spoken_moment(duty.happens_at) if duty.happens_at else ""
    return (
        when + duty.detail if not duty.detail or duty.detail[0] == ";" else f"{when}, {duty.detail}"
    )


ANSWERS = (
    DutyKind(
        key=ANSWER,
        words="Answer a meeting",
        due="two school days before the meeting, or the day that was asked for",
        offsets=(-7, -2, 1),
        goes_up_after=1,
        goes_up_to="whoever called it",
        rows=_answers_owed,
        title=lambda duty: f"Will you come? {duty.subject}",
        line=_when_and_where,
        url=meeting_url,
        action="Answer",
        why=lambda duty: "You have this because you are asked to a meeting and have not answered.",
        mail_url=lambda duty: answer_path(duty.thing_id, _asking_of(duty)),
        mail_action="Answer: yes, no or maybe",
        answer_template="meetings/includes/_duty_answer.html",
        in_alliance=True,
    ),
    DutyKind(
        key=ANSWER_FOR_HEAD,
        words="Answer a meeting for a head",
        due="as for the head",
        offsets=(-7, -2),
        goes_up_after=None,
        goes_up_to="",
        rows=_answers_owed_for_heads,
        title=lambda duty: f"Answer for your head: {duty.subject}",
        line=lambda duty: (
            f"{spoken_moment(duty.happens_at) if duty.happens_at else ''}; for {duty.detail}"
        ),
        url=meeting_url,
        action="Answer",
        why=lambda duty: (
            "You have this because you answer meetings for a head, and this one waits."
        ),
        answer_template="meetings/includes/_duty_answer.html",
        in_alliance=True,
    ),
)
