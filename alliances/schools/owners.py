"""Authorities and schools as owners of academic years, and who lives by which."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse

from alliances.schools.models import (
    Authority,
    AuthorityCalendar,
    School,
    SchoolCalendar,
    SchoolPost,
)
from partnership.calendar.models import TermCalendar
from partnership.people.models import Person
from partnership.toolkit.registers.owners import (
    CalendarOwner,
    EditorKind,
    Followed,
    FollowedKind,
    OwnerKind,
    Reference,
)
from partnership.toolkit.statements import answer
from partnership.toolkit.versions import ChangedSince

AUTHORITIES, SCHOOLS_KEY = "authorities", "schools"
PANEL = "own_schools"
LONGEST_KEY = 9
OF_AUTHORITY = ("own_calendar__calendar_id", "own_calendar__calendar__version")
OF_SCHOOL = (
    "own_calendar__calendar_id",
    "own_calendar__calendar__version",
    "own_calendar__calendar__follows_id",
    "own_calendar__calendar__follows__version",
    *(f"authority__{column}" for column in OF_AUTHORITY),
)
AUTHORITY = ("pk", "code", "name", *OF_AUTHORITY)
SCHOOL = ("pk", "urn", "name", "authority_id", "authority__code", "authority__name", *OF_SCHOOL)


def reference_of_school(row: tuple[Any, ...]) -> Reference:
    """Which dates hold, from the columns OF_SCHOOL: its own over those it follows."""
    own_id, own_version, follows_id, follows_version, authority_id, authority_version = row
    if own_id is None:
        return Reference(above_id=authority_id, above_version=authority_version)
    return Reference(own_id, own_version, follows_id, follows_version)


def _authority(pk: int, code: str, name: str, *reference: int | None) -> CalendarOwner:
    return CalendarOwner(AUTHORITIES, code, pk, name, Reference(*reference))


def _school(row: tuple[Any, ...]) -> CalendarOwner:
    pk, urn, name, authority_id, code, authority_name, *reference = row
    return CalendarOwner(
        kind=SCHOOLS_KEY,
        key=str(urn),
        pk=pk,
        name=name,
        reference=reference_of_school(tuple(reference)),
        url=reverse("schools:school_detail", args=[urn]),
        above=_authority(authority_id, code, authority_name, *reference[-2:]),
        school_id=pk,
    )


def _visible_school(*, person: Person, urn: int) -> QuerySet[School, Any]:
    return School.objects.visible_to(person).filter(urn=urn).values_list(*SCHOOL)


def _find_school(person: Person, key: str) -> CalendarOwner | None:
    if not (key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY):
        return None
    rows = answer(_visible_school, person=person, urn=int(key))
    return _school(rows[0]) if rows else None


def _schools(urns: Collection[str]) -> dict[str, CalendarOwner]:
    known = [int(urn) for urn in urns if urn.isascii() and urn.isdigit()]
    found = [_school(row) for row in School.objects.filter(urn__in=known).values_list(*SCHOOL)]
    return {owner.key: owner for owner in found}


def _authorities(codes: Collection[str]) -> dict[str, CalendarOwner]:
    rows = Authority.objects.filter(code__in=codes).values_list(*AUTHORITY)
    return {owner.key: owner for owner in (_authority(*row) for row in rows)}


def _find_authority(_person: Person, key: str) -> CalendarOwner | None:
    return _authorities([key]).get(key)


def _authorities_of(calendar_ids: Collection[int]) -> dict[int, CalendarOwner]:
    rows = Authority.objects.filter(own_calendar__calendar__in=calendar_ids)
    found = [_authority(*row) for row in rows.values_list(*AUTHORITY)]
    return {owner.reference.own_id or 0: owner for owner in found}


def _schools_of(calendar_ids: Collection[int]) -> dict[int, CalendarOwner]:
    rows = School.objects.filter(own_calendar__calendar__in=calendar_ids).values_list(*SCHOOL)
    return {owner.reference.own_id or 0: owner for owner in (_school(row) for row in rows)}


def _authority_follows(owner: CalendarOwner, calendar: TermCalendar) -> None:
    """Link it, and let the calendars of its schools that followed nothing follow it."""
    authority = Authority.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    if taken := AuthorityCalendar.objects.filter(authority=authority).first():
        raise ChangedSince(taken.calendar)
    AuthorityCalendar.objects.create(authority=authority, calendar=calendar)
    of_its_schools = TermCalendar.objects.filter(of_school__school__authority=authority)
    of_its_schools.filter(follows=None).update(follows=calendar)


def _school_follows(owner: CalendarOwner, calendar: TermCalendar) -> None:
    school = School.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    if taken := SchoolCalendar.objects.filter(school=school).first():
        raise ChangedSince(taken.calendar)
    SchoolCalendar.objects.create(school=school, calendar=calendar)


def _heads_it(person: Person, owner: CalendarOwner, on: date) -> bool:
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person, school=owner.pk)
    return heads.exists()


def _school_of(*, person: Person, on: date) -> QuerySet[SchoolPost, Any]:
    """The school that she heads, else one in which she holds another post."""
    rank = Case(
        When(kind__in=SchoolPost.HEADS, then=Value(0)), default=1, output_field=IntegerField()
    )
    posts = SchoolPost.objects.on(on).filter(person=person).order_by(rank, "pk")
    columns = (f"school__{column}" for column in OF_SCHOOL)
    return posts.values_list("school__urn", "school__name", *columns)[:1]


def _followed(person: Person, on: date) -> Followed | None:
    for urn, name, *reference in answer(_school_of, person=person, on=on):
        return followed_school(urn, name, tuple(reference))
    return None


def followed_school(urn: int, name: str, row: tuple[Any, ...]) -> Followed:
    """A school as the one by whose dates, the columns OF_SCHOOL, somebody lives."""
    return Followed(reference_of_school(row), name, SCHOOLS_KEY, str(urn))


def references(school_ids: Collection[int]) -> dict[int, Reference]:
    """Which dates hold for each of many schools, in one query."""
    rows = School.objects.filter(pk__in=school_ids).values_list("pk", *OF_SCHOOL)
    return {pk: reference_of_school(tuple(row)) for pk, *row in rows}


def references_of_people(person_ids: Collection[int], on: date) -> dict[int, Reference]:
    """Which dates hold for each of many people, in one query; none where schools differ."""
    posts = SchoolPost.objects.on(on).filter(person__in=person_ids)
    rows = posts.values_list("person", *(f"school__{column}" for column in OF_SCHOOL))
    found: dict[int, set[Reference]] = {}
    for person_id, *row in rows.distinct():
        found.setdefault(person_id, set()).add(reference_of_school(tuple(row)))
    return {person_id: some.pop() for person_id, some in found.items() if len(some) == 1}


OWNERS = (
    OwnerKind(
        key=AUTHORITIES,
        words="Local authority",
        find=_find_authority,
        find_many=_authorities,
        of_calendars=_authorities_of,
        follow=_authority_follows,
    ),
    OwnerKind(
        key=SCHOOLS_KEY,
        words="School",
        find=_find_school,
        find_many=_schools,
        of_calendars=_schools_of,
        follow=_school_follows,
    ),
)
EDITORS = (EditorKind(kind=SCHOOLS_KEY, may_edit=_heads_it),)
FOLLOWED = (FollowedKind(_followed, beside=PANEL),)
SCHOOLS = (references,)
PEOPLE = (references_of_people,)
