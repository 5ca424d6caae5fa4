from datetime import UTC, date, datetime

import pytest

from alliances.meetings.models import Body, Seat
from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.notices.services import send_waiting
from partnership.toolkit.registers import DutyWindow
from tests.factories import (
    JoinRequestFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    SeatFactory,
    WorkhubPersonFactory,
    WorkhubSchoolFactory,
    WorkhubYearFactory,
)
from workhubs.hubs.duties import invitations_to_answer, requests_to_answer
from workhubs.hubs.models import WorkhubYear
from workhubs.hubs.services import (
    ClosedAlready,
    InvitationClosed,
    NotClosed,
    NotItsLastDay,
    YearOver,
    accept_place,
    close_workhub,
    close_year,
    invite_schools,
    reopen_workhub,
    reopen_year,
)

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
LAST_DAY = date(2026, 12, 18)
AFTER = datetime(2027, 1, 5, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def joined(year):
    school = SchoolFactory()
    MembershipFactory(alliance=year.workhub.alliance, school=school)
    SeatFactory(body=year.workhub.body, school=school)
    return WorkhubSchoolFactory(workhub_year=year, school=school, joined=True)


@pytest.fixture
def year():
    return WorkhubYearFactory(lead=PersonFactory())


def close(year, **facts):
    told = {"last_day": LAST_DAY, "by": PersonFactory(), "now": NOW, **facts}
    return close_year(workhub_year=year, **told)


def seats():
    return set(Seat.objects.values_list("ends_on", flat=True))


def test_closing_a_year_ends_its_seats_and_all_that_is_open():
    year = WorkhubYearFactory(lead=PersonFactory())
    place = joined(year)
    WorkhubSchoolFactory(workhub_year=year)
    request = JoinRequestFactory(workhub_year=year)

    close(year)

    place.refresh_from_db()
    request.refresh_from_db()
    assert seats() == {LAST_DAY}
    assert place.left_on is None
    assert (request.is_open, request.is_accepted) == (False, False)
    assert list(invitations_to_answer(DutyWindow(now=NOW))) == []
    assert list(requests_to_answer(DutyWindow(now=NOW))) == []
    assert Body.objects.get(pk=year.workhub.body_id).closed_on == LAST_DAY
    assert Event.objects.of(year.workhub).latest_first()[0].action == "year closed"


def test_everybody_in_it_is_told_once(year, mailoutbox):
    place = joined(year)
    head = SchoolPostFactory(school=place.school).person
    tutor = WorkhubPersonFactory(workhub_year=year).person

    close(year)
    send_waiting(clock=lambda: NOW)
    send_waiting(clock=lambda: NOW)

    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(
        [head.email, tutor.email, year.lead.email]
    )
    assert {mail.subject for mail in mailoutbox} == {f"The workhub “{year.workhub}” closes"}


def test_nobody_hears_of_a_closing_that_was_taken_back(year, mailoutbox):
    close(year)
    reopen_year(workhub_year=year, by=PersonFactory(), now=NOW)

    send_waiting(clock=lambda: NOW)

    assert mailoutbox == []
    assert Notice.objects.get().reason == "The workhub goes on."


def test_after_its_last_day_nobody_is_invited_and_nobody_joins(year):
    place = WorkhubSchoolFactory(workhub_year=year)
    WorkhubYear.objects.filter(pk=year.pk).update(closed_on=LAST_DAY)
    year.refresh_from_db()

    with pytest.raises(YearOver):
        invite_schools(workhub_year=year, schools=[], by=PersonFactory(), now=AFTER)
    with pytest.raises(InvitationClosed):
        accept_place(place=place, by=PersonFactory(), now=AFTER)


@pytest.mark.parametrize("last_day", [date(2026, 11, 22), date(2027, 9, 1)])
def test_it_closes_neither_in_the_past_nor_after_its_academic_year(year, last_day):
    with pytest.raises(NotItsLastDay):
        close(year, last_day=last_day)


def test_it_closes_once_and_opens_again_with_its_seats(year):
    joined(year)
    close(year)
    with pytest.raises(ClosedAlready):
        close(year)

    reopen_year(workhub_year=year, by=PersonFactory(), now=NOW)

    assert seats() == {None}
    assert Body.objects.get().closed_on is None
    with pytest.raises(NotClosed):
        reopen_year(workhub_year=year, by=PersonFactory(), now=NOW)


def test_the_body_stays_open_for_the_year_that_follows(year):
    place = joined(year)
    following = WorkhubYearFactory(workhub=year.workhub, year=2027)
    WorkhubSchoolFactory(
        workhub_year=following, school=place.school, joined=True, joined_on=date(2027, 9, 1)
    )

    close(year)

    assert seats() == {None}
    assert Body.objects.get().closed_on is None


def test_a_workhub_closes_with_its_years_and_they_open_with_it(year):
    joined(year)
    past = WorkhubYearFactory(workhub=year.workhub, year=2025)
    by = PersonFactory()

    close_workhub(workhub=year.workhub, last_day=LAST_DAY, by=by, now=NOW)
    closed = dict(WorkhubYear.objects.values_list("year", "closed_on"))
    ended = seats()
    with pytest.raises(ClosedAlready):
        close_workhub(workhub=year.workhub, last_day=LAST_DAY, by=by, now=NOW)
    reopen_workhub(workhub=year.workhub, by=by, now=NOW)

    assert (closed, ended) == ({2025: None, 2026: LAST_DAY}, {LAST_DAY})
    assert set(WorkhubYear.objects.values_list("closed_on", flat=True)) == {None}
    assert (seats(), past.closed_on) == ({None}, None)
    with pytest.raises(NotClosed):
        reopen_workhub(workhub=year.workhub, by=by, now=NOW)


def test_a_workhub_does_not_close_in_the_past(year):
    with pytest.raises(NotItsLastDay):
        close_workhub(
            workhub=year.workhub, last_day=date(2026, 11, 22), by=PersonFactory(), now=NOW
        )
