from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError

from alliances.meetings.models import Seat
from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.notices.services import plan_reminders
from partnership.toolkit.registers import Duty, DutyWindow
from tests.factories import (
    AlliancePostFactory,
    JoinRequestFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    WorkhubSchoolFactory,
    WorkhubYearFactory,
)
from workhubs.hubs.duties import requests_to_answer, requests_to_answer_as_deputy
from workhubs.hubs.models import JoinRequest, WorkhubSchool
from workhubs.hubs.services import (
    AskedAlready,
    InvitationClosed,
    NotAMember,
    RequestSettled,
    TakesNoRequests,
    YearOver,
    accept_place,
    answer_request,
    edit_workhub,
    invite_schools,
    request_to_join,
    withdraw_request,
)

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return WorkhubYearFactory(lead=PersonFactory(), deputy=PersonFactory())


def member_of(year, **facts):
    school = SchoolFactory(**facts)
    MembershipFactory(alliance=year.workhub.alliance, school=school)
    return school


def ask(year, school=None, **facts):
    school = school or member_of(year)
    told = {"why": "We would like to compare.", "by": PersonFactory(), "now": NOW, **facts}
    return request_to_join(workhub_year=year, school=school, **told)


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_asking_tells_lead_and_deputy_and_nobody_else(year):
    AlliancePostFactory(alliance=year.workhub.alliance, kind="director")

    request = ask(year)

    assert request.answer_by == datetime(2026, 11, 30, 17, tzinfo=UTC)
    assert told("hubs.request_made") == {year.lead_id, year.deputy_id}
    assert Event.objects.get(action="asked to join").school_id == request.school_id


def test_without_a_lead_the_director_is_asked():
    year = WorkhubYearFactory()
    director = AlliancePostFactory(alliance=year.workhub.alliance, kind="director").person

    ask(year)

    assert told("hubs.request_made") == {director.pk}


def test_a_school_asks_once_at_a_time_and_not_where_it_is_already(year):
    asking, invited, joined = (member_of(year) for _number in range(3))
    ask(year, asking)
    WorkhubSchoolFactory(workhub_year=year, school=invited)
    WorkhubSchoolFactory(workhub_year=year, school=joined, joined=True)

    for school in (asking, invited, joined):
        with pytest.raises(AskedAlready):
            ask(year, school)

    assert JoinRequest.objects.count() == 1


def test_only_members_ask_and_only_an_open_year_takes_requests(year):
    with pytest.raises(NotAMember):
        ask(year, SchoolFactory())
    with pytest.raises(TakesNoRequests):
        ask(WorkhubYearFactory(takes_requests=False))
    with pytest.raises(YearOver):
        ask(WorkhubYearFactory(year=2025))
    with pytest.raises(YearOver):
        ask(WorkhubYearFactory(closed_on=date(2026, 11, 22)))


def test_a_yes_lets_the_school_in_with_a_seat_and_tells_its_heads(year):
    request = ask(year)
    head = SchoolPostFactory(school=request.school).person
    director = PersonFactory()

    answer_request(request=request, accepts=True, words="Welcome.", by=director, now=NOW)

    place = WorkhubSchool.objects.get()
    assert (place.school, place.way, place.joined_on, place.invited_by) == (
        request.school,
        "requested",
        TODAY,
        director,
    )
    assert Seat.objects.get().school == request.school
    assert told("hubs.request_answered") == {head.pk, request.requested_by_id}


def test_a_no_lets_nobody_in_and_the_school_may_ask_again(year):
    request = ask(year)

    answer_request(request=request, accepts=False, words="Full.", by=year.lead, now=NOW)
    again = ask(year, request.school, now=NOW.replace(hour=12))

    request.refresh_from_db()
    assert (request.is_accepted, request.answer, again.is_open) == (False, "Full.", True)
    assert WorkhubSchool.objects.count() == 0


def test_a_settled_request_is_over_and_a_school_that_left_is_not_let_in(year):
    request = ask(year)
    withdraw_request(request=request, by=request.requested_by, now=NOW)
    other = ask(year)
    other.school.memberships.update(ends_on=date(2026, 11, 22))

    with pytest.raises(RequestSettled):
        answer_request(request=request, accepts=True, by=year.lead, now=NOW)
    with pytest.raises(NotAMember):
        answer_request(request=other, accepts=True, by=year.lead, now=NOW)

    assert told("hubs.request_withdrawn") == {year.lead_id, year.deputy_id}
    assert WorkhubSchool.objects.count() == 0


