from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from alliances.schools.models import Inspection
from alliances.schools.models.inspections import FIVE_GRADES, FRAMEWORKS
from alliances.schools.permissions import can_enter_inspections
from alliances.schools.services import (
    InspectionKnown,
    NotInThisFramework,
    enter_inspection,
    take_inspection_back,
)
from partnership.audit.models import Event
from tests.factories import InspectionFactory, PersonFactory, SchoolFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
CARD = "ofsted_2025"
DAY = date(2026, 3, 10)


@pytest.fixture
def school():
    return SchoolFactory(name="Example Hill Primary School", is_example=True)


@pytest.fixture
def head(client, school):
    person = SchoolPostFactory(school=school).person
    client.force_login(person)
    return person


def entered(school, by, **facts):
    told = {"framework": CARD, "inspected_on": DAY, "results": {"Inclusion": "Strong standard"}}
    return enter_inspection(school=school, by=by, now=NOW, **told | facts)


def address(school):
    return f"/schools/{school.urn}/inspections/new/"


def test_a_report_card_has_areas_and_no_overall_grade():
    areas = FRAMEWORKS[CARD].areas

    assert "Overall effectiveness" not in areas
    assert areas["Safeguarding"] == ("Met", "Not met")
    assert areas["Inclusion"] == FIVE_GRADES
    assert "Overall effectiveness" not in FRAMEWORKS["ofsted_2024"].areas


def test_frameworks_follow_each_other_without_a_gap_or_an_overlap():
    days = sorted((each.since, each.until) for each in FRAMEWORKS.values())

    for (_since, until), (since, _until) in pairwise(days):
        assert (since - until).days == 1


def test_results_are_kept_by_framework_area_and_date(school, head):
    inspection = entered(
        school, head, results={"Safeguarding": "Met", "Achievement": "Expected standard"}
    )

    assert dict(inspection.results.values_list("area", "grade")) == {
        "Safeguarding": "Met",
        "Achievement": "Expected standard",
    }
    event = Event.objects.get(action="inspection entered")
    assert event.values == {"framework": CARD, "inspected_on": "2026-03-10"}


@pytest.mark.parametrize(
    "facts",
    [
        {"results": {"Overall effectiveness": "Good"}},
        {"results": {"Inclusion": "Outstanding"}},
        {"results": {}},
        {"inspected_on": date(2025, 1, 10)},
    ],
)
def test_what_the_framework_has_no_word_for_is_refused(school, head, facts):
    with pytest.raises(NotInThisFramework):
        entered(school, head, **facts)

    assert not Inspection.objects.exists()


def test_an_inspection_is_entered_once(school, head):
    entered(school, head)

    with pytest.raises(InspectionKnown):
        entered(school, head)


def test_the_head_enters_it_on_a_page_of_its_framework(client, school, head):
    first = client.get(address(school))
    assert "Ofsted report card, from November 2025" in first.text

    told = client.post(
        f"{address(school)}?framework={CARD}",
        {"inspected_on": "2026-03-10", "area_1": "Strong standard"},
        follow=True,
    )

    assert "The inspection is entered." in told.text
    assert "Strong standard" in told.text
    assert "results under different ones can’t be compared" in told.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"inspected_on": "2025-01-10", "area_1": "Needs attention"}, "from 10 November 2025"),
        ({"inspected_on": "2100-01-10", "area_1": "Needs attention"}, "still to come"),
        ({"inspected_on": "2026-03-10"}, "Choose a word for at least one area."),
        ({"inspected_on": "2026-03-10", "area_1": "Good"}, "Choose a word from the list."),
        ({"area_1": "Needs attention"}, "Give the first day of the inspection."),
    ],
)
def test_what_cannot_be_is_said_at_the_field(client, school, head, typed, sentence):
    page = client.post(f"{address(school)}?framework={CARD}", typed)

    assert sentence in page.text
    assert not Inspection.objects.exists()


def test_the_same_inspection_again_is_said_at_the_field(client, school, head):
    entered(school, head)
    typed = {"inspected_on": "2026-03-10", "area_1": "Strong standard"}

    page = client.post(f"{address(school)}?framework={CARD}", typed)

    assert "This inspection has been entered already." in page.text


def test_each_framework_stands_for_itself_on_the_page(client, school, head):
    InspectionFactory(school=school)
    InspectionFactory(
        school=school,
        framework="ofsted_2019",
        inspected_on=date(2021, 3, 10),
        results={"Overall effectiveness": "Good", "Quality of education": "Good"},
    )

    page = client.get(school.get_absolute_url())

    told = page.context["inspections"]
    assert [each["framework"] for each in told] == [
        "Ofsted report card, from November 2025",
        "Ofsted’s education inspection framework, 2019 to 2024",
    ]
    assert [result.grade for result in told[1]["results"]] == ["Good", "Good"]


def test_a_wrong_entry_is_taken_back_and_the_audit_keeps_it(client, school, head):
    inspection = InspectionFactory(school=school)
    page = f"/schools/{school.urn}/inspections/{inspection.pk}/remove/"

    assert "10 March 2026" in client.get(page).text
    client.post(page)

    assert not Inspection.objects.exists()
    assert Event.objects.filter(action="inspection taken back").count() == 1


def test_of_another_school_it_cannot_be_taken_back(client, school, head):
    other = InspectionFactory()

    assert client.post(f"/schools/{school.urn}/inspections/{other.pk}/remove/").status_code == 404
    assert Inspection.objects.count() == 1
    take_inspection_back(inspection=other, by=head, now=NOW)


def test_only_its_head_and_portal_staff_enter_inspections(school, head):
    on = NOW.date()

    assert can_enter_inspections(head, school, on)
    assert can_enter_inspections(PersonFactory(staff=True), school, on)
    assert not can_enter_inspections(PersonFactory(), school, on)
    assert not can_enter_inspections(SchoolPostFactory().person, school, on)
    assert not can_enter_inspections(PersonFactory(staff=True, is_active=False), school, on)
