from datetime import date, timedelta

import pytest

from alliances.meetings.models import Body, Meeting
from alliances.meetings.services import (
    NotNow,
    SeatTaken,
    answer_meeting,
    ask_newcomers,
    close_body,
    edit_body,
    found_body,
    leave_seat,
    take_seat,
)
from partnership.audit.models import Event
from partnership.notices.models import Notice
from tests.alliances.meetings.acts import (
    LATER,
    NEW_DAY,
    NOW,
    asked,
    call,
    forget_notices,
    head_of,
    move,
    reply_of,
    seated,
    told,
)
from tests.factories import (
    AllianceFactory,
    BodyFactory,
    MeetingFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db


def test_a_meeting_that_asks_nobody_is_not_called():
    meeting = MeetingFactory()

    with pytest.raises(NotNow, match="nobody to ask"):
        call(meeting)

    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.DRAFT


def test_a_move_past_a_handover_asks_the_new_head_and_lets_the_old_one_go():
    body, school = BodyFactory(), SchoolFactory()
    SeatFactory(body=body, school=school)
    old = head_of(school, ends_on=date(2027, 1, 15))
    new = head_of(school, starts_on=date(2027, 1, 16))
    meeting = call(MeetingFactory(body=body))
    forget_notices()

    move(meeting)

    assert asked(meeting) == {new}
    assert reply_of(old, meeting).ended_at == LATER
    assert (told("moved"), told("called")) == ([], [new])


def test_a_newcomer_is_asked_and_told_of_what_is_called_already_once():
    body = BodyFactory()
    old = seated(body)
    meeting = call(MeetingFactory(body=body))
    MeetingFactory(body=body)
    MeetingFactory(body=body, called=True, starts_at=NOW - timedelta(days=1))
    forget_notices()
    school = SchoolFactory()
    new = head_of(school)

    take_seat(body=body, school=school, by=old, now=LATER)
    ask_newcomers(now=LATER + timedelta(days=1))

    assert asked(meeting) == {old, new}
    assert told("called") == [new]


def test_a_seat_is_taken_once():
    body, school = BodyFactory(), SchoolFactory()
    take_seat(body=body, school=school, by=PersonFactory(), now=NOW)

    with pytest.raises(SeatTaken):
        take_seat(body=body, school=school, by=PersonFactory(), now=NOW)


def test_a_new_head_is_asked_in_place_of_the_old_one_and_only_she_is_told():
    body, school = BodyFactory(), SchoolFactory()
    SeatFactory(body=body, school=school)
    old, other = SchoolPostFactory(school=school), seated(body)
    meeting = call(MeetingFactory(body=body))
    forget_notices()
    old.ends_on = date(2026, 12, 31)
    old.save()
    new = head_of(school, starts_on=date(2027, 1, 1))

    counts = [ask_newcomers(now=LATER), ask_newcomers(now=LATER)]

    assert counts == [1, 0]
    assert asked(meeting) == {new, other}
    assert told("called") == [new]


def test_a_new_lead_is_asked_and_the_former_one_let_go():
    former, lead = PersonFactory(), PersonFactory()
    body = BodyFactory(lead=former)
    head = seated(body)
    meeting = call(MeetingFactory(body=body))
    forget_notices()

    edit_body(body=body, name=body.name, lead=lead, by=former, now=LATER)

    assert asked(meeting) == {head, lead}
    assert told("called") == [lead]


def test_leaving_a_seat_ends_what_is_asked_after_its_last_day_alone():
    body = BodyFactory()
    head = seated(body)
    before = call(MeetingFactory(body=body))
    after = call(MeetingFactory(body=body, starts_at=NEW_DAY))
    forget_notices()

    leave_seat(seat=body.seats.get(), ends_on=date(2027, 1, 15), by=head, now=LATER)

    assert (asked(before), asked(after)) == ({head}, set())
    assert Notice.objects.count() == 0


def test_whoever_comes_back_is_asked_anew_told_again_and_old_links_stay_dead():
    body = BodyFactory()
    seated(body)
    own = PersonFactory()
    seat = SeatFactory(body=body, person=own)
    meeting = call(MeetingFactory(body=body))
    answer_meeting(reply=reply_of(own, meeting), answer="yes", by=own, now=NOW)
    leave_seat(seat=seat, ends_on=date(2026, 11, 30), by=own, now=NOW)

    take_seat(body=body, person=own, by=PersonFactory(), now=LATER)

    reply = reply_of(own, meeting)
    assert (reply.answer, reply.ended_at, reply.asking) == ("", None, 2)
    assert told("called").count(own) == 2


def test_a_body_is_founded_renamed_and_closed_with_its_history():
    alliance, chair = AllianceFactory(), PersonFactory()
    body = found_body(alliance=alliance, name="Board", kind=Body.Kind.BOARD, by=chair, now=NOW)
    body = edit_body(body=body, name="Strategic board", lead=None, by=chair, now=NOW)

    body = close_body(body=body, last_day=date(2027, 7, 31), by=chair, now=NOW)

    assert (body.name, body.closed_on) == ("Strategic board", date(2027, 7, 31))
    assert [
        (event.action, event.actor_id, event.alliance_id) for event in Event.objects.order_by("pk")
    ] == [
        ("body founded", chair.pk, alliance.pk),
        ("body edited", chair.pk, alliance.pk),
        ("body closed", chair.pk, alliance.pk),
    ]
