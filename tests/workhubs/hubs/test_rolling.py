from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from alliances.meetings.models import Body, Seat
from partnership.audit.models import Event
from partnership.calendar.years import AcademicYear
from partnership.notices.models import Notice
from partnership.notices.services import send_waiting
from tests.factories import (
    AllianceFactory,
    MembershipFactory,
    ObjectiveFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    SeatFactory,
    WorkhubFactory,
    WorkhubPersonFactory,
    WorkhubSchoolFactory,
    WorkhubYearFactory,
)
from workhubs.hubs.models import Objective, WorkhubPerson, WorkhubSchool, WorkhubYear
from workhubs.hubs.services import GoingOn, let_new_leads_begin, roll_over

JUNE = datetime(2027, 6, 10, 9, tzinfo=UTC)
SEPTEMBER = datetime(2027, 9, 1, 5, tzinfo=UTC)
NEXT = AcademicYear(2027)

pytestmark = pytest.mark.django_db


def a_year(alliance, schools=1, **facts):
    """A workhub's year whose schools have joined and sit in its body."""
    body = WorkhubFactory(body__alliance=alliance).body
    year = WorkhubYearFactory(workhub=body.workhub, **facts)
    Body.objects.filter(pk=body.pk).update(lead=year.lead, deputy=year.deputy)
    for _number in range(schools):
        school = SchoolFactory()
        MembershipFactory(alliance=alliance, school=school)
        WorkhubSchoolFactory(workhub_year=year, school=school, joined=True)
        SeatFactory(body=body, school=school)
    return year


def everything(year):
    return GoingOn(
        before=year.pk,
        lead=year.lead_id,
        deputy=year.deputy_id,
        places=frozenset(year.schools.values_list("pk", flat=True)),
        people=frozenset(year.people.values_list("pk", flat=True)),
        objectives=frozenset(year.objectives.values_list("pk", flat=True)),
    )


def roll(alliance, *going_on, by=None, now=JUNE):
    return roll_over(
        alliance=alliance, year=NEXT, going_on=going_on, by=by or PersonFactory(), now=now
    )


def test_a_year_goes_on_with_what_was_chosen():
    alliance = AllianceFactory()
    before = a_year(alliance, schools=2, lead=PersonFactory(), priority="reading", aims="Read.")
    stays, goes = before.schools.order_by("pk")
    tutor = WorkhubPersonFactory(workhub_year=before)
    behind = ObjectiveFactory(workhub_year=before, progress="behind", seen="Four of ten.")
    ObjectiveFactory(workhub_year=before, progress="met")
    lead, deputy = PersonFactory(), PersonFactory()

    roll(
        alliance,
        GoingOn(
            before=before.pk,
            lead=lead.pk,
            deputy=deputy.pk,
            places=frozenset({stays.pk}),
            people=frozenset({tutor.pk}),
            objectives=frozenset({behind.pk}),
        ),
    )

    year = WorkhubYear.objects.get(year=2027)
    assert (year.workhub, year.lead, year.deputy, year.priority, year.aims) == (
        before.workhub,
        lead,
        deputy,
        "reading",
        "Read.",
    )
    place = WorkhubSchool.objects.get(workhub_year=year)
    assert (place.school, place.way, place.joined_on) == (stays.school, "kept", date(2027, 9, 1))
    assert WorkhubPerson.objects.get(workhub_year=year).person == tutor.person
    carried = Objective.objects.get(workhub_year=year)
    assert (carried.carried_from, carried.progress, carried.seen) == (
        behind,
        "behind",
        "Four of ten.",
    )
    ends = dict(Seat.objects.filter(school__isnull=False).values_list("school", "ends_on"))
    assert ends == {stays.school_id: None, goes.school_id: date(2027, 8, 31)}
    actions = Event.objects.of(before.workhub).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["rolled over", "school stays"]


def test_running_it_again_rolls_nothing_twice():
    alliance = AllianceFactory()
    before = a_year(alliance, schools=2)
    ObjectiveFactory(workhub_year=before)

    made = [roll(alliance, everything(before)) for _time in range(2)]

    assert [len(each.years) for each in made] == [1, 0]
    assert WorkhubSchool.objects.filter(workhub_year__year=2027).count() == 2
    assert Notice.objects.filter(kind="hubs.stays").count() == 0


def test_years_elsewhere_closed_workhubs_and_past_members_are_left_alone():
    alliance = AllianceFactory()
    foreign = a_year(AllianceFactory())
    closed = a_year(alliance)
    closed.workhub.closed_on = date(2027, 7, 20)
    closed.workhub.save()
    before = a_year(alliance, schools=3)
    left, leaves, _stays = before.schools.order_by("pk")
    left.school.memberships.update(ends_on=date(2027, 8, 31))
    WorkhubSchool.objects.filter(pk=leaves.pk).update(left_on=date(2027, 7, 20))

    roll(alliance, everything(foreign), everything(closed), everything(before))

    (year,) = WorkhubYear.objects.filter(year=2027)
    assert year.workhub == before.workhub
    assert year.schools.count() == 1


