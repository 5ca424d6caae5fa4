"""Support for one school, from the request to the agreement and what came of it."""

from support.programmes.models.agreements import (
    Agreement,
    AgreementTerm,
    Declaration,
    DiligenceCheck,
    Signature,
)
from support.programmes.models.asked import DeclarationAsked
from support.programmes.models.newest import newest_seen_by
from support.programmes.models.people import EligibilityCheck, ProgrammePerson, Side
from support.programmes.models.programmes import (
    Programme,
    ProgrammeQuerySet,
    Stage,
    programmes_by_side,
)
from support.programmes.models.reviews import (
    MEANINGS,
    Rating,
    ReviewNeed,
    ReviewView,
    SwiftReview,
)
from support.programmes.models.sides import sides_of
from support.programmes.models.strands import Strand, StrandDays

__all__ = [
    "MEANINGS",
    "Agreement",
    "AgreementTerm",
    "Declaration",
    "DeclarationAsked",
    "DiligenceCheck",
    "EligibilityCheck",
    "Programme",
    "ProgrammePerson",
    "ProgrammeQuerySet",
    "Rating",
    "ReviewNeed",
    "ReviewView",
    "Side",
    "Signature",
    "Stage",
    "Strand",
    "StrandDays",
    "SwiftReview",
    "newest_seen_by",
    "programmes_by_side",
    "sides_of",
]
