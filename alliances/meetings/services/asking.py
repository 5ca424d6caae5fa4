"""Who is asked to a meeting: whoever holds a seat on its day, each school once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from alliances.meetings.models import SPEAKS_FIRST, Body, Meeting, MeetingReply
from alliances.schools.models import SchoolPost
from partnership.calendar.days import UK
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.versions import lock

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


def places_in(body: Body, *, on: date) -> list[Place]:
    """The (person, school) pairs to be asked on a day.

    Somebody who speaks for a school isn't asked for herself beside it, and a body's lead and deputy
    who have no seat are asked too.
    """
    seats = body.seats.on(on).values_list("school_id", "person_id")
    seated = [(person_id, school_id) for school_id, person_id in seats]
    heads = heads_of((school for person, school in seated if school and not person), on=on)
    places: set[tuple[int | None, int | None]] = {
        (person or heads.get(school or 0), school) for person, school in seated
    }
    places |= {(body.lead_id, None), (body.deputy_id, None)}
    for_schools = {person for person, school in places if school}
    wanted = {
        (person, school)
        for person, school in places
        if person is not None and (school or person not in for_schools)
    }
    joined = Person.objects.who_may_sign_in().filter(pk__in={person for person, _ in wanted})
    active = set(joined.values_list("pk", flat=True))
    return sorted(
        (place for place in wanted if place[0] in active),
        key=lambda place: (place[0], place[1] or 0),
    )


def settle_places(meeting: Meeting, *, by: Person | None, now: datetime) -> list[int]:
    """Ask whoever holds a seat on its day and isn't asked yet, and let go who no longer does.

    Returns who is newly asked. Whoever calls the meeting is taken to come herself.
    """
    places = places_in(meeting.body, on=meeting.starts_at.astimezone(UK).date())
    known = {(reply.person_id, reply.school_id): reply for reply in meeting.replies.all()}
    gone = [
        reply.pk for place, reply in known.items() if place not in places and reply.ended_at is None
    ]
    meeting.replies.filter(pk__in=gone).update(ended_at=now)
    new = [place for place in places if place not in known or known[place].ended_at is not None]
    ask_again([known[place].pk for place in new if place in known], now=now)
    MeetingReply.objects.bulk_create(
        MeetingReply(meeting=meeting, person_id=person_id, school_id=school_id, asked_at=now)
        for person_id, school_id in new
        if (person_id, school_id) not in known
    )
    if by is None:
        return sorted({person_id for person_id, _school in new})
    own = meeting.replies.filter(person=by, ended_at=None, answered_at=None)
    own.update(answer=MeetingReply.Answer.YES, answered_at=now)
    return sorted({person_id for person_id, _school in new if person_id != by.pk})


def ask_again(reply_ids: Iterable[int], *, now: datetime) -> None:
    """Forget what was answered; links of earlier mails stop working."""
    MeetingReply.objects.filter(pk__in=reply_ids).update(
        answer=MeetingReply.Answer.NONE,
        answered_at=None,
        apologies="",
        substitute="",
        asked_at=now,
        ended_at=None,
        asking=F("asking") + 1,
    )


def those_asked(meeting: Meeting, *, besides: Iterable[int] = ()) -> list[int]:
    """Everybody who is asked to it, but for some."""
    replies = meeting.replies.filter(ended_at=None).exclude(person__in=set(besides))
    return list(replies.order_by("person_id").values_list("person_id", flat=True))


def tell_asked(
    meeting: Meeting, kind: str, recipients: Iterable[int], *, now: datetime, **facts: object
) -> None:
    """Write a notice to each; what happens to the meeting later is another notice."""
    verb = kind.partition(".")[2]
    tell(
        recipients=recipients,
        kind=kind,
        key=f"meeting-{verb}:{meeting.pk}:{meeting.sequence}:{now:%Y-%m-%dT%H:%M:%S}",
        thing_id=meeting.pk,
        facts=facts,
        now=now,
        alliance_id=meeting.body.alliance_id,
    )


def times_of(meeting: Meeting) -> dict[str, str]:
    """The times that a notice is about: at other times it is stale."""
    return {"starts_at": meeting.starts_at.isoformat(), "ends_at": meeting.ends_at.isoformat()}


def ask_newcomers(*, body: Body | None = None, now: datetime) -> int:
    """Ask those who have taken over a seat since a meeting was called; how many are new.

    Each meeting is settled in a transaction of its own, and running it twice asks nobody twice.
    """
    coming = Meeting.objects.called_ahead(now=now).order_by("starts_at", "pk")
    if body is not None:
        coming = coming.filter(body=body)
    asked = 0
    for meeting in coming.select_related("body").iterator(chunk_size=500):
        with transaction.atomic():
            current = lock(meeting)
            if current.state != Meeting.State.CALLED:
                continue
            current.body = meeting.body
            newly = settle_places(current, by=None, now=now)
            tell_asked(current, "meetings.called", newly, now=now, **times_of(current))
            asked += len(newly)
    return asked
