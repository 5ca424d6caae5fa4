"""Who settles an authority’s academic years, and by which a person without a school lives."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet, Subquery

from alliances.membership.models import AlliancePost, Membership
from alliances.schools.owners import AUTHORITIES
from partnership.people.models import Person
from partnership.toolkit.registers.owners import (
    CalendarOwner,
    EditorKind,
    Followed,
    FollowedKind,
    Reference,
)
from partnership.toolkit.statements import answer


def _directs_schools_in(person: Person, owner: CalendarOwner, on: date) -> bool:
    """Whether she directs an alliance that has schools in the authority today."""
    directed = AlliancePost.objects.on(on).filter(person=person, kind=AlliancePost.Kind.DIRECTOR)
    members = Membership.objects.on(on).filter(school__authority=owner.pk)
    return members.filter(alliance__in=directed.values("alliance")).exists()


def _authority_of(*, person: Person, on: date) -> QuerySet[Membership, Any]:
    """The authority of the first school of an alliance in which she holds a post."""
    posts = AlliancePost.objects.on(on).filter(person=person)
    members = Membership.objects.on(on).filter(alliance__in=posts.values("alliance"))
    first = members.order_by("pk").values("pk")[:1]
    place = "school__authority__"
    return Membership.objects.filter(pk=Subquery(first)).values_list(
        f"{place}own_calendar__calendar_id",
        f"{place}own_calendar__calendar__version",
        f"{place}name",
        f"{place}code",
    )


def _followed(person: Person, on: date) -> Followed | None:
    for calendar_id, version, name, code in answer(_authority_of, person=person, on=on):
        return Followed(Reference(calendar_id, version), name, AUTHORITIES, code)
    return None


EDITORS = (EditorKind(kind=AUTHORITIES, may_edit=_directs_schools_in),)
FOLLOWED = (FollowedKind(_followed),)
