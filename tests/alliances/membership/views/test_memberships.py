from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alliances.membership.models import Membership
from partnership.audit.models import Event
from tests.factories import MembershipFactory, SchoolFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db

SCHOOLS = "/alliances/osa/schools/"
FIND = f"{SCHOOLS}new/"


def names(response):
    assert response.status_code == 200
    return [membership.school.name for membership in response.context["page"]]


def joining(**facts):
    return {"kind": "full", "starts_on": "2026-09-01", "joins_on": "", "ends_on": ""} | facts


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_school_and_for_three(
    director, client, django_assert_num_queries, count
):
    for _ in range(count):
        MembershipFactory(alliance=director.alliance)

    with django_assert_num_queries(5):
        response = client.get(SCHOOLS)

    assert len(names(response)) == count


def test_list_keeps_the_past_away_until_it_is_asked_for(director, client):
    told = {"alliance": director.alliance}
    MembershipFactory(**told, school__name="Here")
    MembershipFactory(**told, school__name="Later", starts_on=date(2999, 1, 1))
    MembershipFactory(**told, school__name="Gone", ends_on=date(2021, 8, 31), ending="leaves")
    MembershipFactory(**told, school__name="Lapsed", ends_on=date(2021, 8, 31))
    MembershipFactory(school__name="Elsewhere")

    assert names(client.get(SCHOOLS)) == ["Here", "Later"]
    assert names(client.get(SCHOOLS, {"standing": "left"})) == ["Gone"]
    assert names(client.get(SCHOOLS, {"standing": "lapsed"})) == ["Lapsed"]
    assert names(client.get(SCHOOLS, {"standing": "prospective"})) == ["Later"]
    assert names(client.get(SCHOOLS, {"standing": "every", "text": "GONE"})) == ["Gone"]
    assert names(client.get(SCHOOLS, {"order": "-name"})) == ["Later", "Here"]
    assert "No school matches." in client.get(SCHOOLS, {"text": "nowhere"}).content.decode()


def test_people_of_the_alliance_read_the_list_and_only_its_director_changes_it(director, client):
    membership = MembershipFactory(alliance=director.alliance)
    client.force_login(SchoolPostFactory(school=membership.school).person)

    content = client.get(SCHOOLS).content.decode()

    assert "Add a school" not in content
    assert "Change" not in content
    assert client.get(f"{SCHOOLS}{membership.pk}/").status_code == 403
    assert client.post(f"{SCHOOLS}{membership.pk}/end/", {}).status_code == 403


def test_list_leaves_as_a_file_with_its_filters(director, client):
    MembershipFactory(alliance=director.alliance, school__name="Here", kind="partner")
    MembershipFactory(alliance=director.alliance, school__name="Full")

    response = client.get(f"{SCHOOLS}export.csv", {"kind": "partner"})

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Here,")
    assert "Partner,Belongs,01/09/2020" in lines[1]


def test_director_finds_open_schools_that_do_not_belong_yet(director, client):
    MembershipFactory(alliance=director.alliance, school__name="Mill Infants")
    SchoolFactory(name="Mill Juniors")
    SchoolFactory(name="Mill Old School", status="Closed")

    response = client.get(FIND, {"text": "mill"})

    found = [(school.name, school.is_member) for school in response.context["page"]]
    assert found == [("Mill Infants", True), ("Mill Juniors", False)]
    assert client.get(FIND).context["page"].rows == []
    assert "No open school matches." in client.get(FIND, {"text": "none"}).content.decode()


