from dataclasses import replace

import pytest

from reviews.cycles.rota import (
    Effort,
    FixedDay,
    Progress,
    broken_rules,
    plan,
    try_relaxations,
)
from tests.reviews.cycles.rota.building import cycle, days, head, planned, school


def why(problem):
    return {each.host: each.reason for each in planned(problem).unfilled}


def with_blocked(problem, **blocked):
    for who, dates in blocked.items():
        problem = problem.without(who, dates)
    return problem


ON = days(3, every=7)
SIX = cycle(6, None, on=days(20, every=7))
FREE = frozenset(SIX.school_days)


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (with_blocked(SIX, h3=FREE), "h3 is not available on any school day"),
        (
            with_blocked(SIX, h3=FREE - {*days(2, every=7)}, r4=[days(1)[0]], r1=days(2, every=7)),
            (
                "h3 has no day on which r1 and 4 others are free; nearest miss 2027-01-18, "
                "r1 not available"
            ),
        ),
        (
            replace(cycle(3, 2), forbidden=frozenset({("r1", "h3")})),
            "too few reviewers: 1 may visit h3, and a team needs 2",
        ),
        (
            cycle(3, 1, reviewers=(head(1, is_lead=False), head(2, is_lead=False), head(3))),
            "no trained lead may visit h3",
        ),
        (
            with_blocked(
                cycle(1, 2, on=ON, reviewers=tuple(head(n, school="") for n in (2, 3, 4))),
                r2=ON[:2],
                r3=ON,
                r4=ON[2:],
            ),
            (
                "h1 has no day on which 2 reviewers are free, a trained lead among them; "
                "nearest miss 2027-01-11, only 1 free, r2 and r3 not available"
            ),
        ),
        (
            with_blocked(cycle(1, 1, on=ON, reviewers=(head(2), head(3, is_lead=False))), r2=ON),
            (
                "h1 has no day on which a trained lead is free; nearest miss 2027-01-11, "
                "r2 not available"
            ),
        ),
        (
            with_blocked(cycle(2, 1, on=ON, fixed=(FixedDay("h1", ON[1]),)), h1=ON),
            "h1 is fixed on 2027-01-18, when it is not available",
        ),
        (
            cycle(3, 1, fixed=(FixedDay("h1", ON[1], "r1"),)),
            "h1 is fixed with r1, whom a rule keeps from it",
        ),
        (
            with_blocked(cycle(3, 1, on=ON, fixed=(FixedDay("h1", ON[1], "r2"),)), r2=ON),
            (
                "h1 is fixed on 2027-01-18, when no complete team is free; nearest miss 2027-01-18, "
                "r2 not available"
            ),
        ),
        (
            cycle(4, 2, fixed=(FixedDay("h1", ON[1], "r2", frozenset()),)),
            "h1 is fixed with a team of 1, not 2",
        ),
    ],
)
def test_a_host_that_nobody_can_visit_is_told_why(problem, reason):
    (said,) = why(problem).values()

    assert said == reason


def test_a_lead_who_is_fixed_must_be_trained():
    untrained = (head(1), head(2, is_lead=False), head(3))

    said = why(cycle(3, 1, reviewers=untrained, fixed=(FixedDay("h1", ON[1], "r2"),)))

    assert said == {"h1": "h1 is fixed with r2 as lead, who is not trained to lead"}


def test_a_milder_rule_is_tried_only_where_there_is_one():
    assert [each.words for each in try_relaxations(cycle(2, 1), 2)] == []
    assert [each.words for each in try_relaxations(cycle(4, None), 4)] == ["teams of 2"]


def test_limits_on_days_out_are_counted():
    reviewers = tuple(head(n, max_days=1) for n in (1, 2, 3))

    said = why(cycle(3, 2, reviewers=reviewers))

    assert all(
        each == f"limits on days out leave 3 places unfilled, {host} among them"
        for host, each in said.items()
    )
    assert len(said) == 2


def test_what_the_other_days_take_is_named():
    (said,) = why(cycle(3, None, on=days(2, every=7), gap_days=7)).values()

    assert "has days by itself, but none beside the others; nearest miss 2027-01-11" in said
    assert " at h" in said


def test_each_relaxation_is_tried():
    on = days(2, every=7)
    reviewers = tuple(head(n, max_days=1) for n in (1, 2, 3))
    problem = cycle(3, 2, on=on, gap_days=7, reviewers=reviewers)

    tried = try_relaxations(problem, 1, more_days=days(3, every=7), effort=Effort(2, workers=1))

    assert {each.words: (each.filled, each.helps) for each in tried} == {
        "teams of 1": (2, True),
        "one more day out for each reviewer": (2, True),
        "days of one reviewer at least 3 days apart": (1, False),
        "a window until 2027-01-25": (1, False),
    }


def test_whoever_waits_hears_of_the_best_and_may_stop():
    class Waiting:
        heard: list[Progress] = []

        def found(self, best):
            self.heard.append(best)

        def is_stopped(self):
            return True

    problem = cycle(5, 2, hosts=tuple(school(n, easting=n * 1000, northing=0) for n in range(1, 6)))

    rota = plan(problem, Effort(5, workers=1, watch=Waiting()))

    assert broken_rules(problem, rota) == []
    assert {each.stage for each in Waiting.heard} >= {"who"}
