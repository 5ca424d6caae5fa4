from datetime import UTC, date, datetime

import pytest

from alliances.meetings.models import Body, Seat
from partnership.audit.models import Event
from partnership.calendar.years import AcademicYear
from partnership.notices.models import Notice
from partnership.toolkit.versions import ChangedSince
from tests.factories import (
    AllianceFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    WorkhubFactory,
    WorkhubSchoolFactory,
    WorkhubYearFactory,
)
from workhubs.hubs.models import Workhub, WorkhubSchool
from workhubs.hubs.services import (
    InvitationClosed,
    NameTaken,
    NotAMember,
    accept_place,
    create_workhub,
    decline_place,
    edit_workhub,
    end_place,
    invite_schools,
    withdraw_invitation,
)
from workhubs.hubs.services.seating import carry_to_body

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
YEAR = AcademicYear(2026)

pytestmark = pytest.mark.django_db


def create(alliance, name="Early reading", **facts):
    facts = {"year": YEAR, "lead": None, "priority": "", "aims": "", **facts}
    return create_workhub(alliance=alliance, name=name, by=PersonFactory(), now=NOW, **facts)


def member_of(alliance, **facts):
    school = SchoolFactory(**facts)
    MembershipFactory(alliance=alliance, school=school)
    return school


def test_creating_a_workhub_founds_its_body_and_first_year():
    alliance, lead, director = AllianceFactory(), PersonFactory(), PersonFactory()

    workhub_year = create_workhub(
        alliance=alliance,
        name="Behaviour & Attendance",
        year=YEAR,
        lead=lead,
        priority="calm mornings",
        aims="Every school counts lateness alike.",
        by=director,
        now=NOW,
    )

    workhub = workhub_year.workhub
    assert (workhub.slug, workhub.alliance, workhub_year.year) == (
        "behaviour-attendance",
        alliance,
        2026,
    )
    assert (workhub.body.kind, workhub.body.name, workhub.body.lead) == (
        Body.Kind.WORKHUB,
        "Behaviour & Attendance",
        lead,
    )
    event = Event.objects.of(workhub).get()
    assert (event.action, event.actor_id, event.alliance_id) == (
        "workhub created",
        director.pk,
        alliance.pk,
    )


def test_addresses_are_unique_in_the_whole_portal_and_never_a_pages_own():
    names = ["Finance", "Finance", "New", "!?"]

    slugs = [create(AllianceFactory(), name).workhub.slug for name in names]

    assert slugs == ["finance", "finance-2", "new-2", "workhub"]


def test_an_alliance_has_one_workhub_of_a_name_in_whatever_capitals():
    alliance = AllianceFactory()
    create(alliance, "Early reading")

    with pytest.raises(NameTaken):
        create(alliance, "EARLY READING")

    assert Workhub.objects.count() == 1


def test_editing_a_workhub_keeps_its_address_and_tells_its_body():
    workhub_year = create(AllianceFactory(), "Transition")
    lead = PersonFactory()

    edit_workhub(
        workhub_year=workhub_year,
        changes={"name": "Moving up", "lead": lead, "aims": "One form for all."},
        by=PersonFactory(),
        now=NOW,
        seen_version=1,
    )

    workhub_year.refresh_from_db()
    workhub = Workhub.objects.get()
    assert (workhub.name, workhub.slug, workhub.search_name, workhub.version) == (
        "Moving up",
        "transition",
        "moving up",
        2,
    )
    assert (workhub_year.lead, workhub_year.aims) == (lead, "One form for all.")
    assert (workhub.body.name, workhub.body.lead) == ("Moving up", lead)
    assert Event.objects.of(workhub).latest_first()[0].fields == ["name", "lead", "aims"]


def test_the_second_of_two_editors_is_stopped_also_when_only_the_year_changed():
    workhub_year = create(AllianceFactory())
    by = PersonFactory()
    edit_workhub(
        workhub_year=workhub_year, changes={"aims": "First."}, by=by, now=NOW, seen_version=1
    )

    with pytest.raises(ChangedSince):
        edit_workhub(
            workhub_year=workhub_year, changes={"aims": "Second."}, by=by, now=NOW, seen_version=1
        )

    workhub_year.refresh_from_db()
    assert workhub_year.aims == "First."


def test_an_edit_that_changes_nothing_leaves_no_trace():
    workhub_year = create(AllianceFactory(), "Transition")

    edit_workhub(
        workhub_year=workhub_year, changes={"name": "Transition"}, by=PersonFactory(), now=NOW
    )

    assert Workhub.objects.get().version == 1
    assert Event.objects.filter(action="workhub edited").count() == 0


def test_a_workhub_is_not_renamed_to_what_another_is_called():
    alliance = AllianceFactory()
    create(alliance, "Finance")
    workhub_year = create(alliance, "Transition")

    with pytest.raises(NameTaken):
        edit_workhub(
            workhub_year=workhub_year, changes={"name": "finance"}, by=PersonFactory(), now=NOW
        )


def test_editing_a_past_year_leaves_the_body_to_the_present_lead():
    present = PersonFactory()
    past_year = create(AllianceFactory(), year=AcademicYear(2025))
    WorkhubYearFactory(workhub=past_year.workhub, lead=present)
    carry_to_body(past_year.workhub, by=None, now=NOW)

    edit_workhub(
        workhub_year=past_year, changes={"lead": PersonFactory()}, by=PersonFactory(), now=NOW
    )

    assert Body.objects.get().lead == present


