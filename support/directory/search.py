"""Practitioners, offers and experts that words find, of those a person may see."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import SearchKind
from support.directory.models import OutsideExpert, Practitioner, SchoolOffer


def practitioners_seen(person: Person, on: date) -> QuerySet[Practitioner, Any]:
    """Entries that hold, as far as she may read them."""
    return Practitioner.objects.visible_to(person, on=on).on(on)


def offers_seen(person: Person, on: date) -> QuerySet[SchoolOffer, Any]:
    """What schools of her alliances offer today."""
    return SchoolOffer.objects.visible_to(person, on=on).on(on)


def experts_seen(person: Person, on: date) -> QuerySet[OutsideExpert, Any]:
    """Whom her alliances recommend today."""
    return OutsideExpert.objects.visible_to(person, on=on).on(on)


SEARCH = (
    SearchKind(
        key="directory.practitioner",
        words="Practitioners",
        rows=practitioners_seen,
        column="search_text",
        title="person__name",
        line=Coalesce(F("home_school__name"), Value("")),
        url=lambda found: address("directory:practitioner_detail", found.thing_id),
    ),
    SearchKind(
        key="directory.offer",
        words="Offers of schools",
        rows=offers_seen,
        column="search_text",
        title="title",
        line="school__name",
        url=lambda found: address("directory:offer_detail", found.thing_id),
    ),
    SearchKind(
        key="directory.expert",
        words="Experts from outside",
        rows=experts_seen,
        column="search_text",
        title="name",
        line="organisation",
        url=lambda found: address("directory:expert_detail", found.thing_id),
    ),
)
