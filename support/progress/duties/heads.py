"""Heads of both schools beside what is asked of them in a programme."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable

from alliances.schools.models import SchoolPost
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows
from support.programmes.duties.rows import PANEL, caseload_url, programme_url
from support.programmes.models import Programme

SUPPORTED, SUPPORTING = "programmes", "programmes_supported"
LOOKS_AFTER, CHAIR = "whoever looks after the programme", "the chair of the alliance"
State = Programme.State
ALIVE = (State.OPEN, State.FOLLOWED)
OF_PROGRAMME = ("state", "director", "alliance")


def beside_heads(
    window: DutyWindow,
    way: str,
    things: str,
    *moments: str,
    states: Collection[str] = ALIVE,
) -> QuerySet[SchoolPost]:
    """Each head of a school of programmes beside each thing in them, once.

    `way` leads from the school to its programmes, `things` from there; a thing's key and these
    moments of it stand in the row as `thing_…`, what is the programme's as `programme_…`.
    """
    posts = SchoolPost.objects.on(window.today).of_heads()
    earlier = posts.filter(school=OuterRef("school"), person=OuterRef("person"))
    first = posts.filter(~Exists(earlier.filter(pk__lt=OuterRef("pk"))))
    if window.only_person is not None:
        first = first.filter(person=window.only_person)
    programme = f"school__{way}"
    thing = f"{programme}__{things}"
    said: dict[str, Any] = {f"thing_{name}": F(f"{thing}__{name}") for name in moments}
    said |= {f"programme_{name}": F(f"{programme}__{name}") for name in OF_PROGRAMME}
    rows = first.annotate(
        programme_id=F(f"{programme}__pk"),
        sender=F(f"{programme}__alliance__name"),
        thing_key=F(f"{thing}__pk"),
        **said,
    )
    wanted: dict[str, Any] = {"programme_state__in": tuple(states), "thing_key__isnull": False}
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
        school="school",
        alliance="programme_alliance",
        sender="sender",
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
    up: str = LOOKS_AFTER,
    offsets: tuple[int, ...] = (-3, 0, 2),
) -> DutyKind:
    """A duty of the room: it names neither school nor area, and goes up after three days."""
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
        beside=PANEL,
        up_url=caseload_url if up == CHAIR else None,
    )
