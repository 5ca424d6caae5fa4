"""Who else may read a released report, by the school's consent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reviews.days.models import ReportConsent

Audience = ReportConsent.Audience
STAYS = "What somebody has read stays read."
WHO = {
    Audience.GOVERNORS: "Your governors and their chair, as the portal knows them.",
    Audience.BOARD: "Whoever sits on the alliance’s strategic board at the time.",
    Audience.ALLIANCE: "Whoever belongs to the alliance: heads and others of its schools.",
    Audience.THEMES: "Nobody reads the report. What it says counts in themes without names, once "
    "five schools at least have agreed.",
}
OPENED = {
    Audience.GOVERNORS: (
        "Let your governors read the report?",
        f"They read it whole, and can print it. {STAYS}",
    ),
    Audience.BOARD: (
        "Let the strategic board read the report?",
        f"Everybody who sits on it reads it whole, and can print it. {STAYS}",
    ),
    Audience.ALLIANCE: (
        "Let people of the alliance read the report?",
        f"Everybody of the alliance reads it whole, and can print it. {STAYS}",
    ),
    Audience.THEMES: (
        "Let the report count in the themes?",
        "Nobody reads the report itself, and no school is named or can be told.",
    ),
}
CLOSED = {
    Audience.GOVERNORS: "Close the report to your governors?",
    Audience.BOARD: "Close the report to the strategic board?",
    Audience.ALLIANCE: "Close the report to people of the alliance?",
    Audience.THEMES: "Take the report out of the themes?",
}


class Reader(NamedTuple):
    """An audience, and the consent by which it reads now."""

    audience: Audience
    about: str
    consent: ReportConsent | None


def readers_of(consents: Sequence[ReportConsent]) -> list[Reader]:
    """Each audience, whether it may read or not."""
    standing = {each.audience: each for each in consents if each.withdrawn_at is None}
    return [Reader(each, WHO[each], standing.get(each)) for each in Audience]
