import pytest
from django.urls import reverse

from tests.factories import (
    AllianceFactory,
    AlliancePostFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
)

pytestmark = pytest.mark.django_db
ADDRESS = reverse("home:search")


@pytest.fixture
def somebody(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def found_on(page):
    return {
        group.kind.words: [found.title for found in group.rows]
        for group in page.context["hits"].groups
    }


def test_what_was_found_stands_under_its_kind(client, somebody):
    school = SchoolFactory(name="Diggle School", urn=105665, town="Uppermill")
    SchoolPostFactory(school=school, person__name="Anna Diggle")
    AllianceFactory(name="Diggle Alliance")

    page = client.get(ADDRESS, {"q": "DIGGLE"})

    assert found_on(page) == {
        "Schools": ["Diggle School"],
        "People in schools": ["Anna Diggle"],
        "Alliances": ["Diggle Alliance"],
    }
    words = page.content.decode()
    assert '<a href="/schools/105665/">Anna Diggle</a>' in words
    assert "Headteacher, Diggle School" in words


def test_who_holds_a_post_in_an_alliance_is_found_by_its_own_people_alone(client, somebody):
    post = AlliancePostFactory(person__name="Olu Adeyemi")
    member = MembershipFactory(alliance=post.alliance).school
    stranger = client.get(ADDRESS, {"q": "adeyemi"})

    SchoolPostFactory(school=member, person=somebody)
    insider = client.get(ADDRESS, {"q": "adeyemi"})

    assert found_on(stranger) == {}
    assert found_on(insider) == {"People in alliances": ["Olu Adeyemi"]}


def test_five_of_a_kind_are_shown_and_the_others_are_a_click_away(client, somebody):
    for n in range(7):
        SchoolFactory(name=f"Grove School {n}")
    AllianceFactory(name="Grove Alliance")

    page = client.get(ADDRESS, {"q": "grove"})
    (schools, _alliances) = page.context["hits"].groups
    only_schools = client.get(schools.address)

    assert found_on(page)["Schools"] == [f"Grove School {n}" for n in range(5)]
    assert schools.has_more
    assert found_on(only_schools) == {"Schools": [f"Grove School {n}" for n in range(7)]}


def test_nothing_found_says_what_to_try(client, somebody):
    page = client.get(ADDRESS, {"q": "zzz"}).content.decode()

    assert "Nothing that you may see has these words." in page
    assert "Try fewer words" in page


def test_nothing_typed_finds_nothing_and_blames_nobody(client, somebody):
    SchoolFactory()

    page = client.get(ADDRESS, {"q": "  "})

    assert found_on(page) == {}
    assert "Nothing that you may see" not in page.content.decode()


def test_a_kind_that_nobody_offers_means_all(client, somebody):
    SchoolFactory(name="Grove School")

    assert found_on(client.get(ADDRESS, {"q": "grove", "kind": "pupils"})) == {
        "Schools": ["Grove School"]
    }


@pytest.mark.postgresql
def test_a_wrong_letter_still_finds_and_the_page_says_so(client, somebody):
    SchoolFactory(name="Saddleworth School")

    page = client.get(ADDRESS, {"q": "sadleworth"})

    assert found_on(page) == {"Schools": ["Saddleworth School"]}
    assert "Nothing has exactly these words." in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_finding_more_asks_no_more(client, somebody, count, django_assert_num_queries):
    for n in range(count):
        SchoolFactory(name=f"Grove School {n}")
        SchoolPostFactory(person__name=f"Grove {n}")

    with django_assert_num_queries(3):
        client.get(ADDRESS, {"q": "grove"})


def test_every_page_has_the_search_in_its_head(client, somebody):
    page = client.get(reverse("home:desk")).content.decode()

    assert 'action="/search/"' in page
