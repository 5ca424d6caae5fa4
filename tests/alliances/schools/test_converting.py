from datetime import UTC, date, datetime

import pytest

from alliances.meetings.models import MeetingReply, Seat
from alliances.membership.models import Membership
from alliances.schools.models import Delegation, School, SchoolLink, SchoolPost
from alliances.schools.permissions import acts_for
from alliances.schools.services import HandedOverAlready, accept_conversion, school_handovers
from partnership.audit.models import Event
from partnership.calendar.years import AcademicYear
from partnership.invitations.services import invite_person
from tests.factories import (
    DelegationFactory,
    MeetingFactory,
    MeetingReplyFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolLinkFactory,
    SchoolPostFactory,
    SeatFactory,
    WorkhubSchoolFactory,
    WorkhubYearFactory,
)
from workhubs.hubs.models import WorkhubSchool

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FIRST_DAY = date(2026, 9, 1)
LAST_DAY = date(2026, 8, 31)


@pytest.fixture
def before():
    return SchoolFactory(name="Saddleworth School")


@pytest.fixture
def after():
    return SchoolFactory(name="Saddleworth School", type="Academy converter")


@pytest.fixture
def officer():
    return PersonFactory(staff=True)


@pytest.fixture
def link(before, after):
    return SchoolLinkFactory(
        predecessor_urn=before.urn, successor_urn=after.urn, linked_on=FIRST_DAY
    )


def spans(rows):
    return sorted((row.school_id, row.starts_on, row.ends_on) for row in rows)


def test_rooms_say_what_a_closing_school_holds():
    assert [kind.words for kind in school_handovers()] == [
        "Invitations",
        "Posts",
        "Delegations",
        "Own term dates",
        "Memberships of alliances",
        "Seats in bodies that meet",
        "Places in workhubs",
        "Topics proposed to workhubs",
        "People in directories of support",
        "Offers of support",
        "Shared posts",
        "What only those who take part in it know",
        "Colleagues of other schools to host",
        "Review days that the school hosts",
        "Self-evaluations and reviews",
    ]


def test_a_post_goes_on_in_the_school_after(before, after, officer, link):
    post = SchoolPostFactory(school=before, starts_on=date(2019, 9, 1))
    over = SchoolPostFactory(
        school=before, kind="deputy", starts_on=date(2015, 9, 1), ends_on=date(2018, 8, 31)
    )
    later = SchoolPostFactory(school=before, kind="senco", starts_on=date(2026, 10, 1))

    accept_conversion(link=link, by=officer, now=NOW)

    assert spans(SchoolPost.objects.filter(person=post.person)) == sorted(
        [(before.pk, date(2019, 9, 1), LAST_DAY), (after.pk, FIRST_DAY, None)]
    )
    over.refresh_from_db()
    assert (over.school_id, over.ends_on) == (before.pk, date(2018, 8, 31))
    later.refresh_from_db()
    assert (later.school_id, later.starts_on) == (after.pk, date(2026, 10, 1))


def test_whoever_acts_for_the_head_goes_on_acting_in_the_school_after(before, after, officer, link):
    head = SchoolPostFactory(school=before).person
    deputy = SchoolPostFactory(school=before, kind=SchoolPost.Kind.DEPUTY).person
    told = {"school": before, "deputy": deputy, "given_by": head}
    DelegationFactory(**told, ends_on=date(2027, 3, 1))
    DelegationFactory(**told, kind="details", ends_on=date(2026, 8, 1))
    DelegationFactory(**told, kind="support", ended_at=NOW)
    DelegationFactory(**told, kind="reviews", starts_on=date(2027, 1, 5))

    moved = accept_conversion(link=link, by=officer, now=NOW)

    assert moved["Delegations"] == 2
    replies = Delegation.Kind.REPLIES
    assert acts_for(deputy, after, replies, NOW.date())
    assert not acts_for(deputy, before, replies, NOW.date())
    rows = Delegation.objects.filter(kind=replies).order_by("pk")
    assert list(rows.values_list("school", "starts_on", "ends_on")) == [
        (before.pk, date(2020, 9, 7), LAST_DAY),
        (after.pk, FIRST_DAY, date(2027, 3, 1)),
    ]
    coming = Delegation.objects.get(kind="reviews", school=after)
    assert coming.starts_on == date(2027, 1, 5)
    assert Event.objects.filter(action="delegations moved").count() == 2


def test_what_the_school_after_has_settled_for_her_counts(before, after, officer, link):
    head = SchoolPostFactory(school=before).person
    deputy = SchoolPostFactory(school=before, kind=SchoolPost.Kind.DEPUTY).person
    told = {"deputy": deputy, "given_by": head, "kind": "details"}
    DelegationFactory(**told, school=before, ends_on=date(2027, 3, 1))
    there = DelegationFactory(**told, school=after, ends_on=date(2027, 1, 1))

    accept_conversion(link=link, by=officer, now=NOW)

    assert list(Delegation.objects.filter(school=after)) == [there]


def test_memberships_go_on_and_closed_ones_stay(before, after, officer, link):
    current = MembershipFactory(school=before, starts_on=date(2020, 9, 1))
    closed = MembershipFactory(
        school=before, starts_on=date(2012, 9, 1), ends_on=date(2016, 8, 31), ending="leaves"
    )

    accept_conversion(link=link, by=officer, now=NOW)

    assert spans(Membership.objects.filter(alliance=current.alliance)) == sorted(
        [(before.pk, date(2020, 9, 1), LAST_DAY), (after.pk, FIRST_DAY, None)]
    )
    assert spans(Membership.objects.filter(alliance=closed.alliance)) == [
        (before.pk, date(2012, 9, 1), date(2016, 8, 31))
    ]


