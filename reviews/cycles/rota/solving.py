"""The solver (OR-Tools CP-SAT), loaded when first used: it takes a second that only a rota is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    Model = cp_model.CpModel
    Variable = cp_model.IntVar
    Literal = cp_model.LiteralT
    Expression = cp_model.LinearExprT

LOOK_AGAIN = 0.5
TEAMS = "who"
DAYS = "when"
BOTH = "both"


@dataclass(frozen=True)
class Progress:
    """The best so far: the stage, its points, and what none can be below."""

    stage: str
    objective: int
    bound: int
    seconds: float


class Watch(Protocol):
    """Whoever waits for a rota: hears of each better one, and may stop the search."""

    def found(self, best: Progress) -> None:
        """A better one was found."""

    def is_stopped(self) -> bool:
        """Whether the best so far shall do; asked twice a second."""


@dataclass(frozen=True)
class Effort:
    """How long to search and how; with one worker and no clock in the way it is repeatable."""

    seconds: float = 60
    workers: int = 2
    seed: int = 7
    watch: Watch | None = None
    began: float = field(default_factory=monotonic)

    @property
    def spent(self) -> float:
        """The seconds since the search began."""
        return monotonic() - self.began

    @property
    def left(self) -> float:
        """The seconds that remain."""
        return max(0.0, self.seconds - self.spent)

    def part(self, share: float) -> Effort:
        """The same for a share of the time that remains."""
        return replace(self, seconds=self.spent + share * self.left)

    @property
    def is_stopped(self) -> bool:
        """Whether whoever waits has had enough."""
        return self.watch is not None and self.watch.is_stopped()

    def from_now(self) -> Effort:
        """The same, begun when the solver is loaded: loading it is no search."""
        from ortools.sat.python import cp_model  # noqa: F401, PLC0415 - loaded here, once

        return replace(self, began=monotonic())


@dataclass(frozen=True)
class Outcome:
    """What a search came to; the bound holds even where nothing was found."""

    is_found: bool
    is_proved: bool
    is_impossible: bool
    objective: int
    bound: int
    value: Callable[[Expression], int]


NOTHING = Outcome(
    is_found=False, is_proved=False, is_impossible=False, objective=0, bound=0, value=lambda _: 0
)


def new_model() -> Model:
    """An empty model."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - the portal starts without it

    return cp_model.CpModel()


def domain(values: Iterable[int]) -> cp_model.Domain:
    """These values and no others."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - the portal starts without it

    return cp_model.Domain.from_values(list(values))


def weighted(terms: Sequence[tuple[Expression, int]], constant: int = 0) -> Expression:
    """The sum of terms with their weights."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - the portal starts without it

    return (
        cp_model.LinearExpr.weighted_sum(
            [each for each, _weight in terms], [weight for _each, weight in terms]
        )
        + constant
    )


def hint(model: Model, values: Mapping[int, tuple[Variable, int]]) -> None:
    """Where to begin, by the variable's index."""
    model.clear_hints()
    for variable, value in values.values():
        model.add_hint(variable, value)


def search(model: Model, effort: Effort, stage: str, seconds: float | None = None) -> Outcome:
    """The best that is found in the time; the watch hears of each better one on the way."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - the portal starts without it

    allowed = effort.left if seconds is None else min(effort.left, seconds)
    if allowed <= 0:
        return NOTHING
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = allowed
    solver.parameters.num_workers = effort.workers
    solver.parameters.random_seed = effort.seed
    if stage == TEAMS:  # without all of the linear relaxation the bound stays far below
        solver.parameters.linearization_level = 2
        solver.parameters.ignore_subsolvers.append("default_lp")
        solver.parameters.extra_subsolvers.append("max_lp")
    if effort.watch is None:
        status = solver.solve(model)
    else:
        status = _watched(solver, model, effort, effort.watch, stage)
    is_found = status in {cp_model.OPTIMAL, cp_model.FEASIBLE}
    return Outcome(
        is_found=is_found,
        is_proved=status == cp_model.OPTIMAL,
        is_impossible=status == cp_model.INFEASIBLE,
        objective=round(solver.objective_value) if is_found else 0,
        bound=_whole(solver.best_objective_bound),
        value=solver.value,
    )


def _watched(
    solver: cp_model.CpSolver, model: Model, effort: Effort, watch: Watch, stage: str
) -> cp_model.CpSolverStatus:
    from ortools.sat.python import cp_model  # noqa: PLC0415 - the portal starts without it

    class Telling(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            best = round(self.objective_value), _whole(self.best_objective_bound)
            watch.found(Progress(stage, *best, effort.spent))

    done = Event()
    waiting = Thread(target=partial(_stop_when_asked, solver, watch, done), daemon=True)
    waiting.start()
    try:
        return solver.solve(model, Telling())
    finally:
        done.set()
        waiting.join()


def _stop_when_asked(solver: cp_model.CpSolver, watch: Watch, done: Event) -> None:
    while not done.wait(LOOK_AGAIN):
        if watch.is_stopped():
            solver.stop_search()


def _whole(bound: float) -> int:
    """The bound as points: they are whole, so a part of one is rounded up."""
    return -int(-(bound - 1e-6) // 1)
