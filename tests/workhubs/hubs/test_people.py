from datetime import UTC, date, datetime

import pytest

from alliances.meetings.handover import HANDOVER as OF_MEETINGS
from alliances.meetings.models import Body, Meeting, Seat
from partnership.notices.services import send_waiting
from partnership.toolkit.registers import Leaver, held_things
from tests.factories import (
    AlliancePostFactory,
    MeetingFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    WorkhubPersonFactory,
    WorkhubSchoolFactory,
    WorkhubYearFactory,
)
from workhubs.hubs.handover import HANDOVER
from workhubs.hubs.models import Workhub, WorkhubPerson
from workhubs.hubs.permissions import can_edit_workhub
from workhubs.hubs.services import (
    InvitationClosed,
    NotItsLastDay,
    TakesPartAlready,
    YearOver,
    accept_place,
    add_person,
    edit_membership,
    edit_workhub,
    end_place,
    keep_place,
)

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
TODAY = date(2026, 11, 23)
KINDS = {kind.key: kind for kind in HANDOVER if kind.of == "person"}

pytestmark = pytest.mark.django_db


def add(year, **facts):
    told = {"person": PersonFactory(), "starts_on": TODAY, "by": PersonFactory(), "now": NOW}
    return add_person(workhub_year=year, **told | facts)


def test_somebody_added_sees_the_workhub_and_its_meetings_and_is_told_once(mailoutbox):
    year, tutor = WorkhubYearFactory(), PersonFactory()
    meeting = MeetingFactory(body=year.workhub.body, called=True)

    add(year, person=tutor, brings="tutor at the university")
    send_waiting(clock=lambda: NOW)
    send_waiting(clock=lambda: NOW)

    assert list(Workhub.objects.visible_to(tutor, on=TODAY)) == [year.workhub]
    assert list(Meeting.objects.visible_to(tutor, on=TODAY)) == [meeting]
    welcomed = [mail for mail in mailoutbox if mail.subject.startswith("You take part")]
    assert [mail.to for mail in welcomed] == [[tutor.email]]
    assert "as tutor at the university" in welcomed[0].body


def test_nobody_takes_part_twice_or_in_a_year_that_is_over():
    year, tutor = WorkhubYearFactory(), PersonFactory()
    add(year, person=tutor)

    with pytest.raises(TakesPartAlready):
        add(year, person=tutor)
    with pytest.raises(YearOver):
        add(WorkhubYearFactory(year=2025))


def test_the_seat_follows_the_days():
    member = add(WorkhubYearFactory())

    member = edit_membership(
        member=member, changes={"ends_on": date(2026, 12, 18)}, by=PersonFactory(), now=NOW
    )
    ended = Seat.objects.get().ends_on
    edit_membership(member=member, changes={"ends_on": None}, by=PersonFactory(), now=NOW)

    assert (ended, Seat.objects.get().ends_on) == (date(2026, 12, 18), None)


def test_a_last_day_that_is_over_closes_the_workhub_to_her():
    member = WorkhubPersonFactory(ends_on=date(2026, 11, 22))

    assert list(Workhub.objects.visible_to(member.person, on=TODAY)) == []


def test_a_deputy_may_do_what_the_lead_may_and_runs_the_body():
    year = WorkhubYearFactory(lead=PersonFactory())
    deputy = PersonFactory()

    year = edit_workhub(workhub_year=year, changes={"deputy": deputy}, by=PersonFactory(), now=NOW)

    assert Body.objects.get().deputy == deputy
    assert can_edit_workhub(deputy, year, TODAY)
    assert not can_edit_workhub(PersonFactory(), year, TODAY)


def test_new_leads_are_told_but_not_of_what_they_did_themselves(mailoutbox):
    year, lead, deputy = WorkhubYearFactory(), PersonFactory(), PersonFactory()

    edit_workhub(workhub_year=year, changes={"lead": lead, "deputy": deputy}, by=lead, now=NOW)
    send_waiting(clock=lambda: NOW)

    assert [mail.to for mail in mailoutbox] == [[deputy.email]]
    assert mailoutbox[0].subject == f"You are deputy of “{year.workhub}”, 2026 to 2027"


def joined(**facts):
    place = WorkhubSchoolFactory(**facts)
    return accept_place(place=place, by=PersonFactory(), now=datetime(2026, 9, 10, 9, tzinfo=UTC))