def test_director_adds_a_partner_that_joins_later(director, client):
    school = SchoolFactory(name="Saddleworth School")

    response = client.post(
        f"{FIND}{school.urn}/",
        joining(kind="partner", joins_on="2027-09-01"),
        follow=True,
    )

    told = "Saddleworth School is a partner from 1 September 2026"
    assert told in response.content.decode()
    assert "It becomes a full member on 1 September 2027." in response.content.decode()
    assert list(Membership.objects.order_by("pk").values_list("kind", "starts_on", "ends_on")) == [
        ("partner", date(2026, 9, 1), date(2027, 8, 31)),
        ("full", date(2027, 9, 1), None),
    ]
    assert {event.actor_id for event in Event.objects.all()} == {director.person_id}


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"joins_on": "2027-09-01"}, "Choose partner or associate."),
        ({"kind": "partner", "joins_on": "2026-09-01"}, "Choose a day after the one"),
        (
            {"kind": "partner", "joins_on": "2027-09-01", "ends_on": "2027-01-01"},
            "it ends when the school joins fully",
        ),
        ({"ends_on": "2026-08-01"}, "The last day must not be before the first."),
        ({"starts_on": "0026-09-01"}, "Look at the year again"),
        ({"kind": "friend"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(director, client, facts, sentence):
    school = SchoolFactory()

    response = client.post(f"{FIND}{school.urn}/", joining(**facts))

    assert sentence in response.content.decode()
    assert not Membership.objects.exists()


def test_member_is_not_added_twice(director, client):
    school = MembershipFactory(alliance=director.alliance).school

    response = client.post(f"{FIND}{school.urn}/", joining())

    assert "belongs to the alliance on some of these days already" in response.content.decode()
    assert Membership.objects.count() == 1


def test_director_changes_a_membership_and_reads_what_happened(director, client):
    membership = MembershipFactory(alliance=director.alliance)
    address = f"{SCHOOLS}{membership.pk}/"
    typed = {"kind": "associate", "starts_on": "2020-09-01", "ends_on": "", "seen_version": 1}

    response = client.post(address, typed, follow=True)
    page = client.get(address).content.decode()
    again = client.post(address, typed | {"kind": "partner"}).content.decode()

    assert response.redirect_chain == [(SCHOOLS, 302)]
    assert Membership.objects.get().kind == "associate"
    assert "Membership changed" in page
    assert "It becomes a full member" in page
    assert "Somebody saved this page after you opened it" in again
    assert "Associate" in again


def test_partner_joins_on_the_day_that_the_director_gives(director, client):
    partner = MembershipFactory(alliance=director.alliance, kind="partner", means_to_join=True)

    assert client.get(f"{SCHOOLS}{partner.pk}/join/").status_code == 200
    early = client.post(f"{SCHOOLS}{partner.pk}/join/", {"joins_on": "2019-09-01"})
    response = client.post(f"{SCHOOLS}{partner.pk}/join/", {"joins_on": "2027-09-01"}, follow=True)

    assert "The last day must not be before the first." in early.content.decode()
    assert "is a full member from 1 September 2027" in response.content.decode()
    assert client.get(f"{SCHOOLS}{partner.pk}/join/").status_code == 403


def test_school_leaves_after_a_question(director, client):
    membership = MembershipFactory(alliance=director.alliance, school__name="Hathershaw")
    address = f"{SCHOOLS}{membership.pk}/end/"

    asked = client.get(address).content.decode()
    early = client.post(address, {"last_day": "2019-01-01"}).content.decode()
    response = client.post(
        address, {"last_day": "2099-08-31", "because": "It joins a trust."}, follow=True
    )

    assert "Let Hathershaw leave Oldham Schools Alliance?" in asked
    assert "The last day must not be before the first." in early
    assert "31 August 2099 is its last day." in response.content.decode()
    membership.refresh_from_db()
    assert membership.standing_on(timezone.localdate()) == "leaving"
    assert "Reason: It joins a trust." in client.get(f"{SCHOOLS}{membership.pk}/").content.decode()


def test_membership_of_another_alliance_is_not_found(director, client):
    foreign = MembershipFactory()

    assert client.get(f"{SCHOOLS}{foreign.pk}/").status_code == 404
    assert client.post(f"{SCHOOLS}{foreign.pk}/end/", {"last_day": "2027-01-01"}).status_code == 404


def test_adding_and_changing_cost_few_queries(director, client):
    school = SchoolFactory()
    costs = []
    with CaptureQueriesContext(connection) as queries:
        client.post(f"{FIND}{school.urn}/", joining())
    costs.append(written(queries))
    address = f"{SCHOOLS}{Membership.objects.get().pk}/"
    with CaptureQueriesContext(connection) as queries:
        client.post(address, {"kind": "associate", "starts_on": "2026-09-01", "seen_version": 1})
    costs.append(written(queries))

    assert costs == [9, 7]


def written(queries):
    return len([each for each in queries if "SAVEPOINT" not in (each["sql"] or "")])
