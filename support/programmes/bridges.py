"""Support that begins with what another room found: the words go across, and are looked through."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.utils import timezone

from alliances.membership.models import AlliancePost
from alliances.schools.permissions import is_head
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import BridgeKind
from support.directory.models import SupportRules

LONGEST = 1_500


def _directs_support(person: Person) -> bool:
    posts = AlliancePost.objects.on(timezone.localdate()).filter(
        person=person, kind=AlliancePost.Kind.DIRECTOR
    )
    return SupportRules.objects.filter(alliance__in=posts.values("alliance")).exists()


def _asks(person: Person) -> bool:
    return is_head(person, timezone.localdate())


def _from_enquiry(finding: Mapping[str, str]) -> str:
    """The form with what the visitor wrote; the enquiry is settled when it is sent."""
    if "enquiry" not in finding:
        return ""
    return f"{address('programmes:support_refer')}?{urlencode({'enquiry': finding['enquiry']})}"


def _from_finding(finding: Mapping[str, str]) -> str:
    """The head's form; she writes what goes across, beginning with these words."""
    if "need" not in finding:
        return ""
    return f"{address('programmes:support_ask')}?{urlencode({'need': finding['need'][:LONGEST]})}"


BRIDGES = (
    BridgeKind(
        key="programmes.from_enquiry",
        words="Open a support request",
        may=_directs_support,
        url=_from_enquiry,
    ),
    BridgeKind(
        key="programmes.from_finding",
        words="Ask for support",
        may=_asks,
        url=_from_finding,
    ),
)
