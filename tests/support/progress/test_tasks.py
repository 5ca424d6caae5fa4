from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from support.progress.course.tasks import Gate, Standing, Status, phases_of

COUNTS = st.integers(0, 5)
STANDINGS = st.builds(
    Standing,
    has_plan=st.booleans(),
    is_plan_agreed=st.booleans(),
    was_plan_agreed=st.booleans(),
    measures=COUNTS,
    baselines=COUNTS,
    visits_planned=COUNTS,
    visits_held=COUNTS,
    notes_missing=COUNTS,
    needs_placement=st.booleans(),
    placements=COUNTS,
    placements_held=COUNTS,
    term_now=st.none() | st.integers(1, 5),
    reviews_closed=COUNTS,
    review_open=st.none() | st.integers(1, 5),
    has_exit_strategy=st.booleans(),
    is_last_term=st.booleans(),
    is_final_open=st.booleans(),
    final_views=st.integers(0, 2),
    is_closed=st.booleans(),
    checks_given=st.integers(0, 2),
    is_looked_back=st.booleans(),
    is_stopped=st.booleans(),
)


def statuses(standing):
    return {task.words: task.status for phase in phases_of(standing) for task in phase.tasks}


@given(STANDINGS)
def test_nothing_is_complete_without_its_evidence(standing):
    found = statuses(standing)
    evidence = {
        "Plan set by both schools": standing.has_plan and standing.is_plan_agreed,
        "Figures at the start": standing.measures and standing.baselines >= standing.measures,
        "Visits": standing.visits_held and not standing.notes_missing,
        "Placements": standing.placements_held,
        "Mid-point, with how the school goes on alone": standing.has_exit_strategy,
        "Final review": standing.is_closed,
        "Checks one and two terms after": standing.is_closed and standing.checks_given == 2,
        "What changed, for whom": standing.is_closed and standing.is_looked_back,
    }
    for words, is_there in evidence.items():
        assert found[words] != Status.COMPLETE or is_there


@given(STANDINGS)
def test_nothing_behind_a_closed_gate_is_under_way(standing):
    for phase in phases_of(replace(standing, is_stopped=False)):
        is_closed = False
        for entry in phase.entries:
            if isinstance(entry, Gate):
                is_closed = not entry.is_open
            elif is_closed and not standing.is_closed and not standing.has_exit_strategy:
                assert entry.status == Status.BLOCKED


@given(STANDINGS)
def test_what_cannot_start_or_is_not_needed_says_why(standing):
    for phase in phases_of(standing):
        for task in phase.tasks:
            if task.status in {Status.BLOCKED, Status.NOT_NEEDED}:
                assert task.detail


@given(STANDINGS)
def test_after_an_early_end_nothing_is_left_to_be_done(standing):
    found = statuses(replace(standing, is_stopped=True))

    assert set(found.values()) <= {Status.COMPLETE, Status.NOT_NEEDED}


def test_after_an_early_end_it_still_says_what_took_place():
    held = Standing(visits_held=2, visits_planned=1, is_stopped=True)

    (visits,) = (
        task for phase in phases_of(held) for task in phase.tasks if task.words == "Visits"
    )

    assert visits.detail == "The support ended early; until then 2 held, 1 planned"


def test_a_programme_on_its_way():
    found = statuses(
        Standing(
            has_plan=True, is_plan_agreed=True, was_plan_agreed=True, visits_held=2, term_now=1
        )
    )

    assert found["Plan set by both schools"] == Status.COMPLETE
    assert found["Visits"] == Status.IN_PROGRESS
    assert found["Placements"] == Status.NOT_NEEDED
    assert found["Reviews of the terms"] == Status.NOT_STARTED
    assert found["Final review"] == Status.BLOCKED
