from datetime import timedelta

import pytest

from alliances.meetings.models import Meeting
from alliances.meetings.services import (
    Mark,
    Marks,
    NotNow,
    begin_meeting,
    end_meeting,
    hold_meeting,
    take_register,
)
from partnership.audit.models import Event
from tests.alliances.meetings.acts import NOW, call, reply_of, seated
from tests.factories import BodyFactory, MeetingFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    body = BodyFactory()
    heads = [seated(body) for _ in range(3)]
    meeting = call(MeetingFactory(body=body))
    meeting.heads = heads
    meeting.keys = [reply_of(head, meeting).pk for head in heads]
    return meeting


def take(meeting, replies, then="", by=None, at=None, **more):
    marks = Marks(replies, **more)
    return take_register(
        meeting=meeting,
        marks=marks,
        then=then,
        by=by or PersonFactory(),
        now=at or meeting.starts_at,
    )


def lines(meeting):
    rows = meeting.attendances.exclude(reply=None)
    return {
        key: (state, sub) for key, state, sub in rows.values_list("reply", "state", "substitute")
    }


def test_a_meeting_begins_from_half_an_hour_before_its_start(board):
    early = board.starts_at - timedelta(minutes=31)

    with pytest.raises(NotNow, match="half an hour before"):
        begin_meeting(meeting=board, by=PersonFactory(), now=early)
    begun = begin_meeting(
        meeting=board, by=PersonFactory(), now=board.starts_at - timedelta(minutes=30)
    )

    assert begun.state == Meeting.State.IN_SESSION
    assert begun.began_at == board.starts_at - timedelta(minutes=30)


@pytest.mark.parametrize("state", ["draft", "in_session", "held", "cancelled"])
def test_only_a_called_meeting_begins(state):
    meeting = MeetingFactory(state=state)

    with pytest.raises(NotNow, match="Only a called meeting"):
        begin_meeting(meeting=meeting, by=PersonFactory(), now=meeting.starts_at)


def test_beginning_keeps_what_was_proposed(board):
    a, b, _c = board.keys

    take(board, {a: Mark("present", is_touched=False), b: Mark("apologies")}, then="begin")

    assert lines(board) == {a: ("present", ""), b: ("apologies", "")}
    board.refresh_from_db()
    assert (board.state, board.register_taken_at) == ("in_session", board.starts_at)


def test_before_it_begins_there_is_no_register(board):
    with pytest.raises(NotNow, match="once the meeting has begun"):
        take(board, {board.keys[0]: Mark("present")})

    assert lines(board) == {}


def test_two_people_at_once_lose_none_of_each_others_lines(board):
    a, b, c = board.keys
    proposed = {key: Mark("present", is_touched=False) for key in board.keys}
    take(board, proposed, then="begin")

    take(board, {**proposed, a: Mark("late")})
    take(board, {**proposed, b: Mark("absent")})

    assert lines(board) == {a: ("late", ""), b: ("absent", ""), c: ("present", "")}


def test_a_substitute_is_named_only_where_one_came(board):
    a, b, _c = board.keys
    take(board, {a: Mark("substitute", " Beth Lowe "), b: Mark("present", "Beth")}, then="begin")

    take(board, {a: Mark("substitute", "Beth Lowe"), b: Mark("present")})

    assert lines(board) == {a: ("substitute", "Beth Lowe"), b: ("present", "")}
    assert Event.objects.filter(action="register taken").count() == 1


def test_who_is_not_asked_has_no_line(board):
    other = call(MeetingFactory(body=BodyFactory(lead=PersonFactory())), by=board.heads[0])
    stranger = other.replies.get()
    board.replies.filter(pk=board.keys[0]).update(ended_at=NOW)

    take(board, {stranger.pk: Mark("present"), board.keys[0]: Mark("present")}, then="begin")

    assert lines(board) == {}


def test_guests_come_by_name_once_and_go_again(board):
    take(board, {}, then="begin", new_guest="Jo Bloggs")
    take(board, {}, new_guest="jo bloggs")
    guest = board.attendances.get()
    take(board, {}, gone_guests=[guest.pk])

    assert guest.name == "Jo Bloggs"
    assert not board.attendances.exists()


def test_a_guest_who_goes_is_never_somebody_who_was_asked(board):
    take(board, {board.keys[0]: Mark("present")}, then="begin")

    take(board, {}, gone_guests=[board.attendances.get().pk])

    assert lines(board) == {board.keys[0]: ("present", "")}


def test_ending_sets_when_minutes_are_due_five_school_days_later(board):
    take(board, {board.keys[0]: Mark("present")}, then="begin")

    ended = take(board, {board.keys[1]: Mark("late")}, then="end", at=board.ends_at)

    assert (ended.state, ended.held_at) == (Meeting.State.HELD, board.ends_at)
    assert ended.minutes_due_at.isoformat() == "2027-01-19T17:00:00+00:00"
    assert len(lines(board)) == 2


def test_only_a_meeting_that_has_begun_ends(board):
    with pytest.raises(NotNow, match="has begun"):
        end_meeting(meeting=board, by=PersonFactory(), now=board.ends_at)


def test_it_was_held_with_or_without_a_register(board):
    with pytest.raises(NotNow, match="not over yet"):
        hold_meeting(meeting=board, by=PersonFactory(), now=board.starts_at)

    held = take(board, {board.keys[0]: Mark("present")}, then="hold", at=board.ends_at)
    take(board, {board.keys[1]: Mark("absent")}, at=board.ends_at + timedelta(days=1))

    assert held.state == Meeting.State.HELD
    assert lines(board) == {board.keys[0]: ("present", ""), board.keys[1]: ("absent", "")}


def test_the_register_stays_once_minutes_are_approved(board):
    hold_meeting(meeting=board, by=PersonFactory(), now=board.ends_at)
    Meeting.objects.filter(pk=board.pk).update(minutes_state="approved")

    with pytest.raises(NotNow, match="are approved"):
        take(board, {board.keys[0]: Mark("present")}, at=board.ends_at)


def test_the_audit_counts_lines_and_names_nobody(board):
    taker = PersonFactory()

    take(board, {board.keys[0]: Mark("substitute", "Beth Lowe")}, then="begin", by=taker)

    event = Event.objects.get(action="register taken")
    assert (event.actor_id, event.values, event.title) == (taker.pk, {"lines": 1}, board.title)
