"""What those who call and keep meetings owe: the agenda, a quorum, the register."""

from datetime import timedelta

import pytest

from alliances.meetings.duties.agendas import AGENDA
from alliances.meetings.duties.quorum import QUORUM
from alliances.meetings.duties.registers import REGISTER
from alliances.meetings.services import (
    Mark,
    Marks,
    add_item,
    answer_meeting,
    begin_meeting,
    cancel_meeting,
    end_meeting,
    hold_meeting,
    publish_agenda,
    take_register,
)
from partnership.notices.models import Notice
from partnership.notices.services import plan_reminders
from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from tests.alliances.meetings.acts import (
    LATER,
    NOW,
    call,
    forget_notices,
    move,
    reply_of,
    seated,
)
from tests.factories import (
    BodyFactory,
    MeetingFactory,
    MeetingReplyFactory,
    PersonFactory,
    SeatFactory,
)
from tests.factories.meetings import STARTS_AT

pytestmark = pytest.mark.django_db
WEEK_BEFORE = STARTS_AT - timedelta(days=7)


def owed(kind, now=NOW, **window):
    return [Duty(*row) for row in all_duties(DutyWindow(now=now, kinds=[kind], **window))]


def owing(kind, now=NOW, **window):
    return [duty.person_id for duty in owed(kind, now, **window)]


def reminded(*moments):
    for moment in moments:
        plan_reminders(now=moment)
    return [notice.recipient_id for notice in Notice.objects.order_by("pk")]


def called(by=None, heads=2, **facts):
    body = facts.pop("body", None) or BodyFactory(lead=PersonFactory())
    meeting_heads = [seated(body) for _ in range(heads)]
    meeting = call(MeetingFactory(body=body, **facts), by=by)
    meeting.heads = meeting_heads
    forget_notices()
    return meeting


def test_whoever_called_publishes_the_agenda_by_its_day():
    meeting = called(title="Spring term")

    (duty,) = owed(AGENDA)

    assert (duty.person_id, duty.goes_up_to_id) == (meeting.called_by_id, meeting.body.lead_id)
    assert (duty.due_at, duty.title, duty.url) == (
        meeting.agenda_due_at,
        "Publish the agenda: Spring term",
        f"/meetings/{meeting.pk}/",
    )
    assert duty.line == "Meeting of Tuesday 12 January 2027, 4pm"


def test_the_agenda_goes_up_to_the_meetings_chair_and_never_to_who_owes_it():
    chair, lead = PersonFactory(), PersonFactory()
    called(chair=chair)
    own = called(body=BodyFactory(lead=lead), by=lead)

    assert {duty.thing_id: duty.goes_up_to_id for duty in owed(AGENDA)} == {
        own.pk - 1: chair.pk,
        own.pk: None,
    }


def publish(meeting):
    add_item(meeting=meeting, title="Attendance", by=PersonFactory(), now=LATER)
    publish_agenda(meeting=meeting, by=PersonFactory(), now=LATER)


@pytest.mark.parametrize(
    "what",
    [
        publish,
        lambda meeting: cancel_meeting(meeting=meeting, because="", by=PersonFactory(), now=LATER),
    ],
)
def test_an_agenda_that_is_published_or_not_needed_is_owed_no_more(what):
    what(called())

    assert owing(AGENDA) == []


def test_an_agenda_is_not_owed_once_the_meeting_has_begun():
    meeting = called()

    assert owing(AGENDA, STARTS_AT - timedelta(minutes=1)) == [meeting.called_by_id]
    assert owing(AGENDA, STARTS_AT) == []


def test_a_past_window_tells_when_agendas_came():
    meeting = called()
    publish(meeting)

    (duty,) = owed(AGENDA, STARTS_AT + timedelta(days=9), with_done=True)

    assert duty.done_at == LATER


def test_a_reminder_of_the_agenda_goes_once():
    meeting = called()
    monday = meeting.agenda_due_at - timedelta(days=1, hours=8)

    who = reminded(monday, monday + timedelta(minutes=5))

    assert who.count(meeting.called_by_id) == 1


@pytest.mark.parametrize("part", ["meeting", "body", "nobody"])
def test_the_minute_taker_takes_the_register_from_the_start_else_who_called(part):
    taker = PersonFactory()
    body = BodyFactory(minute_taker=taker if part == "body" else None)
    meeting = called(body=body, minute_taker=taker if part == "meeting" else None)

    assert owing(REGISTER, STARTS_AT - timedelta(minutes=1)) == []
    (duty,) = owed(REGISTER, STARTS_AT)
    who = meeting.called_by_id if part == "nobody" else taker.pk
    assert (duty.person_id, duty.due_at) == (who, meeting.ends_at)
    assert duty.goes_up_to_id == (None if part == "nobody" else meeting.called_by_id)
    assert duty.url == f"/meetings/{meeting.pk}/register/"


