from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from partnership.audit.models import Event
from partnership.invitations.models import Invitation
from partnership.invitations.services import (
    AlreadyInvited,
    AlreadyJoined,
    InvitationClosed,
    accept_invitation,
    invite_person,
    send_again,
    withdraw,
)
from partnership.notices.models import Notice
from partnership.people.models import Person
from tests.factories.invitations import INVITED_AT, InvitationFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

EMAIL = "head@school.example"


def invite(by, **facts):
    given = {"email": EMAIL, "name": "Helen Brierley", "by": by, "now": INVITED_AT}
    return invite_person(**given | facts)


def test_whoever_is_invited_is_known_but_may_not_sign_in_and_is_told_at_once():
    staff = PersonFactory(staff=True)

    invitation = invite(staff, on_behalf_of="Oldham Schools Alliance")

    person = invitation.person
    assert (person.email, person.name, person.is_active) == (EMAIL, "Helen Brierley", False)
    assert invitation.expires_at == INVITED_AT + timedelta(days=14)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.rank, notice.facts) == (
        person,
        "invitations.invited",
        Notice.Rank.URGENT,
        {"issue": 1},
    )
    assert list(Event.objects.order_by("id").values_list("action", "actor_id")) == [
        ("person added", staff.pk),
        ("invitation sent", staff.pk),
    ]


def test_whoever_has_joined_is_not_invited():
    PersonFactory(email=EMAIL)

    with pytest.raises(AlreadyJoined):
        invite(PersonFactory(staff=True), email=EMAIL.upper())

    assert not Invitation.objects.exists()


def test_whoever_is_invited_is_not_invited_twice():
    staff = PersonFactory(staff=True)
    first = invite(staff)

    with pytest.raises(AlreadyInvited) as raised:
        invite(staff, email=" HEAD@school.example")

    assert raised.value.invitation == first
    assert Notice.objects.count() == 1


def test_an_expired_invitation_is_sent_again_by_inviting_again():
    staff = PersonFactory(staff=True)
    first = invite(staff)

    second = invite(staff, now=INVITED_AT + timedelta(days=20))

    assert (second.pk, second.issue) == (first.pk, 2)
    assert second.expires_at == INVITED_AT + timedelta(days=34)


def test_a_name_given_wrongly_at_first_is_put_right_by_inviting_again():
    staff = PersonFactory(staff=True)
    withdraw(invitation=invite(staff, name="Hellen Brierly"), by=staff, now=INVITED_AT)

    invitation = invite(staff)

    assert Person.objects.get(pk=invitation.person_id).name == "Helen Brierley"


def test_somebody_who_left_is_invited_anew_by_the_name_she_had():
    PersonFactory(email=EMAIL, name="Helen Shaw", is_active=False, joined_at=INVITED_AT)

    invitation = invite(PersonFactory(staff=True))

    assert invitation.person.name == "Helen Shaw"


def test_accepting_lets_her_in_with_her_password_and_her_own_spelling():
    invitation = InvitationFactory()
    now = INVITED_AT + timedelta(days=1)

    accept_invitation(
        invitation=invitation, password="three plain words", name="Siân O’Neill", now=now
    )

    person = Person.objects.get(pk=invitation.person_id)
    assert (person.is_active, person.joined_at, person.name) == (True, now, "Siân O’Neill")
    assert person.check_password("three plain words")
    assert list(Event.objects.order_by("id").values_list("action", "actor_id")) == [
        ("person joined", person.pk),
        ("invitation accepted", person.pk),
    ]


def test_accepting_without_a_password_leaves_none_to_guess():
    invitation = InvitationFactory()

    person = accept_invitation(invitation=invitation, password="", now=INVITED_AT)

    assert (person.is_active, person.has_usable_password()) == (True, False)


@pytest.mark.parametrize(
    ("facts", "days", "issue", "state"),
    [
        ({"accepted": True}, 2, 1, Invitation.State.ACCEPTED),
        ({"withdrawn": True}, 2, 1, Invitation.State.WITHDRAWN),
        ({}, 14, 1, Invitation.State.EXPIRED),
        ({"issue": 2}, 2, 1, Invitation.State.OPEN),
    ],
)
def test_what_is_not_open_is_not_accepted(facts, days, issue, state):
    invitation = InvitationFactory(**facts)
    before = Person.objects.get(pk=invitation.person_id).is_active

    with pytest.raises(InvitationClosed) as raised:
        accept_invitation(
            invitation=invitation,
            password="three plain words",
            issue=issue,
            now=INVITED_AT + timedelta(days=days),
        )

    assert raised.value.state == state
    assert Person.objects.get(pk=invitation.person_id).is_active == before


def test_sending_again_tells_anew_and_ends_the_earlier_link():
    invitation = InvitationFactory()
    now = INVITED_AT + timedelta(days=10)

    current = send_again(invitation=invitation, by=invitation.invited_by, now=now)

    assert (current.issue, current.sent_at, current.expires_at) == (
        2,
        now,
        now + timedelta(days=14),
    )
    assert list(Notice.objects.values_list("key", flat=True)) == [f"invited:{invitation.pk}:2"]


@pytest.mark.parametrize("act", [send_again, withdraw])
@pytest.mark.parametrize("facts", [{"accepted": True}, {"withdrawn": True}])
def test_what_was_answered_is_neither_sent_again_nor_withdrawn(act, facts):
    invitation = InvitationFactory(**facts)

    with pytest.raises(InvitationClosed):
        act(invitation=invitation, by=invitation.invited_by, now=INVITED_AT + timedelta(days=2))

    assert not Notice.objects.exists()


def test_a_withdrawn_invitation_keeps_its_place_in_the_history():
    invitation = InvitationFactory()

    withdraw(invitation=invitation, by=invitation.invited_by, now=INVITED_AT)

    assert Invitation.objects.get().withdrawn_at == INVITED_AT
    assert Event.objects.of(invitation).get().action == "invitation withdrawn"


def test_the_database_keeps_one_open_invitation_a_person():
    invitation = InvitationFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(person=invitation.person)


@pytest.mark.parametrize(
    ("facts", "days", "state"),
    [
        ({"accepted": True}, 20, "accepted"),
        ({"withdrawn": True}, 20, "withdrawn"),
        ({}, 13, "open"),
        ({}, 14, "expired"),
    ],
)
def test_the_list_and_the_row_agree_on_the_state(facts, days, state):
    now = INVITED_AT + timedelta(days=days)
    InvitationFactory(**facts)

    invitation = Invitation.objects.with_state(now=now).get()

    assert invitation.state == state == invitation.state_at(now)
    assert list(Invitation.objects.in_state(state, now=now)) == [invitation]
