from datetime import date

import pytest

from partnership.audit.models import Event
from tests.factories import MembershipFactory, PersonFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db

CONTACTS = "/alliances/osa/contacts/"


def somebody(director, name="Ada Clegg", **facts):
    school = MembershipFactory(alliance=director.alliance).school
    return SchoolPostFactory(**{"school": school, "person__name": name, "kind": "senco"} | facts)


def names(response):
    assert response.status_code == 200
    return [post.person.name for post in response.context["page"]]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_contact_and_for_three(
    director, client, django_assert_num_queries, count
):
    for _ in range(count):
        somebody(director)

    with django_assert_num_queries(4):
        response = client.get(CONTACTS)

    assert len(names(response)) == count


def test_list_has_the_people_of_todays_schools_and_is_narrowed_by_role(director, client):
    somebody(director, "Senco", school__name="unused")
    somebody(director, "Head", kind="principal")
    somebody(director, "Gone", ends_on=date(2021, 8, 31))
    left = MembershipFactory(alliance=director.alliance, ends_on=date(2021, 8, 31)).school
    SchoolPostFactory(school=left, person__name="Left")
    SchoolPostFactory(person__name="Elsewhere")

    assert sorted(names(client.get(CONTACTS))) == ["Head", "Senco"]
    assert names(client.get(CONTACTS, {"role": "senco"})) == ["Senco"]
    assert names(client.get(CONTACTS, {"role": "heads"})) == ["Head"]
    assert names(client.get(CONTACTS, {"text": "HEAD"})) == ["Head"]
    assert "Nobody matches." in client.get(CONTACTS, {"text": "nobody"}).content.decode()


def test_list_is_for_people_of_the_alliance_alone(director, client):
    post = somebody(director)
    client.force_login(post.person)
    assert post.person.email in client.get(CONTACTS).content.decode()

    client.force_login(PersonFactory())

    for address in (CONTACTS, f"{CONTACTS}roles/", f"{CONTACTS}export.csv"):
        assert client.get(address).status_code == 403


def test_export_keeps_the_filters_and_who_took_it(director, client):
    somebody(director, "Head", kind="head")
    post = somebody(director, "Senco")

    response = client.get(f"{CONTACTS}export.csv", {"role": "senco"})

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Name,Post,School,E-mail address,School’s telephone,URN"
    assert [line.split(",")[:4] for line in lines[1:]] == [
        ["Senco", "SENCO", post.school.name, post.person.email]
    ]
    event = Event.objects.get()
    assert (event.action, event.title, event.actor_id) == (
        "exported",
        "Contacts of Oldham Schools Alliance",
        director.person_id,
    )


def test_roles_say_in_how_many_schools_somebody_is_there(director, client):
    first = somebody(director, kind="head")
    SchoolPostFactory(school=first.school, kind="interim_head")
    somebody(director, kind="senco")

    cover = client.get(f"{CONTACTS}roles/").context["cover"]

    found = {each.key: (each.schools, each.without) for each in cover}
    assert found["heads"] == (1, 1)
    assert found["senco"] == (1, 1)
    assert found["clerk"] == (0, 2)


def test_heads_come_first_in_each_school_and_among_the_roles(director, client):
    first = somebody(director, "Assistant", kind="assistant_head").school
    SchoolPostFactory(school=first, person__name="Head", kind="head")
    SchoolPostFactory(school=first, person__name="Clerk", kind="clerk")

    assert names(client.get(CONTACTS)) == ["Head", "Assistant", "Clerk"]
    assert names(client.get(CONTACTS, {"order": "-role"})) == ["Clerk", "Assistant", "Head"]
