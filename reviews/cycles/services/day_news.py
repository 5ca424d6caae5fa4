"""Who is told of one review day, and what the rota's history and the audit keep of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from partnership.calendar.days import UK
from partnership.notices.services import tell
from partnership.people.models import Person
from reviews.cycles.models import DayPlace, ReviewDay, RotaChange
from reviews.cycles.notices.days import ASKED, CHANGED, DECLINED
from reviews.cycles.services.telling import heads_of, organisers_of, record_of

Snapshot = dict[str, Any]


def snapshot(day: ReviewDay) -> Snapshot:
    """The day with its lead and team as they stand, by the keys of the cycle's reviewers."""
    places = DayPlace.objects.filter(day=day, ended_at=None)
    going = places.exclude(answer=DayPlace.Answer.DECLINED).order_by("pk")
    rows = list(going.values_list("reviewer", "is_lead"))
    lead = next((str(key) for key, is_lead in rows if is_lead), "")
    team = [str(key) for key, is_lead in rows if not is_lead]
    return {"date": day.day.isoformat(), "lead": lead, "team": team}


def keep_change(
    day: ReviewDay,
    kind: RotaChange.Kind,
    *,
    before: Snapshot,
    by: Person | None,
    now: datetime,
    because: str = "",
) -> RotaChange:
    """Write into the rota's history what became of a day; a called-off day has nothing after it."""
    after = {} if kind == RotaChange.Kind.CANCELLED else snapshot(day)
    return RotaChange.objects.create(
        cycle_id=day.cycle_id,
        host_id=day.host_id,
        kind=kind,
        before=before,
        after=after,
        because=because,
        made_by=by,
        made_at=now,
    )


def going_to(day: ReviewDay) -> set[int]:
    """The people who are asked to a day and haven't declined."""
    places = DayPlace.objects.filter(day=day, ended_at=None)
    going = places.exclude(answer=DayPlace.Answer.DECLINED)
    return set(going.values_list("person", flat=True))


def tell_asked(
    place: DayPlace, *, by: Person | None, now: datetime, has_moved: bool = False
) -> None:
    """Say to somebody that she is asked; whoever asks herself knows it."""
    facts = {"moved": True} if has_moved else None
    told = {place.person_id}
    _tell(ASKED, place.day, told, thing_id=place.pk, what="asked", by=by, now=now, facts=facts)


def tell_changed(
    day: ReviewDay, people: Iterable[int], *, what: str, by: Person | None, now: datetime
) -> None:
    """Say to these people, and to the host's heads, that a day changed."""
    told = set(people) | heads_of([day.school_id], on=london_day(now))
    _tell(CHANGED, day, told, thing_id=day.pk, what=what, by=by, now=now)


def tell_organisers(
    day: ReviewDay, *, what: str, by: Person | None, now: datetime, kind: str = DECLINED
) -> None:
    """Say to those who organise the cycle that a visit was declined; by mail no school is named."""
    told = organisers_of(day.cycle, on=london_day(now))
    _tell(kind, day, told, thing_id=day.pk, what=what, by=by, now=now)


def record_day(
    action: str,
    day: ReviewDay,
    *,
    by: Person | None,
    now: datetime,
    values: dict[str, Any] | None = None,
) -> None:
    """Keep in the audit what happened to a day of the cycle; no reason and no name."""
    said = {"day": day.pk, "on": day.day.isoformat(), **(values or {})}
    record_of(action, day.cycle, by=by, now=now, values=said)


def london_day(now: datetime) -> date:
    """The UK's day of a moment."""
    return now.astimezone(UK).date()


def _tell(
    kind: str,
    day: ReviewDay,
    people: set[int],
    *,
    thing_id: int,
    what: str,
    by: Person | None,
    now: datetime,
    facts: dict[str, Any] | None = None,
) -> None:
    tell(
        recipients=people - {by.pk if by is not None else None},
        kind=kind,
        key=f"{what}:{thing_id}:{now:%Y-%m-%dT%H:%M:%SZ}",
        thing_id=thing_id,
        alliance_id=day.cycle.alliance_id,
        facts=facts,
        now=now,
    )