def test_the_register_is_owed_until_the_meeting_stands_as_held():
    meeting = called()
    by = PersonFactory()
    begin_meeting(meeting=meeting, by=by, now=STARTS_AT)
    marks = Marks({reply_of(meeting.heads[0], meeting).pk: Mark("present")})
    take_register(meeting=meeting, marks=marks, by=by, now=STARTS_AT)
    during = owing(REGISTER, STARTS_AT)
    end_meeting(meeting=meeting, by=by, now=meeting.ends_at)

    assert during == [meeting.called_by_id]
    assert owing(REGISTER, meeting.ends_at) == []
    (past,) = owed(REGISTER, meeting.ends_at + timedelta(days=9), with_done=True)
    assert past.done_at == meeting.ends_at


def test_a_meeting_held_without_a_register_owes_none():
    meeting = called()
    hold_meeting(meeting=meeting, by=PersonFactory(), now=meeting.ends_at)

    assert owing(REGISTER, meeting.ends_at) == []


def test_a_reminder_of_the_register_goes_once_on_a_school_day():
    meeting = called()
    add_item(meeting=meeting, title="One", by=PersonFactory(), now=NOW)
    publish_agenda(meeting=meeting, by=PersonFactory(), now=NOW)
    forget_notices()
    next_day = STARTS_AT + timedelta(hours=17)

    assert reminded(next_day, next_day + timedelta(minutes=5)) == [meeting.called_by_id]


def short(fraction="", number=None, heads=4, **facts):
    body = BodyFactory(quorum_fraction=fraction, quorum_number=number)
    return called(body=body, heads=heads, **facts)


def say(meeting, *answers):
    for head, answer in zip(meeting.heads, answers, strict=False):
        instead = "Beth Lowe" if answer == "instead" else ""
        answer_meeting(
            reply=reply_of(head, meeting),
            answer="no" if instead else answer,
            substitute=instead,
            by=head,
            now=NOW,
        )


def test_a_week_before_too_few_are_coming_who_called_finds_them():
    meeting = short(fraction="1/2", title="Spring term")
    say(meeting, "yes", "maybe", "no")

    before, from_then = owed(QUORUM, WEEK_BEFORE - timedelta(minutes=1)), owed(QUORUM, WEEK_BEFORE)

    assert before == []
    (duty,) = from_then
    assert (duty.person_id, duty.due_at, duty.title, duty.line) == (
        meeting.called_by_id,
        WEEK_BEFORE,
        "Too few are coming: Spring term",
        "One is coming so far, on Tuesday 12 January 2027, 4pm",
    )


@pytest.mark.parametrize(
    ("quorum", "answers", "is_owed"),
    [
        ({"fraction": "1/2"}, ("yes", "yes"), False),
        ({"fraction": "1/2"}, ("yes", "instead"), False),
        ({"fraction": "1/2"}, ("yes", "maybe"), True),
        ({"fraction": "2/3"}, ("yes", "yes"), True),
        ({"fraction": "2/3"}, ("yes", "yes", "yes"), False),
        ({"number": 1}, ("yes",), False),
        ({"number": 2}, ("yes",), True),
        ({}, (), False),
    ],
)
def test_the_duty_counts_as_the_forecast_does(quorum, answers, is_owed):
    meeting = short(**quorum)
    say(meeting, *answers)

    assert bool(owing(QUORUM, WEEK_BEFORE)) is is_owed


def test_who_has_no_seat_fills_no_place():
    meeting = short(number=1)
    MeetingReplyFactory(meeting=meeting, answer="yes", answered_at=NOW)
    seat = SeatFactory(body=meeting.body, person=PersonFactory())
    MeetingReplyFactory(meeting=meeting, person=seat.person, answer="maybe", answered_at=NOW)

    assert owing(QUORUM, WEEK_BEFORE) == [meeting.called_by_id]


def test_enough_answers_end_it_and_so_does_the_meetings_end():
    meeting = short(number=1)
    say(meeting, "yes")
    other = short(number=1)

    assert owing(QUORUM, WEEK_BEFORE) == [other.called_by_id]
    assert owing(QUORUM, STARTS_AT) == []


def test_called_or_moved_late_it_is_due_when_answers_are():
    soon = short(number=1, starts_at=NOW + timedelta(days=4))
    moved = move(short(number=1), starts_at=LATER + timedelta(days=3))

    assert {duty.thing_id: duty.due_at for duty in owed(QUORUM, LATER + timedelta(days=2))} == {
        soon.pk: soon.answer_by,
        moved.pk: moved.answer_by,
    }
    assert owed(QUORUM, LATER) == []


def test_a_reminder_of_the_quorum_goes_once():
    meeting = short(number=4)
    add_item(meeting=meeting, title="One", by=PersonFactory(), now=NOW)
    publish_agenda(meeting=meeting, by=PersonFactory(), now=NOW)
    say(meeting, "no", "no", "no", "no")
    forget_notices()

    assert reminded(WEEK_BEFORE, WEEK_BEFORE + timedelta(minutes=5)) == [meeting.called_by_id]
