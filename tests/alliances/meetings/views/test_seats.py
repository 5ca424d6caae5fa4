from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from alliances.meetings.models import Seat
from partnership.audit.models import Event
from tests.alliances.meetings.acts import NOW, head_of, said, seated
from tests.factories import (
    AlliancePostFactory,
    BodyFactory,
    MembershipFactory,
    PersonFactory,
    SchoolPostFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def office(body, kind="administrator"):
    return AlliancePostFactory(alliance=body.alliance, kind=kind).person


def member(body, name, **facts):
    return MembershipFactory(alliance=body.alliance, school__name=name, **facts).school


def seats(body):
    rows = body.seats.order_by("pk").select_related("school", "person")
    return [
        (seat.school and seat.school.name, seat.person and seat.person.name, seat.ends_on)
        for seat in rows
    ]


def test_the_office_finds_schools_and_people_of_the_alliance_alone(client):
    body = BodyFactory()
    delph = member(body, "Delph Primary")
    SeatFactory(body=body, school=delph)
    SchoolPostFactory(school=member(body, "Diggle School"), person__name="Dee Delphine")
    MembershipFactory(school__name="Delph Elsewhere")
    SchoolPostFactory(person__name="Delphine Elsewhere")
    client.force_login(office(body))
    address = reverse("meetings:seat_find", args=[body.pk])

    page = client.get(address)
    found = [(school.name, school.is_seated) for school in page.context["page"]]
    assert found == [("Delph Primary", True), ("Diggle School", False)]
    page = client.get(address, {"text": "DELPH"})
    assert [school.name for school in page.context["page"]] == ["Delph Primary"]
    assert [person.name for person in page.context["people"]] == ["Dee Delphine"]
    page = client.get(address, {"text": "nothing"})
    assert "No school and nobody of the alliance matches." in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_finding_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, count):
    body = BodyFactory()
    for number in range(count):
        SchoolPostFactory(school=member(body, f"Delph {number}"), person__name=f"Delph {number}")
    client.force_login(office(body))

    with django_assert_num_queries(5):
        page = client.get(reverse("meetings:seat_find", args=[body.pk]), {"text": "delph"})

    assert len(page.context["page"]) == len(page.context["people"]) == count


@pytest.mark.parametrize(
    ("kind", "usual"),
    [("heads", "head"), ("business_managers", "manager"), ("pupil_council", "head")],
)
def test_a_seat_is_offered_to_whoever_the_group_gathers(client, kind, usual):
    body = BodyFactory(kind=kind)
    school = member(body, "Delph Primary")
    head_of(school, person__name="Bea Head")
    manager = SchoolPostFactory(school=school, kind="business_manager").person
    client.force_login(office(body))

    page = client.get(reverse("meetings:seat_add_school", args=[body.pk, school.urn]))

    form = page.context["form"]
    expected = str(manager.pk) if usual == "manager" else "head"
    assert form["speaker"].initial == expected
    assert [words for _key, words in form.fields["speaker"].choices] == [
        "Whoever is its head, today Bea Head",
        "Bea Head, Headteacher",
        f"{manager.name}, School business manager",
    ]


def test_a_school_sits_by_its_head_or_by_somebody_who_works_there(client):
    body = BodyFactory(kind="pupil_council", name="Pupil council")
    school = member(body, "Delph Primary")
    link = SchoolPostFactory(school=school, kind="teacher", person__name="Tia Link").person
    client.force_login(office(body))
    address = reverse("meetings:seat_add_school", args=[body.pk, school.urn])

    page = client.post(address, {"speaker": link.pk, "starts_on": "2026-11-23"})
    assert said(page) == ["Delph Primary has a seat from 23 November 2026."]
    client.post(address, {"speaker": "head", "starts_on": "2026-11-23", "ends_on": "2027-07-31"})

    assert seats(body) == [
        ("Delph Primary", "Tia Link", None),
        ("Delph Primary", None, date(2027, 7, 31)),
    ]
    page = client.post(address, {"speaker": "head", "starts_on": "2027-01-01"})
    assert "taken on some of these days already" in page.content.decode()
    page = client.post(address, {"speaker": PersonFactory().pk, "starts_on": "2027-01-01"})
    assert "speaker" in page.context["form"].errors


