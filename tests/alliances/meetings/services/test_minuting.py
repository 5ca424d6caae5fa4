from datetime import timedelta

import pytest
from django.db import transaction

from alliances.meetings.models import Action, Decision, Meeting, Minute, MinuteDraft
from alliances.meetings.services.minuting import (
    Entry,
    MinutesChanged,
    NewAction,
    keep_draft,
    save_minutes,
)
from alliances.meetings.services.states import NotNow
from partnership.audit.models import Event
from tests.alliances.meetings.acts import told
from tests.alliances.meetings.held import DUE, NOW, Held

pytestmark = pytest.mark.django_db


def test_what_was_typed_is_kept_with_its_decision_and_its_action():
    held = Held()
    action = NewAction("Send the form", held.head, DUE)

    save_minutes(
        meeting=held.meeting,
        entries=[Entry(held.item, "We talked.", decision="We use one form.", action=action)],
        by=held.taker,
        now=NOW,
    )

    minute = Minute.objects.get()
    assert (minute.item, minute.text, minute.written_by) == (held.item, "We talked.", held.taker)
    assert [decision.words for decision in Decision.objects.all()] == ["We use one form."]
    given = Action.objects.get()
    assert (given.title, given.owner, given.item) == ("Send the form", held.head, held.item)
    assert told("action_given") == [held.head]
    assert Event.objects.filter(action="minutes written").count() == 1


def test_what_nobody_touched_is_left_alone():
    held = Held()
    held.say("By the chair.", item=held.item, by=held.chair)

    save_minutes(
        meeting=held.meeting,
        entries=[Entry(held.item, None), Entry(None, "In general.")],
        by=held.taker,
        now=NOW,
    )

    texts = {minute.item: minute.text for minute in Minute.objects.all()}
    assert texts == {held.item: "By the chair.", None: "In general."}


def test_the_second_of_two_who_write_one_part_is_told_and_nothing_is_stored_by_halves():
    held = Held()
    held.say("By the chair.", item=held.item, by=held.chair)

    with pytest.raises(MinutesChanged) as changed, transaction.atomic():
        save_minutes(
            meeting=held.meeting,
            entries=[Entry(None, "In general."), Entry(held.item, "By me.", seen_version=0)],
            by=held.taker,
            now=NOW,
        )

    assert {key: minute.text for key, minute in changed.value.current.items()} == {
        held.item.pk: "By the chair."
    }
    assert [minute.text for minute in Minute.objects.all()] == ["By the chair."]


def test_two_who_write_different_parts_do_not_meet():
    held = Held()
    held.say("By the chair.", item=held.item, by=held.chair)

    held.say("By the minute taker.", item=held.secret, by=held.taker)

    assert Minute.objects.count() == 2


def test_two_who_write_the_same_words_do_not_meet():
    held = Held()
    held.say("We talked.", item=held.item, by=held.chair)

    held.say("We talked.", item=held.item, by=held.taker)

    assert Minute.objects.get().written_by == held.chair


def test_a_draft_is_kept_for_one_person_and_gone_once_she_saves():
    held = Held()
    for person in (held.taker, held.chair):
        keep_draft(
            meeting=held.meeting, item=held.item, text="We", seen_version=0, by=person, now=NOW
        )
    keep_draft(
        meeting=held.meeting, item=held.item, text="We ta", seen_version=0, by=held.taker, now=NOW
    )

    held.say("We talked.", item=held.item)

    assert [draft.person for draft in MinuteDraft.objects.all()] == [held.chair]


def test_a_general_draft_is_kept_once():
    held = Held()

    for text in ("A", "AB"):
        keep_draft(
            meeting=held.meeting, item=None, text=text, seen_version=0, by=held.taker, now=NOW
        )

    assert [draft.text for draft in MinuteDraft.objects.all()] == ["AB"]


def test_a_draft_that_says_what_stands_is_forgotten():
    held = Held()
    held.say("We talked.", item=held.item)
    told_draft = {"meeting": held.meeting, "item": held.item, "by": held.taker, "now": NOW}
    keep_draft(**told_draft, text="We talked. A lot", seen_version=1)

    is_kept = keep_draft(**told_draft, text="We talked.", seen_version=1)

    assert not is_kept
    assert not MinuteDraft.objects.exists()


def test_what_is_discarded_is_forgotten_and_not_saved():
    held = Held()
    keep_draft(
        meeting=held.meeting, item=held.item, text="No", seen_version=0, by=held.taker, now=NOW
    )

    save_minutes(
        meeting=held.meeting,
        entries=[Entry(held.item, "No", is_discarded=True), Entry(None, "Yes")],
        by=held.taker,
        now=NOW,
    )

    assert not MinuteDraft.objects.exists()
    assert [minute.text for minute in Minute.objects.all()] == ["Yes"]


def test_a_decision_is_struck_out():
    held = Held()
    held.say(None, item=held.item, decision="One form.")
    decision = Decision.objects.get()

    save_minutes(meeting=held.meeting, entries=[], struck=decision.pk, by=held.taker, now=NOW)

    assert not Decision.objects.exists()
    assert Event.objects.filter(action="decision struck out").count() == 1


def test_a_decision_of_another_meeting_stays():
    held, other = Held(), Held()
    other.say(None, item=other.item, decision="One form.")

    save_minutes(
        meeting=held.meeting, entries=[], struck=Decision.objects.get().pk, by=held.taker, now=NOW
    )

    assert Decision.objects.count() == 1


@pytest.mark.parametrize("state", [Meeting.State.CALLED, Meeting.State.CANCELLED])
def test_nothing_is_minuted_of_a_meeting_that_has_not_begun(state):
    held = Held(state=state, held_at=None)

    with pytest.raises(NotNow):
        held.say()
    with pytest.raises(NotNow):
        keep_draft(
            meeting=held.meeting, item=None, text="A", seen_version=0, by=held.taker, now=NOW
        )


def test_a_meeting_in_session_is_minuted():
    held = Held(state=Meeting.State.IN_SESSION, held_at=None)

    held.say()

    assert Minute.objects.count() == 1


def test_checked_minutes_are_changed_with_a_reason_alone():
    held = Held().checked()

    with pytest.raises(NotNow):
        held.say("Worse.", item=held.item, by=held.chair, seen_version=1)
    held.say("Worse.", item=held.item, by=held.chair, seen_version=1, because="It had got worse.")

    minute = Minute.objects.get(item=held.item)
    assert (minute.text, minute.changed_because) == ("Worse.", "It had got worse.")
    assert Event.objects.filter(action="minutes mended").count() == 1


def test_approved_minutes_do_not_change():
    held = Held().checked()
    Meeting.objects.filter(pk=held.meeting.pk).update(minutes_state="approved")

    with pytest.raises(NotNow):
        held.say("Worse.", by=held.chair, because="It had got worse.", now=NOW + timedelta(days=2))
