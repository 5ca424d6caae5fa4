"""Alliances as groups that a school belongs to, offered to the list of schools."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from alliances.membership.models import Alliance, AlliancePost, Membership
from alliances.schools.belonging import BelongingKind, Schools
from partnership.people.models import Person


def _choices() -> list[tuple[str, str]]:
    return list(Alliance.objects.order_by("name", "pk").values_list("slug", "name"))


def _schools_in(schools: Schools, slug: str, on: date) -> Schools:
    members = Membership.objects.on(on).filter(alliance__slug=slug, school=OuterRef("pk"))
    return schools.filter(Exists(members))


def _names(school_ids: Collection[int], on: date) -> dict[int, list[str]]:
    rows = (
        Membership.objects.on(on)
        .filter(school__in=school_ids)
        .order_by("alliance__name", "pk")
        .values_list("school_id", "alliance__name")
    )
    found: dict[int, list[str]] = {}
    for school_id, name in rows:
        found.setdefault(school_id, []).append(name)
    return found


def _run_by(person: Person, on: date) -> Exists:
    posts = AlliancePost.objects.on(on).filter(person=person, kind=AlliancePost.Kind.DIRECTOR)
    members = Membership.objects.on(on).filter(
        school=OuterRef("pk"), alliance__in=posts.values("alliance")
    )
    return Exists(members)


def _shared_with(person: Person, on: date) -> QuerySet[Membership, Any]:
    alliances = Alliance.objects.of_person(person, on=on)
    return Membership.objects.on(on).filter(alliance__in=alliances.values("pk")).values("school")


BELONGING = (
    BelongingKind(
        key="alliance",
        label="Alliance",
        choices=_choices,
        schools_in=_schools_in,
        names=_names,
        run_by=_run_by,
        shared_with=_shared_with,
    ),
)
