"""What happens to meetings in many tests, with the facts that don't matter."""

from datetime import UTC, datetime, timedelta

from alliances.meetings.services import call_meeting, move_meeting
from partnership.notices.models import Notice
from tests.factories import PersonFactory, SchoolFactory, SchoolPostFactory, SeatFactory

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
NEW_DAY = datetime(2027, 1, 19, 16, tzinfo=UTC)


def head_of(school, **facts):
    return SchoolPostFactory(school=school, **facts).person


def seated(body, **facts):
    """A school with a seat in the body, and its head."""
    school = SchoolFactory(**facts)
    SeatFactory(body=body, school=school)
    return head_of(school)


def call(meeting, by=None, now=NOW):
    return call_meeting(meeting=meeting, by=by or PersonFactory(), now=now)


def move(meeting, by=None, starts_at=NEW_DAY, now=LATER, **facts):
    facts = {"ends_at": starts_at + timedelta(minutes=90), "place": "Delph library", **facts}
    return move_meeting(
        meeting=meeting, starts_at=starts_at, by=by or PersonFactory(), now=now, **facts
    )


def reply_of(person, meeting):
    return meeting.replies.get(person=person)


def asked(meeting):
    return {
        reply.person for reply in meeting.replies.filter(ended_at=None).select_related("person")
    }


def told(kind):
    notices = Notice.objects.filter(kind=f"meetings.{kind}").select_related("recipient")
    return [notice.recipient for notice in notices.order_by("recipient_id", "pk")]


def forget_notices():
    Notice.objects.all().delete()
