"""A school becomes another: its people, offers and shares of posts go on with that one."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from alliances.schools.models import School
from partnership.audit.services import record
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from support.directory.models import (
    CapacityAccount,
    HomeConsent,
    Practitioner,
    SchoolOffer,
    SharedPost,
    SharedPostSchool,
)
from support.directory.services.naming import refresh_search

GOES_ON = "goes on with the school after"


def entries_of_school(school: School) -> QuerySet[Practitioner]:
    """Entries of its people, whether over or not."""
    return Practitioner.objects.filter(home_school=school)


def offers_of_school(school: School) -> QuerySet[SchoolOffer]:
    """What it offers."""
    return SchoolOffer.objects.filter(school=school)


def posts_of_school(school: School) -> QuerySet[SharedPost]:
    """Posts that it employs or shares."""
    shares = SharedPostSchool.objects.filter(school=school).values("post")
    return SharedPost.objects.filter(Q(employer=school) | Q(pk__in=shares))


def pass_on_entries(school: School, *, to: School, on: date, by: Person, now: datetime) -> int:
    """Its people are at home in the school after, with their consents and this year's days on."""
    moved = list(entries_of_school(school).filter(Q(ends_on=None) | Q(ends_on__gte=on)))
    keys = [entry.pk for entry in moved]
    Practitioner.objects.filter(pk__in=keys).update(home_school=to)
    HomeConsent.objects.filter(practitioner__in=keys, school=school, ends_on__gte=on).update(
        school=to
    )
    CapacityAccount.objects.filter(
        practitioner__in=keys, school=school, year__gte=AcademicYear.containing(on).start
    ).update(school=to)
    refresh_search(Practitioner.objects.filter(pk__in=keys))
    for entry in moved:
        _record("entry", entry, to, by=by, now=now)
    return len(moved)


def pass_on_offers(school: School, *, to: School, on: date, by: Person, now: datetime) -> int:
    """What it offers, the school after offers; what is over stays with it."""
    moved = list(offers_of_school(school).filter(Q(ends_on=None) | Q(ends_on__gte=on)))
    for offer in moved:
        offer.school = to
        offer.save(update_fields=["school"])
        _record("offer", offer, to, by=by, now=now)
    return len(moved)


def pass_on_posts(school: School, *, to: School, on: date, by: Person, now: datetime) -> int:
    """The school after employs and shares in its place, unless it has a share already."""
    moved = list(posts_of_school(school).filter(Q(ends_on=None) | Q(ends_on__gte=on)))
    shared = SharedPostSchool.objects.filter(school=to).values("post")
    for post in moved:
        if post.employer_id == school.pk:
            post.employer = to
            post.save(update_fields=["employer"])
        post.shares.filter(school=school).exclude(post__in=shared).update(school=to)
        _record("shared post", post, to, by=by, now=now)
    return len(moved)


def _record(
    what: str,
    thing: Practitioner | SchoolOffer | SharedPost,
    to: School,
    *,
    by: Person,
    now: datetime,
) -> None:
    record(
        f"{what} {GOES_ON}",
        thing,
        by=by,
        at=now,
        fields=["school"],
        school_id=to.pk,
        alliance_id=thing.alliance_id,
    )
