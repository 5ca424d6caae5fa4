from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliances.meetings.models import Meeting, MeetingReply
from alliances.meetings.services import (
    NoLongerAsked,
    answer_by_mail,
    answer_meeting,
    ask_newcomers,
    cancel_meeting,
    leave_seat,
    take_seat,
)
from alliances.meetings.services.answering import refuse_if_lapsed
from partnership.notices.models import Notice
from tests.alliances.meetings.acts import NEW_DAY, NOW, call, head_of, move
from tests.factories import BodyFactory, MeetingFactory, PersonFactory, SchoolFactory
from tests.factories.meetings import STARTS_AT

pytestmark = pytest.mark.django_db

ANSWERS = ("yes", "maybe", "no")
ACTS = st.one_of(
    st.tuples(st.just("move"), st.integers(0, 3)),
    st.tuples(st.just("place"), st.sampled_from(["Hall", "Library"])),
    st.tuples(st.just("answer"), st.tuples(st.integers(0, 2), st.sampled_from(ANSWERS))),
    st.tuples(st.just("mail"), st.tuples(st.integers(0, 2), st.sampled_from(ANSWERS))),
    st.tuples(st.just("leave"), st.integers(0, 2)),
    st.tuples(st.just("take"), st.integers(0, 2)),
    st.tuples(st.just("settle"), st.none()),
    st.tuples(st.just("cancel"), st.none()),
)


class Room:
    """A called meeting of three schools, what happens to it, and every link it ever sent."""

    def __init__(self):
        self.now = NOW
        self.office = PersonFactory()
        self.body = BodyFactory()
        self.schools = [SchoolFactory() for _ in range(3)]
        self.heads = [head_of(school) for school in self.schools]
        for at in range(3):
            self.take(at)
        self.meeting = call(MeetingFactory(body=self.body), by=self.office)
        self.links = set()
        self.keep_links()

    def replies(self):
        return self.meeting.replies.select_related("meeting__body", "person").order_by("pk")

    def keep_links(self):
        self.links |= {(reply.pk, reply.asking) for reply in self.replies()}

    def live_links(self):
        return {link for link in self.links if self.is_live(*link)}

    def is_live(self, reply_id, asking):
        reply = self.replies().get(pk=reply_id)
        try:
            refuse_if_lapsed(reply, asking=asking, now=self.now)
        except NoLongerAsked:
            return False
        return True

    def do(self, act, detail):
        self.now += timedelta(minutes=1)
        self.meeting = Meeting.objects.select_related("body").get(pk=self.meeting.pk)
        if self.meeting.state == "called" or act in {"leave", "take", "settle"}:
            getattr(self, act)(detail)
        self.keep_links()

    def move(self, week):
        starts_at = NEW_DAY + timedelta(days=7 * week)
        move(self.meeting, by=self.office, starts_at=starts_at, place="", link="l", now=self.now)

    def place(self, place):
        starts_at, ends_at = self.meeting.starts_at, self.meeting.ends_at
        move(
            self.meeting,
            by=self.office,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            now=self.now,
        )

    def answer(self, said):
        at, answer = said
        for reply in self.replies().filter(person=self.heads[at], ended_at=None):
            answer_meeting(reply=reply, answer=answer, by=reply.person, now=self.now)

    def mail(self, said):
        at, answer = said
        for reply in self.replies().filter(person=self.heads[at], ended_at=None):
            answer_by_mail(reply=reply, asking=reply.asking, answer=answer, now=self.now)

    def leave(self, at):
        for seat in self.body.seats.filter(school=self.schools[at], ends_on=None):
            leave_seat(
                seat=seat, ends_on=self.now.date() - timedelta(days=1), by=self.office, now=self.now
            )

    def take(self, at):
        if not self.body.seats.filter(school=self.schools[at], ends_on=None).exists():
            take_seat(body=self.body, school=self.schools[at], by=self.office, now=self.now)

    def settle(self, _nothing):
        ask_newcomers(body=self.body, now=self.now)

    def cancel(self, _nothing):
        cancel_meeting(meeting=self.meeting, because="", by=self.office, now=self.now)


@given(acts=st.lists(ACTS, max_size=8))
@settings(max_examples=15, deadline=None)
def test_whatever_happens_only_links_of_the_last_asking_live(acts):
    room = Room()

    for act, detail in acts:
        room.do(act, detail)

    meeting = Meeting.objects.get(pk=room.meeting.pk)
    standing = room.replies().filter(ended_at=None)
    expected = {(reply.pk, reply.asking) for reply in standing if meeting.state == "called"}
    assert room.live_links() == expected


@given(acts=st.lists(ACTS, max_size=8))
@settings(max_examples=15, deadline=None)
def test_whatever_happens_nobody_is_asked_twice_for_a_school_or_told_twice_of_one_thing(acts):
    room = Room()

    for act, detail in acts:
        room.do(act, detail)

    places = list(room.replies().values_list("person", "school"))
    keys = list(Notice.objects.values_list("recipient", "key"))
    assert len(places) == len(set(places)) == 3
    assert len(keys) == len(set(keys))


@given(
    before=st.lists(st.sampled_from(("", *ANSWERS)), min_size=3, max_size=3),
    week=st.integers(0, 3),
)
@settings(max_examples=15, deadline=None)
def test_no_answer_survives_a_move_in_time_and_every_answer_a_move_in_place(before, week):
    room = Room()
    for at, answer in enumerate(before):
        if answer:
            room.answer((at, answer))

    room.do("place", "Hall")
    kept = list(room.replies().values_list("answer", flat=True))
    room.do("move", week)

    assert kept == before
    assert list(room.replies().values_list("answer", "answered_at")) == [("", None)] * 3


@given(minutes=st.integers(1, 60 * 24 * 60))
@settings(max_examples=25, deadline=None)
def test_an_answer_is_never_wanted_in_the_past_or_after_the_meeting_begins(minutes):
    body = BodyFactory()
    school = SchoolFactory()
    take_seat(body=body, school=school, by=head_of(school), now=NOW)

    meeting = call(MeetingFactory(body=body), now=STARTS_AT - timedelta(minutes=minutes))

    assert meeting.called_at < meeting.answer_by <= meeting.starts_at
    assert MeetingReply.objects.filter(meeting=meeting).count() == 1
