"""A party signs the words that were sent, or declines to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.versions import lock
from support.programmes.gating import all_open, gates_for
from support.programmes.models import Agreement, Programme, ProgrammePerson, Signature, Strand
from support.programmes.services.telling import directors_of, record_of, tell_change
from support.programmes.wording import hash_of

State = Agreement.State


class NotToBeSigned(Exception):
    """This version isn't waiting for signatures: signed, declined, replaced, or being rewritten."""


class OtherWords(Exception):
    """What was read isn't what is signed or declined."""


class SettledAlready(Exception):
    """This party has signed or declined."""


class GatesClosed(Exception):
    """What has to be there before anybody signs is missing."""


@transaction.atomic
def sign_agreement(
    *, signature: Signature, text_hash: str, proof: str, as_what: str, by: Person, now: datetime
) -> Agreement:
    """One party signs the words with this hash; with the last one the agreement holds."""
    programme, agreement, place = _waiting(signature)
    if not text_hash == agreement.text_hash == hash_of(agreement.text):
        raise OtherWords
    if not all_open(gates_for(programme)):
        raise GatesClosed
    place.signed_by, place.signed_at, place.as_what = by, now, as_what
    place.proof, place.text_hash = proof, text_hash
    place.save(update_fields=["signed_by", "signed_at", "as_what", "proof", "text_hash"])
    record_of("agreement signed", programme, by=by, now=now)
    if not agreement.signatures.filter(signed_at__isnull=True).exists():
        _conclude(programme, agreement, by=by, now=now)
    return agreement


@transaction.atomic
def decline_agreement(
    *,
    signature: Signature,
    text_hash: str,
    because: str,
    as_what: str,
    by: Person,
    now: datetime,
) -> Agreement:
    """One party doesn't sign the words with this hash; the director may write another version."""
    programme, agreement, place = _waiting(signature)
    if text_hash != agreement.text_hash:
        raise OtherWords
    place.signed_by, place.declined_at, place.as_what = by, now, as_what
    place.declined_because = because
    place.save(update_fields=["signed_by", "declined_at", "as_what", "declined_because"])
    agreement.state = State.DECLINED
    agreement.version += 1
    agreement.save(update_fields=["state", "version"])
    programme.sent_at = None
    programme.version += 1
    programme.save(update_fields=["sent_at", "version"])
    record_of("agreement declined", programme, by=by, now=now)
    told = signers_of(agreement) | directors_of(programme, on=now.astimezone(UK).date())
    tell_change(programme, told, what=f"declined-{agreement.number}", by=by, now=now)
    return agreement


def _waiting(signature: Signature) -> tuple[Programme, Agreement, Signature]:
    """The programme, the version and the place of the signature, locked in this order."""
    programme = lock(signature.agreement.programme)
    agreement = lock(signature.agreement)
    is_waiting = agreement.state == State.SENT and programme.sent_at is not None
    if not is_waiting or programme.state != Programme.State.OPEN:
        raise NotToBeSigned
    place = lock(signature)
    if not place.is_open:
        raise SettledAlready
    agreement.programme = programme
    return programme, agreement, place


def _conclude(programme: Programme, agreement: Agreement, *, by: Person, now: datetime) -> None:
    agreement.state, agreement.signed_at = State.SIGNED, now
    agreement.version += 1
    agreement.save(update_fields=["state", "signed_at", "version"])
    programme.signed_at = now
    programme.version += 1
    programme.save(update_fields=["signed_at", "version"])
    record_of("agreement signed by all", programme, by=by, now=now)
    told = _everybody_in(programme, agreement, now=now)
    tell_change(programme, told, what=f"signed-{agreement.number}", by=by, now=now)


def signers_of(agreement: Agreement) -> set[int]:
    """Who signed or is asked to."""
    rows = agreement.signatures.values_list("asked_of", "signed_by")
    return {person for row in rows for person in row if person is not None}


def _everybody_in(programme: Programme, agreement: Agreement, *, now: datetime) -> set[int]:
    """Signers, practitioners, whom a side named, the director."""
    today = now.astimezone(UK).date()
    named = ProgrammePerson.objects.on(today).filter(programme=programme)
    strands = Strand.objects.filter(programme=programme, released_at__isnull=True)
    practitioners = strands.filter(practitioner__isnull=False)
    return (
        signers_of(agreement)
        | directors_of(programme, on=today)
        | set(named.values_list("person", flat=True))
        | set(practitioners.values_list("practitioner__person", flat=True))
    )
