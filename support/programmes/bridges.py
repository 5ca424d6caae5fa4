"""Support that begins with what another room found: the words go across, and are looked through."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.utils import timezone

from alliances.membership.models import AlliancePost, Membership
from alliances.schools.models import Delegation, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import BridgeKind
from support.directory.models import SupportRules
from support.programmes.models import Programme

FROM_FINDING = "programmes.from_finding"
LONGEST = 1_500


def _directs_support(person: Person) -> bool:
    posts = AlliancePost.objects.on(timezone.localdate()).filter(
        person=person, kind=AlliancePost.Kind.DIRECTOR
    )
    return SupportRules.objects.filter(alliance__in=posts.values("alliance")).exists()


def _asks(person: Person) -> bool:
    """Whoever heads a school of an alliance that gives support, or acts for its head in support."""
    today = timezone.localdate()
    headed = SchoolPost.objects.on(today).of_heads().filter(person=person).values("school")
    acting = Delegation.objects.held_by(person, Delegation.Kind.SUPPORT, on=today).values("school")
    members = Membership.objects.on(today).filter(
        school__in=headed.union(acting, all=True), alliance__support_rules__isnull=False
    )
    return person.is_active and members.exists()


def _from_enquiry(finding: Mapping[str, str]) -> str:
    """The form with what the visitor wrote; the enquiry is settled when it is sent."""
    if "enquiry" not in finding:
        return ""
    return f"{address('programmes:support_refer')}?{urlencode({'enquiry': finding['enquiry']})}"


def _from_finding(finding: Mapping[str, str]) -> str:
    """The head's form; she writes what goes across, beginning with these words."""
    if "need" not in finding:
        return ""
    origin = finding.get("origin")
    query = {"origin": origin} if origin else {"need": finding["need"][:LONGEST]}
    return f"{address('programmes:support_ask')}?{urlencode(query)}"


BRIDGES = (
    BridgeKind(
        key="programmes.from_enquiry",
        words="Open a support request",
        may=_directs_support,
        url=_from_enquiry,
    ),
    BridgeKind(
        key=FROM_FINDING,
        words="Ask for support",
        may=_asks,
        url=_from_finding,
        takes="need",
        begun="Request for support",
        seen=lambda person, on: Programme.objects.visible_to(person, on=on).values("pk"),
        thing_url=lambda key: address("programmes:programme_detail", key),
    ),
)
