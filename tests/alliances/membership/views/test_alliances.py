from datetime import date

import pytest
from django.urls import reverse

from alliances.membership.models import Alliance, AlliancePost
from partnership.audit.models import Event
from tests.factories import (
    AllianceFactory,
    AlliancePostFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("membership:alliance_list")


@pytest.fixture
def stranger(client):
    client.force_login(PersonFactory())
    return client


def names(response):
    assert response.status_code == 200
    return [alliance.name for alliance in response.context["page"]]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_alliance_and_for_three(
    stranger, django_assert_num_queries, count
):
    for alliance in AllianceFactory.create_batch(count):
        MembershipFactory(alliance=alliance)

    with django_assert_num_queries(2):
        response = stranger.get(LIST)

    assert len(names(response)) == count


def test_list_is_searched_and_narrowed(stranger):
    MembershipFactory(alliance=AllianceFactory(name="Dovestone", area="Saddleworth"))
    AllianceFactory(name="Borough", kind=Alliance.Kind.NETWORK)

    assert names(stranger.get(LIST)) == ["Borough", "Dovestone"]
    assert names(stranger.get(LIST, {"text": "SADDLE"})) == ["Dovestone"]
    assert names(stranger.get(LIST, {"kind": "network"})) == ["Borough"]
    assert names(stranger.get(LIST, {"text": "x\x00"})) == ["Borough", "Dovestone"]
    assert "No alliance matches." in stranger.get(LIST, {"text": "nowhere"}).content.decode()


def test_list_counts_the_schools_of_today(stranger):
    alliance = AllianceFactory()
    MembershipFactory(alliance=alliance)
    MembershipFactory(alliance=alliance)
    MembershipFactory(alliance=alliance, ends_on=date(2021, 7, 31))

    response = stranger.get(LIST)

    assert [each.school_count for each in response.context["page"]] == [2]


def test_empty_list_says_the_next_step(stranger):
    assert "There are no alliances yet." in stranger.get(LIST).content.decode()


def test_stranger_sees_schools_and_posts_but_no_names(stranger, director, client):
    client.force_login(PersonFactory())
    MembershipFactory(alliance=director.alliance, school__name="Knowsley Junior School")

    response = client.get("/alliances/osa/")

    content = response.content.decode()
    assert "Knowsley Junior School" in content
    assert "Director" in content
    assert "Amina Hussain" not in content
    assert "What happened here" not in content
    assert "Change this page" not in content


def test_people_of_the_alliance_see_names_and_days(director, client):
    school = MembershipFactory(alliance=director.alliance).school
    client.force_login(SchoolPostFactory(school=school, kind="teacher").person)

    content = client.get("/alliances/osa/").content.decode()

    assert "Amina Hussain" in content
    assert "since" in content
    assert "Change this page" not in content


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_school_and_for_three(
    director, client, django_assert_num_queries, count
):
    for school in SchoolFactory.create_batch(count):
        MembershipFactory(alliance=director.alliance, school=school)
    for _ in range(count):
        AlliancePostFactory(alliance=director.alliance, kind=AlliancePost.Kind.CHAIR)

    with django_assert_num_queries(9):
        response = client.get("/alliances/osa/")

    assert len(response.context["page"]) == count


def test_unknown_alliance_is_not_found(stranger):
    assert stranger.get("/alliances/none/").status_code == 404
    assert stranger.get("/alliances/none/edit/").status_code == 404


def test_only_the_director_words_the_alliance(stranger, director, client):
    client.force_login(AlliancePostFactory(alliance=director.alliance, kind="chair").person)

    assert client.get("/alliances/osa/edit/").status_code == 403
    assert client.post("/alliances/osa/edit/", {"name": "x", "seen_version": 1}).status_code == 403
    assert Alliance.objects.get().name == "Oldham Schools Alliance"


def words(**changes):
    return {
        "name": "Oldham Schools Alliance",
        "kind": "heads_association",
        "area": "Oldham",
        "vision": "All children.",
        "aims": "One\r\nTwo",
        "seen_version": 1,
    } | changes


def test_director_words_the_alliance(director, client):
    assert client.get("/alliances/osa/edit/").status_code == 200

    response = client.post("/alliances/osa/edit/", words(), follow=True)

    alliance = Alliance.objects.get()
    assert response.redirect_chain == [("/alliances/osa/", 302)]
    assert "Oldham Schools Alliance saved." in response.content.decode()
    assert (alliance.area, alliance.aim_lines, alliance.version) == ("Oldham", ["One", "Two"], 2)
    assert Event.objects.get().fields == ["area", "vision", "aims"]


def test_second_editor_is_shown_both_versions_and_keeps_what_she_typed(director, client):
    client.post("/alliances/osa/edit/", words(vision="Theirs."))

    response = client.post("/alliances/osa/edit/", words(vision="Mine."))

    content = response.content.decode()
    assert response.status_code == 200
    assert "Somebody saved this page after you opened it" in content
    assert [(both.yours, both.theirs) for both in response.context["form"].both] == [
        ("Mine.", "Theirs.")
    ]
    assert 'name="seen_version" value="2"' in content
    assert Alliance.objects.get().vision == "Theirs."

    client.post("/alliances/osa/edit/", words(vision="Mine.", seen_version=2))
    assert Alliance.objects.get().vision == "Mine."


@pytest.mark.parametrize(
    "changes", [{"name": ""}, {"name": "a" * 121}, {"vision": "\x00"}, {"seen_version": "new"}]
)
def test_what_cannot_be_kept_is_said_and_nothing_is_stored(director, client, changes):
    response = client.post("/alliances/osa/edit/", words(**changes))

    assert response.status_code == 200
    assert "Error: Change" in response.content.decode()
    assert Alliance.objects.get().version == 1
    assert not Event.objects.exists()


def test_what_is_typed_is_shown_escaped(director, client):
    client.post("/alliances/osa/edit/", words(vision="<script>alert(1)</script>"))

    content = client.get("/alliances/osa/").content.decode()

    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)" in content
