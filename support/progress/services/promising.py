"""More days are promised of a strand while support runs."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from partnership.people.models import Person
from support.directory.services import promise_days
from support.programmes.models import Strand, StrandDays
from support.programmes.services.telling import heads_of, record_of, tell_change
from support.progress.services.going_on import going_on


class NobodysDays(Exception):
    """Only of a practitioner's strand days are promised; offers and experts have no account."""


class PromisedMeanwhile(Exception):
    """More days were promised since the page was opened."""


@transaction.atomic
def promise_more_days(
    *, strand: Strand, year: int, days: Decimal, seen: Decimal, by: Person, now: datetime
) -> StrandDays:
    """Promise more days of a practitioner in an academic year; she and her head are told.

    `seen` is how many were promised for that year when the page was opened. Raises NotEnoughDays where fewer are left than asked for.
    """
    programme = going_on(strand.programme)
    practitioner = strand.practitioner
    if practitioner is None or strand.released_at is not None:
        raise NobodysDays
    agreed, is_new = StrandDays.objects.get_or_create(
        strand=strand, year=year, defaults={"days": days}
    )
    before = Decimal(0) if is_new else agreed.days
    if before != seen:
        raise PromisedMeanwhile
    key = f"more:{strand.pk}:{year}:{before.normalize():f}:{days.normalize():f}"
    promise_days(
        practitioner=practitioner,
        year=year,
        days=days,
        strand_id=strand.pk,
        by=by,
        now=now,
        key=key,
    )
    agreed.days = before + days
    agreed.save(update_fields=["days"])
    told = {practitioner.person_id} | heads_of([practitioner.home_school_id], on=now.date())
    tell_change(programme, told, what=f"more-days:{strand.pk}", by=by, now=now)
    record_of("more days promised", programme, by=by, now=now)
    return agreed
