"""A workhub begins, and is changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from alliances.meetings.models import Body
from alliances.meetings.services import edit_body, found_body
from alliances.membership.models import Alliance
from partnership.audit.services import record
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from workhubs.hubs.models import Workhub, WorkhubYear

TAKEN_BY_PAGES = ("new",)
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
    by: Person,
    now: datetime,
) -> WorkhubYear:
    """Found the workhub with its body and its first year."""
    lock(alliance)
    _refuse_taken_name(alliance_id=alliance.pk, name=name)
    body = found_body(
        alliance=alliance, name=name, kind=Body.Kind.WORKHUB, lead=lead, by=by, now=now
    )
    workhub = Workhub.objects.create(alliance=alliance, name=name, slug=free_slug(name), body=body)
    workhub_year = WorkhubYear.objects.create(
        workhub=workhub, year=year.start, lead=lead, priority=priority, aims=aims
    )
    record(
        "workhub created",
        workhub,
        by=by,
        at=now,
        fields=["name", "year", "lead", "priority", "aims"],
        values={"name": name, "year": str(year)},
        alliance_id=alliance.pk,
    )
    return workhub_year


class YearTaken(Exception):
    """The workhub has this year already."""


@transaction.atomic
def begin_year(
    *,
    workhub: Workhub,
    year: AcademicYear,
    lead: Person | None,
    priority: str,
    aims: str,
    by: Person,
    now: datetime,
) -> WorkhubYear:
    """Go on with a workhub in another year; its lead then calls the meetings.

    Schools are invited anew: nobody promises for next year by having joined this one.
    """
    current = lock(workhub)
    if current.years.filter(year=year.start).exists():
        raise YearTaken
    workhub_year = WorkhubYear.objects.create(
        workhub=current, year=year.start, lead=lead, priority=priority, aims=aims
    )
    _carry_to_body(current, workhub_year, by=by, now=now)
    record(
        "year begun",
        current,
        by=by,
        at=now,
        fields=["year", "lead", "priority", "aims"],
        values={"year": str(year)},
        alliance_id=current.alliance_id,
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
    """Change the name or a year's lead, priority and aims; the version is the workhub's.

    The lead of the latest year also leads the body, and so calls its meetings.
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
    if renamed or "lead" in fields:
        _carry_to_body(workhub, current, by=by, now=now)
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


def _carry_to_body(
    workhub: Workhub, workhub_year: WorkhubYear, *, by: Person, now: datetime
) -> None:
    is_latest = not workhub.years.filter(year__gt=workhub_year.year).exists()
    lead = workhub_year.lead if is_latest else workhub.body.lead
    edit_body(body=workhub.body, name=workhub.name, lead=lead, by=by, now=now)


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
