from datetime import date

import pytest

from alliances.membership.models import PublicPage
from partnership.audit.models import Event
from tests.factories import (
    AllianceFactory,
    AlliancePostFactory,
    AreaFactory,
    MembershipFactory,
    PartnerFactory,
    PersonFactory,
    PublicPageFactory,
    SchoolPostFactory,
)

pytestmark = pytest.mark.django_db

PAGE = "/alliances/osa/public/"
EDIT = f"{PAGE}edit/"


def words_of(response):
    assert response.status_code == 200
    return response.content.decode()


def filled_alliance():
    alliance = AllianceFactory(name="Oldham Schools Alliance", slug="osa", vision="No school alone")
    page = PublicPageFactory(alliance=alliance, lead="Schools that help each other.")
    school = MembershipFactory(alliance=alliance, school__name="Knowsley Junior School").school
    SchoolPostFactory(school=school, person__name="Helen Brierley")
    AlliancePostFactory(alliance=alliance, person__name="Amina Hussain")
    AreaFactory(alliance=alliance, name="Early reading")
    AreaFactory(alliance=alliance, name="Closed area", closed_on=date(2021, 8, 31))
    PartnerFactory(
        alliance=alliance,
        name="University of Example",
        contact_name="Doctor Secret",
        contact_email="secret@university.example",
    )
    return page


def test_visitor_reads_public_facts_and_no_person(client):
    filled_alliance()

    content = words_of(client.get(PAGE))

    for public in (
        "Schools that help each other.",
        "No school alone",
        "Knowsley Junior School",
        "Early reading",
        "University of Example",
    ):
        assert public in content
    for secret in (
        "Helen Brierley",
        "Amina Hussain",
        "Doctor Secret",
        "secret@university.example",
        "Closed area",
    ):
        assert secret not in content


def test_page_costs_the_same_for_one_school_and_for_three(client, django_assert_num_queries):
    page = filled_alliance()
    costs = []
    for _ in range(2):
        client.get(PAGE)
        with django_assert_num_queries(5, exact=False) as captured:
            client.get(PAGE)
        costs.append(len(captured))
        MembershipFactory(alliance=page.alliance)
        MembershipFactory(alliance=page.alliance)

    assert costs[0] == costs[1]


def test_closed_page_is_found_by_nobody_but_its_director(client):
    page = filled_alliance()
    page.is_open = False
    page.save()

    assert client.get(PAGE).status_code == 404
    client.force_login(PersonFactory())
    assert client.get(PAGE).status_code == 404
    director = page.alliance.posts.get().person
    client.force_login(director)
    assert "Only you see this page." in words_of(client.get(PAGE))
    client.force_login(AlliancePostFactory().person)
    assert client.get(PAGE).status_code == 404


def test_front_lists_open_pages_alone(client):
    filled_alliance()
    PublicPageFactory(alliance__name="Closed Alliance", is_open=False)

    content = words_of(client.get("/"))

    assert PAGE in content
    assert "Schools that help each other." in content
    assert "Closed Alliance" not in content


def test_director_words_the_page_opens_and_closes_it(director, client):
    facts = {
        "headline": "Working as one",
        "lead": "We help.",
        "words": "One.\r\n\r\nTwo.",
        "involved": "Write to us.",
        "email": "office@osa.example",
        "seen_version": 0,
    }

    closed = client.post(EDIT, facts, follow=True)
    opened = client.post(EDIT, facts | {"is_open": "on", "seen_version": 2}, follow=True)
    again = words_of(client.post(EDIT, facts | {"lead": "Mine.", "seen_version": 2}))

    assert "Only you see it for now." in words_of(closed)
    assert "Everybody may read it now." in words_of(opened)
    assert "Somebody saved this page after you opened it" in again
    page = PublicPage.objects.get()
    assert (page.is_open, page.words, page.lead) == (True, "One.\n\nTwo.", "We help.")
    actions = list(Event.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["public page changed", "public page opened"]
    assert "Public page opened" in words_of(client.get(EDIT))
    client.logout()
    assert "Working as one" in words_of(client.get(PAGE))


def test_two_directors_begin_the_page_at_once_and_the_second_is_told(director, client):
    PublicPageFactory(alliance=director.alliance, lead="Theirs", is_open=False)

    response = client.post(EDIT, {"lead": "Mine", "seen_version": 0})

    assert "Somebody saved this page after you opened it" in words_of(response)
    assert PublicPage.objects.get().lead == "Theirs"
