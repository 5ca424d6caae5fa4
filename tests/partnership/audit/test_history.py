from datetime import UTC, datetime, timedelta

import pytest
from django.template.loader import render_to_string

from partnership.audit.history import History, history_of
from partnership.audit.models import Event
from partnership.audit.services import record
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_things_history_names_who_did_what_and_which_fields_the_latest_first():
    thing = PersonFactory()
    staff = PersonFactory(name="Ola Officer")
    record("person added", thing, by=None, at=NOW)
    fields = ["name", "known_as", "version", "papers_order"]
    record("person edited", thing, by=staff, at=NOW + timedelta(days=1), fields=fields)

    history = history_of(thing)

    assert [(event.action, event.who, event.fields) for event in history] == [
        ("Person edited", "Ola Officer", ("name", "known as", "papers order")),
        ("Person added", "The portal", ()),
    ]


def test_whoever_was_erased_is_no_longer_named():
    thing, gone = PersonFactory(), PersonFactory()
    record("person edited", thing, by=gone, at=NOW)
    gone.delete()

    assert [event.who for event in history_of(thing)] == ["Somebody who has left"]


def test_a_history_holds_nothing_of_other_things():
    thing, other = PersonFactory(), PersonFactory()
    record("person edited", other, by=other, at=NOW)

    assert history_of(thing) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_history_costs_one_query(rows, django_assert_num_queries):
    thing = PersonFactory()
    for _row in range(rows):
        record("person edited", thing, by=PersonFactory(), at=NOW)

    with django_assert_num_queries(1):
        history = history_of(thing)

    assert len(history) == rows


def test_a_long_history_shows_its_end():
    thing = PersonFactory()
    for day in range(12):
        record(f"edit {day}", thing, by=None, at=NOW + timedelta(days=day))

    latest, whole = history_of(thing), history_of(thing, whole=True)

    assert [event.action for event in latest] == [f"Edit {day}" for day in range(11, 1, -1)]
    assert latest.has_more
    assert [event.action for event in whole][-2:] == ["Edit 1", "Edit 0"]
    assert not whole.has_more
    panel = "audit/includes/_history.html"
    assert "?history=all#history" in render_to_string(panel, {"history": latest})
    assert "?history=all#history" not in render_to_string(panel, {"history": whole})


def test_the_panel_shows_names_escaped_and_says_when_there_is_nothing():
    thing = PersonFactory()
    record("person edited", thing, by=PersonFactory(name="<b>Jo</b>"), at=NOW, fields=["name"])

    shown = render_to_string("audit/includes/_history.html", {"history": history_of(thing)})
    empty = render_to_string("audit/includes/_history.html", {"history": History()})

    assert "&lt;b&gt;Jo&lt;/b&gt;" in shown
    assert "Monday 23 November 2026, 9am" in shown
    assert "Nothing has been changed yet." in empty


def test_what_happened_is_neither_changed_nor_deleted():
    event = record("person edited", PersonFactory(), by=None, at=NOW)
    event.action = "something else"

    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()

    assert str(Event.objects.get()) == f"person edited: {event.title}"
