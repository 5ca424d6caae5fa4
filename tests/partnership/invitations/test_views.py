from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.utils.html import escape

from partnership.audit.models import Event
from partnership.invitations.links import accept_path
from partnership.invitations.models import Invitation
from partnership.notices.models import Notice
from partnership.people.models import Person
from tests.factories.invitations import INVITED_AT, InvitationFactory
from tests.factories.people import PersonFactory
from tests.names import ACCEPTED, REFUSED

pytestmark = pytest.mark.django_db

PASSWORD = "three plain words"


@pytest.fixture(autouse=True)
def _two_days_later():
    with time_machine.travel(INVITED_AT + timedelta(days=2), tick=False):
        yield


@pytest.fixture
def staff(client):
    person = PersonFactory(staff=True, name="Ola Officer")
    client.force_login(person)
    return person


def link(invitation):
    return accept_path(invitation.pk, invitation.issue)


def rows_of(response):
    return [invitation.pk for invitation in response.context["page"]]


def test_the_list_shows_everybody_invited_the_latest_first(client, staff):
    older = InvitationFactory(invited_at=INVITED_AT - timedelta(days=30))
    newer = InvitationFactory()

    response = client.get("/invitations/")

    assert rows_of(response) == [newer.pk, older.pk]
    page = response.content.decode()
    assert newer.person.email in page
    assert "Expired" in page
    assert "Open" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(
    client, staff, rows, django_assert_num_queries
):
    InvitationFactory.create_batch(rows)

    with django_assert_num_queries(2):
        response = client.get("/invitations/")

    assert len(rows_of(response)) == rows


@pytest.mark.parametrize("state", ["open", "expired", "accepted", "withdrawn"])
def test_the_list_is_narrowed_to_a_state(client, staff, state):
    made = {
        "open": InvitationFactory(),
        "expired": InvitationFactory(invited_at=INVITED_AT - timedelta(days=30)),
        "accepted": InvitationFactory(accepted=True),
        "withdrawn": InvitationFactory(withdrawn=True),
    }

    assert rows_of(client.get("/invitations/", {"state": state})) == [made[state].pk]


@pytest.mark.parametrize("words", ["sian", "O’NEILL", "o'neill", "HEAD7@"])
def test_the_list_is_searched_by_name_and_address(client, staff, words):
    wanted = InvitationFactory(
        person=PersonFactory(invited_only=True, name="Siân O’Neill", email="head7@school.example")
    )
    InvitationFactory()

    assert rows_of(client.get("/invitations/", {"text": words})) == [wanted.pk]


@pytest.mark.parametrize(
    "query", [{"state": "no such"}, {"text": "x" * 300}, {"order": "no such"}, {"page": "x"}]
)
def test_a_nonsense_question_is_answered(client, staff, query):
    InvitationFactory()

    assert client.get("/invitations/", query).status_code == 200


def test_the_list_is_ordered_by_name_both_ways(client, staff):
    adam = InvitationFactory(person=PersonFactory(invited_only=True, name="Adam Ant"))
    zoe = InvitationFactory(person=PersonFactory(invited_only=True, name="Zoë Zed"))

    assert rows_of(client.get("/invitations/", {"order": "name"})) == [adam.pk, zoe.pk]
    assert rows_of(client.get("/invitations/", {"order": "-name"})) == [zoe.pk, adam.pk]


def test_an_empty_list_says_what_to_do(client, staff):
    assert "Nobody has been invited yet." in client.get("/invitations/").content.decode()
    narrowed = client.get("/invitations/", {"text": "nobody"})
    assert "No invitation matches." in narrowed.content.decode()


@pytest.mark.parametrize("path", ["", "new/", "1/withdraw/"])
def test_people_who_are_not_staff_see_none_of_it(client, path):
    client.force_login(PersonFactory())
    InvitationFactory(pk=1)

    assert client.get(f"/invitations/{path}").status_code in {403, 404}
    assert client.post(f"/invitations/{path}").status_code in {403, 404}
    assert client.post("/invitations/1/send-again/").status_code == 404
    assert Invitation.objects.get().issue == 1


def test_staff_invite_somebody(client, staff):
    typed = {"name": "Helen Brierley", "email": "HEAD@school.example", "on_behalf_of": "Four Oaks"}

    response = client.post("/invitations/new/", typed, follow=True)

    invitation = Invitation.objects.get()
    assert (invitation.person.email, invitation.invited_by) == ("head@school.example", staff)
    assert "Helen Brierley is invited until Wednesday 2 December 2026." in response.content.decode()
    assert Notice.objects.get().recipient == invitation.person


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("joined@school.example", "has joined already"),
        ("invited@school.example", "has been invited"),
        ("no address", "Write a whole address"),
        ("", "Fill this in."),
    ],
)
def test_an_address_that_cannot_be_invited_is_said_at_the_field(client, staff, email, sentence):
    PersonFactory(email="joined@school.example")
    InvitationFactory(person=PersonFactory(email="invited@school.example", invited_only=True))

    response = client.post("/invitations/new/", {"name": "Helen Brierley", "email": email})

    page = response.content.decode()
    assert sentence in page
    assert 'id="id_email_error"' in page
    assert 'value="Helen Brierley"' in page
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(("typed", "shown"), ACCEPTED)
def test_every_name_is_invited_and_shown_right(client, staff, typed, shown):
    client.post("/invitations/new/", {"name": typed, "email": "head@school.example"})

    page = client.get("/invitations/").content.decode()

    assert escape(shown) in page.split('<th scope="row">')[1].split("<br>")[0]
    assert Invitation.objects.get().person.name == shown


