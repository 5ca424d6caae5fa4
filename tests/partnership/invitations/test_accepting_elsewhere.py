from datetime import timedelta

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount

from partnership.invitations.links import accept_path
from tests.factories.invitations import INVITED_AT, InvitationFactory
from tests.factories.people import PersonFactory
from tests.partnership.people.test_elsewhere import connected

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_days_later(settings):
    provider = {"id": "dfe", "name": "DfE Sign-in", "server": "", "client_id": "portal"}
    settings.SIGN_IN_PROVIDERS = [{**provider, "secret": "", "tenants": []}]
    with time_machine.travel(INVITED_AT + timedelta(days=2), tick=False):
        yield


def proves(client, uid="helen-1"):
    at = (INVITED_AT + timedelta(days=2)).timestamp()
    session = client.session
    proof = {"provider": "dfe", "uid": uid, "label": "head@school.example", "at": at}
    session["proven_account"] = proof
    session.save()


def link(invitation):
    return accept_path(invitation.pk, invitation.issue)


def test_an_invitation_is_accepted_with_an_account_elsewhere_and_no_password(client):
    invitation = InvitationFactory(person__name="Helen Brierley")
    proves(client)

    asked = client.get(link(invitation)).content.decode()
    done = client.post(link(invitation), {"name": "Helen Shaw"})

    person = invitation.person
    person.refresh_from_db()
    assert "You will sign in with your <strong>DfE Sign-in</strong> account" in asked
    assert 'name="password"' not in asked
    assert done["Location"] == "/desk/"
    assert (person.is_active, person.name, person.has_usable_password()) == (
        True,
        "Helen Shaw",
        False,
    )
    assert SocialAccount.objects.get().user_id == person.pk
    assert "proven_account" not in client.session


def test_an_account_of_somebody_else_accepts_nothing(client):
    connected(PersonFactory())
    invitation = InvitationFactory()
    proves(client)

    page = client.post(link(invitation), {"name": "Helen"}, follow=True).content.decode()

    invitation.person.refresh_from_db()
    assert "That account opens somebody else’s here." in page
    assert not invitation.person.is_active
    assert 'name="password"' in page


def test_without_a_proof_a_password_is_needed(client):
    invitation = InvitationFactory()

    response = client.post(link(invitation), {"name": "Helen Shaw"})

    assert response.status_code == 200
    assert 'name="password"' in response.content.decode()


def test_the_providers_are_offered_on_the_invitation(client):
    page = client.get(link(InvitationFactory())).content.decode()

    assert "/accounts/with/dfe/" in page
