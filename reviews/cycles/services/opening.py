"""Dates are asked for, which opens a cycle to those who take part; it is finished, or called off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.calendar.days import UK
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.registers import follow
from partnership.toolkit.versions import apply_changes
from reviews.cycles.models import Cycle, ReviewDay, RotaChange, RotaDraft
from reviews.cycles.notices.opening import CALLED_OFF
from reviews.cycles.services.cycles import lock_live
from reviews.cycles.services.day_news import keep_change, snapshot
from reviews.cycles.services.placing import cancel_day
from reviews.cycles.services.telling import record_of, taking_part, tell_dates_asked

WITH_ITS_CYCLE = "The cycle was called off."


class NobodyThere(Exception):
    """Without a school and a reviewer there is nobody to ask."""


class RotaThere(Exception):
    """A rota is published: dates are no longer asked for."""


class NoRota(Exception):
    """Only a cycle with a published rota is finished; any other is called off."""


class DaysAhead(Exception):
    """Days are planned that are still to come."""


@transaction.atomic
def ask_for_dates(*, cycle: Cycle, block_by: datetime, by: Person, now: datetime) -> Cycle:
    """Heads of hosts and reviewers see the cycle and are told; again, with another day, likewise."""
    current = lock_live(cycle)
    if current.has_rota:
        raise RotaThere
    hosts, reviewers = current.hosts, current.reviewers
    if not (hosts.filter(left_at=None).exists() and reviewers.filter(left_at=None).exists()):
        raise NobodyThere
    changes = {
        "state": Cycle.State.ASKING,
        "block_by": block_by,
        "opened_at": current.opened_at or now,
    }
    if changed := apply_changes(current, changes):
        people = taking_part(current, on=now.astimezone(UK).date())
        tell_dates_asked(current, people, by=by, now=now)
        values = {"block_by": block_by.isoformat()}
        record_of("dates asked for", current, by=by, now=now, fields=changed, values=values)
    return current


@transaction.atomic
def finish_cycle(*, cycle: Cycle, by: Person, now: datetime) -> Cycle:
    """Every day was held or called off: it is kept as it is."""
    current = lock_live(cycle)
    if not current.has_rota:
        raise NoRota
    planned = ReviewDay.objects.filter(cycle=current, state=ReviewDay.State.PLANNED)
    if planned.filter(ends_at__gt=now).exists():
        raise DaysAhead
    apply_changes(current, {"state": Cycle.State.FINISHED, "ended_at": now})
    record_of("cycle finished", current, by=by, now=now)
    return current


@transaction.atomic
def call_off_cycle(*, cycle: Cycle, because: str, by: Person, now: datetime) -> Cycle:
    """It doesn't take place; nothing of it that lies ahead does, and all who took part are told."""
    current = lock_live(cycle)
    RotaDraft.objects.filter(cycle=current).running().update(state=RotaDraft.State.DISCARDED)
    _call_off_days(current, by=by, now=now)
    apply_changes(
        current,
        {"state": Cycle.State.CANCELLED, "ended_at": now, "ended_because": because},
    )
    if current.opened_at is not None:
        tell(
            recipients=taking_part(current, on=now.astimezone(UK).date()) - {by.pk},
            kind=CALLED_OFF,
            key=f"cycle-called-off:{current.pk}",
            thing_id=current.pk,
            alliance_id=current.alliance_id,
            now=now,
        )
    record_of("cycle called off", current, by=by, now=now)
    return current


def _call_off_days(cycle: Cycle, *, by: Person, now: datetime) -> None:
    """Days that lie ahead; why the cycle ended isn't told of them."""
    days = ReviewDay.objects.select_for_update(of=("self",)).filter(
        cycle=cycle, state=ReviewDay.State.PLANNED, starts_at__gt=now
    )
    standing = list(days.order_by("pk"))
    for day in standing:
        before = snapshot(day)
        cancel_day(day, WITH_ITS_CYCLE, now)
        kind = RotaChange.Kind.CANCELLED
        keep_change(day, kind, before=before, by=by, now=now, because=WITH_ITS_CYCLE)
    follow("review_day", [day.pk for day in standing], now)
