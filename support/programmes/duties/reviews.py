"""The steps of a swift review: the school's view, the assessor's, the reply, the judgement."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Value

from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows
from support.programmes.duties.rows import (
    ASSESSES,
    LOOKS_AFTER,
    REVIEWED,
    SUPPORTED,
    beside_heads,
    caseload_url,
    chair_of,
    programme_url,
    week_after,
)
from support.programmes.models import Programme

OWN_VIEW = "programmes.own_view"
ASSESS = "programmes.assess"
REPLY = "programmes.reply"
JUDGE = "programmes.judge"
LOOK_AGAIN = "programmes.look_again"
CHAIR = "the chair of the alliance"


def _of_heads(window: DutyWindow, kind: str, begun: str, due_at: Any, done: str) -> QuerySet[Any]:
    columns = {"begun": begun, "done": done, "review_due_at": "review__due_at"}
    rows = beside_heads(window, SUPPORTED, [Programme.State.OPEN], **columns)
    rows = rows.filter(begun__isnull=False, review_due_at__isnull=False)
    return duty_rows(
        rows,
        window,
        kind=kind,
        person="person",
        thing="programme_id",
        subject=Value(""),
        asked_at="begun",
        due_at=due_at,
        school="school_headed",
        alliance="programme_alliance",
        mail_sender="sender",
        goes_up_to="programme_director",
        done_at="done",
    )


def _own_views(window: DutyWindow) -> QuerySet[Any]:
    return _of_heads(window, OWN_VIEW, "answered_at", "review_due_at", "own_view_at")


def _replies(window: DutyWindow) -> QuerySet[Any]:
    return _of_heads(window, REPLY, "assessed_at", week_after("begun"), "replied_at")


def _programmes(window: DutyWindow, *, person: str, state: str) -> QuerySet[Programme]:
    programmes = Programme.objects.filter(state=state)
    if window.only_person is not None:
        programmes = programmes.filter(**{person: window.only_person})
    return programmes.annotate(chair=chair_of("alliance", window))


def _of_alliance(
    programmes: QuerySet[Programme],
    window: DutyWindow,
    kind: str,
    person: str,
    due_at: Any,
    asked_at: str,
    done_at: str | None = None,
) -> QuerySet[Any]:
    return duty_rows(
        programmes,
        window,
        kind=kind,
        person=person,
        subject=Value(""),
        asked_at=asked_at,
        due_at=due_at,
        school="school",
        alliance="alliance",
        mail_sender="alliance__name",
        goes_up_to="chair",
        done_at=done_at,
    )


def _assessments(window: DutyWindow) -> QuerySet[Any]:
    rows = _programmes(window, person="review__assessor", state=Programme.State.OPEN)
    rows = rows.filter(own_view_at__isnull=False)
    return _of_alliance(
        rows, window, ASSESS, "review__assessor", "review__due_at", "own_view_at", "assessed_at"
    )


def _judgements(window: DutyWindow) -> QuerySet[Any]:
    rows = _programmes(window, person="director", state=Programme.State.OPEN)
    rows = rows.filter(replied_at__isnull=False)
    due = week_after("replied_at")
    return _of_alliance(rows, window, JUDGE, "director", due, "replied_at", "judged_at")


def _watched(window: DutyWindow) -> QuerySet[Any]:
    rows = _programmes(window, person="director", state=Programme.State.WATCHED)
    return _of_alliance(rows, window, LOOK_AGAIN, "director", "watch_until", "judged_at")


def _why(duty: Duty) -> str:
    return f"You have this because you take part in a support programme of {duty.sender}."


def _kind(
    key: str, words: str, due: str, rows: Any, title: str, up: str, beside: str = LOOKS_AFTER
) -> DutyKind:
    return DutyKind(
        key=key,
        words=words,
        due=due,
        offsets=(-3, 0, 2),
        goes_up_after=3,
        goes_up_to=up,
        rows=rows,
        title=lambda _duty: title,
        line=lambda _duty: "In a support programme",
        url=programme_url,
        action="Open it",
        why=_why,
        in_alliance=True,
        is_private=True,
        beside=beside,
        up_url=caseload_url if up == CHAIR else None,
    )


REVIEWS = (
    _kind(
        OWN_VIEW,
        "Give the school’s own view in a swift review",
        "the day by which the review is due: as many school days as the alliance sets",
        _own_views,
        "Say how you see your school",
        "whoever looks after the programme",
        REVIEWED,
    ),
    _kind(
        ASSESS,
        "Give the assessor’s view in a swift review",
        "the day by which the review is due: as many school days as the alliance sets",
        _assessments,
        "Write the assessor’s view",
        CHAIR,
        ASSESSES,
    ),
    _kind(
        REPLY,
        "Reply to a swift review",
        "a week after the assessor’s view is given",
        _replies,
        "Reply to the swift review",
        "whoever looks after the programme",
        REVIEWED,
    ),
    _kind(
        JUDGE,
        "Decide the approach by a swift review",
        "a week after the head’s reply",
        _judgements,
        "Decide how support goes on",
        CHAIR,
    ),
    _kind(
        LOOK_AGAIN,
        "Look again at a school that is watched",
        "the day that the decision gives",
        _watched,
        "Look again at a programme that you watch",
        CHAIR,
    ),
)
