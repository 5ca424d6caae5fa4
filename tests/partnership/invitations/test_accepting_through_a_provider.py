from datetime import timedelta

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from partnership.invitations.links import accept_path
from partnership.invitations.models import Invitation
from partnership.people.models import Person
from tests.factories.invitations import InvitationFactory
from tests.partnership.people.test_elsewhere import (
    asks,
    connected,
    goes,
    is_signed_in,
    running_stub,
    stub,
)

__all__ = ["running_stub", "stub"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation():
    helen = {"person__name": "Helen Brierley", "person__email": "head@school.example"}
    return InvitationFactory(invited_at=timezone.now() - timedelta(days=1), **helen)


def link(invitation):
    return accept_path(invitation.pk, invitation.issue)


def proves_at_the_provider(client, invitation):
    """The button on the invitation, and the way there and back."""
    return goes(client, process="redirect", next=link(invitation))


def test_who_follows_the_link_accepts_with_the_account_she_has(client, stub, invitation):
    here = link(invitation)
    client.get(here)
    back = goes(client, process="redirect", next=here)
    asked = client.get(back["Location"]).content.decode()
    done = client.post(back["Location"], {"name": "Helen Brierley"})

    invitation.refresh_from_db()
    person = Person.objects.get(pk=invitation.person_id)
    assert back["Location"] == here
    assert "<strong>DfE Sign-in</strong> account head@school.example" in asked
    assert done["Location"] == "/desk/"
    assert invitation.accepted_at is not None
    assert client.session["_auth_user_id"] == str(person.pk)
    assert (person.is_active, person.has_usable_password()) == (True, False)
    account = SocialAccount.objects.get()
    assert (account.user_id, account.provider, account.uid) == (person.pk, "dfe", "helen-1")


def test_from_then_on_that_account_signs_her_in(client, stub, invitation):
    proves_at_the_provider(client, invitation)
    client.post(link(invitation), {"name": "Helen Brierley"})
    client.post("/accounts/logout/")

    response = goes(client)

    assert response["Location"] == "/desk/"
    assert client.session["_auth_user_id"] == str(invitation.person_id)


def test_proving_an_account_alone_accepts_nothing(client, stub, invitation):
    proves_at_the_provider(client, invitation)

    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("address", ["stranger@elsewhere.example", "head@school.example"])
def test_a_stranger_without_the_link_is_neither_let_in_nor_signed_up(
    client, stub, invitation, address
):
    stub.claims = {"sub": "stranger-1", "email": address, "email_verified": True}

    page = client.get(goes(client)["Location"]).content.decode()

    invitation.refresh_from_db()
    assert "Nobody here has connected this DfE Sign-in account." in page
    assert invitation.accepted_at is None
    assert not is_signed_in(client)
    assert list(Person.objects.filter(is_active=False)) == [invitation.person]
    assert not SocialAccount.objects.exists()


def test_an_account_that_opens_somebody_elses_is_not_accepted(client, stub, invitation):
    somebody = invitation.invited_by
    connected(somebody, uid="stranger-1")
    stub.claims = {"sub": "stranger-1", "email": "stranger@elsewhere.example"}

    proves_at_the_provider(client, invitation)
    client.post(link(invitation), {"name": "Helen Brierley"})

    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert SocialAccount.objects.get().user_id == somebody.pk


def test_a_link_sent_anew_takes_no_account_proven_for_the_old_one(client, stub, invitation):
    old = link(invitation)
    proves_at_the_provider(client, invitation)
    Invitation.objects.update(issue=invitation.issue + 1)

    client.post(old, {"name": "Helen Brierley"})

    assert Invitation.objects.get().accepted_at is None
    assert not SocialAccount.objects.exists()


@time_machine.travel(timezone.now(), tick=False)  # a link says the second in which it was made
def test_the_provider_comes_back_to_the_invitation_and_nowhere_else(client, stub, invitation):
    asks(client, process="redirect", next="https://elsewhere.example/")

    response = proves_at_the_provider(client, invitation)

    assert response["Location"] == link(invitation)
