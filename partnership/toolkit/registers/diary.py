"""The diary: dated things that a person may see in a window, and the circles that hold them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, F, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from partnership.toolkit.registers.columns import Lines, Stamp, joined, no_number, text
from partnership.toolkit.registers.finding import Somebody, gather
from partnership.toolkit.spoken_dates import spoken_clock, spoken_end
from partnership.toolkit.statements import answer

CANCELLED = "cancelled"
CIRCLE_SIGN = "="


class Dated(NamedTuple):
    """What a calendar elsewhere is told of something dated; `path` leads to its page."""

    kind: str
    thing_id: int
    title: str
    place: str
    path: str
    state: str
    starts_at: datetime
    ends_at: datetime
    sequence: int
    changed_at: datetime


class DiaryEntry(NamedTuple):
    """Something dated that a person may see.

    `sequence` grows with each move, `version` with each change; `changed_at` is when its title,
    time, place or state last changed. A state of "cancelled" means what it says in every room.
    """

    kind: str
    thing_id: int
    title: str
    page: str
    place: str
    state: str
    starts_at: datetime
    ends_at: datetime
    alliance_id: int | None
    reply: str
    circle_id: int | None
    circle: str
    alliance: str
    sequence: int
    version: int
    changed_at: datetime

    @property
    def spec(self) -> DiaryKind:
        """Its kind, with its words and mark."""
        return diary_kinds()[self.kind]

    @property
    def url(self) -> str:
        """The page of the thing."""
        return self.spec.url(self)

    @property
    def hours(self) -> str:
        """4pm to 5.30pm."""
        return f"{spoken_clock(self.starts_at)} to {spoken_end(self.starts_at, self.ends_at)}"

    @property
    def dated(self) -> Dated:
        """As calendars elsewhere are told of it."""
        return Dated(
            self.kind,
            self.thing_id,
            self.title,
            self.place,
            self.url,
            self.state,
            self.starts_at,
            self.ends_at,
            self.sequence,
            self.changed_at,
        )

    @property
    def stamp(self) -> str:
        """Another one as soon as anything of it has changed."""
        return f"{self.kind}:{self.thing_id}:{self.version}"


class DiaryStamps(NamedTuple):
    """The stamps of a diary’s entries, and the name of its circle if it is one that she may see."""

    entries: list[str]
    circle: str | None


class Circle(NamedTuple):
    """Those who meet: a board, a group, a workhub; known here by its key and name alone."""

    pk: int
    name: str
    alliance_id: int | None
    alliance: str


DIARY_COLUMNS = tuple(f"diary_{name}" for name in DiaryEntry._fields)
CIRCLE_COLUMNS = tuple(f"circle_{name}" for name in Circle._fields)


@dataclass(frozen=True)
class DiaryWindow:
    """Whose diary, and from when until when, half open; `on` is the day that her posts count.

    With a circle it is all of that circle that she may see, whether or not it concerns her.
    """

    person: Somebody
    starts_from: datetime
    starts_until: datetime
    on: date = field(default_factory=timezone.localdate)
    circle_id: int | None = None
    with_cancelled: bool = False
    only_stamps: bool = False


@dataclass(frozen=True)
class DiaryKind:
    """One kind of dated entry; `mark` is its sign on the term strip (meeting, event, review).

    Where kinds share a mark, its legend is what the first of them says, in `marked` if not its words.
    """

    key: str
    words: str
    mark: str
    rows: Callable[[DiaryWindow], QuerySet[Any, Any]]
    url: Callable[[DiaryEntry], str]
    marked: str = ""


def diary_rows(
    rows: QuerySet[Any],
    window: DiaryWindow,
    *,
    kind: str,
    title: str | Combinable,
    starts_at: str,
    ends_at: str,
    version: str,
    changed_at: str | Combinable,
    page: str | Combinable = "pk",
    place: str | Combinable | None = None,
    state: str | Combinable | None = None,
    alliance: str | None = None,
    alliance_name: str | None = None,
    circle: str | None = None,
    circle_name: str | None = None,
    sequence: str | None = None,
    reply: str | Combinable | None = None,
) -> QuerySet[Any, Any]:
    """A room's rows, already narrowed to what the person may see, as diary entries."""
    span = {f"{starts_at}__gte": window.starts_from, f"{starts_at}__lt": window.starts_until}
    within = rows.filter(**span)
    if window.only_stamps:
        return _stamps(within, kind, version)
    nothing = Value("")
    columns: dict[str, Any] = {
        "diary_kind": Value(kind, output_field=TextField()),
        "diary_thing_id": Cast(F("pk"), BigIntegerField()),
        "diary_title": text(title),
        "diary_page": text(page),
        "diary_place": text(place or nothing),
        "diary_state": text(state or nothing),
        "diary_starts_at": F(starts_at),
        "diary_ends_at": F(ends_at),
        "diary_alliance_id": _number(alliance),
        "diary_reply": text(reply or nothing),
        "diary_circle_id": _number(circle),
        "diary_circle": text(circle_name or nothing),
        "diary_alliance": text(alliance_name or nothing),
        "diary_sequence": Cast(F(sequence) if sequence else Value(0), BigIntegerField()),
        "diary_version": _number(version),
        "diary_changed_at": F(changed_at) if isinstance(changed_at, str) else changed_at,
    }
    return within.annotate(**columns).values_list(*DIARY_COLUMNS)