def test_leaving_with_a_coming_day_can_be_undone_until_then(mailoutbox):
    place = joined(workhub_year__lead=PersonFactory())
    head = SchoolPostFactory(school=place.school).person

    end_place(place=place, last_day=date(2026, 12, 18), by=head, now=NOW)
    ended = Seat.objects.get().ends_on
    keep_place(place=place, by=head, now=datetime(2026, 12, 18, 9, tzinfo=UTC))

    place.refresh_from_db()
    assert (ended, place.left_on, Seat.objects.get().ends_on) == (date(2026, 12, 18), None, None)


def test_of_leaving_both_sides_hear_unless_it_was_undone(mailoutbox):
    place = joined(workhub_year__lead=PersonFactory())
    head = SchoolPostFactory(school=place.school).person
    director = PersonFactory()

    end_place(place=place, last_day=date(2026, 12, 18), by=director, now=NOW)
    send_waiting(clock=lambda: NOW)

    lead = place.workhub_year.lead
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([head.email, lead.email])
    assert "Friday 18 December 2026" in mailoutbox[0].body
    keep_place(place=place, by=director, now=NOW.replace(hour=11))
    send_waiting(clock=lambda: NOW.replace(hour=12))
    assert {mail.subject for mail in mailoutbox[2:]} == {
        f"{place.school} stays in “{place.workhub_year.workhub}”"
    }


def test_after_the_last_day_nothing_is_undone():
    place = joined()
    end_place(place=place, by=PersonFactory(), now=NOW)

    with pytest.raises(InvitationClosed):
        keep_place(place=place, by=PersonFactory(), now=datetime(2026, 11, 24, 9, tzinfo=UTC))


@pytest.mark.parametrize("last_day", [date(2026, 11, 22), date(2027, 9, 1)])
def test_a_last_day_lies_within_the_year_and_not_in_the_past(last_day):
    place = joined()

    with pytest.raises(NotItsLastDay):
        end_place(place=place, last_day=last_day, by=PersonFactory(), now=NOW)


@pytest.fixture
def leaver():
    year = WorkhubYearFactory(lead=PersonFactory())
    director = AlliancePostFactory(alliance=year.workhub.alliance, kind="director").person
    return Leaver(
        person=year.lead,
        school=SchoolFactory(),
        last_day=date(2026, 12, 31),
        by=director,
        today=TODAY,
    )


def held(leaver, key):
    return held_things(KINDS, leaver).get(key, [])


def test_what_a_leaver_leads_passes_on_and_without_a_follower_the_deputy_leads(leaver):
    year = leaver.person.workhub_years_led.get()
    year.deputy = PersonFactory()
    year.save()
    (led,) = held(leaver, "hubs.leads")

    done = [KINDS["hubs.leads"].pass_on(leaver, led.key, to=None, now=NOW) for _time in range(2)]

    deputy, year.deputy = year.deputy, None
    year.refresh_from_db()
    assert (year.lead, year.deputy, done) == (deputy, None, [1, 0])


def test_a_deputys_part_passes_on(leaver):
    year = WorkhubYearFactory(
        workhub=leaver.person.workhub_years_led.get().workhub,
        year=2027,
        lead=PersonFactory(),
        deputy=leaver.person,
    )
    follower = PersonFactory()
    (deputised,) = held(leaver, "hubs.deputies")

    KINDS["hubs.deputies"].pass_on(leaver, deputised.key, to=follower, now=NOW)

    year.refresh_from_db()
    assert year.deputy == follower


def test_a_personal_part_and_its_seat_are_one_thing_to_settle(leaver):
    add(leaver.person.workhub_years_led.get(), person=leaver.person)
    kinds = KINDS | {kind.key: kind for kind in OF_MEETINGS if kind.of == "person"}

    found = held_things(kinds, leaver)

    assert Seat.objects.filter(person=leaver.person).count() == 1
    assert set(found) == {"hubs.leads", "hubs.people"}


def test_a_personal_part_passes_on_with_its_days_and_is_taken_back(leaver):
    year = leaver.person.workhub_years_led.get()
    add(year, person=leaver.person, brings="specialist leader")
    follower = PersonFactory()
    (part,) = held(leaver, "hubs.people")
    kind = KINDS["hubs.people"]

    kind.pass_on(leaver, part.key, to=follower, now=NOW)
    passed = list(WorkhubPerson.objects.order_by("pk").values_list("person", "ends_on"))
    kind.take_back(leaver, part.key, to=follower, until=None, since=NOW, now=NOW)

    assert passed == [(leaver.person.pk, date(2026, 12, 31)), (follower.pk, None)]
    assert list(WorkhubPerson.objects.values_list("person", "ends_on")) == [
        (leaver.person.pk, None)
    ]
