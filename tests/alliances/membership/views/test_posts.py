from datetime import date

import pytest

from alliances.membership.models import AllianceLink, AlliancePost, Area, Partner
from partnership.invitations.models import Invitation
from tests.factories import (
    AllianceFactory,
    AllianceLinkFactory,
    AlliancePostFactory,
    AreaFactory,
    MembershipFactory,
    PartnerFactory,
    PersonFactory,
    SchoolPostFactory,
)

pytestmark = pytest.mark.django_db

PEOPLE = "/alliances/osa/people/"


def words_of(response):
    assert response.status_code == 200
    return response.content.decode()


def typed(**facts):
    return {
        "name": "Ada Clegg",
        "email": "ada@school.example",
        "kind": "administrator",
        "area": "",
        "description": "",
        "funded_days": "",
        "funded_per": "",
        "starts_on": "2026-09-01",
        "ends_on": "",
    } | facts


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_and_for_three(
    director, client, django_assert_num_queries, count
):
    for _ in range(count):
        area = AreaFactory(alliance=director.alliance)
        AlliancePostFactory(alliance=director.alliance, kind="strategic_lead", area=area)
        PartnerFactory(alliance=director.alliance)
        AllianceLinkFactory(alliance=director.alliance)

    with django_assert_num_queries(8):
        response = client.get(PEOPLE)

    assert len(response.context["areas"]) == len(response.context["partners"]) == count


def test_page_says_who_leads_what_is_funded_and_who_came_before(director, client):
    alliance = director.alliance
    area = AreaFactory(alliance=alliance, name="Early reading")
    AlliancePostFactory(
        alliance=alliance,
        person__name="Gareth Pugh",
        kind="strategic_lead",
        area=area,
        funded_days="0.5",
        funded_per="week",
    )
    AlliancePostFactory(
        alliance=alliance, person__name="Old Chair", kind="chair", ends_on=date(2021, 8, 31)
    )
    AreaFactory(alliance=alliance, name="Leadership")
    AllianceLinkFactory(alliance=alliance, name="Secondary heads", kind="linked")

    response = client.get(PEOPLE)

    content = words_of(response)
    assert [(str(each), leads) for each, leads in response.context["areas"]] == [
        ("Early reading", "Gareth Pugh"),
        ("Leadership", ""),
    ]
    assert "Strategic lead, Early reading" in content
    assert "Half a day a week" in content
    assert "Posts that have ended" in content
    assert "Works with <strong>Secondary heads</strong>" in content


def test_people_of_the_alliance_read_it_without_buttons_and_strangers_do_not(director, client):
    school = MembershipFactory(alliance=director.alliance).school
    PartnerFactory(alliance=director.alliance, contact_email="ask@university.example")
    client.force_login(SchoolPostFactory(school=school).person)

    content = words_of(client.get(PEOPLE))

    assert "ask@university.example" in content
    assert "Give a post" not in content
    assert "Add a partner" not in content
    client.force_login(PersonFactory())
    assert client.get(PEOPLE).status_code == 403


def test_director_gives_a_post_to_somebody_new_who_is_invited(director, client):
    area = AreaFactory(alliance=director.alliance)

    response = client.post(
        f"{PEOPLE}new/",
        typed(kind="strategic_lead", area=area.pk, funded_days="0.5", funded_per="week"),
        follow=True,
    )

    content = words_of(response)
    assert "Ada Clegg has the post of strategic lead." in content
    assert "invited, hasn’t joined yet" in content
    post = AlliancePost.objects.get(person__email="ada@school.example")
    assert (post.area, post.funded_words) == (area, "half a day a week")
    assert Invitation.objects.get().invited_by == director.person


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"funded_days": "2"}, "Say whether these are days a week or a half term."),
        ({"funded_per": "week"}, "Write how many days"),
        ({"kind": ""}, "Choose one."),
        ({"email": "nobody"}, "Write a whole address"),
        ({"name": ""}, "Fill this in."),
        ({"ends_on": "2020-01-01"}, "The last day must not be before the first."),
    ],
)
def test_what_cannot_be_a_post_is_said_at_its_field(director, client, facts, sentence):
    response = client.post(f"{PEOPLE}new/", typed(**facts))

    assert sentence in words_of(response)
    assert AlliancePost.objects.count() == 1
    assert not Invitation.objects.exists()


def test_area_is_for_a_strategic_lead_alone(director, client):
    area = AreaFactory(alliance=director.alliance)

    response = client.post(f"{PEOPLE}new/", typed(area=area.pk))

    assert "Only a strategic lead leads an area." in words_of(response)


def test_area_of_another_alliance_cannot_be_chosen(director, client):
    foreign = AreaFactory()

    response = client.post(f"{PEOPLE}new/", typed(kind="strategic_lead", area=foreign.pk))

    assert "Select a valid choice" in words_of(response)
    assert AlliancePost.objects.count() == 1


def test_post_is_given_once(director, client):
    person = director.person

    response = client.post(
        f"{PEOPLE}new/", typed(email=person.email, name=person.name, kind="director")
    )

    assert "This person holds this post already." in words_of(response)


