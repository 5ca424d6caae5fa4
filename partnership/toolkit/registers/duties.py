"""Duties: what people owe, computed from each room's own rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, F, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils import timezone

from partnership.toolkit.registers.columns import joined, no_moment, no_number, text
from partnership.toolkit.registers.finding import Somebody, gather
from partnership.toolkit.statements import answer


class Duty(NamedTuple):
    """One thing that one person owes, computed from a room's own rows and never stored."""

    kind: str
    thing_id: int
    person_id: int
    subject: str
    page: str
    detail: str
    happens_at: datetime | None
    asked_at: datetime | None
    due_at: datetime
    school_id: int | None
    alliance_id: int | None
    sender: str
    goes_up_to_id: int | None
    done_at: datetime | None
    waived_because: str

    @property
    def key(self) -> str:
        """What names this duty and its deadline: a new deadline is a new duty."""
        return f"{self.kind}:{self.thing_id}:{self.due_at:%Y-%m-%dT%H:%MZ}"

    @property
    def group(self) -> str:
        """What many may owe at once: the page's first part, up to a colon."""
        return self.page.partition(":")[0]

    @property
    def spec(self) -> DutyKind:
        """Its kind, with its words and times."""
        return duty_kinds()[self.kind]

    @property
    def title(self) -> str:
        """What is owed, as a heading."""
        return self.spec.title(self)

    @property
    def line(self) -> str:
        """The second line under the heading."""
        return self.spec.line(self)

    @property
    def url(self) -> str:
        """Where it is done."""
        return self.spec.url(self)


DUTY_COLUMNS = tuple(f"duty_{name}" for name in Duty._fields)


@dataclass(frozen=True)
class DutyWindow:
    """Whose duties are wanted, between which deadlines, and whether done ones count too.

    `now` is the moment as of which they are owed; without it the clock's. `on` is its UK day, for
    a window whose moment is told later. What `only_shown` duties leave empty, mails alone need.
    """

    due_from: datetime | None = None
    due_until: datetime | None = None
    person_ids: Sequence[int] | None = None
    thing_ids: Mapping[str, Sequence[int]] | None = None
    kinds: Sequence[str] | None = None
    with_done: bool = False
    now: datetime | None = None
    on: date | None = None
    only_shown: bool = False

    @property
    def only_person(self) -> int | None:
        """The key of the one person whose duties are wanted, if it is one."""
        ids = self.person_ids
        return ids[0] if ids is not None and len(ids) == 1 else None

    @property
    def moment(self) -> datetime:
        """The moment as of which duties are owed."""
        return self.now or timezone.now()

    @property
    def today(self) -> date:
        """The UK day of that moment."""
        return self.on or timezone.localdate(self.moment)


@dataclass(frozen=True)
class DutyKind:
    """One kind of duty: how its rows are found, said and reminded of.

    `offsets` are days from the deadline (-7 is a week before); `goes_up_after` days after it the
    person in `goes_up_to_id` is told. `rows` gives a QuerySet made by `duty_rows`.
    `answer_template` is shown on the desk in place of a link when one click will do. Whoever it
    goes up to is led to `up_url` where she may not see its own page; of what `is_private` her
    mail names nobody. What stands `beside` a panel of the desk, by its key, is owed by nobody to
    whom that panel shows nothing; beside a word of it (`key:word`), by nobody of whom it doesn’t
    say that. The desk then spares itself the look.
    """

    key: str
    words: str
    due: str
    offsets: tuple[int, ...]
    goes_up_after: int | None
    goes_up_to: str
    rows: Callable[[DutyWindow], QuerySet[Any, Any]]
    title: Callable[[Duty], str]
    line: Callable[[Duty], str]
    url: Callable[[Duty], str]
    action: str
    why: Callable[[Duty], str]
    mail_url: Callable[[Duty], str] | None = None
    mail_action: str = ""
    answer_template: str = ""
    waits_for_school: bool = True
    before_joining: bool = False
    in_alliance: bool = False
    is_private: bool = False
    up_url: Callable[[Duty], str] | None = None
    beside: str = ""


