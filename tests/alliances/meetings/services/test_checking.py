from datetime import UTC, datetime, timedelta

import pytest

from alliances.meetings.models import Meeting, MinuteDraft
from alliances.meetings.services.checking import (
    approve_minutes,
    check_minutes,
    give_to_chair,
    send_back_minutes,
)
from alliances.meetings.services.minuting import keep_draft
from alliances.meetings.services.states import NotNow
from partnership.audit.models import Event
from tests.alliances.meetings.acts import told
from tests.alliances.meetings.held import NOW, Held

pytestmark = pytest.mark.django_db
State = Meeting.MinutesState


def give(held, **facts):
    return give_to_chair(meeting=held.meeting, **{"by": held.taker, "now": NOW, **facts})


def test_the_chair_has_five_school_days_to_check():
    held = Held()
    held.say()

    meeting = give(held)

    assert meeting.minutes_state == State.DRAFTED
    assert meeting.minutes_check_due_at == datetime(2026, 11, 27, 17, tzinfo=UTC)
    assert told("minutes_to_check") == [held.chair]
    assert Event.objects.filter(action="minutes given to the chair").count() == 1


def test_without_a_chair_whoever_called_the_meeting_checks():
    held = Held()
    held.say()
    Meeting.objects.update(chair=None)
    held.meeting.refresh_from_db()

    give(held)

    assert told("minutes_to_check") == [held.director]


def test_nobody_is_told_of_her_own_minutes():
    held = Held()
    held.say()

    give(held, by=held.chair)

    assert told("minutes_to_check") == []


def test_empty_minutes_are_not_given():
    with pytest.raises(NotNow):
        give(Held())


def test_minutes_are_given_once_the_meeting_was_held():
    held = Held(state=Meeting.State.IN_SESSION, held_at=None)
    held.say()

    with pytest.raises(NotNow):
        give(held)


def test_minutes_are_given_once():
    with pytest.raises(NotNow):
        give(Held().drafted())


def test_sent_back_they_are_due_again_in_two_school_days():
    held = Held().drafted()

    meeting = send_back_minutes(
        meeting=held.meeting, because="Item 1 is too long.", by=held.chair, now=NOW
    )

    assert meeting.minutes_state == State.NONE
    assert meeting.minutes_drafted_at is None
    assert meeting.minutes_due_at == datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert meeting.minutes_sent_back_because == "Item 1 is too long."
    assert told("minutes_sent_back") == [held.taker]


def test_given_again_the_sentence_is_gone():
    held = Held().drafted()
    send_back_minutes(meeting=held.meeting, because="Too long.", by=held.chair, now=NOW)

    meeting = give(held, now=NOW + timedelta(hours=1))

    assert meeting.minutes_sent_back_because == ""
    assert told("minutes_to_check") == [held.chair]


def test_checked_they_are_published_to_everybody_who_was_asked():
    held = Held().drafted()

    meeting = check_minutes(meeting=held.meeting, by=held.chair, now=NOW)

    assert (meeting.minutes_state, meeting.minutes_checked_by) == (State.CHECKED, held.chair)
    assert told("minutes_published") == [held.head, held.other_head, held.guest]


def test_minutes_that_nobody_gave_are_not_checked():
    held = Held()
    held.say()

    for act in (
        lambda: check_minutes(meeting=held.meeting, by=held.chair, now=NOW),
        lambda: send_back_minutes(meeting=held.meeting, because="No", by=held.chair, now=NOW),
    ):
        with pytest.raises(NotNow):
            act()


def test_a_later_meeting_of_the_body_approves_them_and_drafts_are_forgotten():
    held = Held().checked()
    later = held.later()
    keep_draft(meeting=held.meeting, item=None, text="A", seen_version=0, by=held.chair, now=NOW)

    meeting = approve_minutes(
        meeting=held.meeting, approved_in=later, by=held.director, now=NOW + timedelta(days=60)
    )

    assert (meeting.minutes_state, meeting.minutes_approved_in) == (State.APPROVED, later)
    assert not MinuteDraft.objects.exists()


@pytest.mark.parametrize("wrong", ["of another body", "not begun", "itself", "not checked"])
def test_nothing_else_approves_them(wrong):
    held = Held().drafted() if wrong == "not checked" else Held().checked()
    meeting = {
        "of another body": lambda: Held().later(),
        "not begun": lambda: held.later(state=Meeting.State.CALLED),
        "itself": lambda: held.meeting,
        "not checked": held.later,
    }[wrong]()

    with pytest.raises(NotNow):
        approve_minutes(meeting=held.meeting, approved_in=meeting, by=held.director, now=NOW)
