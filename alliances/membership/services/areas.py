"""Areas of an alliance's work, and what it is to other alliances."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from alliances.membership.models import Alliance, AllianceLink, Area
from alliances.membership.services.alliances import NameTaken
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock


class LinkedAlready(Exception):
    """The two alliances are linked in this way already, from the one side or the other."""


@transaction.atomic
def add_area(
    *, alliance: Alliance, name: str, by: Person | None, now: datetime, purpose: str = ""
) -> Area:
    """Begin a strand of the alliance's work."""
    lock(alliance)
    _refuse_taken(alliance.pk, name)
    area = Area.objects.create(alliance=alliance, name=name, purpose=purpose)
    record("area added", area, by=by, at=now, alliance_id=alliance.pk)
    return area


@transaction.atomic
def change_area(
    *, area: Area, changes: dict[str, Any], seen_version: int, by: Person, now: datetime
) -> Area:
    """Word an area anew, or close it with a day."""
    lock(area.alliance)
    area = lock(area, seen_version=seen_version)
    _refuse_taken(area.alliance_id, changes.get("name", area.name), but=area.pk)
    if changed := apply_changes(area, changes):
        record("area changed", area, by=by, at=now, fields=changed, alliance_id=area.alliance_id)
    return area


def _refuse_taken(alliance_id: int, name: str, *, but: int = 0) -> None:
    if Area.objects.filter(alliance=alliance_id, name__iexact=name).exclude(pk=but).exists():
        raise NameTaken


@transaction.atomic
def link_alliances(
    *,
    alliance: Alliance,
    kind: str,
    by: Person | None,
    now: datetime,
    other: Alliance | None = None,
    name: str = "",
    starts_on: date | None = None,
) -> AllianceLink:
    """Say what an alliance is, or will be, to another or to a network outside the portal."""
    lock(alliance)
    links = AllianceLink.objects.filter(kind=kind)
    same = links.filter(alliance=alliance, other=other, name=name)
    if kind == AllianceLink.Kind.LINKED and other is not None:
        same |= links.filter(alliance=other, other=alliance)
    if same.exists():
        raise LinkedAlready
    link = AllianceLink.objects.create(
        alliance=alliance, other=other, name="" if other else name, kind=kind, starts_on=starts_on
    )
    title = f"{alliance} {link.get_kind_display()} {other or name}"
    record("alliances linked", link, by=by, at=now, title=title, alliance_id=alliance.pk)
    return link


@transaction.atomic
def unlink_alliances(*, link: AllianceLink, by: Person, now: datetime) -> None:
    """Take a link away from both pages."""
    link = lock(link)
    title = f"{link.alliance} {link.get_kind_display()} {link.other or link.name}"
    record("alliances unlinked", link, by=by, at=now, title=title, alliance_id=link.alliance_id)
    link.delete()
