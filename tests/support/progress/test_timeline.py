from datetime import timedelta

import pytest
import time_machine

from support.programmes.models import Strand
from support.programmes.services.telling import record_of
from support.progress.course.happenings import (
    BEGINNING,
    END,
    KINDS,
    MEASURES,
    PLAN,
    REVIEWS,
    VISITS,
    kind_of,
)
from tests.support.progress.begun import NOW, make_begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    with time_machine.travel(NOW, tick=False):
        made = make_begun()
        record_of("support asked for", made.programme, by=made.head, now=NOW - timedelta(days=90))
        record_of("plan changed", made.programme, by=made.head, now=NOW - timedelta(minutes=2))
        record_of("visit planned", made.programme, by=made.director, now=NOW)
        yield made


def _actions(client, person, begun, query=""):
    client.force_login(person)
    page = client.get(f"/support/{begun.programme.pk}/timeline/{query}")
    return [event.action for event in page.context["events"]]


def _practitioner(begun):
    strand = Strand.objects.filter(programme=begun.programme, practitioner__isnull=False).first()
    return strand.practitioner.person


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("request opened", BEGINNING),
        ("agreement signed by all", BEGINNING),
        ("plan agreed to", PLAN),
        ("action of a plan done", PLAN),
        ("note of a visit released", VISITS),
        ("placement held", VISITS),
        ("view of term 2 given", REVIEWS),
        ("difference in term 2 talked about", REVIEWS),
        ("figures entered", MEASURES),
        ("went on after a pause", END),
        ("terms of support ended", END),
        ("final view given", END),
    ],
)
def test_events_are_sorted_by_what_they_were_about(action, kind):
    assert kind_of(action) == kind
    assert kind in KINDS


def test_both_sides_that_bear_it_read_all_that_happened(client, begun):
    everything = ["Visit planned", "Plan changed", "Support asked for"]

    assert _actions(client, begun.head, begun) == everything
    assert _actions(client, begun.director, begun) == everything


def test_who_joined_for_the_support_reads_on_from_the_signatures(client, begun):
    assert _actions(client, _practitioner(begun), begun) == ["Visit planned", "Plan changed"]


def test_timeline_is_narrowed_to_a_kind_and_ignores_nonsense(client, begun):
    assert _actions(client, begun.head, begun, "?kind=plan") == ["Plan changed"]
    assert _actions(client, begun.head, begun, "?kind=measures") == []
    assert len(_actions(client, begun.head, begun, "?kind=gossip")) == 3


def test_timeline_costs_the_same_for_one_event_and_for_many(
    client, begun, django_assert_num_queries
):
    client.force_login(begun.head)
    address = f"/support/{begun.programme.pk}/timeline/"
    client.get(address)
    with django_assert_num_queries(3):
        client.get(address)
    for _ in range(3):
        record_of("plan changed", begun.programme, by=begun.head, now=NOW)
    with django_assert_num_queries(3):
        client.get(address)


def test_what_one_person_did_several_times_in_a_row_is_said_once(client, begun):
    for minutes in (3, 2, 1):
        at = NOW - timedelta(minutes=minutes)
        record_of("figures entered", begun.programme, by=begun.head, now=at)
    client.force_login(begun.head)

    page = client.get(f"/support/{begun.programme.pk}/timeline/?kind=measures")

    assert [(event.action, event.times) for event in page.context["events"]] == [
        ("Figures entered", 3)
    ]
    assert "3 times" in page.text
