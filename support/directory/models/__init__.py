"""Who can help a school, and how many days they have left."""

from support.directory.models.ledger import CapacityAccount, LedgerEntry
from support.directory.models.offers import (
    OutsideExpert,
    SchoolOffer,
    SharedPost,
    SharedPostSchool,
)
from support.directory.models.practitioners import (
    HomeConsent,
    Practitioner,
    PractitionerQuerySet,
)
from support.directory.models.rules import (
    Context,
    Designation,
    Phase,
    SupportArea,
    SupportRules,
)

__all__ = [
    "CapacityAccount",
    "Context",
    "Designation",
    "HomeConsent",
    "LedgerEntry",
    "OutsideExpert",
    "Phase",
    "Practitioner",
    "PractitionerQuerySet",
    "SchoolOffer",
    "SharedPost",
    "SharedPostSchool",
    "SupportArea",
    "SupportRules",
]
