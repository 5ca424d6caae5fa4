"""The diary: dated things that a person may see in a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, F, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils import timezone

from partnership.toolkit.registers.columns import joined, no_number, text
from partnership.toolkit.registers.finding import Somebody, gather
from partnership.toolkit.statements import answer


class DiaryEntry(NamedTuple):
    """Something dated that a person may see."""

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

    @property
    def spec(self) -> DiaryKind:
        """Its kind, with its words and mark."""
        return diary_kinds()[self.kind]

    @property
    def url(self) -> str:
        """The page of the thing."""
        return self.spec.url(self)


DIARY_COLUMNS = tuple(f"diary_{name}" for name in DiaryEntry._fields)


@dataclass(frozen=True)
class DiaryWindow:
    """Whose diary, and from when until when, half open; `on` is the day that her posts count."""

    person: Somebody
    starts_from: datetime
    starts_until: datetime
    on: date = field(default_factory=timezone.localdate)


@dataclass(frozen=True)
class DiaryKind:
    """One kind of dated entry; `mark` is its sign on the term strip (meeting, event, review)."""

    key: str
    words: str
    mark: str
    rows: Callable[[DiaryWindow], QuerySet[Any, Any]]
    url: Callable[[DiaryEntry], str]


def diary_rows(
    rows: QuerySet[Any],
    window: DiaryWindow,
    *,
    kind: str,
    title: str | Combinable,
    starts_at: str,
    ends_at: str,
    page: str | Combinable = "pk",
    place: str | Combinable | None = None,
    state: str | Combinable | None = None,
    alliance: str | None = None,
    reply: str | Combinable | None = None,
) -> QuerySet[Any, Any]:
    """A room's rows, already narrowed to what the person may see, as diary entries."""
    return (
        rows.filter(
            **{
                f"{starts_at}__gte": window.starts_from,
                f"{starts_at}__lt": window.starts_until,
            }
        )
        .annotate(
            diary_kind=Value(kind, output_field=TextField()),
            diary_thing_id=Cast(F("pk"), BigIntegerField()),
            diary_title=text(title),
            diary_page=text(page),
            diary_place=text(Value("") if place is None else place),
            diary_state=text(Value("") if state is None else state),
            diary_starts_at=F(starts_at),
            diary_ends_at=F(ends_at),
            diary_alliance_id=Cast(F(alliance), BigIntegerField()) if alliance else no_number(),
            diary_reply=text(Value("") if reply is None else reply),
        )
        .values_list(*DIARY_COLUMNS)
    )


@cache
def diary_kinds() -> dict[str, DiaryKind]:
    """Every room's kinds of diary entry by key."""
    return {kind.key: kind for kind in gather("diary", "DIARY")}


def diary(window: DiaryWindow, *, limit: int) -> list[DiaryEntry]:
    """What a person's diary holds in the window, earliest first, in one SELECT."""
    kinds = tuple(diary_kinds().values())
    rows = answer(
        _entries,
        limit,
        kinds,
        person=window.person,
        starts_from=window.starts_from,
        starts_until=window.starts_until,
        on=window.on,
    )
    return [DiaryEntry(*row) for row in rows]


def _entries(limit: int, kinds: tuple[DiaryKind, ...], **told: Any) -> QuerySet[Any, Any]:
    rows = joined([kind.rows(DiaryWindow(**told)) for kind in kinds])
    return rows.order_by("diary_starts_at", "diary_kind", "diary_thing_id")[:limit]