@pytest.mark.parametrize(("typed", "_reason"), REFUSED)
def test_what_is_no_name_is_not_invited(client, staff, typed, _reason):
    response = client.post("/invitations/new/", {"name": typed, "email": "head@school.example"})

    assert 'id="id_name_error"' in response.content.decode()
    assert not Invitation.objects.exists()


def test_staff_send_an_invitation_again(client, staff):
    invitation = InvitationFactory()
    old = link(invitation)

    response = client.post(f"/invitations/{invitation.pk}/send-again/", follow=True)

    assert "A new link is on its way" in response.content.decode()
    client.logout()
    assert "There is a newer mail" in client.get(old).content.decode()


def test_sending_again_takes_a_post(client, staff):
    assert client.get(f"/invitations/{InvitationFactory().pk}/send-again/").status_code == 405


def test_withdrawing_asks_first(client, staff):
    invitation = InvitationFactory()

    asked = client.get(f"/invitations/{invitation.pk}/withdraw/")
    before = Invitation.objects.get().withdrawn_at
    client.post(f"/invitations/{invitation.pk}/withdraw/")

    assert escape(f"Withdraw the invitation of {invitation.person.name}?") in asked.content.decode()
    assert before is None
    assert Invitation.objects.get().withdrawn_at is not None


@pytest.mark.parametrize("path", ["withdraw/", "send-again/"])
def test_an_accepted_invitation_stays_as_it_is(client, staff, path):
    invitation = InvitationFactory(accepted=True)

    response = client.post(f"/invitations/{invitation.pk}/{path}")

    assert response.status_code == 403
    assert "This invitation has been answered." in response.content.decode()


def test_looking_at_the_link_changes_nothing(client):
    invitation = InvitationFactory(invited_by=PersonFactory(staff=True, name="Ola Officer"))

    for _scanner in range(3):
        response = client.get(link(invitation))
        client.head(link(invitation))

    page = response.content.decode()
    assert "Ola Officer invites you" in page
    assert invitation.person.email in page
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "strict-origin"
    assert not Person.objects.get(pk=invitation.person_id).is_active
    assert Invitation.objects.get().accepted_at is None
    assert not Event.objects.exists()
    assert not Session.objects.exists()


def test_accepting_signs_in_and_leads_to_the_desk(client):
    invitation = InvitationFactory(person__name="Helen Brierly")

    response = client.post(link(invitation), {"name": "Helen Brierley", "password": PASSWORD})

    person = Person.objects.get(pk=invitation.person_id)
    assert response["Location"] == "/desk/"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert (person.name, person.is_active, person.check_password(PASSWORD)) == (
        "Helen Brierley",
        True,
        True,
    )


def test_a_link_works_once(client):
    invitation = InvitationFactory()
    typed = {"name": "Helen Brierley", "password": PASSWORD}
    client.post(link(invitation), typed)
    client.logout()

    again = client.post(link(invitation), typed | {"password": "another three words"})

    assert again.status_code == 410
    assert "You have accepted already" in again.content.decode()
    assert Person.objects.get(pk=invitation.person_id).check_password(PASSWORD)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"withdrawn": True}, "This invitation was withdrawn"),
        ({"invited_at": INVITED_AT - timedelta(days=30)}, "This invitation has expired"),
    ],
)
def test_a_dead_link_says_why_and_what_to_do(client, facts, sentence):
    invitation = InvitationFactory(**facts)

    for response in (
        client.get(link(invitation)),
        client.post(link(invitation), {"name": "Helen", "password": PASSWORD}),
    ):
        page = response.content.decode()
        assert response.status_code == 410
        assert sentence in page
        assert "Ask whoever invited you" in page
        assert invitation.person.email not in page
        assert escape(invitation.person.name) not in page


def test_a_made_up_link_says_the_same_whether_or_not_there_is_an_invitation(client):
    invitation = InvitationFactory()
    forged = link(invitation)[:-3] + "xx/"

    pages = [client.get(forged), client.get(accept_path(999, 1))]

    assert {page.status_code for page in pages} == {410}
    assert all("This link doesn’t work" in page.content.decode() for page in pages)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Fill this in."),
        ("k7!xq", "at least 12 characters"),
        ("q1w2e3r4t5y6", "too common"),
        ("helen brierley", "too similar to the name"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused_at_the_field(client, password, sentence):
    invitation = InvitationFactory(person__name="Helen Brierley")

    response = client.post(link(invitation), {"name": "Helen Brierley", "password": password})

    page = response.content.decode()
    assert sentence in page
    assert 'id="id_password_error"' in page
    assert password == "" or password not in page
    assert not Person.objects.get(pk=invitation.person_id).is_active


def test_somebody_signed_in_already_is_asked_to_sign_out_and_nothing_is_accepted(client):
    invitation = InvitationFactory()
    client.force_login(PersonFactory(name="Somebody Else"))

    response = client.post(link(invitation), {"name": "Helen", "password": PASSWORD})

    assert "You are signed in as Somebody Else." in response.content.decode()
    assert Invitation.objects.get().accepted_at is None


def test_accepting_does_not_get_past_a_second_factor(client):
    invitation = InvitationFactory()
    Authenticator.objects.create(
        user=invitation.person, type=Authenticator.Type.TOTP, data={"secret": "x"}
    )

    response = client.post(link(invitation), {"name": "Helen", "password": PASSWORD})

    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session


def test_trying_links_is_stopped(client):
    invitation = InvitationFactory()

    for _attempt in range(20):
        client.post("/invitations/accept/nonsense/")
    response = client.post(link(invitation), {"name": "Helen", "password": PASSWORD})

    assert response.status_code == 429
