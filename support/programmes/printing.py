"""An agreement on paper: the words that were signed, and by whom, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from partnership.toolkit.spoken_dates import spoken_day, spoken_moment
from support.programmes.models import Agreement, Signature
from support.programmes.parts.agreement import Place
from support.programmes.wording import Section, sections_of


def agreement_facts(
    agreement: Agreement, places: Sequence[Place], *, now: datetime
) -> dict[str, Any]:
    """A version as it was sent, with the signatures given so far."""
    title = f"Agreement on support, version {agreement.number}"
    return {
        "title": title,
        "head": agreement.programme.alliance.name,
        "foot": f"{title}, printed on {spoken_moment(now)}",
        "standing": _standing(agreement),
        "sections": [_section(section) for section in sections_of(agreement.text)],
        "signatures": [_place(place) for place in places],
        "hash": agreement.text_hash,
    }


def _standing(agreement: Agreement) -> str:
    if agreement.state == Agreement.State.SIGNED and agreement.signed_at is not None:
        return f"Signed by all on {spoken_day(agreement.signed_at)}."
    return f"{agreement.get_state_display()}."


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "pairs": section.pairs if section.is_of_facts else [],
        "lines": [] if section.is_of_facts else list(section.lines),
    }


def _place(place: Place) -> tuple[str, str, str]:
    signature = place.signature
    return place.party, _who(place), _state(signature)


def _who(place: Place) -> str:
    signature = place.signature
    if signature.signed_by is not None:
        return f"{signature.signed_by}, {signature.as_what}"
    return place.waits_for


def _state(signature: Signature) -> str:
    if signature.signed_at is not None:
        proof = signature.get_proof_display().lower()
        return f"Signed on {spoken_moment(signature.signed_at)}, shown by {proof}"
    if signature.declined_at is not None:
        day = spoken_moment(signature.declined_at)
        return f"Declined on {day}: {signature.declined_because}"
    return "Not signed"
