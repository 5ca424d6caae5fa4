from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.cycles.models import DayPlace
from reviews.cycles.parts.turn import turn
from reviews.cycles.permissions import rights_in_cycle
from reviews.cycles.services.answering import answer_visit
from tests.factories.reviews import CycleHostFactory
from tests.reviews.cycles.year import NOW, made_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return made_year()


def turn_of(person, cycle, now=NOW):
    rights = rights_in_cycle(person, cycle, now.date())
    with CaptureQueriesContext(connection) as queries:
        part = turn(rights, now)
    assert len(queries) <= 1
    return part and part.nouns["turn"]


def test_whoever_is_asked_answers_first_thing_on_the_page_of_the_cycle(made):
    place, cycle = made.place, made.cycle

    found = turn_of(place.person, cycle)

    assert (found.button, found.url) == ("Accept or decline", made.day.get_absolute_url())
    assert not found.is_late
    assert turn_of(place.person, cycle, NOW + timedelta(days=6)).is_late
    assert turn_of(made.head, cycle) is None
    assert turn_of(made.director, cycle) is None
    answer_visit(place=place, answer=DayPlace.Answer.ACCEPTED, by=place.person, now=NOW)
    assert turn_of(place.person, cycle) is None


def test_organiser_is_led_to_whom_to_ask_when_somebody_can_not_go(made):
    told = {"answer": DayPlace.Answer.DECLINED, "because": "A funeral", "by": made.place.person}
    answer_visit(place=made.place, now=NOW, **told)

    found = turn_of(made.director, made.cycle)

    assert found.url == f"/reviews/days/{made.day.pk}/team/"
    assert "funeral" not in found.sentence
    assert turn_of(made.head, made.cycle) is None


def test_organiser_is_led_to_a_draft_while_a_school_has_no_day(made):
    CycleHostFactory(cycle=made.cycle)

    found = turn_of(made.director, made.cycle)

    assert found.url == f"/reviews/{made.cycle.pk}/drafts/new/"
    assert turn_of(made.head, made.cycle) is None
