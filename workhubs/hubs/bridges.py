"""A topic for a workhub that begins with what another room found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import timezone

from alliances.membership.models import Membership
from alliances.schools.models import Delegation, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import BridgeKind
from workhubs.hubs.models import TopicProposal, WorkhubYear

PROPOSE_TOPIC = "hubs.topic"


def own_memberships(person: Person, *, on: date) -> QuerySet[Membership]:
    """Of the schools that she heads, or for whose head she answers."""
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person).values("school")
    held = Delegation.objects.held_by(person, Delegation.Kind.REPLIES, on=on).values("school")
    return Membership.objects.on(on).filter(school__in=heads.union(held, all=True))


def _proposes(person: Person) -> bool:
    today = timezone.localdate()
    alliances = own_memberships(person, on=today).values("alliance")
    years = WorkhubYear.objects.running(on=today).filter(workhub__alliance__in=alliances)
    return person.is_active and years.exists()


def _url(finding: Mapping[str, str]) -> str:
    """The form of a new topic; it begins with what she wrote for it."""
    if "topic" not in finding:
        return ""
    return f"{address('hubs:topic_propose')}?{urlencode({'origin': finding['origin']})}"


BRIDGES = (
    BridgeKind(
        key=PROPOSE_TOPIC,
        words="Propose a topic to a workhub",
        may=_proposes,
        url=_url,
        takes="topic",
        begun="Topic for a workhub",
        seen=lambda person, on: TopicProposal.objects.visible_to(person, on=on).values("pk"),
        thing_url=lambda key: address("hubs:topic_detail", key),
    ),
)
