"""The agreement on the programme's page: where it stands, who signed, who is still to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.statements import answer
from support.programmes.gating import standing_strands
from support.programmes.models import Agreement, Programme, Signature
from support.programmes.parts.part import Part
from support.programmes.permissions import Rights
from support.programmes.wording.canonical import StrandFacts
from support.programmes.wording.gathering import strand_facts

State = Agreement.State
TONES = {
    State.DRAFT: ("plain", "Draft"),
    State.SENT: ("soon", "Waits for signatures"),
    State.SIGNED: ("done", "Signed by all"),
    State.DECLINED: ("late", "Declined"),
    State.REPLACED: ("plain", "Replaced"),
}


@dataclass(frozen=True)
class Place:
    """One party's place under a version."""

    signature: Signature
    party: str
    is_hers: bool
    is_late: bool

    @property
    def is_to_be_given(self) -> bool:
        """Whether the reader may give it now."""
        return self.is_hers and self.signature.is_open


def _versions(*, programme: Programme) -> QuerySet[Agreement]:
    versions = Agreement.objects.filter(programme=programme).exclude(state=State.REPLACED)
    return versions.defer("text").order_by("-number")


def _signatures(*, agreement: Agreement, person: Person, on: date) -> QuerySet[Signature]:
    signatures = Signature.objects.filter(agreement=agreement).with_hers(person, on=on)
    return signatures.select_related("school", "asked_of", "signed_by").order_by("pk")


def places_of(agreement: Agreement, person: Person, now: datetime) -> list[Place]:
    """Every party's place, in the order of the text; one query."""
    is_late = (
        agreement.state == State.SENT and agreement.sign_by is not None and agreement.sign_by < now
    )
    found = answer(_signatures, agreement=agreement, person=person, on=london_day(now))
    alliance = str(agreement.programme.alliance)
    return [
        Place(
            signature,
            signature.school.name if signature.school else alliance,
            bool(signature.is_hers) and agreement.state == State.SENT,
            is_late,
        )
        for signature in found
    ]


def agreement(rights: Rights, now: datetime) -> Part | None:
    """The version that counts and, for the director's side, the draft of the next one."""
    programme = rights.programme
    if programme.matched_at is None:
        return None
    versions = answer(_versions, programme=programme)
    draft = next((each for each in versions if each.state == State.DRAFT), None)
    counts = next((each for each in versions if each.state != State.DRAFT), None)
    if not rights.sees_agreement:
        return _own_strands(rights, counts)
    if counts is None and not rights.may_direct:
        return None
    places = []
    if counts is not None:
        counts.programme = programme
        places = places_of(counts, rights.person, now)
    nouns = {
        "programme": programme,
        "agreement": counts,
        "tone": TONES[State(counts.state)] if counts else TONES[State.DRAFT],
        "draft": draft if rights.may_direct else None,
        "places": places,
        "may_sign": any(place.is_to_be_given for place in places),
        "may_write": rights.may_direct,
    }
    return Part("programmes/includes/_agreement.html", nouns)


def _own_strands(rights: Rights, counts: Agreement | None) -> Part | None:
    """A practitioner reads what is to come of it, and her own strand."""
    if counts is None or counts.state == State.DECLINED:
        return None
    nouns = {
        "outcomes": counts.outcome_lines,
        "tone": TONES[State(counts.state)],
        "strands": own_strands(rights),
    }
    return Part("programmes/includes/_agreement_own.html", nouns)


def own_strands(rights: Rights) -> list[StrandFacts]:
    """The strands that somebody gives herself."""
    strands = standing_strands(rights.programme)
    return [
        strand_facts(strand)
        for strand in strands
        if strand.practitioner is not None and strand.practitioner.person_id == rights.person.pk
    ]
