"""Frameworks that come with the portal, in words of its own, and which words a label doesn't take."""

from reviews.cycles.framing.affirmation import AFFIRMATION
from reviews.cycles.framing.enquiry import ENQUIRY
from reviews.cycles.framing.estimates import ESTIMATES
from reviews.cycles.framing.grades import is_inspectorates
from reviews.cycles.framing.shapes import GivenFramework, GivenTheme

GIVEN: dict[str, GivenFramework] = {each.key: each for each in (ENQUIRY, ESTIMATES, AFFIRMATION)}

__all__ = ["GIVEN", "GivenFramework", "GivenTheme", "is_inspectorates"]
