from datetime import timedelta

import pytest

from alliances.meetings.duties.actions import DO
from alliances.meetings.duties.minutes import CHECK, WRITE
from alliances.meetings.models import Meeting
from alliances.meetings.services.actions import drop_action, finish_action
from alliances.meetings.services.checking import check_minutes, give_to_chair, send_back_minutes
from partnership.notices.models import Notice
from partnership.notices.services import plan_reminders
from tests.alliances.meetings.acts import forget_notices
from tests.alliances.meetings.held import DUE, NOW, Held
from tests.alliances.meetings.test_duties import owed, owing
from tests.factories import ActionFactory

pytestmark = pytest.mark.django_db


def reminded(duty, at):
    plan_reminders(now=at)
    plan_reminders(now=at)
    notices = Notice.objects.filter(facts__duty=duty)
    return sorted(notices.values_list("recipient__name", flat=True))


def test_the_minute_taker_owes_the_minutes_until_the_chair_has_them():
    held = Held()

    assert owing(WRITE, NOW) == {held.taker.pk}
    held.say()
    give_to_chair(meeting=held.meeting, by=held.taker, now=NOW)
    assert owing(WRITE, NOW) == set()


def test_without_a_minute_taker_whoever_called_the_meeting_writes():
    held = Held()
    Meeting.objects.update(minute_taker=None)

    assert owing(WRITE, NOW) == {held.director.pk}
    held.body.minute_taker = held.guest
    held.body.save()
    assert owing(WRITE, NOW) == {held.guest.pk}


def test_a_cancelled_meeting_owes_no_minutes():
    Held(state=Meeting.State.CANCELLED)

    assert owing(WRITE, NOW) == set()


def test_the_chair_owes_the_check_until_the_minutes_are_right_or_back():
    held = Held().drafted()

    assert owing(CHECK, NOW) == {held.chair.pk}
    send_back_minutes(meeting=held.meeting, because="No", by=held.chair, now=NOW)
    assert (owing(CHECK, NOW), owing(WRITE, NOW)) == (set(), {held.taker.pk})
    give_to_chair(meeting=held.meeting, by=held.taker, now=NOW)
    check_minutes(meeting=held.meeting, by=held.chair, now=NOW)
    assert (owing(CHECK, NOW), owing(WRITE, NOW)) == (set(), set())


def test_without_a_chair_whoever_called_the_meeting_checks():
    held = Held()
    Meeting.objects.update(chair=None)
    held.meeting.refresh_from_db()
    held.drafted()

    assert owing(CHECK, NOW) == {held.director.pk}


def test_an_action_is_owed_by_its_owner_until_it_is_done_or_dropped():
    held = Held()
    one, other = (ActionFactory(body=held.body, owner=held.head) for _each in range(2))

    assert owing(DO, NOW) == {held.head.pk}
    finish_action(action=one, by=held.head, now=NOW)
    assert [duty.thing_id for duty in owed(DO, NOW)] == [other.pk]
    drop_action(action=other, because="No", by=held.lead, now=NOW)
    assert owed(DO, NOW) == []
    assert {duty.thing_id for duty in owed(DO, NOW, with_done=True)} == {one.pk, other.pk}


def test_a_confidential_action_is_not_named():
    held = Held()
    ActionFactory(
        body=held.body, meeting=held.meeting, item=held.secret, title="Raise", owner=held.head
    )

    (duty,) = owed(DO, NOW)

    line = f"An action of Heads’ group, {held.body.alliance}"
    assert (duty.title, duty.line) == ("A confidential action", line)


def test_the_minute_taker_is_reminded_once_and_the_chair_told_when_it_stays_undone():
    held = Held()
    late = DUE + timedelta(days=4)

    first = reminded(WRITE, DUE - timedelta(days=1))
    forget_notices()
    after = reminded(WRITE, late)

    assert first == [held.taker.name]
    assert held.chair.name in after


def test_nobody_is_reminded_of_what_is_done():
    held = Held().checked()
    action = ActionFactory(body=held.body, owner=held.head, due_at=DUE)
    finish_action(action=action, by=held.head, now=NOW)

    plan_reminders(now=DUE + timedelta(days=10))

    kinds = {WRITE, CHECK, DO}
    assert [notice for notice in Notice.objects.all() if notice.facts.get("duty") in kinds] == []


def test_the_owner_is_reminded_once_and_whoever_gave_it_told():
    held = Held()
    ActionFactory(body=held.body, owner=held.head, given_by=held.lead, due_at=DUE)

    first = reminded(DO, DUE - timedelta(days=2))
    forget_notices()
    after = reminded(DO, DUE + timedelta(days=6))

    assert first == [held.head.name]
    assert held.lead.name in after


def test_the_check_goes_up_to_the_office():
    held = Held().drafted()

    (duty,) = owed(CHECK, NOW)

    assert duty.goes_up_to_id == held.director.pk
