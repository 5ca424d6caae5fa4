from datetime import date

import pytest

from alliances.meetings.models import Meeting, MeetingReply
from alliances.meetings.services import NotNow, edit_body
from tests.alliances.meetings.acts import NOW, asked, call, head_of, reply_of, seated, told
from tests.factories import (
    BodyFactory,
    MeetingFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db


def test_calling_asks_and_tells_everybody_with_a_seat_and_nobody_else():
    body = BodyFactory(lead=PersonFactory())
    heads = [seated(body), seated(body)]
    own = SeatFactory(body=body, person=PersonFactory()).person
    seated(BodyFactory(alliance=body.alliance))
    SchoolPostFactory(school=SchoolFactory())

    meeting = call(MeetingFactory(body=body))

    assert (meeting.state, meeting.version) == (Meeting.State.CALLED, 2)
    assert asked(meeting) == {*heads, own, body.lead}
    assert told("called") == sorted([*heads, own, body.lead], key=lambda person: person.pk)


def test_whoever_calls_is_not_mailed_and_counts_as_coming():
    body = BodyFactory()
    caller, other = seated(body), seated(body)

    meeting = call(MeetingFactory(body=body), by=caller)

    assert told("called") == [other]
    assert reply_of(caller, meeting).answer == "yes"
    assert reply_of(caller, meeting).answered_at == NOW
    assert reply_of(other, meeting).answer == ""


def test_a_caller_without_a_seat_is_not_asked():
    body, caller = BodyFactory(), PersonFactory()
    head = seated(body)

    meeting = call(MeetingFactory(body=body), by=caller)

    assert asked(meeting) == {head}


def test_a_head_of_two_schools_answers_for_each_and_is_told_once():
    body, head = BodyFactory(), PersonFactory()
    schools = [SchoolFactory(), SchoolFactory()]
    for school in schools:
        SeatFactory(body=body, school=school)
        SchoolPostFactory(school=school, person=head, kind="executive_head")

    meeting = call(MeetingFactory(body=body))

    assert [reply.school for reply in meeting.replies.order_by("pk")] == schools
    assert told("called") == [head]


def test_a_school_with_two_heads_is_asked_once():
    body, school = BodyFactory(), SchoolFactory()
    SeatFactory(body=body, school=school)
    head_of(school, kind="interim_head")
    head = head_of(school, kind="head")
    head_of(school, kind="deputy")

    meeting = call(MeetingFactory(body=body))

    assert asked(meeting) == {head}


def test_a_person_who_fills_her_schools_seat_is_asked_in_place_of_its_head():
    body, school = BodyFactory(), SchoolFactory()
    head_of(school)
    deputy = PersonFactory()
    SeatFactory(body=body, school=school, person=deputy)

    meeting = call(MeetingFactory(body=body))

    assert asked(meeting) == {deputy}


def test_who_speaks_for_a_school_is_not_asked_again_for_herself():
    body = BodyFactory()
    head = seated(body)
    SeatFactory(body=body, person=head)
    edit_body(body=body, name=body.name, lead=head, by=head, now=NOW)
    body.refresh_from_db()

    meeting = call(MeetingFactory(body=body))

    assert [(reply.person, reply.school is None) for reply in meeting.replies.all()] == [
        (head, False)
    ]


def test_people_who_may_not_sign_in_are_not_asked():
    body = BodyFactory(lead=PersonFactory(invited_only=True))
    SeatFactory(body=body, person=PersonFactory(is_active=False))
    head = seated(body)

    meeting = call(MeetingFactory(body=body))

    assert asked(meeting) == {head}


def test_seats_and_headships_count_on_the_day_of_the_meeting():
    body = BodyFactory()
    school = SchoolFactory()
    SeatFactory(body=body, school=school)
    head_of(school, ends_on=date(2026, 12, 31))
    new_head = head_of(school, starts_on=date(2027, 1, 1))
    SeatFactory(body=body, person=PersonFactory(), ends_on=date(2027, 1, 11))
    until_that_day = SeatFactory(body=body, person=PersonFactory(), ends_on=date(2027, 1, 12))

    meeting = call(MeetingFactory(body=body))

    assert asked(meeting) == {new_head, until_that_day.person}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"called": True}, "called already"),
        ({"state": "cancelled"}, "called already"),
        ({"starts_at": NOW}, "begin in the past"),
        ({"place": ""}, "where you meet"),
    ],
)
def test_a_meeting_is_called_once_and_for_a_coming_day_somewhere(facts, words):
    body = BodyFactory()
    seated(body)
    meeting = MeetingFactory(body=body, **facts)

    with pytest.raises(NotNow, match=words):
        call(meeting)

    assert (told("called"), MeetingReply.objects.count()) == ([], 0)
