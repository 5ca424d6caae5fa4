"""The agreement on the programme's page: where it stands, who signed, who is still to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.statements import answer
from support.programmes.gating import SUPPORTED
from support.programmes.models import Agreement, Programme, Signature
from support.programmes.parts.part import Part
from support.programmes.permissions import Rights

State = Agreement.State
TONES = {
    State.DRAFT: ("plain", "Draft"),
    State.SENT: ("soon", "Waits for signatures"),
    State.SIGNED: ("done", "Signed by all"),
    State.DECLINED: ("late", "Declined"),
    State.REPLACED: ("plain", "Replaced"),
}


REWRITTEN = ("note", "Being rewritten")


def tone_of(agreement: Agreement | None, *, is_rewritten: bool = False) -> tuple[str, str]:
    """How a version's state looks and reads; what isn't there yet is a draft."""
    if agreement is None:
        return TONES[State.DRAFT]
    if is_rewritten and agreement.state == State.SENT:
        return REWRITTEN
    return TONES[State(agreement.state)]


@dataclass(frozen=True)
class Place:
    """One party's place under a version."""

    signature: Signature
    party: str
    waits_for: str
    is_hers: bool
    is_asked: bool
    is_late: bool

    @property
    def is_to_be_given(self) -> bool:
        """Whether the reader may give it now."""
        return self.is_hers and self.signature.is_open


def _signatures(*, agreement: Agreement, person: Person, on: date) -> QuerySet[Signature]:
    signatures = Signature.objects.filter(agreement=agreement).with_hers(person, on=on)
    return signatures.select_related("school", "asked_of", "signed_by").order_by("pk")


def places_of(agreement: Agreement, person: Person, now: datetime) -> list[Place]:
    """Every party's place, in the order of the text; one query."""
    found = answer(_signatures, agreement=agreement, person=person, on=london_day(now))
    return _places(agreement, found, now)


def _places(agreement: Agreement, signatures: Sequence[Any], now: datetime) -> list[Place]:
    is_sent = agreement.state == State.SENT and agreement.programme.sent_at is not None
    is_late = is_sent and agreement.sign_by is not None and agreement.sign_by < now
    alliance = str(agreement.programme.alliance)
    return [
        Place(
            signature,
            signature.school.name if signature.school else alliance,
            signature.head_name or "" if signature.school else str(signature.asked_of or ""),
            bool(signature.is_hers) and is_sent,
            is_sent,
            is_late,
        )
        for signature in signatures
    ]


@dataclass(frozen=True)
class Versions:
    """The version that counts with its places, and the number of a draft of the next one."""

    counts: Agreement | None
    draft: int | None
    places: list[Place]

    @property
    def may_sign(self) -> bool:
        """Whether a place waits for the reader."""
        return any(place.is_to_be_given for place in self.places)


def _sent(*, programme: Programme, person: Person, on: date) -> QuerySet[Signature]:
    """The places under what was sent, the newest version first."""
    states = (State.SENT, State.SIGNED, State.DECLINED)
    signatures = Signature.objects.filter(
        agreement__programme=programme, agreement__state__in=states
    )
    return (
        signatures.with_hers(person, on=on)
        .select_related("agreement", "school", "asked_of", "signed_by")
        .defer("agreement__text")
        .order_by("-agreement__number", "pk")
    )


def versions_for(rights: Rights, now: datetime) -> Versions:
    """What stands of the agreement, as somebody may see it; loaded once for a page."""
    programme: Any = rights.programme
    if "versions_shown" not in programme.__dict__:
        programme.versions_shown = _versions(rights, now)
    found: Versions = programme.versions_shown
    return found


def _versions(rights: Rights, now: datetime) -> Versions:
    programme: Any = rights.programme
    on = london_day(now)
    may_draft = rights.may_direct and programme.matched_at is not None
    draft = programme.draft_number if may_draft else None
    signatures: Sequence[Any] = answer(_sent, programme=programme, person=rights.person, on=on)
    if not signatures:
        return Versions(None, draft, [])
    counts: Agreement = signatures[0].agreement
    counts.programme = programme
    under_it = [each for each in signatures if each.agreement_id == counts.pk]
    return Versions(counts, draft, _places(counts, under_it, now) if rights.sees_agreement else [])


def agreement(rights: Rights, now: datetime) -> Part | None:
    """The version that counts and, for the director's side, the draft of the next one."""
    programme = rights.programme
    if programme.judged_at is None or programme.approach not in SUPPORTED:
        return None
    versions = versions_for(rights, now)
    counts = versions.counts
    is_rewritten = counts is not None and programme.sent_at is None
    tone = tone_of(counts, is_rewritten=is_rewritten)
    if not rights.sees_agreement:
        return _outcomes(counts, tone)
    may_write = rights.may_direct and programme.matched_at is not None
    if counts is None and not may_write:
        return None
    nouns = {
        "programme": programme,
        "agreement": counts,
        "tone": tone,
        "is_rewritten": is_rewritten and counts is not None and counts.state != State.DECLINED,
        "draft": versions.draft if may_write else None,
        "places": versions.places,
        "may_sign": versions.may_sign,
        "may_write": may_write,
    }
    return Part("programmes/includes/_agreement.html", nouns)


def _outcomes(counts: Agreement | None, tone: tuple[str, str]) -> Part | None:
    """What a practitioner reads of it, beside her own strand: what is to come of it."""
    if counts is None or counts.state == State.DECLINED:
        return None
    nouns = {"outcomes": counts.outcome_lines, "tone": tone}
    return Part("programmes/includes/_agreement_own.html", nouns)
