from datetime import date

import pytest

from alliances.schools.models import GroupSchool, SchoolGroup
from reviews.cycles.problem import (
    broken_by,
    days_from_json,
    drawing_of,
    host_id,
    notes_of,
    obstacle_of,
    reviewer_id,
    rows_of,
)
from reviews.cycles.problem.periods import half_terms_in
from tests.factories.reviews import (
    BlockedDayFactory,
    CannotReviewFactory,
    CycleFactory,
    DayPlaceFactory,
    PairRuleFactory,
    ReviewDayFactory,
)
from tests.reviews.cycles.drawn import make_cycle

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
MONDAY, TUESDAY, FRIDAY = date(2027, 1, 11), date(2027, 1, 12), date(2027, 1, 15)


def drawn(made, **facts):
    return drawing_of(rows_of(made.cycle), today=TODAY, **facts)


def reviewer_of(drawing, reviewer):
    (found,) = (each for each in drawing.problem.reviewers if each.id == reviewer_id(reviewer.pk))
    return found


def test_rows_become_a_problem():
    made = make_cycle()
    one, other, third = made.reviewers
    BlockedDayFactory(person=one.reviewer.person, day=TUESDAY)
    CannotReviewFactory(reviewer=other.reviewer, school=made.hosts[0].school)
    PairRuleFactory(cycle=made.cycle, reviewer=third, host=made.hosts[0], is_never=False)
    one.reviewer.most_days = 2
    one.reviewer.save()
    made.cycle.most_days = 3

    problem = drawn(made).problem

    known = problem.reviewers[0]
    assert (known.school, known.is_lead, known.max_days) == (host_id(made.hosts[0].pk), True, 2)
    assert known.blocked == {TUESDAY}
    assert problem.reviewers[1].max_days == 3
    pair = (reviewer_id(other.pk), host_id(made.hosts[0].pk))
    assert problem.forbidden == {pair}
    assert problem.discouraged == {(reviewer_id(third.pk), host_id(made.hosts[0].pk))}
    assert len(problem.school_days) == 5


def test_nobody_is_sent_after_the_training_ran_out_and_the_page_says_so():
    made = make_cycle()
    training = made.reviewers[0].reviewer.trainings.get()
    training.expires_on = date(2027, 1, 13)
    training.save()
    made.reviewers[1].reviewer.trainings.all().delete()

    drawing = drawn(made)

    assert reviewer_of(drawing, made.reviewers[0]).blocked == {date(2027, 1, 14), FRIDAY}
    assert [each.id for each in drawing.problem.reviewers] == [
        reviewer_id(made.reviewers[0].pk),
        reviewer_id(made.reviewers[2].pk),
    ]
    assert list(notes_of(drawing)) == [
        "Acorn Head is sent from 11 January to 13 January only, while the training to lead holds.",
        "Beech Head isn’t sent: no training of theirs holds on a day of the window.",
    ]


def test_cycle_without_any_training_says_how_to_enter_it():
    made = make_cycle()
    for each in made.reviewers:
        each.reviewer.trainings.all().delete()

    assert obstacle_of(drawn(made)).startswith("No training is entered of anybody")
    assert obstacle_of(drawn(make_cycle())) == ""


def test_review_of_two_days_begins_where_both_are_free():
    made = make_cycle(length="two")
    BlockedDayFactory(
        person=None,
        school=made.hosts[0].school,
        day=TUESDAY,
        blocked_by=made.director,
    )

    problem = drawn(made).problem

    assert FRIDAY not in problem.school_days
    assert problem.hosts[0].blocked == {MONDAY, TUESDAY}


def test_last_years_visits_and_ones_own_trust_are_kept_off_by_the_rules():
    made = make_cycle(last_year="never", same_trust="avoided")
    trust = SchoolGroup.objects.create(uid=1, name="Oak Trust", kind="Multi-academy trust")
    for host in made.hosts[:2]:
        GroupSchool.objects.create(group=trust, school=host.school)
    left = {"left_on": date(2026, 12, 1)}
    GroupSchool.objects.create(group=trust, school=made.hosts[2].school, **left)
    before = CycleFactory(alliance=made.cycle.alliance, year=2025)
    day = ReviewDayFactory(cycle=before, host__school=made.hosts[2].school, day=date(2026, 1, 20))
    DayPlaceFactory(day=day, reviewer__reviewer=made.reviewers[0].reviewer)

    problem = drawn(made).problem

    one, other, third = (host_id(each.pk) for each in made.hosts)
    who = [reviewer_id(each.pk) for each in made.reviewers]
    assert problem.forbidden == {(who[0], third)}
    assert problem.discouraged == {(each, host) for each in who[:2] for host in (one, other)}
    assert [bool(host.group) for host in problem.hosts] == [True, True, False]


def test_published_day_that_is_fixed_stays_and_one_of_an_incomplete_team_is_set_aside():
    made = make_cycle()
    fixed = ReviewDayFactory(cycle=made.cycle, host=made.hosts[0], day=TUESDAY, is_fixed=True)
    DayPlaceFactory(day=fixed, reviewer=made.reviewers[1], is_lead=True)
    ReviewDayFactory(cycle=made.cycle, host=made.hosts[1], day=FRIDAY, is_fixed=True)

    drawing = drawn(made)

    (kept,) = drawing.problem.fixed
    assert (kept.host, kept.date, kept.lead) == (
        host_id(made.hosts[0].pk),
        TUESDAY,
        reviewer_id(made.reviewers[1].pk),
    )
    assert [day.host for day in drawing.aside] == [host_id(made.hosts[1].pk)]


def test_broken_rules_are_said_with_names_and_never_why():
    made = make_cycle()
    BlockedDayFactory(person=made.reviewers[1].reviewer.person, day=TUESDAY, because="Hospital")
    day = {
        "host": str(made.hosts[0].pk),
        "date": "2027-01-12",
        "lead": str(made.reviewers[1].pk),
        "team": [],
    }

    said = broken_by(drawn(made), days_from_json([day]))

    assert said == ["Beech Head isn’t available on 12 January."]


@pytest.mark.parametrize("schools", [2, 6])
def test_problem_takes_as_many_queries_for_two_schools_as_for_six(
    schools, django_assert_num_queries
):
    made = make_cycle(schools)
    drawn(made)

    with django_assert_num_queries(10):
        drawn(made)


def test_half_terms_lie_between_breaks_or_begin_where_they_usually_do():
    made = make_cycle(ends_on=date(2027, 5, 28))
    days = drawn(made).problem.school_days
    without_a_week = [day for day in days if not date(2027, 2, 15) <= day <= date(2027, 2, 19)]

    assert half_terms_in(without_a_week)[0] == (MONDAY, date(2027, 2, 12))
    assert len(half_terms_in(days)) == 3
    assert half_terms_in(()) == ()