def test_a_school_that_was_in_before_takes_its_one_place_again(year):
    place = WorkhubSchoolFactory(
        workhub_year=year, school=member_of(year), joined=True, left_on=date(2026, 10, 1)
    )

    answer_request(request=ask(year, place.school), accepts=True, by=year.lead, now=NOW)

    place.refresh_from_db()
    assert (place.joined_on, place.left_on) == (TODAY, None)
    assert WorkhubSchool.objects.count() == 1


def test_who_has_asked_is_not_invited_as_well(year):
    request = ask(year)

    invited = invite_schools(workhub_year=year, schools=[request.school], by=year.lead, now=NOW)

    assert invited == []


def open_request(year):
    return JoinRequestFactory(workhub_year=year, school=member_of(year, name="Delph School"))


def owed(rows, **window):
    with time_machine.travel(NOW, tick=False):
        return [Duty(*row) for row in rows(DutyWindow(**window))]


def test_lead_and_deputy_owe_the_answer_and_it_goes_up_to_the_director(year):
    director = AlliancePostFactory(alliance=year.workhub.alliance, kind="director").person
    open_request(year)

    (lead,), (deputy,) = owed(requests_to_answer), owed(requests_to_answer_as_deputy)

    assert (lead.person_id, deputy.person_id) == (year.lead_id, year.deputy_id)
    assert (lead.goes_up_to_id, lead.alliance_id) == (director.pk, year.workhub.alliance_id)
    assert lead.title == f"May Delph School join the workhub “{year.workhub}”?"
    assert lead.url == f"/workhubs/{year.workhub.slug}/2026-to-2027/"
    assert lead.spec.goes_up_after == 3


def test_without_a_lead_the_director_owes_the_answer_once():
    year = WorkhubYearFactory()
    director = AlliancePostFactory(alliance=year.workhub.alliance, kind="director").person
    open_request(year)

    assert [duty.person_id for duty in owed(requests_to_answer)] == [director.pk]
    assert owed(requests_to_answer_as_deputy) == []


@pytest.mark.parametrize("accepts", [True, False, None])
def test_what_is_settled_is_no_longer_owed(year, accepts):
    request = open_request(year)

    if accepts is None:
        withdraw_request(request=request, by=request.requested_by, now=NOW)
    else:
        answer_request(request=request, accepts=accepts, by=year.lead, now=NOW)

    assert owed(requests_to_answer) == owed(requests_to_answer_as_deputy) == []
    assert len(owed(requests_to_answer, with_done=True)) == (0 if accepts is None else 1)


def test_a_new_lead_owes_what_the_old_one_left(year):
    open_request(year)
    new = PersonFactory()

    edit_workhub(workhub_year=year, changes={"lead": new}, by=PersonFactory(), now=NOW)

    assert [duty.person_id for duty in owed(requests_to_answer)] == [new.pk]


def test_reminders_go_to_lead_and_deputy_once_however_often_planned(year):
    open_request(year)
    at = datetime(2026, 11, 23, 12, tzinfo=UTC)

    with time_machine.travel(at, tick=False):
        runs = [plan_reminders(now=at), plan_reminders(now=at)]

    assert runs == [2, 0]
    assert told("notices.reminder") == {year.lead_id, year.deputy_id}


def test_a_request_and_an_invitation_answered_at_once_give_one_place_and_one_seat(year):
    school = member_of(year)
    place = WorkhubSchoolFactory(workhub_year=year, school=school)
    request = JoinRequestFactory(workhub_year=year, school=school)

    answer_request(request=request, accepts=True, by=year.lead, now=NOW)

    with pytest.raises(InvitationClosed):
        accept_place(place=place, by=PersonFactory(), now=NOW)
    assert WorkhubSchool.objects.get().joined_on == TODAY
    assert Seat.objects.count() == 1


@pytest.mark.parametrize("factory", [WorkhubSchoolFactory, JoinRequestFactory])
def test_the_database_itself_keeps_a_school_from_being_in_twice(year, factory):
    school = SchoolFactory()
    factory(workhub_year=year, school=school)

    with pytest.raises(IntegrityError):
        factory(workhub_year=year, school=school)