def _stamps(rows: QuerySet[Any], kind: str, version: str) -> QuerySet[Any, Any]:
    """One row with all stamps, or with nothing."""
    stamp = Stamp(Value(kind), F("pk"), F(version))
    return rows.order_by().values(all=Value(1)).annotate(lines=Lines(stamp)).values_list("lines")


def circle_rows(
    rows: QuerySet[Any], *, name: str, alliance: str, alliance_name: str
) -> QuerySet[Any, Any]:
    """A room's circles, already narrowed to what the person may see."""
    return rows.annotate(
        circle_pk=_number("pk"),
        circle_name=text(name),
        circle_alliance_id=_number(alliance),
        circle_alliance=text(alliance_name),
    ).values_list(*CIRCLE_COLUMNS)


def _number(source: str | None) -> Cast:
    return Cast(F(source), BigIntegerField()) if source else no_number()


@cache
def diary_kinds() -> dict[str, DiaryKind]:
    """Every room's kinds of diary entry by key."""
    return {kind.key: kind for kind in gather("diary", "DIARY")}


def diary(window: DiaryWindow, *, limit: int) -> list[DiaryEntry]:
    """What a person's diary holds in the window, earliest first, in one SELECT."""
    order = ("diary_starts_at", "diary_kind", "diary_thing_id")
    return [DiaryEntry(*row) for row in _read(window, order, limit)]


def diary_stamps(window: DiaryWindow) -> DiaryStamps:
    """The stamps of the same entries, cheaply, in one SELECT, and in an order of their own."""
    lines = [
        line
        for (lines,) in _read(replace(window, only_stamps=True), (), None)
        for line in (lines or "").split("\n")
        if line
    ]
    circle = next((line for line in lines if line.startswith(CIRCLE_SIGN)), None)
    entries = sorted(line for line in lines if line is not circle)
    return DiaryStamps(entries, circle.removeprefix(CIRCLE_SIGN) if circle else None)


def circles_of(person: Somebody, on: date) -> list[Circle]:
    """The circles that a person may see, by name, in one SELECT."""
    return [Circle(*row) for row in answer(_circles, person=person, on=on)]


def _read(window: DiaryWindow, order: tuple[str, ...], limit: int | None) -> list[Any]:
    told = {
        "person": window.person,
        "starts_from": window.starts_from,
        "starts_until": window.starts_until,
        "on": window.on,
    }
    if window.circle_id is not None:
        told["circle_id"] = window.circle_id
    kinds = tuple(diary_kinds().values())
    shape = (window.with_cancelled, window.only_stamps)
    return answer(_entries, limit, kinds, order, shape, **told)


def _entries(
    limit: int | None,
    kinds: tuple[DiaryKind, ...],
    order: tuple[str, ...],
    shape: tuple[bool, bool],
    **told: Any,
) -> QuerySet[Any, Any]:
    with_cancelled, only_stamps = shape
    window = DiaryWindow(**told, with_cancelled=with_cancelled, only_stamps=only_stamps)
    parts = [kind.rows(window) for kind in kinds]
    if only_stamps and window.circle_id is not None:
        parts += _circle_names(window)
    return joined(parts).order_by(*order)[:limit]


def _circle_names(window: DiaryWindow) -> list[QuerySet[Any, Any]]:
    """The circle itself, if she may see it, among the stamps: so it costs no SELECT of its own."""
    return [
        circles(window.person, window.on)
        .filter(pk=window.circle_id)
        .annotate(lines=Concat(Value(CIRCLE_SIGN), F("circle_name"), output_field=TextField()))
        .values_list("lines")
        for circles in gather("diary", "CIRCLES")
    ]


def _circles(*, person: Any, on: Any) -> QuerySet[Any, Any]:
    parts = [circles(person, on) for circles in gather("diary", "CIRCLES")]
    return joined(parts).order_by("circle_alliance", "circle_name", "circle_pk")
