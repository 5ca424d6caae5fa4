from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.cycles.rota import Day, Status
from tests.reviews.cycles.rota.building import cycle, days, fewest, planned


def replanned(problem, who, dates):
    current = planned(problem).days
    return replace(problem.without(who, dates), current=current)


@given(
    st.integers(1, 3),
    st.sampled_from(["h1", "h2", "h3", "r1", "r2", "r3", "r4"]),
    st.frozensets(st.sampled_from(days(4)), min_size=1, max_size=3),
)
@settings(deadline=None, max_examples=12, derandomize=True)
def test_no_other_rota_changes_fewer_days(team_size, who, dates):
    extra = cycle(4, 1).reviewers
    usual = cycle(3, min(team_size, 2), on=days(4), gap_days=2, reviewers=extra)
    problem = replanned(usual, who, dates)

    rota = planned(problem)

    assert (len(rota.unfilled), rota.changed, rota.objective) == fewest(problem)


def test_nothing_changes_when_nothing_is_lost():
    problem = cycle(5, 2, on=days(10, every=7))
    current = planned(problem).days

    rota = planned(replace(problem, current=current))

    assert (rota.changed, rota.days) == (0, current)


def test_only_the_day_of_a_host_with_an_inspection_moves():
    problem = cycle(5, 2, on=days(10, every=7))
    lost = planned(problem).days[2]

    rota = planned(replanned(problem, lost.host, [lost.date]))

    assert (rota.status, rota.changed) == (Status.OPTIMAL, 1)
    assert {day.date for day in rota.days if day.host == lost.host} != {lost.date}


def test_another_day_gives_way_where_it_must():
    on = days(3, every=7)
    problem = cycle(3, None, on=on, gap_days=7)
    current = planned(problem).days
    moved = problem.without(current[0].host, [current[0].date])

    rota = planned(replace(moved, current=current))

    assert (rota.status, rota.changed) == (Status.OPTIMAL, 2)


def test_a_lead_without_training_is_a_change():
    problem = cycle(4, 2)
    current = planned(problem).days
    lead = current[0].lead
    untrained = tuple(
        replace(each, is_lead=False) if each.id == lead else each for each in problem.reviewers
    )

    rota = planned(replace(problem, reviewers=untrained, current=current))

    assert rota.changed == sum(day.lead == lead for day in current)


@pytest.mark.parametrize("lost", [(), ("h3",)])
def test_a_host_that_had_no_day_gets_one_and_counts(lost):
    problem = cycle(3, 1, on=days(4))
    current = tuple(day for day in planned(problem).days if day.host not in lost)

    rota = planned(replace(problem, current=current))

    assert rota.changed == len(lost)


def test_a_current_rota_that_breaks_a_rule_between_days_is_mended():
    on = days(4)
    problem = cycle(3, 1, on=on, gap_days=2)
    current = (
        Day("h1", on[0], "r3", frozenset()),
        Day("h2", on[1], "r3", frozenset()),
        Day("h3", on[3], "r1", frozenset()),
    )

    rota = planned(replace(problem, current=current))

    assert (rota.status, rota.changed) == (Status.OPTIMAL, 1)


def test_without_any_time_to_search_a_lost_day_is_still_moved():
    problem = cycle(5, 2, on=days(10, every=7))
    lost = planned(problem).days[2]

    rota = planned(replanned(problem, lost.host, [lost.date]), seconds=0)

    assert (rota.status, rota.changed) == (Status.FEASIBLE, 1)


def test_without_any_time_to_search_what_needs_another_day_is_left():
    problem = cycle(3, None, on=days(3, every=7), gap_days=7)
    current = planned(problem).days
    moved = problem.without(current[0].host, [current[0].date])

    rota = planned(replace(moved, current=current), seconds=0)

    assert (rota.status, rota.changed) == (Status.INFEASIBLE, 1)
    assert "found in the time given" in rota.unfilled[0].reason