def test_inviting_tells_the_heads_of_those_schools_and_nobody_else():
    workhub_year = create(AllianceFactory())
    alliance = workhub_year.workhub.alliance
    school, other = member_of(alliance), member_of(alliance)
    head = SchoolPostFactory(school=school).person
    executive = SchoolPostFactory(school=school, kind="executive_head").person
    SchoolPostFactory(school=school, kind="deputy")
    SchoolPostFactory(school=school, ends_on=date(2026, 11, 22))
    SchoolPostFactory(school=other)

    (place,) = invite_schools(
        workhub_year=workhub_year, schools=[school], by=PersonFactory(), now=NOW
    )

    assert place.answer_by == datetime(2026, 12, 7, 17, tzinfo=UTC)
    told = Notice.objects.filter(kind="hubs.school_invited", thing_id=place.pk)
    assert set(told.values_list("recipient", flat=True)) == {head.pk, executive.pk}


def test_a_school_is_asked_once_until_it_has_declined():
    workhub_year = create(AllianceFactory())
    school = member_of(workhub_year.workhub.alliance)
    head = SchoolPostFactory(school=school).person
    director = PersonFactory()
    (place,) = invite_schools(workhub_year=workhub_year, schools=[school], by=director, now=NOW)

    asked_twice = invite_schools(
        workhub_year=workhub_year, schools=[school], by=director, now=NOW.replace(hour=11)
    )
    decline_place(place=place, by=head, now=NOW.replace(hour=12))
    asked_anew = invite_schools(
        workhub_year=workhub_year, schools=[school], by=director, now=NOW.replace(hour=13)
    )

    assert asked_twice == []
    assert [again.pk for again in asked_anew] == [place.pk]
    assert asked_anew[0].is_unanswered
    assert Notice.objects.filter(recipient=head, kind="hubs.school_invited").count() == 2


def test_only_the_alliances_members_are_invited():
    workhub_year = create(AllianceFactory())
    member = member_of(workhub_year.workhub.alliance)

    with pytest.raises(NotAMember):
        invite_schools(
            workhub_year=workhub_year,
            schools=[member, SchoolFactory()],
            by=PersonFactory(),
            now=NOW,
        )

    assert WorkhubSchool.objects.count() == 0


def test_accepting_joins_the_school_and_seats_it_once():
    place = WorkhubSchoolFactory()
    head = PersonFactory()

    accept_place(place=place, by=head, now=NOW)

    place.refresh_from_db()
    assert (place.joined_on, place.answered_by, place.answered_at) == (
        date(2026, 11, 23),
        head,
        NOW,
    )
    seat = Seat.objects.get()
    assert (seat.body, seat.school, seat.starts_on, seat.ends_on) == (
        place.workhub_year.workhub.body,
        place.school,
        date(2026, 11, 23),
        None,
    )
    event = Event.objects.of(place.workhub_year.workhub).get()
    assert (event.action, event.school_id) == ("place accepted", place.school_id)


def test_a_school_may_join_after_it_declined():
    place = WorkhubSchoolFactory()
    decline_place(place=place, by=PersonFactory(), now=NOW)

    accept_place(place=place, by=PersonFactory(), now=NOW)

    place.refresh_from_db()
    assert place.is_joined(date(2026, 11, 23))


@pytest.mark.parametrize("answer", [accept_place, decline_place, withdraw_invitation])
def test_a_school_that_joined_is_neither_asked_nor_withdrawn(answer):
    place = WorkhubSchoolFactory(joined=True)

    with pytest.raises(InvitationClosed):
        answer(place=place, by=PersonFactory(), now=NOW)


@pytest.mark.parametrize("answer", [accept_place, decline_place, withdraw_invitation])
def test_a_withdrawn_invitation_is_over(answer):
    place = WorkhubSchoolFactory()
    withdraw_invitation(place=place, by=PersonFactory(), now=NOW)

    with pytest.raises(InvitationClosed):
        answer(place=place, by=PersonFactory(), now=NOW)

    assert Seat.objects.count() == 0


def test_leaving_ends_the_place_and_the_seat_today():
    place = WorkhubSchoolFactory()
    accept_place(place=place, by=PersonFactory(), now=datetime(2026, 9, 10, 9, tzinfo=UTC))

    end_place(place=place, by=PersonFactory(), now=NOW)

    place.refresh_from_db()
    assert place.left_on == Seat.objects.get().ends_on == date(2026, 11, 23)
    assert not place.is_joined(date(2026, 11, 24))
    with pytest.raises(InvitationClosed):
        end_place(place=place, by=PersonFactory(), now=NOW)


def test_leaving_last_year_keeps_the_seat_that_this_year_needs():
    workhub = WorkhubFactory()
    school = SchoolFactory()
    last, this = (WorkhubYearFactory(workhub=workhub, year=year) for year in (2025, 2026))
    past = WorkhubSchoolFactory(
        workhub_year=last, school=school, joined=True, joined_on=date(2025, 9, 10)
    )
    accept_place(
        place=WorkhubSchoolFactory(workhub_year=this, school=school), by=PersonFactory(), now=NOW
    )

    end_place(place=past, by=PersonFactory(), now=NOW)

    assert Seat.objects.get().ends_on is None
