"""Whom the director names to organise a cycle, and what organisers say of pairs."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from partnership.calendar.days import UK
from partnership.notices.services import tell
from partnership.people.models import Person
from reviews.cycles.models import Cycle, CycleHost, CyclePerson, CycleReviewer, PairRule
from reviews.cycles.notices.opening import NAMED
from reviews.cycles.services.cycles import lock_live
from reviews.cycles.services.telling import record_of


class NamedAlready(Exception):
    """The person organises the cycle already."""


class SameSchool(Exception):
    """Nobody is sent to the own school anyway."""


@transaction.atomic
def name_organiser(*, cycle: Cycle, person: Person, by: Person, now: datetime) -> CyclePerson:
    """Let somebody organise the cycle from today on; she is told."""
    current = lock_live(cycle)
    today = now.astimezone(UK).date()
    if current.people.filter(person=person, ends_on__isnull=True).exists():
        raise NamedAlready
    named = CyclePerson.objects.create(cycle=current, person=person, starts_on=today, named_by=by)
    tell(
        recipients={person.pk} - {by.pk},
        kind=NAMED,
        key=f"cycle-named:{named.pk}",
        thing_id=current.pk,
        alliance_id=current.alliance_id,
        now=now,
    )
    record_of("organiser named", current, by=by, now=now)
    return named


@transaction.atomic
def end_organising(*, named: CyclePerson, by: Person, now: datetime) -> None:
    """She organises it no longer, from this moment on."""
    current = lock_live(named.cycle)
    today = now.astimezone(UK).date()
    if named.starts_on >= today:
        named.delete()
    else:
        named.ends_on = today - timedelta(days=1)
        named.save(update_fields=["ends_on"])
    record_of("organiser no longer named", current, by=by, now=now)


@transaction.atomic
def set_pair_rule(
    *, reviewer: CycleReviewer, host: CycleHost, is_never: bool, by: Person, now: datetime
) -> PairRule:
    """Never these two, or better not; what was said of them before no longer holds."""
    current = lock_live(reviewer.cycle)
    if reviewer.reviewer.school_id == host.school_id:
        raise SameSchool
    rule, _made = PairRule.objects.update_or_create(
        reviewer=reviewer,
        host=host,
        defaults={"cycle": current, "is_never": is_never, "said_by": by, "said_at": now},
    )
    record_of("rule for a pair set", current, by=by, now=now)
    return rule


@transaction.atomic
def drop_pair_rule(*, rule: PairRule, by: Person, now: datetime) -> None:
    """These two may meet as any others."""
    current = lock_live(rule.cycle)
    rule.delete()
    record_of("rule for a pair dropped", current, by=by, now=now)
