from datetime import date

import pytest
import time_machine
from django.urls import reverse

from alliances.meetings.duties.answers import ANSWER_FOR_HEAD
from alliances.meetings.models import Meeting, MeetingReply
from alliances.meetings.permissions import can_answer
from alliances.meetings.services import answer_meeting
from alliances.schools.models import Delegation, SchoolPost
from partnership.audit.models import Event
from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from tests.alliances.meetings.acts import NOW, call, reply_of, seated
from tests.factories import (
    BodyFactory,
    DelegationFactory,
    MeetingFactory,
    PersonFactory,
    SchoolPostFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def head():
    """The head of one of two schools that are asked to a meeting."""
    body = BodyFactory()
    head = seated(body, name="Delph Primary School")
    seated(body)
    call(MeetingFactory(body=body, title="Spring programme"))
    return head


@pytest.fixture
def meeting(head):
    return Meeting.objects.get()


@pytest.fixture
def deputy(head):
    post = SchoolPost.objects.get(person=head)
    return SchoolPostFactory(school=post.school, kind=SchoolPost.Kind.DEPUTY).person


def delegated(head, deputy, **facts):
    school = SchoolPost.objects.get(person=head).school
    return DelegationFactory(school=school, deputy=deputy, given_by=head, **facts)


def owed(now=NOW, **window):
    window = DutyWindow(now=now, kinds=[ANSWER_FOR_HEAD], **window)
    return [Duty(*row) for row in all_duties(window)]


def say(client, meeting, reply, answer="yes"):
    address = reverse("meetings:meeting_answer", args=[meeting.pk, reply.pk])
    return client.post(address, {"answer": answer})


def test_deputy_answers_for_the_head_in_her_own_name(client, head, deputy, meeting):
    delegated(head, deputy)
    client.force_login(deputy)

    page = client.get(meeting.get_absolute_url()).content.decode()
    say(client, meeting, reply_of(head, meeting))
    after = client.get(meeting.get_absolute_url()).content.decode()

    assert f"Will {head.name} come?" in page
    assert f"{head.name}: Yes." in after
    assert reply_of(head, meeting).answer == "yes"
    assert Event.objects.get(action="meeting answered").actor_id == deputy.pk


def test_deputy_without_the_matter_neither_sees_nor_answers(client, head, deputy, meeting):
    delegated(head, deputy, kind=Delegation.Kind.DETAILS)
    client.force_login(deputy)

    assert client.get(meeting.get_absolute_url()).status_code == 404
    assert say(client, meeting, reply_of(head, meeting)).status_code == 404
    assert reply_of(head, meeting).answer == ""
    assert owed() == []


def test_deputy_answers_for_her_own_school_alone(client, head, deputy, meeting):
    delegated(head, deputy)
    client.force_login(deputy)
    other = MeetingReply.objects.exclude(person=head).get()

    assert say(client, meeting, other).status_code == 403
    assert not can_answer(deputy, other, NOW)
    assert can_answer(deputy, reply_of(head, meeting), NOW)


def test_deputy_answers_no_more_once_it_was_taken_back(client, head, deputy, meeting):
    delegation = delegated(head, deputy)
    delegation.ended_at = NOW
    delegation.save()
    client.force_login(deputy)

    assert client.get(meeting.get_absolute_url()).status_code == 404
    assert not can_answer(deputy, reply_of(head, meeting), NOW)


def test_deputy_sees_on_her_desk_what_the_head_owes_until_it_is_answered(
    client, head, deputy, meeting
):
    delegated(head, deputy)
    client.force_login(deputy)

    (duty,) = owed()
    desk = client.get(reverse("home:desk")).content.decode()
    answer_meeting(reply=reply_of(head, meeting), answer="no", by=deputy, now=NOW)

    assert (duty.person_id, duty.thing_id) == (deputy.pk, reply_of(head, meeting).pk)
    assert duty.line.endswith(f"; for {head.name}, Delph Primary School")
    assert duty.url == meeting.get_absolute_url()
    assert "Answer for your head: Spring programme" in desk
    assert owed() == []
    assert len(owed(with_done=True)) == 1


def test_deputy_owes_nothing_of_what_the_head_is_asked_for_another_school(head, deputy, meeting):
    elsewhere = SchoolPostFactory(person=head)
    post = SchoolPostFactory(school=elsewhere.school, kind=SchoolPost.Kind.DEPUTY)
    DelegationFactory(school=elsewhere.school, deputy=post.person, given_by=head)

    assert owed() == []
    assert not Meeting.objects.visible_to(post.person, on=TODAY).exists()


def test_who_stands_in_for_nobody_answers_for_herself_alone(head, meeting):
    assert not can_answer(PersonFactory(), reply_of(head, meeting), NOW)
