from datetime import UTC, date, datetime

import pytest
import time_machine

from partnership.notices.models import Notice
from partnership.notices.services import plan_reminders
from partnership.toolkit.registers import Duty, DutyWindow
from tests.factories import PersonFactory, SchoolPostFactory, WorkhubSchoolFactory
from workhubs.hubs.duties import invitations_to_answer
from workhubs.hubs.services import accept_place, decline_place, withdraw_invitation

ASKED_AT = datetime(2026, 11, 9, 10, tzinfo=UTC)
DUE_AT = datetime(2026, 11, 23, 17, tzinfo=UTC)
TODAY = datetime(2026, 11, 16, 18, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


def open_place(**facts):
    return WorkhubSchoolFactory(invited_at=ASKED_AT, answer_by=DUE_AT, **facts)


def duties(**window):
    return [Duty(*row) for row in invitations_to_answer(DutyWindow(**window))]


def test_each_head_of_an_invited_school_owes_an_answer_once():
    place = open_place()
    head = SchoolPostFactory(school=place.school).person
    SchoolPostFactory(school=place.school, person=head, kind="executive_head")
    second = SchoolPostFactory(school=place.school, kind="interim_head").person
    SchoolPostFactory(school=place.school, kind="deputy")
    SchoolPostFactory(school=place.school, ends_on=date(2026, 11, 15))
    SchoolPostFactory(school=place.school, starts_on=date(2027, 1, 1))
    SchoolPostFactory()

    found = duties()

    assert {duty.person_id for duty in found} == {head.pk, second.pk}
    assert len(found) == 2
    assert {duty.key for duty in found} == {f"hubs.answer_invitation:{place.pk}:2026-11-23T17:00Z"}


def test_the_duty_says_what_for_whom_and_where():
    place = open_place(
        school__name="Delph Primary School", workhub_year__workhub__name="Transition"
    )
    place.workhub_year.workhub.save()
    SchoolPostFactory(school=place.school)

    (duty,) = duties()

    workhub = place.workhub_year.workhub
    assert duty.title == "Will your school join the workhub “Transition”?"
    assert duty.line == "Delph Primary School"
    assert duty.url == f"/workhubs/{workhub.slug}/2026-to-2027/"
    assert duty.spec.why(duty) == (
        f"You are head of Delph Primary School, which is invited into a workhub of "
        f"{workhub.alliance}."
    )
    assert (duty.goes_up_to_id, duty.alliance_id, duty.school_id) == (
        place.invited_by_id,
        workhub.alliance_id,
        place.school_id,
    )


@pytest.mark.parametrize("settle", [accept_place, decline_place, withdraw_invitation])
def test_what_is_settled_is_no_longer_owed(settle):
    place = open_place()
    SchoolPostFactory(school=place.school)

    settle(place=place, by=PersonFactory(), now=TODAY)

    assert duties() == []


def test_an_answered_invitation_counts_as_done_in_a_past_window():
    place = open_place()
    SchoolPostFactory(school=place.school)
    decline_place(place=place, by=PersonFactory(), now=TODAY)

    (duty,) = duties(with_done=True)

    assert duty.done_at == TODAY


def test_the_window_narrows_by_person_deadline_and_thing():
    place = open_place()
    head = SchoolPostFactory(school=place.school).person
    stranger = SchoolPostFactory(school=open_place().school).person

    hers = duties(person_ids=[head.pk])
    later = duties(due_from=datetime(2026, 11, 24, tzinfo=UTC))
    named = duties(thing_ids={"hubs.answer_invitation": [place.pk]})

    assert [duty.person_id for duty in hers] == [head.pk]
    assert later == []
    assert [duty.person_id for duty in named] == [head.pk] != [stranger.pk]


def test_the_head_is_reminded_once_a_week_before_however_often_it_runs():
    place = open_place()
    head = SchoolPostFactory(school=place.school).person

    runs = [plan_reminders(now=TODAY), plan_reminders(now=TODAY)]

    assert runs == [1, 0]
    assert Notice.objects.get().recipient == head


def test_who_has_answered_is_not_reminded():
    place = open_place()
    SchoolPostFactory(school=place.school)
    decline_place(place=place, by=PersonFactory(), now=TODAY)

    assert plan_reminders(now=TODAY) == 0


def test_it_goes_up_to_whoever_invited_after_three_days():
    place = open_place()
    head = SchoolPostFactory(school=place.school).person

    with time_machine.travel(datetime(2026, 11, 27, 9, tzinfo=UTC), tick=False):
        plan_reminders(now=datetime(2026, 11, 27, 9, tzinfo=UTC))

    told = set(Notice.objects.values_list("recipient", "kind"))
    assert told == {
        (head.pk, "notices.reminder"),
        (place.invited_by_id, "notices.escalation"),
    }
