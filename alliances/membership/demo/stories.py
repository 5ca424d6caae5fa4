"""The demo's six alliances, what they are to each other, and schools that come and go."""

from __future__ import annotations

from datetime import date

from alliances.membership.demo.elsewhere import FOUR_OAKS, SOUTHWARK
from alliances.membership.demo.oldham import (
    DOVESTONE_SCHOOLS,
    EXAMPLE_SCHOOLS,
    HARMONY_TRUST,
    OLDHAM_SCHOOLS,
)
from alliances.membership.models import AllianceLink

Link = AllianceLink.Kind
STORIES = (OLDHAM_SCHOOLS, HARMONY_TRUST, FOUR_OAKS, SOUTHWARK, DOVESTONE_SCHOOLS, EXAMPLE_SCHOOLS)
OLDHAM, HARMONY, DOVESTONE = (
    "oldham-schools-alliance",
    "harmony-trust-teaching-school-alliance",
    "dovestone-learning-partnership",
)
LINKS = (
    (OLDHAM, Link.LINKED, HARMONY, date(2014, 1, 10)),
    (DOVESTONE, Link.LINKED, OLDHAM, date(2017, 4, 1)),
    (OLDHAM, Link.LINKED, "Secondary heads of Oldham", date(2016, 9, 1)),
    (OLDHAM, Link.PART_OF, "Oldham Education Partnership", None),
)
JOINS_LATER = 151361
MEANS_TO_JOIN = 105688
COMES_NEXT_YEAR = 105695
LEAVES = 105638
LEFT = 105708
LAPSED = 105703
