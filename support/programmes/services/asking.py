"""A request for support: a head asks, or the director refers a school."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from alliances.membership.models import Alliance, Enquiry, Membership
from alliances.membership.services import take_on_enquiry
from alliances.schools.models import School
from alliances.schools.owners import references
from partnership.calendar.calendars import dates_for
from partnership.calendar.days import UK, school_days_after
from partnership.people.models import Person
from partnership.toolkit.registers import began
from support.directory.models import SupportArea, SupportRules
from support.programmes.bridges import FROM_FINDING
from support.programmes.models import Programme
from support.programmes.services.telling import (
    directors_of,
    heads_of,
    record_of,
    tell_change,
    tell_turn,
)


class AskedAlready(Exception):
    """The school has an open request in this area."""

    def __init__(self, programme: Programme) -> None:
        """Keep the one that is open, so that the page can lead there."""
        super().__init__("The school has an open request in this area.")
        self.programme = programme


class GivesNoSupport(Exception):
    """The alliance gives no support, or not in this area."""


class NotAMember(Exception):
    """The school doesn't belong to the alliance on this day."""


def school_days_later(now: datetime, days: int, *, school: int) -> datetime:
    """5pm so many school days on, by the school's own year."""
    dates = dates_for(references([school])[school])
    return school_days_after(now, days, dates=dates)


@transaction.atomic
def ask_for_support(
    *,
    alliance: Alliance,
    school: School,
    area: SupportArea,
    need: str,
    outcomes: str = "",
    urgency: str = Programme.Urgency.TERM,
    by: Person,
    now: datetime,
    way: str = Programme.Way.HEAD,
    origin: str = "",
) -> Programme:
    """A head asks the alliance for support; its director has some school days to answer.

    `origin` is what another room handed over, if it began there.
    """
    programme = _asked(
        alliance=alliance,
        school=school,
        area=area,
        need=need,
        outcomes=outcomes,
        urgency=urgency,
        way=way,
        by=by,
        now=now,
    )
    directors = directors_of(programme, on=now.astimezone(UK).date())
    tell_turn(programme, directors, what="asked", by=by, now=now)
    record_of("support asked for", programme, by=by, now=now)
    if origin:
        began(origin, kind=FROM_FINDING, thing_id=programme.pk, by=by, now=now)
        programme.has_origin = True
        programme.save(update_fields=["has_origin"])
    return programme


@transaction.atomic
def refer_school(
    *,
    alliance: Alliance,
    school: School,
    area: SupportArea,
    need: str,
    outcomes: str = "",
    urgency: str = Programme.Urgency.TERM,
    by: Person,
    now: datetime,
    enquiry: Enquiry | None = None,
) -> Programme:
    """The director asks in a school's place; its head is told at once and sees all of it.

    An enquiry from which it comes is settled with it.
    """
    if enquiry is not None:
        take_on_enquiry(enquiry=enquiry, by=by, now=now)
    programme = _asked(
        alliance=alliance,
        school=school,
        area=area,
        need=need,
        outcomes=outcomes,
        urgency=urgency,
        way=Programme.Way.DIRECTOR if enquiry is None else Programme.Way.ENQUIRY,
        by=by,
        now=now,
    )
    heads = heads_of([school.pk], on=now.astimezone(UK).date())
    tell_change(programme, heads, what="referred", by=by, now=now)
    record_of("school referred", programme, by=by, now=now)
    return programme


def _asked(
    *,
    alliance: Alliance,
    school: School,
    area: SupportArea,
    by: Person,
    now: datetime,
    **words: str,
) -> Programme:
    rules = SupportRules.objects.select_for_update().filter(alliance=alliance).first()
    if rules is None or area.alliance_id != alliance.pk or area.is_retired:
        raise GivesNoSupport
    today = now.astimezone(UK).date()
    if not Membership.objects.on(today).filter(alliance=alliance, school=school).exists():
        raise NotAMember
    standing = Programme.objects.standing().filter(school=school, area=area).first()
    if standing is not None:
        raise AskedAlready(standing)
    return Programme.objects.create(
        alliance=alliance,
        school=school,
        area=area,
        asked_by=by,
        asked_at=now,
        answer_by=school_days_later(now, rules.answer_days, school=school.pk),
        director=by if words["way"] in DIRECTED else None,
        **words,
    )


DIRECTED = (Programme.Way.DIRECTOR, Programme.Way.ENQUIRY)
