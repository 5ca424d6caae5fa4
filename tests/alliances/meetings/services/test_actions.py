from datetime import UTC, datetime, timedelta

import pytest

from alliances.meetings.models import Action, Meeting
from alliances.meetings.services.actions import (
    actions_owned,
    change_action,
    drop_action,
    finish_action,
    give_action,
    pass_on_action,
    reopen_action,
    usual_due_at,
)
from alliances.meetings.services.states import NotNow
from partnership.audit.models import Event
from partnership.toolkit.registers import Leaver
from partnership.toolkit.versions import ChangedSince
from tests.alliances.meetings.acts import forget_notices, told
from tests.alliances.meetings.held import DUE, NOW, Held
from tests.factories import ActionFactory, PersonFactory
from tests.factories.calendar import authority_owner, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    return Held()


@pytest.fixture
def action(held):
    given = give_action(
        body=held.body,
        meeting=held.meeting,
        item=held.item,
        title="Send the form",
        owner=held.head,
        due_at=DUE,
        by=held.taker,
        now=NOW,
    )
    forget_notices()
    return given


def test_whoever_gives_an_action_to_herself_is_not_told(held):
    give_action(body=held.body, title="Ring", owner=held.lead, due_at=DUE, by=held.lead, now=NOW)

    assert told("action_given") == []


def test_the_usual_day_is_the_next_meeting(held):
    later = held.later(state=Meeting.State.CALLED)

    assert usual_due_at(held.body, after=held.meeting.starts_at, now=NOW) == later.starts_at


def test_without_a_next_meeting_it_is_a_school_day_in_two_weeks(held):
    due_at = usual_due_at(held.body, after=held.meeting.starts_at, now=NOW)

    assert due_at == datetime(2026, 12, 4, 17, tzinfo=UTC)


def test_in_the_holidays_the_usual_day_is_the_first_one_of_term(held):
    for seat in held.body.seats.all():
        settle(authority_owner(seat.school.authority))
    now = datetime(2026, 12, 10, 12, tzinfo=UTC)

    due_at = usual_due_at(held.body, after=held.meeting.starts_at, now=now)

    assert due_at == datetime(2027, 1, 5, 17, tzinfo=UTC)


def test_another_day_is_told_to_the_owner(held, action):
    later = DUE + timedelta(days=7)

    changed = change_action(action=action, changes={"due_at": later}, by=held.lead, now=NOW)

    assert (changed.due_at, changed.version) == (later, 2)
    assert told("action_changed") == [held.head]


def test_handed_on_both_are_told(held, action):
    change_action(action=action, changes={"owner": held.other_head}, by=held.lead, now=NOW)

    assert told("action_given") == [held.other_head]
    assert told("action_handed_on") == [held.head]


def test_nothing_changed_tells_nobody(held, action):
    change_action(action=action, changes={"title": action.title}, by=held.lead, now=NOW)

    assert told("action_changed") == []
    assert action.version == 1


def test_the_second_of_two_editors_is_told(held, action):
    change_action(action=action, changes={"title": "Send it"}, by=held.lead, now=NOW)

    with pytest.raises(ChangedSince):
        change_action(
            action=action, changes={"title": "Post it"}, seen_version=1, by=held.lead, now=NOW
        )


def test_done_twice_keeps_the_first(held, action):
    finish_action(action=action, note="Sent.", by=held.head, now=NOW)

    done = finish_action(action=action, note="Again", by=held.lead, now=NOW + timedelta(hours=1))

    assert (done.done_by, done.done_at, done.done_note) == (held.head, NOW, "Sent.")
    assert Event.objects.filter(action="action done").count() == 1


def test_done_is_taken_back_within_a_day(held, action):
    finish_action(action=action, note="Sent.", by=held.head, now=NOW)

    again = reopen_action(action=action, by=held.head, now=NOW + timedelta(hours=24))

    assert (again.is_open, again.done_by, again.done_note) == (True, None, "")


def test_after_a_day_it_stays_done(held, action):
    finish_action(action=action, by=held.head, now=NOW)

    with pytest.raises(NotNow):
        reopen_action(action=action, by=held.head, now=NOW + timedelta(hours=25))


def test_what_is_not_done_is_not_taken_back(held, action):
    with pytest.raises(NotNow):
        reopen_action(action=action, by=held.head, now=NOW)


def test_dropped_its_owner_is_told_why_on_its_page(held, action):
    dropped = drop_action(action=action, because="Not needed.", by=held.lead, now=NOW)

    assert (dropped.dropped_because, dropped.is_open) == ("Not needed.", False)
    assert told("action_dropped") == [held.head]


def test_what_is_dropped_is_neither_done_nor_changed_nor_dropped_again(held, action):
    drop_action(action=action, because="Not needed.", by=held.lead, now=NOW)

    for act in (
        lambda: finish_action(action=action, by=held.head, now=NOW),
        lambda: change_action(action=action, changes={"title": "B"}, by=held.lead, now=NOW),
        lambda: drop_action(action=action, because="No", by=held.lead, now=NOW),
    ):
        with pytest.raises(NotNow):
            act()


def test_what_is_confidential_is_not_named_in_the_audit(held):
    give_action(
        body=held.body,
        meeting=held.meeting,
        item=held.secret,
        title="Raise her pay",
        owner=held.head,
        due_at=DUE,
        by=held.taker,
        now=NOW,
    )

    assert Event.objects.get(action="action given").title == "Heads’ group"


def leaver_of(held, by=None):
    return Leaver(
        person=held.head,
        school=None,
        last_day=datetime(2026, 12, 18, tzinfo=UTC).date(),
        by=by or held.head,
        today=NOW.date(),
    )


def test_a_leaver_passes_on_what_is_still_to_do(held, action):
    finish_action(action=ActionFactory(owner=held.head), by=held.head, now=NOW)
    leaver = leaver_of(held)

    rows = [row[1] for row in actions_owned(leaver)]
    moved = pass_on_action(leaver, action.pk, to=held.other_head, now=NOW)
    again = pass_on_action(leaver, action.pk, to=held.other_head, now=NOW)

    assert rows == [action.pk]
    assert (moved, again) == (1, 0)
    assert Action.objects.get(pk=action.pk).owner == held.other_head


def test_whoever_runs_the_body_arranges_it_too_and_nobody_else(held, action):
    assert [row[1] for row in actions_owned(leaver_of(held, by=held.lead))] == [action.pk]
    assert list(actions_owned(leaver_of(held, by=PersonFactory()))) == []


def test_without_anybody_who_follows_it_is_dropped(held, action):
    pass_on_action(leaver_of(held), action.pk, to=None, now=NOW)

    assert not Action.objects.get(pk=action.pk).is_open