def test_an_objective_that_was_settled_begins_anew():
    alliance = AllianceFactory()
    before = a_year(alliance)
    ObjectiveFactory(
        workhub_year=before, progress="met", seen="All.", due_on=date(2027, 7, 1), position=4
    )

    roll(alliance, everything(before))

    carried = Objective.objects.get(workhub_year__year=2027)
    assert (carried.progress, carried.seen, carried.due_on, carried.position) == (
        "not_started",
        "",
        None,
        1,
    )


def test_the_old_leads_run_the_body_until_the_new_year_begins():
    alliance = AllianceFactory()
    old, new, deputy = (PersonFactory() for _number in range(3))
    before = a_year(alliance, lead=old)
    roll(alliance, GoingOn(before=before.pk, lead=new.pk, deputy=deputy.pk))

    in_june = Body.objects.get().lead
    changed = [let_new_leads_begin(now=SEPTEMBER) for _time in range(2)]

    body = Body.objects.get()
    assert in_june == old
    assert (body.lead, body.deputy, changed) == (new, deputy, [1, 0])


def test_a_year_that_runs_already_has_its_leads_at_once():
    alliance, new = AllianceFactory(), PersonFactory()
    before = a_year(alliance, lead=PersonFactory())

    roll(alliance, GoingOn(before=before.pk, lead=new.pk), now=SEPTEMBER)

    assert Body.objects.get().lead == new


def test_heads_get_one_mail_for_all_their_schools_and_leads_one_for_theirs(mailoutbox):
    alliance = AllianceFactory(name="Oldham Schools Alliance")
    lead = PersonFactory()
    years = [a_year(alliance, lead=lead) for _number in range(2)]
    head = PersonFactory()
    for place in WorkhubSchool.objects.all():
        SchoolPostFactory(school=place.school, person=head)
    director = PersonFactory()

    roll(alliance, *map(everything, years), by=director)
    send_waiting(clock=lambda: JUNE)
    send_waiting(clock=lambda: JUNE)

    mails = {mail.to[0]: mail for mail in mailoutbox}
    assert len(mailoutbox) == 2
    assert mails[head.email].subject == "Your school stays in 2 workhubs, 2027 to 2028"
    assert mails[lead.email].subject == "You lead 2 workhubs, 2027 to 2028"
    for place in WorkhubSchool.objects.filter(workhub_year__year=2027):
        assert f"{place.workhub_year.workhub}: {place.school}" in mails[head.email].body


@pytest.mark.parametrize(("workhubs", "schools"), [(1, 1), (3, 4)])
def test_it_costs_the_same_for_one_workhub_or_many(django_assert_num_queries, workhubs, schools):
    alliance = AllianceFactory()
    years = [a_year(alliance, schools=schools) for _number in range(workhubs)]
    for year in years:
        ObjectiveFactory(workhub_year=year)
    going_on = [everything(year) for year in years]
    by = PersonFactory()

    with django_assert_num_queries(21):
        roll(alliance, *going_on, by=by)


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_only_what_was_chosen_goes_on_however_often_it_runs(data):
    with transaction.atomic():
        alliance = AllianceFactory()
        years = [a_year(alliance, schools=2) for _number in range(2)]
        for year in years:
            ObjectiveFactory(workhub_year=year)
        places = data.draw(st.sets(st.sampled_from(list(WorkhubSchool.objects.all()))))
        objectives = data.draw(st.sets(st.sampled_from(list(Objective.objects.all()))))
        chosen = data.draw(st.lists(st.sampled_from(years), max_size=3))

        for _time in range(2):
            roll(
                alliance,
                *(
                    GoingOn(
                        before=year.pk,
                        places=frozenset(place.pk for place in places),
                        objectives=frozenset(objective.pk for objective in objectives),
                    )
                    for year in chosen
                ),
            )

        chosen_keys = {year.pk for year in chosen}
        new = WorkhubYear.objects.filter(year=2027)
        assert {year.workhub_id for year in new} == {year.workhub_id for year in chosen}
        assert {
            place.school_id for place in WorkhubSchool.objects.filter(workhub_year__in=new)
        } == {place.school_id for place in places if place.workhub_year_id in chosen_keys}
        carried = Objective.objects.filter(workhub_year__in=new)
        assert {each.carried_from_id for each in carried} == {
            each.pk for each in objectives if each.workhub_year_id in chosen_keys
        }
        assert Seat.objects.filter(ends_on=None).count() == sum(
            place in places or place.workhub_year_id not in chosen_keys
            for place in WorkhubSchool.objects.filter(workhub_year__in=[y.pk for y in years])
        )
        transaction.set_rollback(True)