def test_a_membership_that_the_school_after_has_already_is_not_doubled(
    before, after, officer, link
):
    mine = MembershipFactory(school=before, starts_on=date(2020, 9, 1))
    MembershipFactory(school=after, alliance=mine.alliance, starts_on=date(2026, 10, 1))

    accept_conversion(link=link, by=officer, now=NOW)

    assert spans(Membership.objects.filter(alliance=mine.alliance)) == sorted(
        [(before.pk, date(2020, 9, 1), LAST_DAY), (after.pk, date(2026, 10, 1), None)]
    )


def test_a_seat_goes_on_and_an_answer_still_stands(before, after, officer, link):
    head = SchoolPostFactory(school=before).person
    seat = SeatFactory(school=before, person=None)
    meeting = MeetingFactory(
        body=seat.body,
        called=True,
        starts_at=datetime(2027, 1, 12, 16, tzinfo=UTC),
        ends_at=datetime(2027, 1, 12, 17, tzinfo=UTC),
    )
    held = MeetingFactory(
        body=seat.body,
        called=True,
        starts_at=datetime(2026, 6, 12, 16, tzinfo=UTC),
        ends_at=datetime(2026, 6, 12, 17, tzinfo=UTC),
    )
    MeetingReplyFactory(meeting=meeting, person=head, school=before, answer="yes", asked_at=NOW)
    MeetingReplyFactory(meeting=held, person=head, school=before, answer="yes", asked_at=NOW)

    accept_conversion(link=link, by=officer, now=NOW)

    assert sorted(Seat.objects.values_list("school", "ends_on"), key=str) == sorted(
        [(before.pk, LAST_DAY), (after.pk, None)], key=str
    )
    replies = MeetingReply.objects.filter(person=head).order_by("meeting__starts_at")
    assert list(replies.values_list("school", "answer", "ended_at")) == [
        (before.pk, "yes", None),
        (after.pk, "yes", None),
    ]


def test_places_of_this_year_go_on_and_those_of_a_year_that_is_over_stay(
    before, after, officer, link
):
    this = AcademicYear.containing(NOW.date()).start
    joined = WorkhubSchoolFactory(
        workhub_year=WorkhubYearFactory(year=this),
        school=before,
        answered_at=NOW,
        joined_on=date(2026, 10, 1),
    )
    asked = WorkhubSchoolFactory(workhub_year=WorkhubYearFactory(year=this), school=before)
    over = WorkhubSchoolFactory(
        workhub_year=WorkhubYearFactory(year=this - 1),
        school=before,
        answered_at=NOW,
        joined_on=date(2025, 10, 1),
    )

    accept_conversion(link=link, by=officer, now=NOW)

    places = dict(WorkhubSchool.objects.values_list("pk", "school"))
    assert places == {joined.pk: after.pk, asked.pk: after.pk, over.pk: before.pk}


def test_an_open_invitation_names_the_school_after(before, after, officer, link):
    after.name = "Saddleworth Academy"
    after.save()
    invitation = invite_person(
        email="new@saddleworth.example",
        name="New Head",
        by=officer,
        now=NOW,
        on_behalf_of=before.name,
    )
    SchoolPostFactory(school=before, person=invitation.person, kind="deputy")

    accept_conversion(link=link, by=officer, now=NOW)

    invitation.refresh_from_db()
    assert invitation.on_behalf_of == "Saddleworth Academy"


def test_the_school_before_closes_with_the_day_before_and_both_are_told(
    before, after, officer, link
):
    accept_conversion(link=link, by=officer, now=NOW)

    before.refresh_from_db()
    assert (before.status, before.closed_on) == ("Closed", LAST_DAY)
    accepted = Event.objects.filter(action="conversion accepted").order_by("school_id")
    assert [event.school_id for event in accepted] == sorted([before.pk, after.pk])


def test_it_is_accepted_once(before, after, officer, link):
    MembershipFactory(school=before, starts_on=date(2020, 9, 1))
    accept_conversion(link=link, by=officer, now=NOW)

    with pytest.raises(HandedOverAlready):
        accept_conversion(link=link, by=officer, now=NOW)

    assert Membership.objects.count() == 2


def test_what_fails_half_way_moves_nothing(before, after, officer, link, monkeypatch):
    MembershipFactory(school=before, starts_on=date(2020, 9, 1))
    monkeypatch.setattr(School, "served", lambda self: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        accept_conversion(link=link, by=officer, now=NOW)

    assert Membership.objects.get().school_id == before.pk
    assert SchoolLink.objects.get().handed_over_at is None


def test_staff_accept_it_on_a_page_that_says_what_moves(client, before, after, officer, link):
    SchoolPostFactory(school=before, starts_on=date(2019, 9, 1))
    client.force_login(officer)
    address = f"/schools/conversions/{link.pk}/accept/"

    asked = client.get(address)
    told = client.post(address, follow=True)
    again = client.get(address, follow=True)

    assert "Posts: 1" in asked.text
    assert "Saddleworth School has taken over." in told.text
    assert "There is nothing left to move between these two schools." in again.text
    assert SchoolPost.objects.filter(school=after, ends_on=None).count() == 1


def test_conversions_that_wait_stand_on_the_page_of_files(client, officer, link):
    client.force_login(officer)

    assert f"/schools/conversions/{link.pk}/accept/" in client.get("/schools/register/").text
    accept_conversion(link=link, by=officer, now=NOW)
    assert f"/schools/conversions/{link.pk}/" not in client.get("/schools/register/").text