def test_a_person_of_the_alliance_sits_alone_and_a_stranger_is_not_found(client):
    body = BodyFactory(name="Board")
    partner = AlliancePostFactory(
        alliance=body.alliance, kind="partner", person__name="Pat Partner"
    ).person
    client.force_login(office(body))
    address = reverse("meetings:seat_add_person", args=[body.pk, partner.pk])

    page = client.post(address, {"starts_on": "2026-12-01"})
    assert said(page) == ["Pat Partner has a seat from 1 December 2026."]
    assert seats(body) == [(None, "Pat Partner", None)]
    stranger = reverse("meetings:seat_add_person", args=[body.pk, PersonFactory().pk])
    assert client.get(stranger).status_code == 404


def test_a_seat_ends_changes_its_end_and_goes_on(client):
    body = BodyFactory(name="Board")
    seat = SeatFactory(body=body, person=PersonFactory(name="Pat Partner"), starts_on=TODAY)
    client.force_login(office(body, "chair"))
    address = reverse("meetings:seat_end", args=[body.pk, seat.pk])

    page = client.post(address, {"last_day": "2026-12-18"})
    assert said(page) == ["The seat of Pat Partner ends on 18 December 2026."]
    page = client.post(address, {"last_day": "2026-11-01"})
    assert "must not be before the first" in page.content.decode()
    page = client.post(address, {"last_day": ""})
    assert said(page)[-1] == "The seat of Pat Partner goes on."
    assert seats(body) == [(None, "Pat Partner", None)]
    foreign = reverse("meetings:seat_end", args=[body.pk, SeatFactory(person=PersonFactory()).pk])
    assert client.get(foreign).status_code == 404


def test_everybody_is_taken_in_and_who_is_missing_is_named(client):
    body = BodyFactory(kind="sencos", name="SENCOs")
    delph, diggle, dobcross = (member(body, name) for name in ("Delph", "Diggle", "Dobcross"))
    member(body, "Mere partner", kind="partner")
    old = SchoolPostFactory(school=delph, kind="senco", person__name="Old Senco").person
    SchoolPostFactory(school=diggle, kind="senco", person__name="New Senco")
    SeatFactory(body=body, school=delph, person=old)
    client.force_login(office(body))
    address = reverse("meetings:seats_fill", args=[body.pk])

    everybody = client.get(address).context["everybody"]
    assert [(each.school.name, each.name) for each in everybody.new] == [("Diggle", "New Senco")]
    assert (everybody.seated, everybody.missing) == (1, [dobcross])

    page = client.post(address, {"starts_on": "2026-11-23"})
    assert said(page) == ["1 new seat in SENCOs."]
    assert seats(body) == [("Delph", "Old Senco", None), ("Diggle", "New Senco", None)]
    assert "Everybody sits there already." in client.get(address).content.decode()


def test_heads_sit_as_such_also_where_none_is_known(client):
    body = BodyFactory(name="Heads")
    head_of(member(body, "Delph"), person__name="Bea Head")
    member(body, "Diggle")
    client.force_login(office(body))
    address = reverse("meetings:seats_fill", args=[body.pk])

    page = client.get(address)
    assert "Nobody is known as head of 1 school." in page.content.decode()
    client.post(address, {"starts_on": "2026-11-23"})
    assert seats(body) == [("Delph", None, None), ("Diggle", None, None)]
    page = client.get(address, {"whom": "premises_managers"})
    assert "Nobody is known who could be taken in." in page.content.decode()


def test_who_runs_the_group_takes_its_members_as_a_file_and_that_is_kept(client):
    body = BodyFactory(name="Heads")
    seated(body, name="Delph Primary")
    SeatFactory(body=body, person=PersonFactory(name="Past Person"), ends_on=TODAY - timedelta(1))
    person = office(body)
    client.force_login(person)

    page = client.get(reverse("meetings:seat_export", args=[body.pk, "csv"]))

    lines = b"".join(page).decode().splitlines()
    head = Seat.objects.with_speaker(on=TODAY).order_by("pk")[0].speaker
    urn = body.seats.order_by("pk")[0].school.urn
    assert lines[1:] == [
        f"Delph Primary,{urn},{head},whoever is the school’s head,,",
        ",,Past Person,a person,,22/11/2026",
    ]
    event = Event.objects.get(action="exported")
    assert (event.actor_id, event.title) == (person.pk, "members of Heads")


@pytest.mark.parametrize("name", ["seat_find", "seats_fill"])
def test_the_lead_sees_the_members_and_does_not_change_them(client, name):
    body = BodyFactory(lead=PersonFactory())
    client.force_login(body.lead)

    assert client.get(reverse(f"meetings:{name}", args=[body.pk])).status_code == 403
    assert client.get(body.get_absolute_url()).status_code == 200
