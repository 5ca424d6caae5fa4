"""The rota of a cycle: who visits whom, and on which day. Pure: no database, no clock but the solver's.

`plan(problem, effort)` gives the best rota found in the time, `read_problem` and `rota_as_json` speak
JSON, `try_relaxations` says what would help, `broken_rules` checks a rota by itself.
"""

from reviews.cycles.rota.checking import broken_rules
from reviews.cycles.rota.entries import FaultyProblem
from reviews.cycles.rota.planning import plan
from reviews.cycles.rota.reading import read_problem, rota_as_json
from reviews.cycles.rota.relaxing import Relaxation, try_relaxations
from reviews.cycles.rota.shapes import (
    Day,
    FixedDay,
    Host,
    Problem,
    Reviewer,
    Rota,
    Status,
    Unfilled,
    changed_hosts,
)
from reviews.cycles.rota.solving import Effort, Progress, Watch
from reviews.cycles.rota.weights import Costs, Counts, Weights

__all__ = [
    "Costs",
    "Counts",
    "Day",
    "Effort",
    "FaultyProblem",
    "FixedDay",
    "Host",
    "Problem",
    "Progress",
    "Relaxation",
    "Reviewer",
    "Rota",
    "Status",
    "Unfilled",
    "Watch",
    "Weights",
    "broken_rules",
    "changed_hosts",
    "plan",
    "read_problem",
    "rota_as_json",
    "try_relaxations",
]
