from datetime import timedelta

import pytest
from django.utils import timezone

from alliances.meetings.models import Attendance, Meeting, Minute, MinuteDraft
from alliances.meetings.services.minuting import Entry, MinutesChanged, keep_draft, save_minutes
from alliances.meetings.services.registering import Mark, Marks, take_register
from partnership.audit.models import Event
from tests.factories import AgendaItemFactory, MeetingFactory, MeetingReplyFactory, PersonFactory
from tests.processes.test_races import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

Came = Attendance.State


def meeting_in_session():
    now = timezone.now()
    return MeetingFactory(
        called=True,
        state=Meeting.State.IN_SESSION,
        starts_at=now - timedelta(minutes=10),
        began_at=now - timedelta(minutes=5),
    )


def writing(meeting, item, text, told):
    writer = PersonFactory()

    def act():
        own, entry = Meeting.objects.get(pk=meeting.pk), Entry(item=item, text=text)
        try:
            save_minutes(meeting=own, entries=[entry], by=writer, now=timezone.now())
        except MinutesChanged as changed:
            told.append({key: minute.text for key, minute in changed.current.items()})

    return act


def typing(meeting, person, text):
    def act():
        own = Meeting.objects.get(pk=meeting.pk)
        told = {"item": None, "text": text, "seen_version": 0}
        keep_draft(meeting=own, **told, by=person, now=timezone.now())

    return act


def marking(meeting, marks):
    taker = PersonFactory()

    def act():
        own = Meeting.objects.get(pk=meeting.pk)
        take_register(meeting=own, marks=Marks(replies=marks), by=taker, now=timezone.now())

    return act


def test_of_two_who_minute_one_item_at_once_the_second_is_shown_what_the_first_wrote():
    meeting = meeting_in_session()
    item = AgendaItemFactory(meeting=meeting, position=1)
    told = []

    outcomes = at_once(*(writing(meeting, item, text, told) for text in ("One.", "Another.")))

    kept = Minute.objects.get()
    assert outcomes == ["done", "done"]
    assert kept.text in {"One.", "Another."}
    assert told == [{item.pk: kept.text}]
    assert Event.objects.filter(action="minutes written").count() == 1


def test_two_who_minute_different_items_at_once_are_both_kept():
    meeting = meeting_in_session()
    items = [AgendaItemFactory(meeting=meeting, position=place) for place in (1, 2)]
    told = []

    at_once(*(writing(meeting, item, f"Of {item.position}.", told) for item in items))

    assert told == []
    assert {minute.text for minute in Minute.objects.all()} == {"Of 1.", "Of 2."}


def test_what_one_types_in_two_tabs_at_once_is_one_draft():
    meeting, person = meeting_in_session(), PersonFactory()

    outcomes = at_once(*(typing(meeting, person, text) for text in ("One.", "Another.")))

    assert outcomes == ["done", "done"]
    assert MinuteDraft.objects.get().text in {"One.", "Another."}


def test_a_register_taken_on_two_telephones_at_once_keeps_what_each_of_them_touched():
    meeting = meeting_in_session()
    first, second = (MeetingReplyFactory(meeting=meeting).pk for _ in range(2))
    seen = Mark(Came.ABSENT, is_touched=False)

    outcomes = at_once(
        marking(meeting, {first: Mark(Came.PRESENT), second: seen}),
        marking(meeting, {first: seen, second: Mark(Came.LATE)}),
    )

    lines = dict(meeting.attendances.values_list("reply", "state"))
    assert outcomes == ["done", "done"]
    assert lines == {first: Came.PRESENT, second: Came.LATE}
    assert Event.objects.filter(action="register taken").count() == 2
