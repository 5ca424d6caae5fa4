from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from alliances.meetings.models import Body
from alliances.membership.models import AlliancePost
from tests.alliances.meetings.acts import NOW, head_of, said, seated
from tests.factories import (
    AlliancePostFactory,
    BodyFactory,
    MeetingFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("meetings:body_list")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def office(body, kind=AlliancePost.Kind.DIRECTOR):
    return AlliancePostFactory(alliance=body.alliance, kind=kind).person


def filled(**changes):
    return {
        "name": "Strategic board",
        "kind": "board",
        "about": "It decides.",
        "lead": "",
        "minute_taker": "",
        "calling_posts": ["chair"],
        "quorum_number": "",
        "quorum_fraction": "1/2",
        "usual_place": "Delph Library",
        "usual_minutes": "90",
        **changes,
    }


def names(page):
    assert page.status_code == 200
    return [body.name for body in page.context["page"]]


def test_the_list_has_the_groups_she_may_see_with_places_and_the_next_meeting(client):
    body = BodyFactory(name="Heads", lead=PersonFactory(name="Ann Lead"))
    head = seated(body)
    seated(body)
    MeetingFactory(body=body, called=True, starts_at=NOW + timedelta(days=9))
    MeetingFactory(body=body, called=True, starts_at=NOW + timedelta(days=3))
    MeetingFactory(body=body, called=True, starts_at=NOW - timedelta(days=3))
    BodyFactory(name="Elsewhere")
    closed = BodyFactory(name="Closed", closed_on=NOW.date() - timedelta(days=1), lead=head)
    client.force_login(head)

    page = client.get(LIST)

    (row,) = page.context["page"]
    assert (row.name, row.place_count, row.next_at) == ("Heads", 2, NOW + timedelta(days=3))
    assert names(client.get(LIST, {"which": "closed"})) == [closed.name]
    assert names(client.get(LIST, {"which": "every", "text": "clo"})) == [closed.name]
    assert "No group matches." in client.get(LIST, {"text": "nothing"}).content.decode()


def test_the_list_is_narrowed_to_her_own_groups_to_a_kind_and_to_an_alliance(client):
    board = BodyFactory(name="Board", kind="board")
    director = office(board)
    own = BodyFactory(name="Own", lead=director)
    client.force_login(director)

    assert names(client.get(LIST, {"which": "mine"})) == ["Own"]
    assert names(client.get(LIST, {"kind": "board"})) == ["Board"]
    assert names(client.get(LIST, {"alliance": own.alliance.slug})) == ["Own"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, count):
    first = BodyFactory(lead=PersonFactory())
    director = office(first)
    for body in (first, *BodyFactory.create_batch(count - 1, alliance=first.alliance)):
        seated(body)
        MeetingFactory(body=body, called=True)
    client.force_login(director)

    with django_assert_num_queries(4):
        page = client.get(LIST)

    assert len(names(page)) == count


def test_the_list_is_taken_as_a_file(client):
    body = BodyFactory(name="Heads", quorum_number=5)
    client.force_login(seated(body))

    page = client.get(reverse("meetings:body_export", args=["csv"]))

    lines = b"".join(page).decode().splitlines()
    assert lines[0].endswith(
        "Group,Alliance,Kind,Chair or lead,Places taken,Quorum,Usual place,Next meeting,Last day"
    )
    assert lines[1] == f"Heads,{body.alliance.name},Heads’ group,,1,5 places,,,"


def test_the_page_tells_how_it_works_who_sits_there_and_when_it_meets(client):
    body = BodyFactory(
        about="Heads help each other.",
        lead=PersonFactory(name="Ann Lead"),
        quorum_fraction="2/3",
        calling_posts=["chair", "director"],
    )
    school = SchoolFactory(name="Delph Primary")
    SeatFactory(body=body, school=school)
    head_of(school, person__name="Bea Head")
    without = SchoolFactory(name="Diggle School")
    SeatFactory(body=body, school=without, starts_on=NOW.date())
    SeatFactory(body=body, person=PersonFactory(name="Past Person"), ends_on=NOW.date() - DAY)
    SeatFactory(body=body, person=PersonFactory(name="New Person"), starts_on=NOW.date() + DAY)
    MeetingFactory(body=body, called=True, title="Next one", starts_at=NOW + DAY)
    MeetingFactory(body=body, title="A draft", starts_at=NOW + DAY)
    MeetingFactory(body=body, called=True, title="Last one", starts_at=NOW - DAY)
    client.force_login(SchoolPostFactory(school=school, kind="principal").person)

    page = client.get(body.get_absolute_url())

    members = page.context["members"]
    assert [seat.speaker for seat in members.present] == ["Bea Head", None]
    assert [seat.person.name for seat in members.coming] == ["New Person"]
    assert [seat.person.name for seat in members.past] == ["Past Person"]
    assert [meeting.title for meeting in page.context["coming"]] == ["Next one"]
    assert [meeting.title for meeting in page.context["past"]] == ["Last one"]
    text = page.content.decode()
    for words in (
        "Heads help each other.",
        "Two thirds of its places",
        "and the alliance’s director and chair",
        "No head known",
    ):
        assert words in text
    assert "Prepare a meeting" not in text


DAY = timedelta(days=1)


def test_seats_are_ended_once_the_office_asks_to_change_them(client):
    body = BodyFactory(name="Heads’ group", kind="heads")
    head = seated(body)
    end = reverse("meetings:seat_end", args=[body.pk, body.seats.get().pk])
    page, asked = body.get_absolute_url(), {"change": "seats"}

    client.force_login(office(body))
    seen = [end in client.get(page, asking).content.decode() for asking in ({}, asked)]
    client.force_login(head)
    words = client.get(page, asked).content.decode()

    assert seen == [False, True]
    assert end not in words
    assert f"{reverse('calendar:feed_list')}#group-{body.pk}" in words
    assert "Heads’ group of" not in words


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("kind", "queries"), [("director", 9), ("administrator", 8)])
def test_the_page_costs_the_same_for_one_member_and_for_three(
    client, django_assert_num_queries, count, kind, queries
):
    body = BodyFactory()
    for _ in range(count):
        seated(body)
        MeetingFactory(body=body, called=True)
    client.force_login(office(body, kind))

    with django_assert_num_queries(queries):
        client.get(body.get_absolute_url())


