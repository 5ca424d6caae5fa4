"""A workhub begins, and is changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from alliances.meetings.models import Body
from alliances.meetings.services import found_body, name_deputy
from alliances.membership.models import Alliance, Area
from partnership.audit.services import record
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from workhubs.hubs.models import Workhub, WorkhubYear
from workhubs.hubs.services.seating import carry_to_body
from workhubs.hubs.services.telling import tell_leads

TAKEN_BY_PAGES = ("new", "places", "requests", "people", "objectives", "roll-over")
SLUG_LENGTH = 100


class NameTaken(Exception):
    """The alliance has a workhub of this name already."""


@transaction.atomic
def create_workhub(
    *,
    alliance: Alliance,
    name: str,
    year: AcademicYear,
    lead: Person | None,
    priority: str,
    aims: str,
    deputy: Person | None = None,
    area: Area | None = None,
    takes_requests: bool = True,
    kind: str = Workhub.Kind.WORKHUB,
    by: Person,
    now: datetime,
) -> WorkhubYear:
    """Found the workhub with its body and its first year."""
    lock(alliance)
    _refuse_taken_name(alliance_id=alliance.pk, name=name)
    body = found_body(
        alliance=alliance, name=name, kind=Body.Kind.WORKHUB, lead=lead, by=by, now=now
    )
    if deputy is not None:
        name_deputy(body=body, deputy=deputy, by=by, now=now)
    workhub = Workhub.objects.create(
        alliance=alliance, name=name, slug=free_slug(name), body=body, kind=kind
    )
    workhub_year = WorkhubYear.objects.create(
        workhub=workhub,
        year=year.start,
        lead=lead,
        deputy=deputy,
        area=area,
        priority=priority,
        aims=aims,
        takes_requests=takes_requests,
    )
    tell_leads([workhub_year], besides=by, now=now)
    record(
        "workhub created",
        workhub,
        by=by,
        at=now,
        fields=["name", "year", "lead", "deputy", "area", "priority", "aims"],
        values={"name": name, "year": str(year)},
        alliance_id=alliance.pk,
    )
    return workhub_year


@transaction.atomic
def edit_workhub(
    *,
    workhub_year: WorkhubYear,
    changes: dict[str, Any],
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> WorkhubYear:
    """Change the name, or what is said of a year; the version is the workhub's.

    Lead and deputy of the current year also run the body, and so call its meetings.
    """
    workhub = lock(workhub_year.workhub, seen_version=seen_version)
    current = lock(workhub_year)
    current.workhub = workhub
    own = dict(changes)
    name = own.pop("name", workhub.name)
    if name != workhub.name:
        _refuse_taken_name(alliance_id=workhub.alliance_id, name=name, besides=workhub)
    fields = apply_changes(current, own)
    renamed = apply_changes(workhub, {"name": name})
    if fields and not renamed:
        workhub.version += 1
        workhub.save(update_fields=["version"])
    if renamed or {"lead", "deputy"} & set(fields):
        carry_to_body(workhub, by=by, now=now)
        tell_leads([current], only=fields, besides=by, now=now)
    if fields or renamed:
        record(
            "workhub edited",
            workhub,
            by=by,
            at=now,
            fields=[*renamed, *fields],
            values={"year": str(current.academic_year)},
            alliance_id=workhub.alliance_id,
        )
    return current


def _refuse_taken_name(*, alliance_id: int, name: str, besides: Workhub | None = None) -> None:
    namesakes = Workhub.objects.filter(alliance=alliance_id, name__iexact=name)
    if besides is not None:
        namesakes = namesakes.exclude(pk=besides.pk)
    if namesakes.exists():
        raise NameTaken(name)


def free_slug(name: str) -> str:
    """An address that no workhub of the portal has: "send", then "send-2" and so on."""
    stem = slugify(name)[:SLUG_LENGTH].strip("-") or "workhub"
    taken = {
        *TAKEN_BY_PAGES,
        *Workhub.objects.filter(slug__startswith=stem).values_list("slug", flat=True),
    }
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
