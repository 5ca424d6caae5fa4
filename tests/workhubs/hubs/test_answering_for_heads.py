from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from alliances.schools.models import Delegation, SchoolPost
from partnership.audit.models import Event
from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from tests.factories import (
    DelegationFactory,
    MembershipFactory,
    SchoolPostFactory,
    WorkhubSchoolFactory,
)
from workhubs.hubs.duties import ANSWER_FOR_HEAD
from workhubs.hubs.permissions import can_answer_for, can_leave_for
from workhubs.hubs.services import accept_place

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 9, 7, 9, tzinfo=UTC)
TODAY = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def headship():
    return SchoolPostFactory(school__name="Delph Primary School")


@pytest.fixture
def deputy(headship):
    return SchoolPostFactory(school=headship.school, kind=SchoolPost.Kind.DEPUTY).person


@pytest.fixture
def place(headship):
    place = WorkhubSchoolFactory(school=headship.school, workhub_year__workhub__name="Writing")
    MembershipFactory(school=headship.school, alliance=place.workhub_year.workhub.alliance)
    return place


def delegated(headship, deputy, kind=Delegation.Kind.REPLIES):
    return DelegationFactory(
        school=headship.school, deputy=deputy, given_by=headship.person, kind=kind
    )


def owed(**window):
    window = DutyWindow(now=NOW, kinds=[ANSWER_FOR_HEAD], **window)
    return [Duty(*row) for row in all_duties(window)]


def test_deputy_joins_a_workhub_for_the_head_in_her_own_name(client, headship, deputy, place):
    delegated(headship, deputy)
    client.force_login(deputy)

    page = client.get(place.workhub_year.get_absolute_url()).content.decode()
    client.post(reverse("hubs:place_answer", args=[place.pk]), {"answer": "accept"})

    place.refresh_from_db()
    assert "Will Delph Primary School join?" in page
    assert (place.joined_on, place.answered_by) == (TODAY, deputy)
    assert Event.objects.get(action="place accepted").actor_id == deputy.pk


def test_deputy_without_the_matter_is_hidden_what_is_asked(client, headship, deputy, place):
    delegated(headship, deputy, kind=Delegation.Kind.DETAILS)
    client.force_login(deputy)

    response = client.post(reverse("hubs:place_answer", args=[place.pk]), {"answer": "accept"})

    assert response.status_code == 404
    assert owed() == []


def test_taking_the_school_out_stays_with_the_head(client, headship, deputy, place):
    delegated(headship, deputy)
    accept_place(place=place, by=headship.person, now=NOW)
    client.force_login(deputy)

    page = client.get(place.workhub_year.get_absolute_url()).content.decode()

    assert reverse("hubs:place_leave", args=[place.pk]) not in page
    assert client.get(reverse("hubs:place_leave", args=[place.pk])).status_code == 403
    assert can_answer_for(deputy, place, TODAY)
    assert not can_leave_for(deputy, place, TODAY)
    assert can_leave_for(headship.person, place, TODAY)


def test_deputy_sees_the_invitation_on_her_desk_until_it_is_answered(
    client, headship, deputy, place
):
    delegated(headship, deputy)
    client.force_login(deputy)

    (duty,) = owed()
    desk = client.get(reverse("home:desk")).content.decode()
    accept_place(place=place, by=headship.person, now=NOW)

    assert (duty.person_id, duty.thing_id) == (deputy.pk, place.pk)
    assert duty.line == "Delph Primary School; you answer for your head"
    assert duty.url == place.workhub_year.get_absolute_url()
    assert duty.spec.why(duty).startswith("You answer for the head of Delph Primary School")
    assert "Join: Delph Primary School joins Writing" in desk
    assert owed() == []


def test_withdrawn_invitation_is_owed_by_nobody(headship, deputy, place):
    delegated(headship, deputy)
    place.withdrawn_at = NOW
    place.save()

    assert owed(with_done=True) == []