def test_a_director_founds_a_group_and_is_told_what_comes_next(client):
    post = AlliancePostFactory(kind="director")
    chair = AlliancePostFactory(alliance=post.alliance, kind="chair", person__name="Cy Chair")
    client.force_login(post.person)

    page = client.post(reverse("meetings:body_new"), filled(lead="cy chair"))

    body = Body.objects.get()
    assert (page.status_code, page["Location"]) == (302, body.get_absolute_url())
    assert (body.alliance, body.lead, body.calling_posts) == (
        post.alliance,
        chair.person,
        ["chair"],
    )
    assert (body.quorum_fraction, body.usual_minutes) == ("1/2", 90)
    assert said(page) == ["Strategic board stands. Now take in its members."]


def test_a_director_of_two_alliances_says_first_whose_group_it_is(client):
    post = AlliancePostFactory(kind="director", alliance__name="Oldham")
    other = AlliancePostFactory(kind="director", person=post.person, alliance__name="Rochdale")
    client.force_login(post.person)
    address = reverse("meetings:body_new")

    assert "Which alliance is the group of?" in client.get(address).content.decode()
    client.post(f"{address}?alliance={other.alliance.slug}", filled())
    assert Body.objects.get().alliance == other.alliance
    assert client.get(f"{address}?alliance=nowhere").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"lead": "Nobody Known"}, "lead", "Nobody of this alliance is found"),
        ({"lead": "smith"}, "lead", "More than one person is found: Jo Smith, Delph; Kay Smith"),
        ({"quorum_number": "3"}, "quorum_fraction", "as a number or as a part, not both"),
        ({"name": "HEADS"}, "name", "has a group of this name already"),
        ({"usual_minutes": "0"}, "usual_minutes", "greater than or equal to 5"),
        ({"kind": "workhub"}, "kind", "workhub is not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client, changes, field, words):
    body = BodyFactory(name="Heads")
    for name in ("Jo Smith", "Kay Smith"):
        school = MembershipFactory(alliance=body.alliance, school__name="Delph").school
        SchoolPostFactory(school=school, kind="senco", person__name=name)
    client.force_login(office(body))

    page = client.post(reverse("meetings:body_new"), filled(**changes))

    assert words in " ".join(page.context["form"].errors[field])
    assert list(Body.objects.all()) == [body]


def test_a_person_is_found_by_name_and_school_and_by_address(client):
    body = BodyFactory(name="Heads")
    people = {}
    for school_name in ("Delph", "Diggle"):
        school = MembershipFactory(alliance=body.alliance, school__name=school_name).school
        people[school_name] = SchoolPostFactory(school=school, person__name="Jo Smith").person
    client.force_login(office(body))

    client.post(
        body.get_absolute_url() + "edit/",
        filled(
            lead="jo smith, diggle",
            deputy="Jo Smith, Delph",
            minute_taker=people["Delph"].email.upper(),
            seen_version="1",
        ),
    )

    body.refresh_from_db()
    assert (body.lead, body.deputy) == (people["Diggle"], people["Delph"])
    assert body.minute_taker == people["Delph"]


def test_two_editors_see_both_versions_and_the_lead_who_has_left_may_stay(client):
    body = BodyFactory(name="Heads", lead=PersonFactory(name="Gone Lead"))
    client.force_login(office(body))
    address = body.get_absolute_url() + "edit/"
    typed = filled(name="Heads", lead="Gone Lead", about="First", calling_posts=[])
    assert client.post(address, {**typed, "seen_version": "1"}).status_code == 302

    page = client.post(address, {**typed, "about": "Second", "seen_version": "1"})

    assert [(field.label, field.yours, field.theirs) for field in page.context["form"].both] == [
        ("What it is for", "Second", "First")
    ]
    assert (
        client.post(address, {**typed, "about": "Second", "seen_version": "2"}).status_code == 302
    )
    body.refresh_from_db()
    assert (body.about, body.calling_posts, body.lead.name) == ("Second", [], "Gone Lead")


def test_of_a_workhub_only_how_it_meets_is_edited_here(client):
    body = BodyFactory(name="Reading hub", kind="workhub", lead=PersonFactory())
    client.force_login(office(body))
    address = body.get_absolute_url()

    form = client.get(address + "edit/").context["form"]
    assert set(form.fields) == {
        "seen_version",
        "minute_taker",
        "quorum_number",
        "quorum_fraction",
        "usual_place",
        "usual_minutes",
    }
    client.post(
        address + "edit/",
        {"usual_place": "Hub", "usual_minutes": "45", "name": "X", "seen_version": "1"},
    )
    body.refresh_from_db()
    assert (body.name, body.usual_place, body.usual_minutes) == ("Reading hub", "Hub", 45)
    assert client.get(address + "close/").status_code == 403
    assert client.get(address + "members/find/").status_code == 403


def test_a_group_is_closed_and_opened_again(client):
    body = BodyFactory(name="Heads")
    MeetingFactory(body=body, called=True)
    client.force_login(office(body))
    address = body.get_absolute_url() + "close/"

    assert "1 called meeting is still to come" in client.get(address).content.decode()
    page = client.post(address, {"last_day": "2026-12-18"})
    assert said(page) == ["Heads closes; 18 December 2026 is its last day."]
    body.refresh_from_db()
    assert body.closed_on.isoformat() == "2026-12-18"
    assert "This group closes." in client.get(body.get_absolute_url()).content.decode()

    assert "Open Heads again?" in client.get(address).content.decode()
    client.post(address)
    body.refresh_from_db()
    assert body.closed_on is None


@pytest.mark.parametrize("kind", ["chair", "administrator"])
def test_the_rest_of_the_office_neither_founds_nor_edits(client, kind):
    body = BodyFactory()
    client.force_login(office(body, kind))

    for address in (
        reverse("meetings:body_new"),
        body.get_absolute_url() + "edit/",
        body.get_absolute_url() + "close/",
    ):
        assert client.get(address).status_code == 403
        assert client.post(address, filled()).status_code == 403