def test_director_changes_a_post(director, client):
    post = AlliancePostFactory(alliance=director.alliance, kind="finance_manager")
    address = f"{PEOPLE}{post.pk}/"
    facts = {
        "description": "Holds the money for all",
        "funded_days": "1",
        "funded_per": "half_term",
        "starts_on": "",
        "ends_on": "",
        "seen_version": 1,
    }

    assert "Area that is led" not in words_of(client.get(address))
    response = client.post(address, facts, follow=True)
    again = words_of(client.post(address, facts | {"description": "Mine"}))

    assert response.redirect_chain == [(PEOPLE, 302)]
    assert "1 day a half term" in words_of(response)
    assert "Somebody saved this page after you opened it" in again
    assert "Post changed" in words_of(client.get(address))


def test_last_director_ends_herself_only_with_a_sentence(director, client):
    address = f"{PEOPLE}{director.pk}/end/"

    refused = words_of(client.post(address, {"last_day": "2099-08-31", "because": ""}))
    response = client.post(
        address, {"last_day": "2099-08-31", "because": "The heads share it."}, follow=True
    )

    assert "Write a sentence that says why" in refused
    assert "last day as director is 31 August 2099." in words_of(response)
    assert AlliancePost.objects.get().because == "The heads share it."


def test_post_of_another_alliance_is_not_found(director, client):
    foreign = AlliancePostFactory()

    assert client.get(f"{PEOPLE}{foreign.pk}/").status_code == 404
    assert client.post(f"{PEOPLE}{foreign.pk}/end/", {}).status_code == 404


def test_director_keeps_areas(director, client):
    new = "/alliances/osa/areas/new/"
    client.post(new, {"name": "Early reading", "purpose": "Every child reads."})
    area = Area.objects.get()
    address = f"/alliances/osa/areas/{area.pk}/"

    taken = words_of(client.post(new, {"name": "EARLY READING"}))
    response = client.post(
        address,
        {"name": "Reading", "purpose": "", "closed_on": "2026-08-31", "seen_version": 1},
        follow=True,
    )

    assert "has an area of this name already" in taken
    assert "Reading saved." in words_of(response)
    assert "closed" in words_of(response)
    assert "Area changed" in words_of(client.get(address))


def test_director_keeps_partners(director, client):
    facts = {
        "name": "University of Example",
        "organisation": "university",
        "kind": "partner",
        "brings": "Mentors",
        "starts_on": "2020-09-01",
    }
    new = "/alliances/osa/partners/new/"
    client.post(new, facts)
    partner = Partner.objects.get()
    address = f"/alliances/osa/partners/{partner.pk}/"

    twice = words_of(client.post(new, facts))
    edited = client.post(address, facts | {"brings": "Research", "seen_version": 1}, follow=True)
    early = words_of(client.post(f"{address}end/", {"last_day": "2019-01-01"}))
    ended = client.post(f"{address}end/", {"last_day": "2099-07-31"}, follow=True)

    assert "is a partner already" in twice
    assert "Research" in words_of(edited)
    assert "The last day must not be before the first." in early
    assert "31 July 2099 is its last day." in words_of(ended)
    assert "Leaving" in words_of(client.get(address))


def test_link_stands_on_both_pages_and_either_director_takes_it_away(director, client):
    other = AllianceFactory(name="Oldham Education Partnership", slug="oep")
    their_director = AlliancePostFactory(alliance=other)
    new = "/alliances/osa/links/new/"

    response = client.post(
        new,
        {"kind": "part_of", "name": "oldham education partnership", "starts_on": "2099-09-01"},
        follow=True,
    )
    own = words_of(client.post(new, {"kind": "linked", "name": "Oldham Schools Alliance"}))
    link = AllianceLink.objects.get()
    client.force_login(their_director.person)
    there = words_of(client.get("/alliances/oep/people/"))
    asked = words_of(client.get(f"/alliances/oep/links/{link.pk}/remove/"))
    client.post(f"/alliances/oep/links/{link.pk}/remove/")

    assert "The link stands on both pages now." in words_of(response)
    assert "Becoming part of <strong>Oldham Education Partnership</strong>" in words_of(response)
    assert "Choose another alliance than this one." in own
    assert "To include <strong>Oldham Schools Alliance</strong>" in there
    assert "Oldham Schools Alliance is part of Oldham Education Partnership." in asked
    assert not AllianceLink.objects.exists()


def test_network_outside_the_portal_is_linked_by_its_name_once(director, client):
    facts = {"kind": "linked", "name": "Secondary heads of Oldham"}
    new = "/alliances/osa/links/new/"

    first = client.post(new, facts, follow=True)
    again = words_of(client.post(new, facts))

    assert "The link stands on this alliance’s page now." in words_of(first)
    assert "This link stands already." in again


def test_several_chairs_are_co_chairs(director, client):
    AlliancePostFactory(alliance=director.alliance, kind="chair")
    alone = words_of(client.get(PEOPLE))
    AlliancePostFactory(alliance=director.alliance, kind="chair")

    assert "Co-chair" not in alone
    assert words_of(client.get(PEOPLE)).count(">Co-chair<") == 2
    assert words_of(client.get("/alliances/osa/")).count("Co-chair") == 2


def test_post_keeps_its_area_after_the_area_was_closed(director, client):
    area = AreaFactory(alliance=director.alliance, closed_on=date(2021, 8, 31))
    post = AlliancePostFactory(alliance=director.alliance, kind="strategic_lead", area=area)

    client.post(
        f"{PEOPLE}{post.pk}/",
        {"area": area.pk, "description": "Ended it", "seen_version": 1},
    )

    post.refresh_from_db()
    assert (post.area, post.description) == (area, "Ended it")
