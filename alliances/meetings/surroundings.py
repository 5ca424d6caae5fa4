"""What stands around a body: its members, its meetings, and who of an alliance could sit in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import QuerySet

from alliances.meetings.models import Body, Meeting, Seat
from alliances.membership.models import Alliance, Membership
from alliances.schools.models import School, SchoolPost
from partnership.toolkit.folding import folded
from partnership.toolkit.statements import answer

MOST_SEATS = 1_000
PAST_SHOWN = 6
LOOKS_BACK = timedelta(days=400)


@dataclass(frozen=True)
class Members:
    """The seats of a body that are taken, will be, and were, each by name."""

    present: list[Any]
    coming: list[Any]
    past: list[Any]


def _seats(*, body: Body, on: date) -> QuerySet[Seat]:
    seats = Seat.objects.filter(body=body).select_related("school", "person")
    return seats.with_speaker(on=on).order_by("pk")[:MOST_SEATS]


def members_of(body: Body, *, on: date) -> Members:
    """All its seats in one query; `speaker` is whoever answers for the school today."""
    seats: list[Any] = sorted(answer(_seats, body=body, on=on), key=seat_order)
    past = [seat for seat in seats if seat.ends_on is not None and seat.ends_on < on]
    coming = [seat for seat in seats if seat.starts_on is not None and seat.starts_on > on]
    present = [seat for seat in seats if seat not in past and seat not in coming]
    past.sort(key=lambda seat: seat.ends_on, reverse=True)
    return Members(present, [seat for seat in coming if seat not in past], past)


def seat_order(seat: Any) -> tuple[bool, str, str, int]:
    """Schools by name first, then people who sit for themselves."""
    school = folded(seat.school.name) if seat.school else ""
    return not school, school, seat.person.search_name if seat.person else "", seat.pk


def _around(*, body: Body, since: datetime) -> QuerySet[Meeting]:
    meetings = Meeting.objects.filter(body=body, starts_at__gte=since)
    return meetings.order_by("starts_at", "pk")


def meetings_around(
    body: Body, *, now: datetime, since: datetime, with_drafts: bool
) -> tuple[list[Meeting], list[Meeting]]:
    """What comes, the next first, and the last ones that are over, in one query."""
    rows = answer(_around, body=body, since=since)
    seen = [each for each in rows if with_drafts or each.state != Meeting.State.DRAFT]
    coming = [each for each in seen if each.ends_at >= now]
    past = [each for each in seen if each.ends_at < now and each.state != Meeting.State.DRAFT]
    return coming, past[: -PAST_SHOWN - 1 : -1]


class Whom(models.TextChoices):
    """Whom every member school can send into a body."""

    HEADS = "heads", "Heads"
    CHAIRS_OF_GOVERNORS = "chairs_of_governors", "Chairs of governors"
    BUSINESS_MANAGERS = "business_managers", "Business managers"
    SENCOS = "sencos", "SENCOs"
    PREMISES_MANAGERS = "premises_managers", "Premises managers"


POSTS: dict[str, SchoolPost.Kind] = {
    Whom.CHAIRS_OF_GOVERNORS: SchoolPost.Kind.CHAIR_OF_GOVERNORS,
    Whom.BUSINESS_MANAGERS: SchoolPost.Kind.BUSINESS_MANAGER,
    Whom.SENCOS: SchoolPost.Kind.SENCO,
    Whom.PREMISES_MANAGERS: SchoolPost.Kind.PREMISES_MANAGER,
}


def usual_whom(kind: str) -> Whom:
    """Whom a body of this kind gathers."""
    return Whom(kind) if kind in Whom.values else Whom.HEADS


@dataclass(frozen=True)
class Candidate:
    """A school that can have a seat: for its head, or for the one person named."""

    school: School
    person_id: int | None
    name: str

    @property
    def place(self) -> tuple[int, int | None]:
        """The seat that it would be."""
        return self.school.pk, self.person_id


@dataclass(frozen=True)
class Everybody:
    """All whom an alliance could send: who is new, who sits there already, and where nobody is known."""

    new: list[Candidate]
    seated: int
    missing: list[School]


def everybody_for(body: Body, whom: Whom, *, on: date) -> Everybody:
    """Its alliance’s members but for mere partners, each once; three queries for any number."""
    schools = list(member_schools(body.alliance, on=on))
    holders = _holders(schools, whom, on=on)
    taken = set(body.seats.sharing_days(on, None).values_list("school_id", "person_id"))
    new: list[Candidate] = []
    seated = 0
    for school in schools:
        people = holders.get(school.pk, [])
        sent = people if whom != Whom.HEADS else [(None, people[0][1] if people else "")]
        for person_id, name in sent:
            if (school.pk, person_id) in taken:
                seated += 1
            else:
                new.append(Candidate(school, person_id, name))
    return Everybody(new, seated, [school for school in schools if school.pk not in holders])


def member_schools(alliance: Alliance, *, on: date) -> QuerySet[School]:
    """The schools that belong to an alliance on a day, but for mere partners."""
    members = Membership.objects.on(on).filter(alliance=alliance)
    full = members.exclude(kind=Membership.Kind.PARTNER).values("school")
    return School.objects.filter(pk__in=full).order_by("search_text", "pk")


def _holders(
    schools: Iterable[School], whom: Whom, *, on: date
) -> dict[int, list[tuple[int, str]]]:
    posts = SchoolPost.objects.on(on).filter(
        school__in=[school.pk for school in schools], person__is_active=True
    )
    posts = posts.of_heads() if whom == Whom.HEADS else posts.filter(kind=POSTS[whom])
    found: dict[int, list[tuple[int, str]]] = {}
    rows = posts.order_by("person__search_name", "pk").values_list(
        "school_id", "person_id", "person__name"
    )
    for school_id, person_id, name in rows:
        holders = found.setdefault(school_id, [])
        if (person_id, name) not in holders:
            holders.append((person_id, name))
    return found
