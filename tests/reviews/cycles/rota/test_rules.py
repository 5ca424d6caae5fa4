from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews.cycles.rota import Costs, Day, FixedDay, Status, Weights, broken_rules
from tests.reviews.cycles.rota.building import cycle, days, fewest, head, planned, school

unhurried = settings(
    deadline=None,
    max_examples=25,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def problems(draw, most_schools=6, most_days=12):
    schools = draw(st.integers(2, most_schools))
    on = days(draw(st.integers(1, most_days)))
    some_days = st.frozensets(st.sampled_from(on), max_size=len(on))
    place = st.none() | st.integers(400_000, 440_000)
    pair = st.tuples(st.integers(1, schools), st.integers(1, schools))
    pairs = st.frozensets(pair.map(lambda two: (f"r{two[0]}", f"h{two[1]}")), max_size=3)

    def host(number):
        facts = {"blocked": some_days, "easting": place, "northing": place}
        kinds = {"phase": st.sampled_from(["", "primary", "secondary"])}
        groups = {"group": st.sampled_from(["", "t1"])}
        return school(number, **{k: draw(v) for k, v in (facts | kinds | groups).items()})

    def reviewer(number):
        limit, blocked = draw(st.none() | st.integers(0, 4)), draw(some_days)
        facts = {"max_days": limit, "max_days_per_period": draw(st.none() | st.integers(0, 2))}
        return head(number, is_lead=draw(st.booleans()), blocked=blocked, **facts)

    halves = ((on[0], on[len(on) // 2]), (on[-1], on[-1]))
    periods = halves if len(on) > 2 else halves[:1]

    settled = st.builds(
        FixedDay,
        st.sampled_from([f"h{number}" for number in range(1, schools + 1)]),
        st.sampled_from(on),
        st.sampled_from(["", "r1"]),
        st.sampled_from([None, frozenset(), frozenset({"r2"})]),
    )
    return cycle(
        schools,
        draw(st.none() | st.integers(1, 3)),
        on=on,
        hosts=tuple(map(host, range(1, schools + 1))),
        reviewers=tuple(map(reviewer, range(1, schools + 1))),
        gap_days=draw(st.integers(0, 5)),
        forbidden=draw(pairs),
        discouraged=draw(pairs),
        fixed=tuple(draw(st.lists(settled, max_size=1))),
        periods=draw(st.sampled_from([(), periods])),
    )


@given(problems())
@unhurried
def test_no_hard_rule_is_ever_broken(problem):
    rota = planned(problem)

    assert rota.bound <= rota.objective
    teams = {day.host: day.everybody for day in rota.days}
    assert rota.objective == Costs(problem, Weights()).points(teams)
    assert all(each.reason for each in rota.unfilled)


@given(problems())
@unhurried
def test_without_any_time_to_search_every_rule_is_still_kept(problem):
    rota = planned(problem, seconds=0)

    assert rota.bound <= rota.objective


def test_without_any_time_to_search_an_easy_cycle_is_still_whole():
    rota = planned(cycle(12, 4, on=days(60)), seconds=0)

    assert (rota.status, len(rota.days)) == (Status.FEASIBLE, 12)


@given(problems(most_schools=3, most_days=3))
@unhurried
def test_no_other_rota_fills_more_hosts_or_has_fewer_points(problem):
    rota = planned(problem)

    unfilled, _changed, points = fewest(problem)
    assert (len(rota.unfilled), rota.objective) == (unfilled, points)
    assert rota.bound == rota.objective
    assert rota.status == (Status.INFEASIBLE if unfilled else Status.OPTIMAL)


@pytest.mark.parametrize(("schools", "team_size"), [(7, None), (7, 3)])
def test_a_cycle_with_room_enough_is_proved_best(schools, team_size):
    rota = planned(cycle(schools, team_size, on=days(20, every=7), gap_days=7))

    assert rota.status == Status.OPTIMAL
    assert {len(day.everybody) for day in rota.days} == {team_size or schools - 1}
    assert rota.bound == rota.objective


def test_days_of_one_reviewer_may_be_just_the_gap_apart():
    on = days(3, every=7)

    weekly = planned(cycle(3, None, on=on, gap_days=7))
    longer = planned(cycle(3, None, on=on, gap_days=8))

    assert sorted(day.date for day in weekly.days) == list(on)
    assert longer.status == Status.INFEASIBLE


def test_nobody_is_out_more_often_in_a_half_term_than_her_limit():
    on = days(6, every=7)
    reviewers = tuple(head(n, max_days_per_period=1) for n in range(1, 4))
    halves = ((on[0], on[2]), (on[3], on[5]))

    two = planned(cycle(3, 1, on=on, reviewers=reviewers, periods=halves))
    all_others = planned(cycle(3, None, on=on, reviewers=reviewers, periods=halves[:1]))
    one_half = planned(cycle(3, None, on=on[:3], reviewers=reviewers, periods=halves[:1]))

    assert two.status == Status.OPTIMAL
    assert all_others.status == Status.OPTIMAL
    assert one_half.status == Status.INFEASIBLE


def test_a_gap_of_nothing_still_lets_nobody_be_in_two_places():
    rota = planned(cycle(3, None, on=days(2), gap_days=0))

    assert rota.status == Status.INFEASIBLE


def test_weeks_are_even_when_they_can_be():
    rota = planned(cycle(4, 1, on=days(4) + tuple(d + timedelta(weeks=1) for d in days(4))))

    assert len({day.date.isocalendar().week for day in rota.days}) == 2


def test_teams_without_a_common_day_are_chosen_otherwise():
    on = days(3)
    free = ({on[0]}, {on[2]}, {on[0], on[1]}, {on[1], on[2]})
    reviewers = tuple(
        head(n, school="", blocked=frozenset(on) - each) for n, each in enumerate(free, start=1)
    )
    problem = cycle(1, 2, on=on, reviewers=reviewers, discouraged=frozenset({("r4", "h1")}))

    (day,) = planned(problem).days

    assert (day.date, day.everybody) == (on[0], {"r1", "r3"})


def test_a_fixed_day_stays():
    on = days(4, every=7)
    settled = FixedDay("h2", on[2], "r3", frozenset({"r1"}))

    rota = planned(cycle(4, 2, on=on, fixed=(settled,)))

    assert Day("h2", on[2], "r3", frozenset({"r1"})) in rota.days


def test_a_fixed_day_stays_though_two_others_lose_theirs():
    on = days(2, every=7)
    reviewers = (head(1, school="", max_days=2), head(2, school="", max_days=1))
    settled = FixedDay("h1", on[0], "r1", frozenset({"r2"}))

    rota = planned(cycle(3, 2, on=on, reviewers=reviewers, fixed=(settled,)))

    assert [day.host for day in rota.days] == ["h1"]


def test_fixed_days_that_clash_are_not_both_kept():
    on = days(2)
    settled = (FixedDay("h1", on[0], "r3", frozenset()), FixedDay("h2", on[0], "r3", frozenset()))

    rota = planned(cycle(3, 1, on=on, fixed=settled))

    assert len({day.host for day in rota.days} & {"h1", "h2"}) == 1
    assert rota.status == Status.INFEASIBLE


def test_a_fixed_date_leaves_the_team_open():
    on = days(4, every=7)

    rota = planned(cycle(4, 2, on=on, fixed=(FixedDay("h2", on[3]),)))

    assert {day.date for day in rota.days if day.host == "h2"} == {on[3]}
    assert rota.status == Status.OPTIMAL


def test_the_checker_sees_each_rule_broken():
    on = days(4)
    problem = cycle(3, 2, on=on, gap_days=2, forbidden=frozenset({("r3", "h1")}))
    problem = replace(
        problem,
        hosts=(school(1, blocked=frozenset({on[3]})), *problem.hosts[1:]),
        reviewers=(
            head(1, is_lead=False, max_days=1, max_days_per_period=1),
            *problem.reviewers[1:],
        ),
        periods=((on[2], on[3]),),
        fixed=(FixedDay("h3", on[0]),),
    )
    rota = replace(
        planned(problem),
        days=(
            Day("h1", on[3], "r2", frozenset({"r3"})),
            Day("h2", on[3], "r1", frozenset({"r2"})),
            Day("h3", on[2], "r1", frozenset()),
        ),
    )

    assert set(broken_rules(problem, rota)) >= {
        "Somebody may not visit h1.",
        f"h1 blocked {on[3]}.",
        "Somebody may not visit h2.",
        "r1 leads at h2 without training.",
        "The team of h3 isn’t complete.",
        f"r2 is out on {on[3]} and on {on[3]}.",
        f"r1 is out on {on[3]}, when her own school hosts.",
        "r1 is out on 2 days, and may be on 1.",
        f"r1 is out on 2 days from {on[2]}, and may be on 1.",
        "The fixed day of h3 was changed.",
    }
