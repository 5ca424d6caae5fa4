"""A meeting that was held, with a chair, a minute taker and a confidential item, and a later one."""

from datetime import UTC, datetime, timedelta

from alliances.meetings.models import Meeting
from alliances.meetings.services.checking import check_minutes, give_to_chair
from alliances.meetings.services.minuting import Entry, save_minutes
from tests.alliances.meetings.acts import forget_notices, seated
from tests.factories import (
    AgendaItemFactory,
    AlliancePostFactory,
    BodyFactory,
    MeetingFactory,
    MeetingReplyFactory,
    PersonFactory,
)

STARTED = datetime(2026, 11, 19, 16, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 10, 15, tzinfo=UTC)
DUE = datetime(2026, 11, 27, 17, tzinfo=UTC)


class Held:
    """The heads' group has met: its chair and its minute taker hold no other part in it."""

    def __init__(self, **facts):
        self.body = BodyFactory(
            name="Heads’ group",
            alliance__name="Oldham Schools Alliance",
            lead=PersonFactory(name="Leah Lead"),
        )
        self.lead = self.body.lead
        self.director = AlliancePostFactory(
            alliance=self.body.alliance, kind="director", person__name="Dora Director"
        ).person
        self.head = seated(self.body, name="Delph Primary School")
        self.other_head = seated(self.body, name="Diggle School")
        self.stranger = seated(BodyFactory())
        self.chair = PersonFactory(name="Cora Chair")
        self.taker = PersonFactory(name="Tess Taker")
        self.guest = PersonFactory(name="Gus Guest")
        facts = {"state": Meeting.State.HELD, "held_at": STARTED, "minutes_due_at": DUE, **facts}
        self.meeting = MeetingFactory(
            body=self.body,
            called=True,
            prepared_by=self.director,
            title="Autumn term",
            starts_at=STARTED,
            chair=self.chair,
            minute_taker=self.taker,
            **facts,
        )
        for person in (self.head, self.other_head, self.guest):
            MeetingReplyFactory(meeting=self.meeting, person=person)
        self.item = AgendaItemFactory(meeting=self.meeting, position=1, title="Attendance")
        self.secret = AgendaItemFactory(
            meeting=self.meeting, position=2, title="Pay of one person", is_confidential=True
        )
        self.page = f"/meetings/{self.meeting.pk}/minutes/"

    def say(self, text="We talked.", *, item=None, by=None, now=NOW, because="", **more):
        entry = Entry(item=item, text=text, **more)
        return save_minutes(
            meeting=self.meeting, entries=[entry], because=because, by=by or self.taker, now=now
        )

    def drafted(self, now=NOW):
        self.say(item=self.item, text="Attendance is better.")
        self.say(item=self.secret, text="She gets more.")
        give_to_chair(meeting=self.meeting, by=self.taker, now=now)
        self.meeting.refresh_from_db()
        forget_notices()
        return self

    def checked(self, now=NOW + timedelta(days=1)):
        self.drafted()
        check_minutes(meeting=self.meeting, by=self.chair, now=now)
        self.meeting.refresh_from_db()
        forget_notices()
        return self

    def later(self, **facts):
        facts = {"state": Meeting.State.IN_SESSION, **facts}
        return MeetingFactory(
            body=self.body,
            called=True,
            title="Spring term",
            starts_at=STARTED + timedelta(days=60),
            **facts,
        )
