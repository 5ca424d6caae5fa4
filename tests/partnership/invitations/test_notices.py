import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils.html import escape

from partnership.invitations.duties import accept_rows
from partnership.invitations.links import accept_path, read_token
from partnership.invitations.notices import invitation_letters, invited_by_words
from partnership.invitations.services import (
    accept_invitation,
    invite_person,
    send_again,
    withdraw,
)
from partnership.notices.models import Notice
from partnership.notices.services import plan_reminders, send_waiting
from partnership.toolkit.registers import Duty, DutyWindow, Stale, duty_kinds
from tests.factories.invitations import INVITED_AT, InvitationFactory
from tests.factories.people import PersonFactory
from tests.names import ACCEPTED

pytestmark = pytest.mark.django_db

SOON = INVITED_AT + timedelta(minutes=1)
ALL = DutyWindow()


def send(now):
    return dict(send_waiting(clock=lambda: now))


def invite(**facts):
    given = {
        "email": "head@school.example",
        "name": "Helen Brierley",
        "by": PersonFactory(staff=True, name="Ola Officer"),
        "now": INVITED_AT,
        "on_behalf_of": "Oldham Schools Alliance",
    }
    return invite_person(**given | facts)


def test_the_mail_says_who_invites_until_when_and_how_to_accept(settings):
    invitation = invite()

    assert send(SOON) == {"sent": 1}

    (sent,) = mail.outbox
    assert sent.to == ["head@school.example"]
    for words in (sent.body, sent.alternatives[0].content):
        assert "Ola Officer, for Oldham Schools Alliance, invites you" in words
        assert "For Helen Brierley" in words
        assert "Monday 30 November 2026, 10am" in words
    token = re.search(rf"{settings.PORTAL_URL}/invitations/accept/([^/]+)/", sent.body)[1]
    assert read_token(token).invitation_id == invitation.pk


def test_the_mail_is_sent_once_however_often_the_sender_runs():
    invite()

    assert (send(SOON), send(SOON)) == ({"sent": 1}, {})


@pytest.mark.parametrize(
    "answer",
    [
        lambda each: accept_invitation(invitation=each, password="", now=SOON),
        lambda each: withdraw(invitation=each, by=each.invited_by, now=SOON),
    ],
)
def test_whoever_is_no_longer_invited_gets_no_mail(answer):
    answer(invite())

    assert send(SOON) == {"dropped": 1}
    assert mail.outbox == []


def test_of_two_mails_that_wait_only_the_newer_goes_out():
    invitation = invite()
    send_again(invitation=invitation, by=invitation.invited_by, now=SOON)

    assert send(SOON) == {"dropped": 1, "sent": 1}
    assert accept_path(invitation.pk, 2).split(":")[0] in mail.outbox[0].body


@pytest.mark.parametrize(("typed", "shown"), ACCEPTED)
def test_every_name_is_shown_right_in_a_mail(typed, shown):
    invite(name=typed, by=PersonFactory(staff=True, name=typed))

    send(SOON)

    (sent,) = mail.outbox
    assert f"For {shown}\n" in sent.body
    assert f"For {escape(shown)}<" in sent.alternatives[0].content.replace("</strong>", "<")
    assert sent.message().as_bytes()


def test_many_mails_cost_as_many_queries_as_one(django_assert_num_queries):
    for count in (1, 3):
        while Notice.objects.count() < count:
            invite(email=f"head{Notice.objects.count()}@school.example")
        notices = list(Notice.objects.all())

        with django_assert_num_queries(1):
            letters = invitation_letters(notices, SOON)

        assert len(letters) == count


def test_a_notice_without_its_invitation_is_dropped():
    invitation = invite()
    invitation.delete()

    (letter,) = invitation_letters(list(Notice.objects.all()), SOON).values()

    assert isinstance(letter, Stale)


@pytest.mark.parametrize(
    ("inviter", "behalf", "words"),
    [
        ("Ola Officer", "", "Ola Officer invites"),
        (None, "", "The portal’s staff invite"),
        (None, "Four Oaks", "Four Oaks invites"),
    ],
)
def test_the_inviter_is_named_as_far_as_there_is_one(inviter, behalf, words):
    invited_by = PersonFactory(staff=True, name=inviter) if inviter else None

    invitation = InvitationFactory(invited_by=invited_by, on_behalf_of=behalf)

    assert invited_by_words(invitation) == words


def test_whoever_was_invited_owes_an_answer_until_she_gives_it():
    open_one, _taken_back = InvitationFactory(), InvitationFactory(withdrawn=True)
    InvitationFactory(accepted=True)

    owed = [Duty(*row) for row in accept_rows(ALL)]

    assert [(duty.person_id, duty.due_at, duty.goes_up_to_id) for duty in owed] == [
        (open_one.person_id, open_one.expires_at, open_one.invited_by_id)
    ]
    assert len(accept_rows(DutyWindow(with_done=True))) == 2


def test_the_duty_leads_to_the_page_that_accepts():
    invitation = InvitationFactory(issue=3)
    (duty,) = [Duty(*row) for row in accept_rows(ALL)]

    token = duty.spec.mail_url(duty).split("/")[-2]

    assert (read_token(token).invitation_id, read_token(token).issue) == (invitation.pk, 3)
    assert (duty.title, duty.line) == (
        "Accept your invitation to the portal",
        f"For {invitation.person.name}.",
    )
    assert duty_kinds()[duty.kind].before_joining


def test_whoever_does_not_answer_is_reminded_twice_and_the_inviter_told_once():
    invitation = InvitationFactory()

    for days in range(20):
        for hour in (0, 4, 4.5):
            now = INVITED_AT + timedelta(days=days, hours=hour)
            plan_reminders(now=now)
            send(now)

    told = [(sent.to[0], sent.subject) for sent in mail.outbox]
    assert told == [
        (invitation.person.email, "Accept your invitation to the portal"),
        (invitation.person.email, "Accept your invitation to the portal"),
        (invitation.invited_by.email, "Not done yet: Accept your invitation to the portal"),
    ]


def test_whoever_accepted_is_reminded_no_more():
    invitation = InvitationFactory()
    accept_invitation(invitation=invitation, password="", now=SOON)

    plan_reminders(now=INVITED_AT + timedelta(days=8))

    assert not Notice.objects.exists()
