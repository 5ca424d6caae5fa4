from datetime import UTC, datetime

import pytest

from partnership.audit.models import Event
from partnership.notices.models import MailChoice
from partnership.notices.services import choose_reminders, clear_refusal, stop_reminders
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_choice_is_kept_and_recorded_once():
    person = PersonFactory()

    for _ in range(2):
        choose_reminders(person=person, reminders=MailChoice.Reminders.WEEKLY, now=NOW)

    assert MailChoice.objects.get().reminders == "weekly"
    assert [(event.action, event.actor_id, event.fields) for event in Event.objects.all()] == [
        ("reminders chosen", person.pk, ["reminders"])
    ]


def test_stopping_stops_the_mails_of_one_person_alone():
    one, other = PersonFactory(), PersonFactory()
    choose_reminders(person=other, reminders=MailChoice.Reminders.DAILY, now=NOW)

    stop_reminders(person=one, now=NOW)

    choices = MailChoice.objects.order_by("person_id").values_list("person_id", "reminders")
    assert list(choices) == [(one.pk, "none"), (other.pk, "daily")]


def test_a_refusal_is_cleared_by_staff_and_recorded():
    staff = PersonFactory(staff=True)
    choice = MailChoice.objects.create(
        person=PersonFactory(), refused_at=NOW, refused_because="No mailbox."
    )

    clear_refusal(choice=choice, by=staff, now=NOW)

    choice.refresh_from_db()
    assert (choice.refused_at, choice.refused_because) == (None, "")
    assert [(event.action, event.actor_id) for event in Event.objects.all()] == [
        ("refusal cleared", staff.pk)
    ]


def test_a_choice_for_one_kind_is_kept_beside_the_one_for_all():
    person = PersonFactory()
    by_kind = {"tests.answer": "none"}

    for _ in range(2):
        choose_reminders(
            person=person, reminders=MailChoice.Reminders.DAILY, by_kind=by_kind, now=NOW
        )
    choose_reminders(person=person, reminders=MailChoice.Reminders.WEEKLY, now=NOW)

    choice = MailChoice.objects.get()
    assert [choice.for_kind(kind) for kind in ("tests.answer", "tests.other")] == ["none", "weekly"]
    assert [sorted(event.fields) for event in Event.objects.order_by("id")] == [
        ["by_kind", "reminders"],
        ["reminders"],
    ]


def test_stopping_stops_also_what_was_chosen_for_one_kind():
    person = PersonFactory()
    keen = {"tests.answer": "at_once"}
    choose_reminders(person=person, reminders=MailChoice.Reminders.DAILY, by_kind=keen, now=NOW)

    stop_reminders(person=person, now=NOW)

    choice = MailChoice.objects.get()
    assert (choice.reminders, choice.by_kind) == ("none", {})
