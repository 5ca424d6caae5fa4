"""What may begin with the parts of a report, and what began: each to those who see its other end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from partnership.people.models import Person
from partnership.toolkit.registers import BridgeKind, bridges_taking
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.statements import answer
from reviews.days.models import Crossing, Meaning, ReportPart, Review
from reviews.days.permissions import ReviewRights

PART = "days.report_part"
TAKEN: dict[str, tuple[str, ...]] = {
    Meaning.DEVELOPMENT: ("need", "topic"),
    Meaning.STRENGTH: ("offer", "practice"),
    Meaning.EXCELLENCE: ("offer", "practice"),
}
EVERYTHING = frozenset(name for names in TAKEN.values() for name in names)


class Begun(NamedTuple):
    """Something that began with a part of the report."""

    words: str
    url: str


def ways_from(part: ReportPart, person: Person, alliance: str) -> list[BridgeKind]:
    """What she can begin with it, in an alliance by its slug."""
    kinds = bridges_taking(TAKEN[part.meaning])
    return [
        kind for kind in kinds if kind.may(person) and kind.url(finding(kind, person, alliance))
    ]


def finding(
    kind: BridgeKind, person: Person, alliance: str, words: str = "", origin: str = ""
) -> dict[str, str]:
    """What a bridge is told: her own words and who she is, and nothing of the report."""
    return {kind.takes: words, "alliance": alliance, "by": str(person.pk), "origin": origin}


def _crossings(*, person: Person, review: int, on: date) -> QuerySet[Crossing]:
    seen = Q(pk__in=())
    for kind in bridges_taking(EVERYTHING):
        if kind.seen is not None:
            seen |= Q(kind=kind.key, thing_id__in=kind.seen(person, on=on))
    crossings = Crossing.objects.filter(seen, part__report__review=review)
    return crossings.order_by("made_at", "pk")


def begun_in(review: Review, person: Person, on: date) -> dict[int, list[Begun]]:
    """By the key of a part what began with it, as far as she may see it where it stands."""
    kinds = {kind.key: kind for kind in bridges_taking(EVERYTHING)}
    begun: dict[int, list[Begun]] = {}
    for crossing in answer(_crossings, person=person, review=review.pk, on=on):
        kind = kinds[crossing.kind]
        if kind.thing_url is not None:
            found = Begun(kind.begun, kind.thing_url(crossing.thing_id))
            begun.setdefault(crossing.part_id, []).append(found)
    return begun


def with_begun(parts: Iterable[Any], rights: ReviewRights, now: datetime) -> None:
    """Give each part of a released report `begun`, what began with it."""
    begun = begun_in(rights.review, rights.person, london_day(now))
    for part in parts:
        part.begun = begun.get(part.pk, [])
