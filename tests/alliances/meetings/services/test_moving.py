from datetime import UTC, date, datetime, timedelta

import pytest

from alliances.meetings.models import Meeting
from alliances.meetings.services import (
    NotNow,
    answer_meeting,
    cancel_meeting,
    hold_meeting,
    leave_seat,
)
from partnership.toolkit.versions import ChangedSince
from tests.alliances.meetings.acts import (
    LATER,
    NEW_DAY,
    NOW,
    call,
    forget_notices,
    move,
    reply_of,
    seated,
    told,
)
from tests.factories import BodyFactory, MeetingFactory, PersonFactory
from tests.factories.meetings import STARTS_AT

pytestmark = pytest.mark.django_db


def test_moving_in_time_tells_all_who_were_asked_and_forgets_their_answers():
    body, mover = BodyFactory(), PersonFactory()
    coming, staying, silent = seated(body), seated(body), seated(body)
    meeting = call(MeetingFactory(body=body))
    for person, answer in ((coming, "yes"), (staying, "no")):
        reply = reply_of(person, meeting)
        answer_meeting(reply=reply, answer=answer, apologies="Ill", by=person, now=NOW)
    forget_notices()

    meeting = move(meeting, by=mover)

    assert told("moved") == [coming, staying, silent]
    assert told("called") == []
    assert [
        (reply.answer, reply.answered_at, reply.apologies, reply.asking, reply.asked_at)
        for reply in meeting.replies.all()
    ] == [("", None, "", 2, LATER)] * 3
    assert (meeting.was_at, meeting.answer_by) == (
        STARTS_AT,
        datetime(2027, 1, 15, 17, tzinfo=UTC),
    )


def test_moving_in_place_only_tells_all_and_keeps_their_answers():
    body = BodyFactory()
    coming, silent = seated(body), seated(body)
    meeting = call(MeetingFactory(body=body))
    answer_meeting(reply=reply_of(coming, meeting), answer="yes", by=coming, now=NOW)
    forget_notices()

    meeting = move(meeting, starts_at=STARTS_AT)

    assert told("moved") == [coming, silent]
    assert [(reply.answer, reply.asking) for reply in meeting.replies.order_by("pk")] == [
        ("yes", 1),
        ("", 1),
    ]
    assert meeting.was_at is None


def test_whoever_moves_is_not_told_and_comes():
    body = BodyFactory()
    chair, head = seated(body), seated(body)
    meeting = call(MeetingFactory(body=body), by=chair)
    forget_notices()

    meeting = move(meeting, by=chair)

    assert told("moved") == [head]
    assert (reply_of(chair, meeting).answer, reply_of(chair, meeting).asking) == ("yes", 2)


def test_moving_to_where_it_is_already_changes_and_tells_nothing():
    body = BodyFactory()
    seated(body)
    meeting = call(MeetingFactory(body=body))
    forget_notices()

    again = move(meeting, starts_at=STARTS_AT, place=meeting.place)

    assert (told("moved"), again.version, again.sequence) == ([], meeting.version, 0)


def test_the_second_to_move_is_shown_the_first_move():
    body = BodyFactory()
    seated(body)
    meeting = call(MeetingFactory(body=body))
    seen = meeting.version
    moved = move(meeting, seen_version=seen)
    forget_notices()

    with pytest.raises(ChangedSince) as raised:
        move(meeting, starts_at=NEW_DAY + timedelta(days=7), seen_version=seen)

    assert raised.value.current.starts_at == moved.starts_at
    assert told("moved") == []


def test_cancelling_tells_everybody_asked_whatever_they_answered():
    body, chair = BodyFactory(), PersonFactory()
    coming, staying, silent = seated(body), seated(body), seated(body)
    meeting = call(MeetingFactory(body=body))
    answer_meeting(reply=reply_of(coming, meeting), answer="yes", by=coming, now=NOW)
    answer_meeting(reply=reply_of(staying, meeting), answer="no", by=staying, now=NOW)
    forget_notices()

    meeting = cancel_meeting(meeting=meeting, because="Snow", by=chair, now=LATER)

    assert told("cancelled") == [coming, staying, silent]
    assert (meeting.state, meeting.cancelled_because, meeting.cancelled_at) == (
        Meeting.State.CANCELLED,
        "Snow",
        LATER,
    )


def test_those_who_have_left_hear_of_no_move_and_no_cancellation():
    body = BodyFactory()
    head, left = seated(body), seated(body)
    meeting = call(MeetingFactory(body=body))
    leave_seat(
        seat=body.seats.get(school__posts__person=left),
        ends_on=date(2026, 12, 1),
        by=head,
        now=NOW,
    )
    forget_notices()

    meeting = move(meeting)
    cancel_meeting(meeting=meeting, because="", by=PersonFactory(), now=LATER)

    assert (told("moved"), told("cancelled")) == ([head], [head])


@pytest.mark.parametrize("state", ["draft", "held", "cancelled"])
def test_only_a_called_meeting_is_moved_cancelled_or_held(state):
    meeting = MeetingFactory(state=state)

    with pytest.raises(NotNow):
        move(meeting)
    with pytest.raises(NotNow):
        cancel_meeting(meeting=meeting, because="", by=PersonFactory(), now=NOW)
    with pytest.raises(NotNow):
        hold_meeting(meeting=meeting, by=PersonFactory(), now=STARTS_AT + timedelta(days=1))


def test_what_is_over_is_neither_moved_nor_cancelled_and_can_be_held():
    meeting = MeetingFactory(called=True)
    over = meeting.ends_at

    with pytest.raises(NotNow, match="over"):
        move(meeting, now=over)
    with pytest.raises(NotNow, match="over"):
        cancel_meeting(meeting=meeting, because="", by=PersonFactory(), now=over)
    with pytest.raises(NotNow, match="not over"):
        hold_meeting(meeting=meeting, by=PersonFactory(), now=over - timedelta(minutes=1))
    assert hold_meeting(meeting=meeting, by=PersonFactory(), now=over).state == "held"


def test_nothing_is_moved_into_the_past():
    body = BodyFactory()
    seated(body)
    meeting = call(MeetingFactory(body=body))

    with pytest.raises(NotNow, match="past"):
        move(meeting, starts_at=NOW - timedelta(days=1))
