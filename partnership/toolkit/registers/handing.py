"""Handing over, personal data, and bridges from one room to another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from django.db.models import BigIntegerField, Case, DateField, F, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from partnership.toolkit.registers.columns import joined, text
from partnership.toolkit.registers.finding import gather

PASS, END, STAY = "pass", "end", "stay"


@dataclass(frozen=True)
class Leaver:
    """Somebody who leaves a school with a day, and who arranges it on which day."""

    person: Any
    school: Any
    last_day: date
    by: Any
    today: date

    @property
    def first_day(self) -> date:
        """The day on which whoever follows begins."""
        return self.last_day + timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """One thing that a leaver holds, and what may become of it; the first choice is proposed."""

    key: int
    words: str
    choices: tuple[str, ...]
    until: date | None = None


class HeldRow(NamedTuple):
    """A thing that a leaver holds, as its room's SELECT has it."""

    kind: str
    thing_id: int
    name: str
    about: str
    more: str
    choices: str
    order: str
    until: date | None


HELD_COLUMNS = tuple(f"held_{name}" for name in HeldRow._fields)


def offered(*choices: str) -> Value:
    """What may become of a thing, as the column `choices` of held rows has it."""
    return Value(",".join(choices), output_field=TextField())


def held_rows(
    rows: QuerySet[Any, Any],
    *,
    kind: str,
    name: str | Combinable,
    choices: Value | Case,
    about: str | Combinable | None = None,
    more: str | Combinable | None = None,
    order: str | Combinable | None = None,
    until: str | None = None,
) -> QuerySet[Any, Any]:
    """A room's rows, already narrowed to what may be decided about, as things that she holds.

    `until` is the day on which each ends if nobody leaves; what offers no choice is left out.
    """
    return (
        rows.annotate(
            held_kind=Value(kind, output_field=TextField()),
            held_thing_id=Cast(F("pk"), BigIntegerField()),
            held_name=text(name),
            held_about=text(Value("") if about is None else about),
            held_more=text(Value("") if more is None else more),
            held_choices=text(choices),
            held_order=text(name if order is None else order),
            held_until=Cast(F(until) if until else Value(None), DateField()),
        )
        .filter(held_choices__gt="")
        .order_by()
        .values_list(*HELD_COLUMNS)
    )


def _in_a_row(row: HeldRow) -> str:
    return ", ".join(filter(None, (row.name, row.about)))


@dataclass(frozen=True)
class HandoverKind:
    """What a leaver or a closing school holds, and how it passes on or ends.

    `of` says whose it is. For a school, `held(school)` is what runs on, and
    `pass_on(school, to=successor, on=first_day, by=person, now=now)` answers how much it moved.

    For a person, `held(leaver)` gives what whoever arranges it may decide about, as `held_rows`,
    `said(row)` words one, and `pass_on(leaver, key, to=successor, now=now)` settles one of them,
    `to=None` ending it; what is gone already it leaves alone, so it may run twice. A room whose
    things have days settles them at once, by their days, and has a `take_back` of the same
    arguments, with the day `until` which the thing was held before and the moment `since` it was
    settled; one whose things have none says `is_dated=False` and is asked once the last day has
    passed.
    """

    key: str
    words: str
    held: Callable[[Any], Any]
    pass_on: Callable[..., int]
    of: Literal["person", "school"] = "person"
    is_dated: bool = True
    said: Callable[[HeldRow], str] = _in_a_row
    take_back: Callable[..., int] | None = None


def held_things(kinds: Mapping[str, HandoverKind], leaver: Leaver) -> dict[str, list[Held]]:
    """What a leaver holds of each kind, in one SELECT however many kinds and things there are."""
    rows = joined([kind.held(leaver) for kind in kinds.values()])
    found: dict[str, list[Held]] = {}
    for values in rows.order_by("held_order", "held_thing_id"):
        row = HeldRow(*values)
        words, choices = kinds[row.kind].said(row), tuple(row.choices.split(","))
        found.setdefault(row.kind, []).append(Held(row.thing_id, words, choices, row.until))
    return found


@dataclass(frozen=True)
class PersonalKind:
    """A person's data in one room: what it is, why and how long it is kept, how it is forgotten."""

    key: str
    words: str
    export: Callable[[Any], list[dict[str, Any]]]
    forget: Callable[..., int]
    kept_for: timedelta | None = None


@dataclass(frozen=True)
class BridgeKind:
    """A way to start something from a finding: who may, and the address of a prefilled form.

    `takes` names what of a finding it begins with, such as “need”. Where the finding keeps what
    began, `begun` words such a thing, `seen(person, on=day)` are the keys of those that she may
    see, and `thing_url(key)` is where one stands.
    """

    key: str
    words: str
    may: Callable[[Any], bool]
    url: Callable[[Mapping[str, str]], str]
    takes: str = ""
    begun: str = ""
    seen: Callable[..., QuerySet[Any, Any]] | None = None
    thing_url: Callable[[int], str] | None = None


def bridges_taking(named: Collection[str]) -> list[BridgeKind]:
    """The ways to begin something with any of these, whoever may go them."""
    return [kind for kind in gather("bridges", "BRIDGES") if kind.takes and kind.takes in named]


def ways_on(person: Any, finding: Mapping[str, str]) -> list[tuple[str, str]]:
    """What other rooms let her begin with a finding: words, and the address of a prefilled form."""
    kinds = [kind for kind in gather("bridges", "BRIDGES") if kind.may(person)]
    found = [(kind.words, kind.url(finding)) for kind in kinds]
    return [(words, url) for words, url in found if url]
