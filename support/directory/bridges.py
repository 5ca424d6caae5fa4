"""An offer of a school that begins with what another room found it to be good at."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.utils import timezone

from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import BridgeKind
from support.directory.models import SchoolOffer
from support.directory.permissions import may_offer_in

FROM_STRENGTH = "directory.offer"


def _offers(person: Person) -> bool:
    return may_offer_in(person, timezone.localdate()).exists()


def _giving(finding: Mapping[str, str]) -> str | None:
    """The finding's alliance if she may offer there, else another in which she may."""
    person = Person.objects.filter(pk=finding.get("by", 0)).first()
    if person is None:
        return None
    slugs = list(may_offer_in(person, timezone.localdate()).values_list("slug", flat=True))
    return finding["alliance"] if finding["alliance"] in slugs else next(iter(slugs), None)


def _url(finding: Mapping[str, str]) -> str:
    """The form of a new offer, in an alliance that gives support."""
    alliance = _giving(finding) if "offer" in finding else None
    if alliance is None:
        return ""
    query = urlencode({"origin": finding["origin"]})
    return f"{address('directory:offer_add', alliance)}?{query}"


BRIDGES = (
    BridgeKind(
        key=FROM_STRENGTH,
        words="Offer it in the directory",
        may=_offers,
        url=_url,
        takes="offer",
        begun="Offer in the directory",
        seen=lambda person, on: SchoolOffer.objects.visible_to(person, on=on).values("pk"),
        thing_url=lambda key: address("directory:offer_detail", key),
    ),
)
