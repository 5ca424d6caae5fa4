"""Bodies are founded, and seats in them taken and left."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from alliances.meetings.models import Body, Meeting, MeetingReply, Seat
from alliances.meetings.services.asking import ask, places_of
from alliances.membership.models import Alliance
from alliances.schools.models import School
from partnership.audit.services import record
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock


@transaction.atomic
def found_body(
    *,
    alliance: Alliance,
    name: str,
    kind: str,
    lead: Person | None = None,
    by: Person,
    now: datetime,
) -> Body:
    """A new body of an alliance, with nobody in it yet."""
    body = Body.objects.create(alliance=alliance, name=name, kind=kind, lead=lead)
    record("body founded", body, by=by, at=now, fields=["name", "kind"], alliance_id=alliance.pk)
    return body


@transaction.atomic
def edit_body(*, body: Body, name: str, lead: Person | None, by: Person, now: datetime) -> Body:
    """Another name, or another lead."""
    body = lock(body)
    changed = apply_changes(body, {"name": name, "lead": lead})
    if changed:
        record("body edited", body, by=by, at=now, fields=changed, alliance_id=body.alliance_id)
    return body


@transaction.atomic
def take_seat(
    *,
    body: Body,
    school: School | None = None,
    person: Person | None = None,
    starts_on: date | None = None,
    by: Person,
    now: datetime,
) -> Seat:
    """A school or a person takes a seat, and is asked to the meetings that are called already."""
    seat = Seat.objects.create(body=body, school=school, person=person, starts_on=starts_on)
    record(
        "seat taken",
        seat,
        by=by,
        at=now,
        title=body.name,
        school_id=school.pk if school else None,
        alliance_id=body.alliance_id,
    )
    coming = body.meetings.filter(state=Meeting.State.CALLED, starts_at__gt=now)
    for meeting in coming.select_related("body").order_by("starts_at", "pk"):
        places = [place for place in places_of(meeting, [seat]) if place[0] != body.lead_id]
        asked = ask(meeting, places, by=by, now=now)
        tell(
            recipients=asked,
            kind="meetings.called",
            key=f"meeting-called:{meeting.pk}:{meeting.sequence}",
            thing_id=meeting.pk,
            now=now,
            alliance_id=body.alliance_id,
        )
    return seat


@transaction.atomic
def leave_seat(*, seat: Seat, ends_on: date, by: Person, now: datetime) -> Seat:
    """A seat ends; whoever held it is no longer asked to meetings after its last day."""
    seat = lock(seat)
    seat.ends_on = ends_on
    seat.save(update_fields=["ends_on"])
    record(
        "seat left",
        seat,
        by=by,
        at=now,
        title=seat.body.name,
        fields=["ends_on"],
        school_id=seat.school_id,
        alliance_id=seat.body.alliance_id,
    )
    held = Q(school_id=seat.school_id) if seat.school_id else Q(school=None, person=seat.person_id)
    MeetingReply.objects.filter(
        held,
        meeting__body=seat.body_id,
        meeting__state=Meeting.State.CALLED,
        meeting__starts_at__gt=now,
        meeting__starts_at__date__gt=ends_on,
        ended_at=None,
    ).update(ended_at=now)
    return seat
