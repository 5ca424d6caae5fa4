"""What support programmes ask of people; no word of it names a school, an area or a finding."""

from support.programmes.duties.answers import ANSWERS
from support.programmes.duties.declaring import DECLARATIONS
from support.programmes.duties.reviews import REVIEWS
from support.programmes.duties.signing import SIGNATURES

__all__ = ["DUTIES"]

DUTIES = (
    *ANSWERS,
    *REVIEWS,
    *DECLARATIONS,
    *SIGNATURES,
)
