"""Somebody leaves her school: her entry ends unless it stays, and others are asked about offers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, STAY, Leaver, held_rows, offered
from partnership.toolkit.versions import apply_changes, lock
from support.directory.models import Practitioner, SchoolOffer
from support.directory.services.ledger import offer_days_ahead
from support.directory.services.practitioners import end_practitioner

ENTRIES = "directory.entries"
OFFERS = "directory.offers"


def entries_held(leaver: Leaver) -> QuerySet[Practitioner, Any]:
    """Her entries as a practitioner of the school that she leaves."""
    entries = Practitioner.objects.on(leaver.today)
    return held_rows(
        entries.filter(person=leaver.person, home_school=leaver.school),
        kind=ENTRIES,
        name=Value("Practitioner"),
        about="alliance__name",
        choices=offered(END, STAY),
        until="ends_on",
    )


def end_entry_of_leaver(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """The entry ends with her last day; nobody follows in it, since it is about her."""
    entries = Practitioner.objects.select_related("person", "alliance")
    entry = entries.filter(pk=key, person=leaver.person).first()
    if entry is None or (entry.ends_on is not None and entry.ends_on <= leaver.last_day):
        return 0
    last_day = max(leaver.last_day, entry.starts_on)
    end_practitioner(practitioner=entry, last_day=last_day, by=leaver.by, now=now)
    return 1


@transaction.atomic
def take_back_entry(
    leaver: Leaver,
    key: int,
    *,
    to: Person | None,
    until: date | None,
    since: datetime,
    now: datetime,
) -> int:
    """She stays, and so does her entry, with the days that her head agrees to."""
    entry = Practitioner.objects.filter(pk=key, person=leaver.person).first()
    if entry is None or entry.ends_on != leaver.last_day:
        return 0
    entry = lock(entry)
    apply_changes(entry, {"ends_on": until})
    record(
        "entry goes on",
        entry,
        by=leaver.by,
        at=now,
        fields=["ends_on"],
        school_id=entry.home_school_id,
        alliance_id=entry.alliance_id,
    )
    offer_days_ahead(practitioner=entry, by=leaver.by, now=now)
    return 1


def offers_answered(leaver: Leaver) -> QuerySet[SchoolOffer, Any]:
    """Offers of the school about which she is asked."""
    offers = SchoolOffer.objects.on(leaver.today).filter(contact=leaver.person)
    return held_rows(
        offers.filter(school=leaver.school),
        kind=OFFERS,
        name="title",
        about=Coalesce(F("alliance__name"), Value("")),
        choices=offered(PASS, END, STAY),
    )


@transaction.atomic
def pass_on_offer(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows is asked from then on; without her it is the school's office."""
    offer = SchoolOffer.objects.filter(pk=key, contact=leaver.person).first()
    if offer is None:
        return 0
    offer = lock(offer)
    changed = apply_changes(offer, {"contact": to})
    record(
        "offer changed",
        offer,
        by=leaver.by,
        at=now,
        fields=changed,
        school_id=offer.school_id,
        alliance_id=offer.alliance_id,
    )
    return 1
