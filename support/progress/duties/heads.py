"""Heads of both schools beside what is asked of them in a programme."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.expressions import Combinable

from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows
from support.programmes.duties.rows import (
    HELPED,
    caseload_url,
    programme_url,
)
from support.programmes.duties.rows import beside_heads as rows_beside_heads
from support.programmes.models import Programme

WHOEVER_LOOKS_AFTER, CHAIR = "whoever looks after the programme", "the chair of the alliance"
State = Programme.State
ALIVE = (State.OPEN, State.FOLLOWED)


def beside_heads(
    window: DutyWindow,
    way: str,
    things: str,
    *moments: str,
    states: Collection[str] = ALIVE,
) -> QuerySet[Any, Any]:
    """Each head of a school of programmes beside each thing in them, once.

    `way` leads from the school to its programmes, `things` from there; a thing's key and these
    moments of it stand in the row as `thing_…`, what is the programme's as `programme_…`.
    """
    columns = {f"thing_{name}": f"{things}__{name}" for name in moments}
    rows = rows_beside_heads(window, way, states, thing_key=f"{things}__pk", **columns)
    wanted: dict[str, Any] = {"thing_key__isnull": False}
    return rows.filter(**wanted)


def owed_by_heads(
    rows: QuerySet[Any],
    window: DutyWindow,
    *,
    kind: str,
    asked_at: str,
    due_at: str,
    done_at: str | Combinable,
    goes_up_to: str = "programme_director",
) -> QuerySet[Any, Any]:
    """Such rows as duties of these heads."""
    return duty_rows(
        rows,
        window,
        kind=kind,
        person="person",
        thing="thing_key",
        subject=Value(""),
        page="programme_id",
        asked_at=asked_at,
        due_at=due_at,
        school="school_headed",
        alliance="programme_alliance",
        mail_sender="sender",
        goes_up_to=goes_up_to,
        done_at=done_at,
    )


def why(duty: Duty) -> str:
    """Why somebody has a duty of a programme; which one, the page says."""
    return f"You have this because you take part in a support programme of {duty.sender}."


def kind_of(
    key: str,
    words: str,
    due: str,
    rows: Callable[[DutyWindow], QuerySet[Any, Any]],
    title: str,
    url: Callable[[Duty], str] = programme_url,
    *,
    up: str = WHOEVER_LOOKS_AFTER,
    beside: str = HELPED,
    offsets: tuple[int, ...] = (-3, 0, 2),
) -> DutyKind:
    """A duty of the room: it names neither school nor area, and goes up after three days.

    Unless told otherwise it is owed by heads of supported schools alone.
    """
    return DutyKind(
        key=key,
        words=words,
        due=due,
        offsets=offsets,
        goes_up_after=3,
        goes_up_to=up,
        rows=rows,
        title=lambda _duty: title,
        line=lambda _duty: "In a support programme",
        url=url,
        action="Open it",
        why=why,
        in_alliance=True,
        is_private=True,
        beside=beside,
        up_url=caseload_url if up == CHAIR else None,
    )
