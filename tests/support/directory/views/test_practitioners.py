from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from partnership.audit.models import Event
from partnership.calendar.years import AcademicYear
from support.directory.models import HomeConsent, Practitioner
from support.directory.services import open_support, promise_days
from support.directory.services.naming import refresh_search
from tests.factories import (
    AllianceFactory,
    AlliancePostFactory,
    CapacityAccountFactory,
    HomeConsentFactory,
    MembershipFactory,
    PersonFactory,
    PractitionerFactory,
    SchoolFactory,
    SchoolPostFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("directory:practitioner_list")


@pytest.fixture
def alliance():
    return AllianceFactory()


@pytest.fixture
def director(alliance):
    return AlliancePostFactory(alliance=alliance, kind="director").person


@pytest.fixture
def head(alliance):
    school = SchoolFactory(name="Ark School")
    MembershipFactory(alliance=alliance, school=school)
    return SchoolPostFactory(kind="head", school=school)


@pytest.fixture
def year():
    return AcademicYear.containing(timezone.localdate())


def listed(alliance, head, year, *, left=15, **facts):
    practitioner = PractitionerFactory(
        alliance=alliance, home_school=head.school, starts_on=year.first_day, **facts
    )
    HomeConsentFactory(practitioner=practitioner, starts_on=year.first_day, ends_on=year.last_day)
    CapacityAccountFactory(practitioner=practitioner, year=year.start, offered=left)
    refresh_search(Practitioner.objects.filter(pk=practitioner.pk))
    return practitioner


def names_on(response):
    return [row.person.name for row in response.context["page"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(
    client, alliance, director, head, year, rows, django_assert_num_queries
):
    for _ in range(rows):
        listed(alliance, head, year)
    client.force_login(director)

    with django_assert_num_queries(5):
        response = client.get(LIST)

    assert len(names_on(response)) == rows


def test_list_is_searched_narrowed_and_sorted(client, alliance, director, head, year):
    open_support(alliance=alliance, by=director, now=timezone.now())
    writing = alliance.support_areas.get(name="Writing")
    many = listed(alliance, head, year, left=9, person=PersonFactory(name="Zoë Many"))
    few = listed(alliance, head, year, left=2, person=PersonFactory(name="Adam Few"))
    few.areas.add(writing)
    PractitionerFactory(
        alliance=alliance,
        person=PersonFactory(name="Past Person"),
        starts_on=date(2020, 9, 1),
        ends_on=date(2021, 7, 1),
    )
    client.force_login(director)

    def shown(query):
        return names_on(client.get(f"{LIST}?{query}"))

    assert shown("") == ["Adam Few", "Zoë Many"]
    assert shown("text=zoe+ark") == [many.person.name]
    assert shown("area=Writing") == ["Adam Few"]
    assert shown("days=5") == ["Zoë Many"]
    assert shown("days=none") == []
    assert shown("phase=primary&order=-days") == ["Zoë Many", "Adam Few"]
    assert shown("phase=secondary") == []
    assert shown("consent=no") == []
    assert shown("standing=past") == ["Past Person"]


def test_unlisted_entries_are_seen_by_director_and_home_head_alone(
    client, alliance, director, head, year
):
    colleague = SchoolPostFactory(kind="teacher", school=head.school).person
    hidden = listed(alliance, head, year, is_listed=False)

    seen = {}
    for person in (director, head.person, hidden.person, colleague):
        client.force_login(person)
        seen[person] = len(names_on(client.get(LIST)))

    assert seen == {director: 1, head.person: 1, hidden.person: 1, colleague: 0}


def test_export_has_what_the_list_shows_and_stays_on_record(client, alliance, director, head, year):
    practitioner = listed(alliance, head, year, left=7)
    listed(alliance, head, year, left=1)
    client.force_login(director)

    response = client.get(reverse("directory:practitioner_export", args=["csv"]) + "?days=5")

    lines = b"".join(response).decode().strip().splitlines()
    assert len(lines) == 2
    assert practitioner.person.name in lines[1]
    assert "7.0" in lines[1]
    assert Event.objects.filter(action="exported", actor_id=director.pk).count() == 1


def test_entry_costs_few_queries_and_shows_conditions_to_whom_it_concerns(
    client, alliance, director, head, year, django_assert_max_num_queries
):
    practitioner = listed(alliance, head, year)
    HomeConsent.objects.update(note="Never on Fridays")
    colleague = SchoolPostFactory(kind="teacher", school=head.school).person

    shown = {}
    for person in (director, head.person, practitioner.person, colleague):
        client.force_login(person)
        with django_assert_max_num_queries(9):
            page = client.get(practitioner.get_absolute_url()).content.decode()
        shown[person] = "Never on Fridays" in page

    assert shown == {director: True, head.person: True, practitioner.person: True, colleague: False}


def test_director_lists_somebody_whose_head_then_agrees(client, alliance, director, head, year):
    open_support(alliance=alliance, by=director, now=timezone.now())
    teacher = SchoolPostFactory(
        kind="teacher", school=head.school, person__name="Siân O’Neill"
    ).person
    area = alliance.support_areas.get(name="Reading")
    client.force_login(director)
    client.post(
        reverse("directory:practitioner_add", args=[alliance.slug]),
        {
            "person": "sian o'neill",
            "areas": [area.pk],
            "phases": ["primary"],
            "days_a_year": "15",
            "starts_on": year.first_day,
            "is_listed": "on",
        },
    )
    practitioner = Practitioner.objects.get(person=teacher)

    client.force_login(head.person)
    response = client.post(
        reverse("directory:consent_give", args=[practitioner.pk]),
        {"days_a_year": "6.5", "starts_on": year.first_day, "ends_on": year.last_day},
        follow=True,
    )

    assert practitioner.home_school == head.school
    assert list(practitioner.areas.all()) == [area]
    assert "6.5</strong> of 6.5 days left" in response.content.decode()


def test_practitioner_words_her_entry_but_gives_herself_no_title(
    client, alliance, director, head, year
):
    open_support(alliance=alliance, by=director, now=timezone.now())
    practitioner = listed(alliance, head, year)
    title = alliance.designations.get(short="NLE")
    client.force_login(practitioner.person)

    client.post(
        reverse("directory:practitioner_edit", args=[practitioner.pk]),
        {
            "designations": [title.pk],
            "about": "Fluency in Year 3",
            "days_a_year": "4",
            "seen_version": practitioner.version,
        },
    )

    practitioner.refresh_from_db()
    assert (practitioner.about, practitioner.days_a_year) == ("Fluency in Year 3", 4)
    assert list(practitioner.designations.all()) == []


def test_of_two_editors_the_second_sees_both_versions_and_keeps_her_choices(
    client, alliance, director, head, year
):
    open_support(alliance=alliance, by=director, now=timezone.now())
    practitioner = listed(alliance, head, year)
    areas = list(alliance.support_areas.order_by("pk")[:2])
    practitioner.areas.add(areas[0])
    Practitioner.objects.update(version=2, about="Saved meanwhile")
    client.force_login(director)

    response = client.post(
        reverse("directory:practitioner_edit", args=[practitioner.pk]),
        {
            "areas": [area.pk for area in areas],
            "about": "Mine",
            "days_a_year": "15",
            "starts_on": year.first_day,
            "home_school": "Ark School",
            "phases": ["primary"],
            "is_listed": "on",
            "seen_version": 1,
        },
    )

    form = response.context["form"]
    both = {each.label: (each.yours, each.theirs) for each in form.both}
    assert both == {
        "Areas": (f"{areas[0]}; {areas[1]}", str(areas[0])),
        "What this person brings": ("Mine", "Saved meanwhile"),
    }
    assert form["areas"].value() == [str(area.pk) for area in areas]


def test_each_figure_of_an_account_opens_the_lines_that_make_it_up(
    client, alliance, director, head, year
):
    practitioner = PractitionerFactory(
        alliance=alliance, home_school=head.school, starts_on=year.first_day
    )
    HomeConsentFactory(
        practitioner=practitioner, days_a_year=8, starts_on=year.first_day, ends_on=year.last_day
    )
    told = {"practitioner": practitioner, "year": year.start, "by": director, "now": timezone.now()}
    promise_days(days=Decimal("2.5"), strand_id=7, **told)
    client.force_login(head.person)
    address = reverse("directory:practitioner_days", args=[practitioner.pk])

    lines = {}
    for figure in ("offered", "promised", "left"):
        counted = client.get(f"{address}?figure={figure}").context["counted"]
        lines[figure] = [line.days for line in counted.lines]
        assert sum(lines[figure]) == counted.days

    assert lines == {
        "offered": [8],
        "promised": [Decimal("2.5")],
        "left": [Decimal("-2.5"), 8],
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_a_schools_days_are_the_sum_of_its_peoples(
    client, alliance, head, year, rows, django_assert_num_queries
):
    for _ in range(rows):
        listed(alliance, head, year, left=5)
    client.force_login(head.person)

    with django_assert_num_queries(6):
        response = client.get(reverse("directory:school_days", args=[head.school.urn]))

    assert response.context["sums"]["offered"] == 5 * rows


def test_what_came_of_past_support_is_for_practitioner_and_director_alone(
    client, alliance, director, head, year
):
    practitioner = listed(alliance, head, year, impact="Both schools plan together now.")
    colleague = AlliancePostFactory(alliance=alliance, kind="chair").person
    readers = (director, practitioner.person, head.person, colleague, PersonFactory(staff=True))

    told = []
    for reader in readers:
        client.force_login(reader)
        pages = [client.get(practitioner.get_absolute_url()), client.get(LIST)]
        told.append(any("Both schools plan together now." in page.text for page in pages))

    assert told == [True, True, False, False, False]


def test_practitioner_does_not_word_what_came_of_her_own_support(client, alliance, head, year):
    practitioner = listed(alliance, head, year, impact="Both schools plan together now.")
    client.force_login(practitioner.person)

    form = client.get(reverse("directory:practitioner_edit", args=[practitioner.pk]))

    assert "impact" not in form.context["form"].fields
