"""A head's consent to a colleague's support of other schools: asked for, given, refused, withdrawn."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from alliances.membership.services.spans import check_span
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import lock
from support.directory.models import HomeConsent, Practitioner
from support.directory.services.asking import ask_heads, tell_answer
from support.directory.services.ledger import offer_days_ahead
from support.directory.services.practitioners import due_after

REPLACED = "A later consent takes its place"


class NoHomeSchool(Exception):
    """Nobody is head where there is no home school."""


class WithdrawnAlready(Exception):
    """The consent was taken back before."""


@transaction.atomic
def ask_for_consent(*, practitioner: Practitioner, by: Person, now: datetime) -> Practitioner:
    """Ask the heads of the home school, for the first time or again."""
    practitioner = _locked(practitioner)
    if practitioner.home_school_id is None:
        raise NoHomeSchool
    ask_heads(practitioner, due_at=due_after(now), now=now)
    _record("head asked", practitioner, [], by=by, now=now)
    return practitioner


@transaction.atomic
def give_consent(
    *,
    practitioner: Practitioner,
    days_a_year: Decimal,
    starts_on: date,
    ends_on: date,
    by: Person,
    now: datetime,
    note: str = "",
    quietly: bool = False,
) -> HomeConsent:
    """A head lets a colleague go for so many days a year; what she said before gives way."""
    practitioner = _locked(practitioner)
    if practitioner.home_school_id is None:
        raise NoHomeSchool
    check_span(starts_on, ends_on)
    standing = practitioner.consents.filter(withdrawn_at=None)
    standing.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).update(
        withdrawn_at=now, withdrawn_because=REPLACED
    )
    consent = HomeConsent.objects.create(
        practitioner=practitioner,
        school_id=practitioner.home_school_id,
        given_by=by,
        given_at=now,
        days_a_year=days_a_year,
        starts_on=starts_on,
        ends_on=ends_on,
        note=note,
    )
    _answer(practitioner, "", now=now)
    _record("head consented", practitioner, ["days_a_year"], by=by, now=now)
    offer_days_ahead(practitioner=practitioner, by=by, now=now, note="The head consented")
    if not quietly:
        tell_answer(practitioner, by=by, now=now)
    return consent


@transaction.atomic
def refuse_consent(
    *, practitioner: Practitioner, because: str, by: Person, now: datetime
) -> Practitioner:
    """A head says no for now; she may say yes later."""
    practitioner = _locked(practitioner)
    _answer(practitioner, because, now=now)
    _record("head refused", practitioner, [], by=by, now=now)
    tell_answer(practitioner, by=by, now=now)
    return practitioner


@transaction.atomic
def withdraw_consent(
    *, consent: HomeConsent, because: str, by: Person, now: datetime
) -> HomeConsent:
    """A head takes consent back; what was promised stays promised until it is given back."""
    practitioner = _locked(consent.practitioner)
    consent = lock(consent)
    if consent.withdrawn_at is not None:
        raise WithdrawnAlready
    consent.withdrawn_at, consent.withdrawn_because = now, because
    consent.save(update_fields=["withdrawn_at", "withdrawn_because"])
    _record("consent withdrawn", practitioner, [], by=by, now=now)
    offer_days_ahead(practitioner=practitioner, by=by, now=now, note="The head withdrew consent")
    tell_answer(practitioner, by=by, now=now)
    return consent


def _answer(practitioner: Practitioner, refused_because: str, *, now: datetime) -> None:
    practitioner.consent_answered_at = now
    practitioner.consent_refused_because = refused_because
    practitioner.save(update_fields=["consent_answered_at", "consent_refused_because"])


def _locked(practitioner: Practitioner) -> Practitioner:
    current = lock(practitioner)
    current.person = practitioner.person
    return current


def _record(
    action: str, practitioner: Practitioner, fields: list[str], *, by: Person, now: datetime
) -> None:
    record(
        action,
        practitioner,
        by=by,
        at=now,
        fields=fields,
        school_id=practitioner.home_school_id,
        alliance_id=practitioner.alliance_id,
    )
