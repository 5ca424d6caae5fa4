"""Strands of support: brokered with days from the ledger, given up with the days going back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from alliances.schools.models import School
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from support.directory.matching import Suggestion
from support.directory.models import OutsideExpert, Practitioner, SchoolOffer
from support.directory.services import NotEnoughDays, give_back_days, promise_days
from support.directory.suggesting import exclusions_for, surroundings_of
from support.programmes.gating import conflicted_in
from support.programmes.models import Programme, Strand, StrandDays
from support.programmes.services.finding import NotMatching, take_back_found, to_match
from support.programmes.services.telling import heads_of, record_of, tell_change


class MayNotHelp(Exception):
    """Something stands against this practitioner helping this school."""

    def __init__(self, because: tuple[str, ...]) -> None:
        """Keep what stands against it, so that the page can say it."""
        super().__init__(" ".join(because))
        self.because = because


class TooFewDays(NotEnoughDays):
    """Fewer days are left in one of the years than were asked for."""

    def __init__(self, left: Decimal, year: int) -> None:
        """Keep which year it is."""
        super().__init__(left)
        self.year = year


@transaction.atomic
def broker_strand(
    *,
    programme: Programme,
    kind: str,
    practitioner: Practitioner | None = None,
    school_offer: SchoolOffer | None = None,
    outside_expert: OutsideExpert | None = None,
    days: Mapping[int, Decimal] | None = None,
    focus: str = "",
    cost: Decimal | None = None,
    because: str,
    suggestion: Suggestion | None = None,
    by: Person,
    now: datetime,
) -> Strand:
    """One gives one kind of support, and why she was chosen; her days are promised at once.

    `days` are by the year that an academic year begins in. Raises TooFewDays where fewer are
    left, also when two broker the last at once, and MayNotHelp.
    """
    current = to_match(programme)
    if practitioner is not None:
        _refuse_who_may_not(current, practitioner, now=now)
    strand = Strand.objects.create(
        programme=current,
        kind=kind,
        practitioner=practitioner,
        school_offer=school_offer,
        outside_expert=outside_expert,
        focus=focus,
        cost=cost,
        because=because,
        brokered_by=by,
        brokered_at=now,
        **_points_of(suggestion),
    )
    _take_days(strand, days or {}, by=by, now=now)
    if current.supporting_school_id is None:
        _let_school_of(strand, current)
    _tell(current, strand, what=f"strand-brokered-{strand.pk}", by=by, now=now)
    record_of("strand brokered", current, by=by, now=now)
    return strand


@transaction.atomic
def release_strand(*, strand: Strand, because: str, by: Person, now: datetime) -> Strand:
    """A strand is given up before the agreement is sent; its days can be promised to others.

    Where support was found already, it is being found again.
    """
    current = lock(strand.programme)
    strand = lock(strand)
    is_open = current.state == Programme.State.OPEN and current.sent_at is None
    if not is_open or strand.released_at is not None:
        raise NotMatching
    apply_changes(strand, {"released_at": now, "released_because": because})
    if strand.practitioner is not None:
        for year in strand.years.order_by("year"):
            give_back_days(
                practitioner=strand.practitioner,
                year=year.year,
                days=year.days,
                strand_id=strand.pk,
                because=because,
                by=by,
                now=now,
            )
    if current.matched_at is not None:
        take_back_found(current, by=by, now=now)
    _tell(current, strand, what=f"strand-given-up-{strand.pk}", by=by, now=now)
    record_of("strand given up", current, by=by, now=now)
    return strand


@transaction.atomic
def choose_supporting_school(
    *, programme: Programme, school: School, by: Person, now: datetime
) -> Programme:
    """Which school stands behind the support: its head signs for it."""
    current = to_match(programme)
    if school.pk == current.school_id:
        raise NotMatching
    if apply_changes(current, {"supporting_school": school}):
        record_of("supporting school chosen", current, by=by, now=now, fields=["supporting_school"])
    return current


def _points_of(suggestion: Suggestion | None) -> dict[str, Any]:
    if suggestion is None:
        return {}
    return {
        "score": suggestion.score,
        "reasons": [asdict(reason) for reason in suggestion.reasons],
    }


def _refuse_who_may_not(programme: Programme, practitioner: Practitioner, *, now: datetime) -> None:
    around = surroundings_of(
        programme.school,
        area=programme.area_id,
        areas={},
        on=now.astimezone(UK).date(),
        conflicted=conflicted_in(programme),
    )
    if because := exclusions_for(practitioner, around):
        raise MayNotHelp(because)


def _take_days(strand: Strand, days: Mapping[int, Decimal], *, by: Person, now: datetime) -> None:
    """Write down the days of each year, and promise those of a practitioner in her account."""
    taken = {year: number for year, number in sorted(days.items()) if number > 0}
    StrandDays.objects.bulk_create(
        StrandDays(strand=strand, year=year, days=number) for year, number in taken.items()
    )
    if strand.practitioner is None:
        return
    for year, number in taken.items():
        try:
            promise_days(
                practitioner=strand.practitioner,
                year=year,
                days=number,
                strand_id=strand.pk,
                by=by,
                now=now,
            )
        except NotEnoughDays as refused:
            raise TooFewDays(refused.left, year) from refused


def _let_school_of(strand: Strand, programme: Programme) -> None:
    """Let the school of whoever comes first be the supporting one, until another is chosen."""
    giver = strand.practitioner or strand.school_offer
    school = giver.home_school if isinstance(giver, Practitioner) else giver and giver.school
    if school is not None and school.pk != programme.school_id:
        apply_changes(programme, {"supporting_school": school})


def _tell(programme: Programme, strand: Strand, *, what: str, by: Person, now: datetime) -> None:
    """The practitioner and her head, or the head of the school that offers it."""
    people: set[int] = set()
    schools: set[int | None] = set()
    if strand.practitioner is not None:
        people.add(strand.practitioner.person_id)
        schools.add(strand.practitioner.home_school_id)
    if strand.school_offer is not None:
        schools.add(strand.school_offer.school_id)
    heads = heads_of(schools - {None}, on=now.astimezone(UK).date())
    tell_change(programme, people | heads, what=what, by=by, now=now)
