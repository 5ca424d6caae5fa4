from datetime import UTC, datetime, timedelta

import pytest

from partnership.toolkit.registers import cards_for, own_duties, places_beside
from reviews.cycles.cards import own_days
from reviews.cycles.duties.year import PANEL
from tests.factories import PersonFactory, SchoolPostFactory
from tests.factories.reviews import (
    CycleFactory,
    CycleHostFactory,
    CycleReviewerFactory,
    ReviewerFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def test_the_panel_says_which_part_somebody_has_in_review_days():
    cycle = CycleFactory()
    host, reviewer = CycleHostFactory(cycle=cycle), ReviewerFactory(alliance=cycle.alliance)
    head = SchoolPostFactory(school=host.school).person
    stranger = SchoolPostFactory(school=host.school, kind="teacher").person

    parts = {
        person: own_days(person, None, NOW).says
        for person in (cycle.organiser, head, reviewer.person)
    }

    assert parts == {
        cycle.organiser: {"organises", "takes_part"},
        head: {"hosts"},
        reviewer.person: {"reviews", "takes_part"},
    }
    assert own_days(stranger, None, NOW) is None
    assert own_days(PersonFactory(), None, NOW) is None


def test_a_part_without_days_to_come_shows_no_panel():
    reviewer = ReviewerFactory()

    cards = cards_for("desk", reviewer.person, None, NOW)

    assert "cycles/includes/_card_desk.html" not in [card.template for card in cards]


def test_a_desk_asks_for_dates_beside_the_part_that_gives_them():
    cycle = CycleFactory(state="asking", opened_at=NOW, block_by=NOW + timedelta(days=7))
    host, entry = CycleHostFactory(cycle=cycle), CycleReviewerFactory(cycle=cycle)
    window = {"due_from": NOW, "due_until": NOW + timedelta(days=30), "now": NOW, "limit": 9}

    owed = {}
    for person in (SchoolPostFactory(school=host.school).person, entry.reviewer.person):
        panels = places_beside({PANEL: own_days(person, None, NOW)})
        owed[person] = [duty.kind for duty in own_duties(person, **window, panels=panels)]

    assert list(owed.values()) == [["cycles.school_dates"], ["cycles.dates"]]
