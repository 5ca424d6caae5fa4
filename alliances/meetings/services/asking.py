"""Who is asked to a meeting: whoever holds a seat on its day, each school once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from alliances.meetings.models import Meeting, MeetingReply, Seat
from alliances.schools.models import SchoolPost
from partnership.calendar.days import UK
from partnership.people.models import Person

SPEAKS_FIRST = (
    SchoolPost.Kind.HEAD,
    SchoolPost.Kind.PRINCIPAL,
    SchoolPost.Kind.INTERIM_HEAD,
    SchoolPost.Kind.HEAD_OF_SCHOOL,
    SchoolPost.Kind.EXECUTIVE_HEAD,
)

Place = tuple[int, int | None]


def heads_of(school_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """Who speaks for each school on a day: one person each, by the order of posts."""
    posts = (
        SchoolPost.objects.on(on)
        .of_heads()
        .filter(school__in=set(school_ids), person__is_active=True)
        .values_list("school_id", "kind", "pk", "person_id")
    )
    ranked = sorted(posts, key=lambda post: (SPEAKS_FIRST.index(post[1]), post[2]), reverse=True)
    return {school_id: person_id for school_id, _kind, _pk, person_id in ranked}


def places_of(meeting: Meeting, seats: Iterable[Seat] | None = None) -> list[Place]:
    """The (person, school) pairs that are asked; a person's own seat has no school."""
    day = meeting.starts_at.astimezone(UK).date()
    taken = list(meeting.body.seats.on(day)) if seats is None else list(seats)
    heads = heads_of(
        (seat.school_id for seat in taken if seat.school_id and not seat.person_id), on=day
    )
    places = {(seat.person_id or heads.get(seat.school_id or 0), seat.school_id) for seat in taken}
    if meeting.body.lead_id not in {person_id for person_id, _school in places}:
        places.add((meeting.body.lead_id, None))
    asked = [(person_id, school_id) for person_id, school_id in places if person_id is not None]
    active = set(
        Person.objects.who_may_sign_in()
        .filter(pk__in={person_id for person_id, _school in asked})
        .values_list("pk", flat=True)
    )
    return sorted(
        ((person_id, school_id) for person_id, school_id in asked if person_id in active),
        key=lambda place: (place[0], place[1] or 0),
    )


def ask(meeting: Meeting, places: Iterable[Place], *, by: Person, now: datetime) -> list[int]:
    """Ask those who aren't asked yet; who they are. Whoever calls it is taken to come herself."""
    known = set(meeting.replies.filter(ended_at=None).values_list("person_id", "school_id"))
    new = [place for place in places if place not in known]
    meeting.replies.filter(
        ended_at__isnull=False, person_id__in={person_id for person_id, _school in new}
    ).delete()
    MeetingReply.objects.bulk_create(
        MeetingReply(
            meeting=meeting,
            person_id=person_id,
            school_id=school_id,
            asked_at=now,
            answer=MeetingReply.Answer.YES if person_id == by.pk else "",
            answered_at=now if person_id == by.pk else None,
        )
        for person_id, school_id in new
    )
    return [person_id for person_id, _school in new if person_id != by.pk]
