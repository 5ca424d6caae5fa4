from datetime import timedelta

import pytest

from alliances.meetings.models import Meeting
from alliances.meetings.services.actions import (
    change_action,
    drop_action,
    finish_action,
    give_action,
)
from alliances.meetings.services.checking import check_minutes, give_to_chair, send_back_minutes
from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, notice_kinds
from tests.alliances.meetings.acts import forget_notices
from tests.alliances.meetings.held import DUE, NOW, Held

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def letters(kind):
    notices = list(Notice.objects.filter(kind=f"meetings.{kind}").order_by("pk"))
    words = notice_kinds()[f"meetings.{kind}"].letters(notices, LATER)
    return [words[notice.pk] for notice in notices]


def are_stale(kind):
    found = letters(kind)
    return bool(found) and not any(isinstance(letter, Letter) for letter in found)


def given(held, item=None, owner=None):
    return give_action(
        body=held.body,
        meeting=held.meeting,
        item=item or held.item,
        title="Raise her pay",
        owner=owner or held.head,
        due_at=DUE,
        by=held.taker,
        now=NOW,
    )


def test_the_chair_is_asked_to_check_and_not_told_what_was_said():
    held = Held()
    held.say("She gets more.", item=held.secret)
    give_to_chair(meeting=held.meeting, by=held.taker, now=NOW)

    (letter,) = letters("minutes_to_check")

    assert letter.subject == "Minutes to check: Autumn term"
    assert "Please check them by Friday 27 November 2026." in letter.facts
    assert "She gets more" not in repr(letter)
    assert "Pay of one person" not in repr(letter)
    assert letter.button_url.endswith(held.page)


def test_minutes_that_are_checked_need_no_check():
    held = Held()
    held.say()
    give_to_chair(meeting=held.meeting, by=held.taker, now=NOW)
    check_minutes(meeting=held.meeting, by=held.chair, now=NOW)

    assert are_stale("minutes_to_check")


def test_somebody_else_chairs_by_now():
    held = Held()
    held.say()
    give_to_chair(meeting=held.meeting, by=held.taker, now=NOW)
    Meeting.objects.update(chair=held.guest)

    assert are_stale("minutes_to_check")


def test_sent_back_the_mail_says_that_and_not_why():
    held = Held().drafted()
    send_back_minutes(meeting=held.meeting, because="Her pay is wrong.", by=held.chair, now=NOW)

    (letter,) = letters("minutes_sent_back")

    assert letter.subject == "Minutes sent back: Autumn term"
    assert "Her pay" not in repr(letter)
    give_to_chair(meeting=held.meeting, by=held.taker, now=NOW)
    assert are_stale("minutes_sent_back")


def test_those_asked_are_told_of_the_minutes_unless_they_are_asked_no_more():
    held = Held().drafted()
    check_minutes(meeting=held.meeting, by=held.chair, now=NOW)
    held.meeting.replies.filter(person=held.guest).update(ended_at=NOW)

    found = letters("minutes_published")

    assert [isinstance(letter, Letter) for letter in found] == [True, True, False]
    assert found[0].subject == "Minutes: Autumn term"


def test_an_action_is_told_to_its_owner():
    held = Held()
    given(held)

    (letter,) = letters("action_given")

    assert letter.subject == "An action for you: Raise her pay"
    assert letter.facts == ("Heads’ group", "By Friday 27 November 2026")


def test_a_confidential_one_is_not_named():
    held = Held()
    given(held, item=held.secret)

    (letter,) = letters("action_given")

    assert letter.subject == "An action for you: A confidential action"
    assert "Raise" not in repr(letter)


def test_what_is_done_or_with_somebody_else_is_not_told():
    held = Held()
    finish_action(action=given(held), by=held.head, now=NOW)
    assert are_stale("action_given")
    forget_notices()
    action = given(held)
    change_action(action=action, changes={"owner": held.guest}, by=held.lead, now=NOW)

    assert [isinstance(letter, Letter) for letter in letters("action_given")] == [False, True]
    assert letters("action_handed_on")[0].subject == "No longer yours: Raise her pay"


def test_a_change_is_told_and_a_dropped_action():
    held = Held()
    action = given(held)
    change_action(action=action, changes={"due_at": DUE + timedelta(days=7)}, by=held.lead, now=NOW)
    (changed,) = letters("action_changed")
    drop_action(action=action, because="No", by=held.lead, now=NOW)
    (dropped,) = letters("action_dropped")

    assert changed.facts == ("Heads’ group", "By Friday 4 December 2026")
    assert dropped.subject == "Dropped: Raise her pay"
    assert are_stale("action_changed")


@pytest.mark.parametrize("count", [1, 3])
def test_letters_cost_the_same_for_one_and_for_three(django_assert_num_queries, count):
    for _each in range(count):
        held = Held()
        given(held)
        held.say()
        give_to_chair(meeting=held.meeting, by=held.taker, now=NOW)
        check_minutes(meeting=held.meeting, by=held.chair, now=NOW)

    for kind, queries in (("action_given", 2), ("minutes_to_check", 2), ("minutes_published", 3)):
        with django_assert_num_queries(queries):
            letters(kind)
