from datetime import UTC, datetime

import pytest
import time_machine
from django.template.loader import render_to_string

from partnership.toolkit.registers import search
from tests.factories import (
    AlliancePostFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    WorkhubFactory,
    WorkhubSchoolFactory,
    WorkhubYearFactory,
)
from workhubs.hubs.cards import own_workhubs, workhubs_of_alliance, workhubs_of_school
from workhubs.hubs.navigation import entries

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def head_of(school):
    return SchoolPostFactory(school=school).person


def names(card):
    return [row.workhub.name for row in card.context["workhub_years"]]


def words(card):
    return render_to_string(card.template, {"card": card.context})


def taken_place(name):
    school = SchoolFactory()
    place = WorkhubSchoolFactory(joined=True, school=school, workhub_year__workhub__name=name)
    MembershipFactory(alliance=place.workhub_year.workhub.alliance, school=school)
    return place


def test_the_desk_shows_the_workhubs_one_leads_and_those_of_ones_school():
    place = taken_place("Finance")
    head = head_of(place.school)
    led = WorkhubFactory(name="Transition", body__alliance=place.workhub_year.workhub.alliance)
    WorkhubYearFactory(workhub=led, lead=head)
    other = WorkhubFactory(name="Other", body__alliance=led.alliance)
    WorkhubYearFactory(workhub=other)
    WorkhubYearFactory(workhub=led, lead=head, year=2025)

    card = own_workhubs(head, None, NOW)

    assert names(card) == ["Finance", "Transition"]
    assert "Lead; 0 schools" in words(card)
    assert f"{place.school.name}; 1 school<" in words(card)


def test_the_desk_has_no_panel_for_who_has_no_workhub():
    assert own_workhubs(head_of(taken_place("Finance").school), None, NOW) is not None
    assert own_workhubs(PersonFactory(), None, NOW) is None


def test_a_schools_page_shows_its_workhubs_to_its_alliance_alone():
    place = taken_place("Finance")
    colleague = AlliancePostFactory(alliance=place.workhub_year.workhub.alliance).person

    card = workhubs_of_school(colleague, place.school, NOW)

    assert names(card) == ["Finance"]
    assert "Workhubs, 2026 to 2027" in words(card)
    assert workhubs_of_school(head_of(SchoolFactory()), place.school, NOW) is None


def test_an_alliances_page_shows_its_workhubs_to_its_own_people_alone():
    place = taken_place("Finance")
    alliance = place.workhub_year.workhub.alliance
    for number in range(7):
        workhub = WorkhubFactory(name=f"Hub {number}", body__alliance=alliance)
        WorkhubYearFactory(workhub=workhub, lead=PersonFactory(name="Anna Kershaw"))
    WorkhubYearFactory()

    card = workhubs_of_alliance(head_of(place.school), alliance, NOW)

    assert names(card) == ["Finance", *(f"Hub {number}" for number in range(5))]
    assert "No lead yet; 1 school<" in words(card)
    assert "Anna Kershaw; 0 schools" in words(card)
    assert f"?alliance={alliance.slug}" in words(card)
    assert workhubs_of_alliance(PersonFactory(), alliance, NOW) is None


def test_search_finds_workhubs_for_those_who_may_see_them():
    place = taken_place("Éarly Reading")
    workhub = place.workhub_year.workhub

    hers = search(head_of(place.school), "early read", limit=10)
    foreign = search(PersonFactory(), "early read", limit=10)

    assert [(found.title, found.line, found.url) for found in hers] == [
        ("Éarly Reading", workhub.alliance.name, f"/workhubs/{workhub.slug}/")
    ]
    assert foreign == []


def test_the_top_bar_leads_to_the_workhubs():
    assert [(entry.label, entry.url) for entry in entries(PersonFactory())] == [
        ("Workhubs", "/workhubs/")
    ]
