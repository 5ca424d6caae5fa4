"""An agreement is sent to be signed: its words are fixed, and each party is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.versions import lock
from support.programmes.gating import standing_strands
from support.programmes.models import Agreement, Programme, Signature
from support.programmes.services.drafting import NoDraft, lock_matched
from support.programmes.services.telling import record_of, tell_turn
from support.programmes.terms import USUAL_TERMS
from support.programmes.wording import canonical_text, hash_of
from support.programmes.wording.gathering import SigningParty, facts_of, signing_parties

State = Agreement.State


class NotComplete(Exception):
    """What a draft still lacks, in sentences."""

    def __init__(self, lacking: list[str]) -> None:
        """Keep the sentences for the page."""
        super().__init__("The draft is not complete.")
        self.lacking = lacking


@transaction.atomic
def send_agreement(
    *, programme: Programme, by: Person, now: datetime, seen_version: int | None = None
) -> Agreement:
    """Fix the words of the draft and ask every party to sign; a version before it ends."""
    current = lock_matched(programme)
    found = current.agreements.filter(state=State.DRAFT).first()
    if found is None:
        raise NoDraft
    draft = lock(found, seen_version=seen_version)
    draft.programme = current
    if lacking := lacking_in(draft, now=now):
        raise NotComplete(lacking)
    current.agreements.filter(state__in=(State.SENT, State.SIGNED)).update(state=State.REPLACED)
    draft.text = canonical_text(facts_of(draft, list(draft.terms.order_by("number"))))
    draft.text_hash = hash_of(draft.text)
    draft.state, draft.sent_at = State.SENT, now
    draft.version += 1
    draft.save(update_fields=["text", "text_hash", "state", "sent_at", "version"])
    asked = _ask(draft, on=now.astimezone(UK).date())
    current.sent_at, current.signed_at = now, None
    current.version += 1
    current.save(update_fields=["sent_at", "signed_at", "version"])
    record_of("agreement sent to be signed", current, by=by, now=now)
    tell_turn(current, asked, what=f"sign-{draft.number}", by=by, now=now)
    return draft


def lacking_in(draft: Agreement, *, now: datetime) -> list[str]:
    """What must be there before it can be sent, in sentences; empty when it is complete."""
    count = draft.terms.count()
    said = (
        (bool(draft.outcome_lines), "Name at least one key outcome."),
        (bool(standing_strands(draft.programme)), "No strand of support is brokered."),
        (bool(count), "Give at least one term."),
        (
            count == USUAL_TERMS or bool(draft.terms_because),
            "Say why it is longer or shorter than five terms.",
        ),
        (bool(draft.data_words), "Say how data are protected."),
        (bool(draft.confidentiality_words), "Say what stays confidential."),
        (
            draft.sign_by is not None and draft.sign_by > now,
            "Choose a coming day by which it is signed.",
        ),
    )
    return [sentence for is_there, sentence in said if not is_there]


def _ask(draft: Agreement, *, on: date) -> list[int]:
    """A place for each party's signature; the people who are asked for them."""
    programme = draft.programme
    parties = signing_parties(programme, standing_strands(programme))
    heads = _heads((party.school.pk for party in parties if party.school), on=on)
    posts = AlliancePost.objects.on(on).filter(
        alliance=programme.alliance_id, kind=AlliancePost.Kind.DIRECTOR, person__is_active=True
    )
    directors = list(posts.order_by("pk").values_list("person", flat=True))
    in_charge = programme.director_id if programme.director_id in directors else None
    director = in_charge or next(iter(directors), None)
    rows = [_place(draft, party, heads, director) for party in parties]
    Signature.objects.bulk_create(rows)
    return [row.asked_of_id for row in rows if row.asked_of_id is not None]


def _place(
    draft: Agreement, party: SigningParty, heads: dict[int, int], director: int | None
) -> Signature:
    asked_of = heads.get(party.school.pk) if party.school is not None else director
    return Signature(agreement=draft, side=party.side, school=party.school, asked_of_id=asked_of)


def _heads(school_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """The head of each school who is first by rank."""
    posts = SchoolPost.objects.on(on).of_heads().filter(person__is_active=True)
    rows = posts.filter(school__in=list(school_ids)).by_rank()
    found: dict[int, int] = {}
    for school_id, person_id in rows.values_list("school", "person"):
        found.setdefault(school_id, person_id)
    return found
