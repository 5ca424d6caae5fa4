import json
from datetime import date

import pytest

from reviews.cycles.rota import (
    Day,
    FaultyProblem,
    FixedDay,
    Host,
    Problem,
    Reviewer,
    Rota,
    Status,
    Unfilled,
    read_problem,
    rota_as_json,
)

FIRST, SECOND = "2027-01-11", "2027-01-18"
WHOLE = {
    "school_days": [SECOND, FIRST],
    "hosts": [
        {"id": "h1", "blocked": [FIRST], "easting": 400000, "northing": 300000.5},
        {"id": "h2", "phase": "primary", "group": "t1"},
    ],
    "reviewers": [
        {"id": "r1", "school": "h1", "lead": True, "max_days": 2},
        {"id": "r2", "school": "elsewhere", "lead": False, "blocked": [SECOND]},
    ],
    "team_size": 1,
    "gap_days": 7,
    "forbidden_pairs": [["r2", "h1"]],
    "discouraged_pairs": [["r1", "h2"]],
}


def read(**changes):
    return read_problem(json.dumps(WHOLE | changes))


def test_a_problem_is_read_whole():
    first, second = date(2027, 1, 11), date(2027, 1, 18)

    assert read() == Problem(
        school_days=(first, second),
        hosts=(
            Host("h1", frozenset({first}), 400_000, 300_000.5),
            Host("h2", phase="primary", group="t1"),
        ),
        reviewers=(
            Reviewer("r1", "h1", is_lead=True, max_days=2),
            Reviewer("r2", "elsewhere", blocked=frozenset({second})),
        ),
        team_size=1,
        gap_days=7,
        forbidden=frozenset({("r2", "h1")}),
        discouraged=frozenset({("r1", "h2")}),
    )


def test_all_the_others_is_no_number():
    assert read(team_size="all").team_size is None


def test_days_fixed_and_current_are_read():
    second = date(2027, 1, 18)
    problem = read(
        fixed=[{"host": "h1", "date": SECOND}],
        current=[{"host": "h1", "date": SECOND, "lead": "r1", "team": ["r2"]}],
    )

    assert problem.fixed == (FixedDay("h1", second),)
    assert problem.current == (Day("h1", second, "r1", frozenset({"r2"})),)


def test_what_is_unavailable_is_blocked():
    problem = read(
        unavailable=[{"id": "h2", "dates": [FIRST]}, {"id": "r1", "dates": [FIRST, SECOND]}]
    )

    assert [len(each.blocked) for each in problem.hosts] == [1, 1]
    assert [len(each.blocked) for each in problem.reviewers] == [2, 1]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"hosts": None}, 'The problem has no "hosts".'),
        ({"school_days": None}, 'The problem has no "school_days".'),
        ({"hosts": {}}, 'The problem: its "hosts" must be a list, not {}.'),
        ({"hosts": ["h1"]}, 'Host 1 must be an object, not "h1".'),
        ({"hosts": [{"phase": "primary"}]}, 'Host 1: its "id" is missing.'),
        ({"hosts": [{"id": 7}]}, 'Host 1: its "id" must be text, not 7.'),
        ({"hosts": [{"id": "h1"}, {"id": "h1"}]}, 'Host "h1" is listed twice.'),
        (
            {"hosts": [{"id": "h1", "blocked": ["12 March"]}]},
            'Host "h1": "12 March" in its "blocked" is no date such as 2027-03-12.',
        ),
        (
            {"hosts": [{"id": "h1", "easting": "far"}]},
            'Host "h1": its "easting" must be a number of metres, not "far".',
        ),
        (
            {"reviewers": [{"id": "r7", "school": 12}]},
            'Reviewer "r7": its "school" must be text, not 12.',
        ),
        (
            {"reviewers": [{"id": "r7", "lead": "yes"}]},
            'Reviewer "r7": its "lead" must be true or false, not "yes".',
        ),
        (
            {"reviewers": [{"id": "r7", "max_days": -1}]},
            'Reviewer "r7": its "max_days" must be a whole number from 0, not -1.',
        ),
        (
            {"periods": [{"first": SECOND, "last": FIRST}]},
            "Period 1 ends before it begins.",
        ),
        (
            {"periods": [{"first": FIRST, "last": SECOND}, {"first": SECOND, "last": SECOND}]},
            f"Two periods hold {SECOND}.",
        ),
        ({"reviewers": [{"id": "r7"}] * 2}, 'Reviewer "r7" is listed twice.'),
        (
            {"team_size": 0},
            'The problem: its "team_size" must be a whole number from 1, or "all", not 0.',
        ),
        (
            {"gap_days": 1.5},
            'The problem: its "gap_days" must be a whole number from 0, not 1.5.',
        ),
        (
            {"forbidden_pairs": [["r1", "h1"], ["r9", "h1"]]},
            'Pair 2 of "forbidden_pairs": there is no reviewer "r9".',
        ),
        (
            {"discouraged_pairs": [["r1", "h9"]]},
            'Pair 1 of "discouraged_pairs": there is no host "h9".',
        ),
        (
            {"discouraged_pairs": ["r1"]},
            'Pair 1 of "discouraged_pairs": must be a reviewer and a host, not "r1".',
        ),
        ({"fixed": [{"host": "h1"}]}, 'Fixed day "h1": its "date" is missing.'),
        (
            {"fixed": [{"host": "h1", "date": "2027-01-12"}]},
            'Fixed day "h1": 2027-01-12 is no school day.',
        ),
        (
            {"current": [{"host": "h3", "date": FIRST, "lead": "r1", "team": []}]},
            'Current day "h3": there is no host "h3".',
        ),
        (
            {"current": [{"host": "h1", "date": FIRST, "lead": "r1", "team": ["r1"]}]},
            'Current day "h1": its "team" names somebody twice, or the lead.',
        ),
        (
            {"fixed": [{"host": "h1", "date": FIRST}] * 2},
            'Fixed day "h1" is listed twice.',
        ),
        (
            {"unavailable": [{"id": "x", "dates": [FIRST]}]},
            'Unavailable "x": there is neither a host nor a reviewer of this id.',
        ),
    ],
)
def test_a_fault_is_one_sentence_that_names_the_entry(changes, sentence):
    with pytest.raises(FaultyProblem) as fault:
        read(**changes)

    assert str(fault.value) == sentence


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b"7"])
def test_what_is_no_problem_at_all_is_refused(content):
    with pytest.raises(FaultyProblem):
        read_problem(content)


def test_a_rota_is_written_in_plain_words():
    day = Day("h1", date(2027, 1, 18), "r1", frozenset({"r3", "r2"}))
    rota = Rota(Status.INFEASIBLE, 12, 10, (day,), (Unfilled("h2", "no day"),), changed=1)

    assert json.loads(rota_as_json(rota)) == {
        "status": "infeasible",
        "objective": 12,
        "bound": 10,
        "days": [{"host": "h1", "date": SECOND, "lead": "r1", "team": ["r2", "r3"]}],
        "unfilled": [{"host": "h2", "reason": "no day"}],
        "changed": 1,
    }
