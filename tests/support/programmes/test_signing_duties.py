from datetime import timedelta

import pytest

from alliances.schools.models import SchoolPost
from partnership.notices.models import Notice
from partnership.notices.services import plan_reminders, send_waiting
from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from support.programmes.services import decline_agreement
from tests.factories import AlliancePostFactory, SchoolPostFactory
from tests.support.programmes.agreed import SIGN_BY, make_agreed
from tests.support.programmes.scene import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed():
    return make_agreed()


def owed(**window):
    window = {"now": NOW} | window
    return [Duty(*row) for row in all_duties(DutyWindow(kinds=["programmes.sign"], **window))]


def test_each_head_and_the_director_owe_a_signature_until_it_is_given(agreed):
    chair = AlliancePostFactory(alliance=agreed.alliance, kind="chair").person
    agreed.drafts()
    before = owed()
    sent = agreed.sends(seen_version=2)
    asked = {(duty.person_id, duty.goes_up_to_id) for duty in owed()}

    agreed.signs(sent, agreed.head)

    director = agreed.director.pk
    heads = [agreed.head, agreed.supporting_head, agreed.home_head]
    assert before == []
    assert asked == {(head.pk, director) for head in heads} | {(director, chair.pk)}
    assert {duty.due_at for duty in owed()} == {SIGN_BY}
    assert owed(person_ids=[agreed.head.pk]) == []
    assert len(owed(person_ids=[agreed.head.pk], with_done=True)) == 1
    assert [duty.person_id for duty in owed(person_ids=[agreed.home_head.pk])] == [
        agreed.home_head.pk
    ]


def test_a_new_head_owes_what_the_one_before_her_was_asked(agreed):
    agreed.sends()
    SchoolPost.objects.filter(person=agreed.head).update(ends_on=TODAY)
    follower = SchoolPostFactory(
        school=agreed.programme.school, kind="head", starts_on=TODAY + timedelta(days=1)
    ).person

    later = NOW + timedelta(days=1)

    assert owed(person_ids=[agreed.head.pk], now=later) == []
    assert len(owed(person_ids=[follower.pk], now=later)) == 1


def test_what_was_declined_is_owed_by_nobody(agreed):
    sent = agreed.sends()
    decline_agreement(
        signature=sent.signatures.first(),
        text_hash=sent.text_hash,
        because="No",
        as_what="Head",
        by=agreed.head,
        now=NOW,
    )

    assert owed() == []


def test_a_signature_is_reminded_of_once_and_names_no_school(agreed):
    agreed.sends()
    moment = SIGN_BY - timedelta(hours=6)

    plan_reminders(now=moment)
    plan_reminders(now=moment)

    (duty,) = owed(person_ids=[agreed.head.pk])
    reminded = Notice.objects.filter(kind="notices.reminder").values_list("recipient", flat=True)
    assert sorted(reminded) == sorted(person.pk for person in agreed.signers)
    assert duty.url == f"/support/{agreed.programme.pk}/agreement/sign/"
    assert "Example" not in duty.title + duty.line + duty.spec.why(duty)


def test_chair_and_director_are_led_to_pages_that_they_may_open(agreed, mailoutbox):
    chair = AlliancePostFactory(alliance=agreed.alliance, kind="chair").person
    agreed.sends()
    late = SIGN_BY + timedelta(days=1, minutes=1)

    plan_reminders(now=late)
    send_waiting(clock=lambda: late)

    told = {mail.to[0]: mail.body for mail in mailoutbox if "not done this yet" in mail.body}
    assert sorted(told) == sorted([chair.email, agreed.director.email])
    assert "/support/\n" in told[chair.email]
    assert f"/support/{agreed.programme.pk}/\n" in told[agreed.director.email]
