from datetime import UTC, datetime, timedelta

import pytest

from partnership.toolkit.registers import Duty, DutyWindow, all_duties, duty_kinds
from tests.factories import (
    AgendaItemFactory,
    MeetingReplyFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 1, 5, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def owed(**window):
    rows = all_duties(DutyWindow(now=NOW, **window))
    return [Duty(*row) for row in rows.order_by("duty_due_at", "duty_kind", "duty_thing_id")]


def paper(presenter, due_at=NOW + DAY):
    return AgendaItemFactory(
        presenter=presenter, paper_due_at=due_at, meeting__state="called", meeting__called_at=NOW
    )


@pytest.mark.parametrize("count", [1, 3])
def test_what_all_rooms_ask_is_one_select(django_assert_num_queries, count):
    person = PersonFactory()
    for _ in range(count):
        MeetingReplyFactory(person=person)
        paper(person)

    with django_assert_num_queries(1):
        found = owed(person_ids=[person.pk])

    assert [duty.kind for duty in found] == ["meetings.paper"] * count + ["meetings.answer"] * count


def test_a_window_holds_its_first_moment_and_not_its_last():
    person = PersonFactory()
    first, second = paper(person, NOW), paper(person, NOW + DAY)

    assert [duty.thing_id for duty in owed(due_from=NOW, due_until=NOW + DAY)] == [first.pk]
    assert [duty.thing_id for duty in owed(due_from=NOW + DAY)] == [second.pk]


def test_a_window_is_narrowed_to_people_kinds_and_things():
    ann, bea = PersonFactory(), PersonFactory()
    answer, hers = MeetingReplyFactory(person=ann), MeetingReplyFactory(person=bea)
    item = paper(ann)

    assert {(duty.kind, duty.thing_id) for duty in owed(person_ids=[ann.pk])} == {
        ("meetings.answer", answer.pk),
        ("meetings.paper", item.pk),
    }
    assert [duty.thing_id for duty in owed(kinds=["meetings.paper"])] == [item.pk]
    assert [duty.person_id for duty in owed(thing_ids={"meetings.answer": [hers.pk]})] == [bea.pk]
    assert owed(person_ids=[]) == []


def test_done_duties_are_there_for_who_asks_for_them():
    done = MeetingReplyFactory(answer="yes", answered_at=NOW)
    MeetingReplyFactory()

    assert done.pk not in [duty.thing_id for duty in owed()]
    assert {duty.thing_id: duty.done_at for duty in owed(with_done=True)}[done.pk] == NOW


def test_a_duty_is_named_by_its_deadline_and_said_by_its_kind():
    reply = MeetingReplyFactory(meeting__title="Heads in January")

    (duty,) = owed(person_ids=[reply.person_id])

    assert duty.key == f"meetings.answer:{reply.pk}:{reply.meeting.answer_by:%Y-%m-%dT%H:%MZ}"
    assert duty.spec is duty_kinds()["meetings.answer"]
    assert duty.title == "Will you come? Heads in January"
    assert duty.line.endswith("Greenfield Primary School")
    assert duty.url == reply.meeting.get_absolute_url()
    assert duty.group == str(reply.meeting_id)
    assert duty.goes_up_to_id == reply.meeting.called_by_id
    assert (duty.happens_at, duty.asked_at) == (reply.meeting.starts_at, reply.asked_at)


def test_a_window_without_a_moment_is_as_of_now():
    window = DutyWindow()

    assert abs(window.moment - datetime.now(UTC)) < timedelta(seconds=5)
    assert DutyWindow(now=datetime(2027, 6, 15, 23, 30, tzinfo=UTC)).today.day == 16


def test_every_kind_of_duty_can_be_said_and_reminded_of():
    for key, kind in duty_kinds().items():
        assert kind.key == key
        assert kind.words[0].isupper()
        assert kind.due
        assert kind.action
        assert kind.offsets == tuple(sorted(set(kind.offsets)))
        assert (kind.goes_up_after is None) == (kind.goes_up_to == "")
