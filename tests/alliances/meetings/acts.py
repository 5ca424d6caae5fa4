"""What happens to meetings in many tests, with the facts that don't matter."""

from datetime import UTC, datetime, timedelta

from django.contrib.messages import get_messages

from alliances.meetings.services import call_meeting, move_meeting
from partnership.notices.models import Notice
from tests.factories import (
    AgendaItemFactory,
    AlliancePostFactory,
    BodyFactory,
    MeetingFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    SeatFactory,
)

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


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


class Oldham:
    """One alliance with a body, a called meeting and a draft, and people in every part."""

    def __init__(self):
        self.body = BodyFactory(
            name="Heads’ group", alliance__name="Oldham Schools Alliance", lead=PersonFactory()
        )
        self.lead = self.body.lead
        self.director, self.chair, self.administrator = (
            self.office(kind) for kind in ("director", "chair", "administrator")
        )
        self.partner = self.office("partner")
        self.head = seated(self.body, name="Delph Primary School")
        self.other_head = seated(self.body, name="Diggle School")
        self.stranger = seated(BodyFactory())
        self.officer = PersonFactory(staff=True)
        self.draft = MeetingFactory(body=self.body, title="Draft term", prepared_by=self.lead)
        self.meeting = call(
            MeetingFactory(
                body=self.body,
                title="Spring term",
                prepared_by=self.lead,
                agenda_published_at=NOW,
            ),
            by=self.director,
        )
        self.item = AgendaItemFactory(
            meeting=self.meeting, position=1, title="Attendance", presenter=self.head
        )
        self.page = self.meeting.get_absolute_url()
        self.draft_page = self.draft.get_absolute_url()
        self.reply = reply_of(self.head, self.meeting)
        self.answer_page = f"{self.page}replies/{self.reply.pk}/"
        forget_notices()

    def office(self, kind):
        return AlliancePostFactory(alliance=self.body.alliance, kind=kind).person
