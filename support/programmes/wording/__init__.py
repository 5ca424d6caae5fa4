"""The words of an agreement: what it says if nobody says otherwise, as it is signed, compared."""

from support.programmes.wording.canonical import (
    AgreementFacts,
    Section,
    StrandFacts,
    canonical_text,
    hash_of,
    sections_of,
)
from support.programmes.wording.comparing import ChangedLine, ChangedSection, changes_between
from support.programmes.wording.defaults import (
    CONFIDENTIALITY_WORDS,
    DATA_WORDS,
    MONEY_WORDS,
)

__all__ = [
    "CONFIDENTIALITY_WORDS",
    "DATA_WORDS",
    "MONEY_WORDS",
    "AgreementFacts",
    "ChangedLine",
    "ChangedSection",
    "Section",
    "StrandFacts",
    "canonical_text",
    "changes_between",
    "hash_of",
    "sections_of",
]
