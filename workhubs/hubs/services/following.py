"""Somebody leaves her school: what she leads, and where she takes part herself, passes on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from alliances.meetings.models import OFFICE_POSTS
from alliances.membership.models import AlliancePost
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, STAY, HeldRow, Leaver, held_rows, offered
from workhubs.hubs.models import WorkhubPerson, WorkhubYear
from workhubs.hubs.services.founding import edit_workhub
from workhubs.hubs.services.people import add_person, drop_coming_person, edit_membership

WORKHUBS_LED = "hubs.leads"
WORKHUBS_DEPUTISED = "hubs.deputies"
WORKHUBS_JOINED = "hubs.people"


def _decides(leaver: Leaver, year: str = "") -> Q:
    """What whoever arranges it decides about: her own workhubs, and those of her office."""
    if leaver.by.is_staff:
        return Q()
    posts = AlliancePost.objects.on(leaver.today).filter(person=leaver.by)
    office = posts.filter(kind__in=OFFICE_POSTS).values("alliance")
    return (
        Q((f"{year}lead", leaver.by))
        | Q((f"{year}deputy", leaver.by))
        | Q((f"{year}workhub__alliance__in", office))
    )


def _years_held(leaver: Leaver, part: str, kind: str) -> QuerySet[WorkhubYear, Any]:
    this_year = AcademicYear.containing(leaver.today).start
    years = WorkhubYear.objects.filter((part, leaver.person), year__gte=this_year)
    return held_rows(
        years.filter(_decides(leaver)),
        kind=kind,
        name="workhub__name",
        about="year",
        choices=offered(PASS, STAY, END),
    )


def workhubs_led(leaver: Leaver) -> QuerySet[WorkhubYear, Any]:
    """Years of workhubs, not past ones, that she leads."""
    return _years_held(leaver, "lead", WORKHUBS_LED)


def workhubs_deputised(leaver: Leaver) -> QuerySet[WorkhubYear, Any]:
    """Years of workhubs, not past ones, whose deputy she is."""
    return _years_held(leaver, "deputy", WORKHUBS_DEPUTISED)


def said_of_workhub(row: HeldRow) -> str:
    """The workhub and its year."""
    return f"{row.name}, {AcademicYear(int(row.about))}"


def pass_on_workhub(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows leads that year of the workhub; with nobody to follow the deputy does."""
    years = WorkhubYear.objects.filter(pk=key, lead=leaver.person)
    year = years.select_related("workhub__body", "deputy").first()
    if year is None:
        return 0
    changes: dict[str, Any] = {"lead": to or year.deputy}
    if year.deputy is not None and changes["lead"] == year.deputy:
        changes["deputy"] = None
    edit_workhub(workhub_year=year, changes=changes, by=leaver.by, now=now)
    return 1


def pass_on_deputy(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows is deputy in that year, unless she leads it already."""
    years = WorkhubYear.objects.filter(pk=key, deputy=leaver.person)
    year = years.select_related("workhub__body").first()
    if year is None:
        return 0
    deputy = None if to is not None and to.pk == year.lead_id else to
    edit_workhub(workhub_year=year, changes={"deputy": deputy}, by=leaver.by, now=now)
    return 1


def workhubs_joined(leaver: Leaver) -> QuerySet[WorkhubPerson, Any]:
    """Workhubs in which she takes part herself, beside the schools."""
    this_year = AcademicYear.containing(leaver.today).start
    members = WorkhubPerson.objects.on(leaver.today).filter(
        person=leaver.person, workhub_year__year__gte=this_year
    )
    own = offered(STAY, END) if leaver.by.pk == leaver.person.pk else offered()
    return held_rows(
        members,
        kind=WORKHUBS_JOINED,
        name="workhub_year__workhub__name",
        about="workhub_year__year",
        choices=Case(
            When(_decides(leaver, "workhub_year__"), then=offered(STAY, PASS, END)), default=own
        )
        if not leaver.by.is_staff
        else offered(STAY, PASS, END),
        until="ends_on",
    )


def _member(leaver: Leaver, key: int) -> WorkhubPerson | None:
    members = WorkhubPerson.objects.filter(pk=key, person=leaver.person)
    return members.select_related("person", "workhub_year__workhub__body").first()


def pass_on_membership(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Her part ends with the last day; whoever follows takes part from the next."""
    member = _member(leaver, key)
    if member is None:
        return 0
    year = member.workhub_year
    last_day = max(leaver.last_day, member.starts_on)
    edit_membership(member=member, changes={"ends_on": last_day}, by=leaver.by, now=now)
    if to is not None and not year.people.filter(person=to).exists():
        add_person(
            workhub_year=year,
            person=to,
            brings=member.brings,
            starts_on=leaver.first_day,
            by=leaver.by,
            now=now,
        )
    return 1


def take_back_membership(
    leaver: Leaver,
    key: int,
    *,
    to: Person | None,
    until: date | None,
    since: datetime,
    now: datetime,
) -> int:
    """She takes part as before; whoever would have followed does not begin."""
    member = _member(leaver, key)
    if member is None or member.ends_on != max(leaver.last_day, member.starts_on):
        return 0
    if to is not None:
        coming = member.workhub_year.people.filter(person=to, starts_on=leaver.first_day)
        for begun in coming.select_related("person", "workhub_year__workhub__body"):
            drop_coming_person(member=begun, by=leaver.by, now=now)
    edit_membership(member=member, changes={"ends_on": until}, by=leaver.by, now=now)
    return 1