def duty_rows(
    rows: QuerySet[Any],
    window: DutyWindow,
    *,
    kind: str,
    person: str,
    subject: str | Combinable,
    due_at: str | Combinable,
    page: str | Combinable = "pk",
    thing: str = "pk",
    detail: str | Combinable | None = None,
    happens_at: str | None = None,
    asked_at: str | None = None,
    school: str | None = None,
    alliance: str | None = None,
    sender: str | Combinable | None = None,
    mail_sender: str | None = None,
    goes_up_to: str | None = None,
    done_at: str | Combinable | None = None,
    waived_because: str | None = None,
) -> QuerySet[Any, Any]:
    """A room's rows as duties, narrowed to the window; what is named is a field path of the rows.

    The sender that only mails name, and no line on a desk, is the `mail_sender`.
    """
    if window.only_shown:
        asked_at = school = alliance = goes_up_to = None
    elif mail_sender is not None:
        sender = mail_sender
    rows = rows.annotate(
        duty_kind=Value(kind, output_field=TextField()),
        duty_thing_id=Cast(F(thing), BigIntegerField()),
        duty_person_id=Cast(F(person), BigIntegerField()),
        duty_subject=text(subject),
        duty_page=text(page),
        duty_detail=text(Value("") if detail is None else detail),
        duty_happens_at=F(happens_at) if happens_at else no_moment(),
        duty_asked_at=F(asked_at) if asked_at else no_moment(),
        duty_due_at=F(due_at) if isinstance(due_at, str) else due_at,
        duty_school_id=Cast(F(school), BigIntegerField()) if school else no_number(),
        duty_alliance_id=Cast(F(alliance), BigIntegerField()) if alliance else no_number(),
        duty_sender=text(Value("") if sender is None else sender),
        duty_goes_up_to_id=Cast(F(goes_up_to), BigIntegerField()) if goes_up_to else no_number(),
        duty_done_at=no_moment()
        if done_at is None
        else (F(done_at) if isinstance(done_at, str) else done_at),
        duty_waived_because=text(Value("") if waived_because is None else waived_because),
    ).filter(**{f"{person}__isnull": False})
    rows = _narrowed(rows, window, kind=kind, person=person, thing=thing)
    if not window.with_done and done_at is not None:
        rows = rows.filter(duty_done_at__isnull=True)
    if not window.with_done and waived_because is not None:
        rows = rows.filter(duty_waived_because="")
    if not window.with_done:
        rows = rows.annotate(duty_done_at=no_moment(), duty_waived_because=text(Value("")))
    return rows.values_list(*DUTY_COLUMNS)


def _narrowed(
    rows: QuerySet[Any], window: DutyWindow, *, kind: str, person: str, thing: str
) -> QuerySet[Any]:
    if window.due_from is not None:
        rows = rows.filter(duty_due_at__gte=window.due_from)
    if window.due_until is not None:
        rows = rows.filter(duty_due_at__lt=window.due_until)
    if window.person_ids is not None and len(window.person_ids) == 1:
        rows = rows.filter(**{person: window.person_ids[0]})
    elif window.person_ids is not None:
        rows = rows.filter(**{f"{person}__in": list(window.person_ids)})
    if window.thing_ids is not None:
        rows = rows.filter(**{f"{thing}__in": list(window.thing_ids.get(kind, ()))})
    return rows


@cache
def duty_kinds() -> dict[str, DutyKind]:
    """Every room's kinds of duty by key."""
    return {kind.key: kind for kind in gather("duties", "DUTIES")}


def all_duties(window: DutyWindow) -> QuerySet[Any, Any]:
    """Every room's duties in the window as one SELECT; rows become `Duty(*row)`."""
    kinds = list(duty_kinds().values())
    if window.kinds is not None:
        kinds = [kind for kind in kinds if kind.key in window.kinds]
    if window.thing_ids is not None:
        kinds = [kind for kind in kinds if window.thing_ids.get(kind.key)]
    return joined([kind.rows(window) for kind in kinds])


def own_duties(
    person: Somebody,
    *,
    due_from: datetime,
    due_until: datetime,
    now: datetime,
    limit: int,
    panels: Collection[str] | None = None,
) -> list[Duty]:
    """What waits on one person in the window, the most urgent first, in one SELECT.

    They are as they are shown, without what mails alone need. `panels` are those that her desk shows and their words, where that is known already.
    """
    today = timezone.localdate(now)
    places = None if panels is None else {"", *panels}
    every = duty_kinds().items()
    kinds = tuple(key for key, kind in every if places is None or kind.beside in places)
    told = {"due_from": due_from, "due_until": due_until, "now": now, "today": today}
    return [Duty(*row) for row in answer(_owed_by, limit, kinds, person=person.pk, **told)]


def _owed_by(
    limit: int,
    kinds: tuple[str, ...],
    *,
    person: int,
    due_from: datetime,
    due_until: datetime,
    now: datetime,
    today: date,
) -> QuerySet[Any, Any]:
    window = DutyWindow(
        due_from,
        due_until,
        person_ids=[person],
        kinds=kinds,
        now=now,
        on=today,
        only_shown=True,
    )
    rows = all_duties(window)
    return rows.order_by("duty_due_at", "duty_kind", "duty_thing_id")[:limit]
