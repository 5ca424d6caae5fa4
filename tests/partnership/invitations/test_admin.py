from datetime import timedelta

import pytest
from django.utils import timezone

from partnership.invitations.models import Invitation
from tests.factories.invitations import InvitationFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/invitations/invitation/"


@pytest.fixture
def staff(client):
    person = PersonFactory(staff=True, name="Ola Officer")
    client.force_login(person)
    return person


def invitation(**facts):
    return InvitationFactory(**{"invited_at": timezone.now() - timedelta(days=1)} | facts)


def act(client, action, *things, page=LIST):
    chosen = {"action": action, "_selected_action": [thing.pk for thing in things]}
    return client.post(page, chosen, follow=True).content.decode()


def found(response):
    return [each.pk for each in response.context["cl"].result_list]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_three(
    client, staff, rows, django_assert_num_queries
):
    for _row in range(rows):
        invitation()

    with django_assert_num_queries(3):
        response = client.get(LIST)

    assert len(found(response)) == rows


def test_the_list_is_narrowed_by_state_and_searched(client, staff):
    wanted = invitation(person=PersonFactory(invited_only=True, name="Siân O’Neill"))
    expired = invitation(invited_at=timezone.now() - timedelta(days=30), invited_by=None)

    assert found(client.get(LIST, {"state": "open"})) == [wanted.pk]
    assert found(client.get(LIST, {"state": "expired"})) == [expired.pk]
    assert found(client.get(LIST, {"q": "sian o'neill"})) == [wanted.pk]
    page = client.get(LIST).content.decode()
    assert "The portal" in page
    assert "Expired" in page


def test_invitations_are_sent_again_and_withdrawn_unless_answered(client, staff):
    again, back, accepted = invitation(), invitation(), invitation(accepted=True)

    sent = act(client, "send_invitations_again", again, accepted)
    withdrawn = act(client, "withdraw_invitations", back, accepted)

    assert Invitation.objects.get(pk=again.pk).issue == 2
    assert Invitation.objects.get(pk=back.pk).withdrawn_at is not None
    assert Invitation.objects.get(pk=accepted.pk).issue == 1
    assert "1 invitation sent again." in sent
    assert "1 had been answered" in sent
    assert "1 invitation withdrawn." in withdrawn


def test_an_invitation_is_shown_and_never_changed_or_deleted(client, staff):
    one = invitation()

    assert 'name="_save"' not in client.get(f"{LIST}{one.pk}/change/").content.decode()
    deleted = client.post(f"{LIST}{one.pk}/delete/", {"post": "yes"})
    assert "withdraw it" in deleted.content.decode()
    assert client.get(f"{LIST}add/").status_code == 403


def test_people_are_invited_from_their_list(client, staff):
    left = PersonFactory(is_active=False, joined_at=timezone.now())
    asked, active = invitation(), PersonFactory()

    page = act(client, "invite_people", left, asked.person, active, page="/admin/people/person/")

    assert "2 people: invited." in page
    assert "1 left as they were" in page
    assert Invitation.objects.get(person=left).invited_by == staff
    assert Invitation.objects.get(pk=asked.pk).issue == 2
    assert not Invitation.objects.filter(person=active).exists()
