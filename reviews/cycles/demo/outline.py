"""What the demo tells of review days: dates and teams alone; nothing judges a real school."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """A year's reviews: who hosts, how large the teams are, who is trained to lead.

    `leads` and `runs_out` count the reviewers as they come in; `cornered` has no day.
    """

    hosts: tuple[int, ...]
    framework: str
    team_size: int | None
    gap_days: int
    leads: frozenset[int]
    runs_out: int | None = None
    most_days: int | None = None
    cornered: int = 0
    trained_days_before: int = 30


FOUR_OAKS = Plan(
    hosts=(103351, 103388, 103390, 103630, 131672, 131920, 132007),
    framework="enquiry",
    team_size=None,
    gap_days=7,
    leads=frozenset({0, 2, 3, 5}),
)
EXAMPLES = Plan(
    hosts=tuple(range(900_001, 900_012)),
    framework="estimates",
    team_size=4,
    gap_days=14,
    leads=frozenset({0, 3, 5, 6, 8}),
    runs_out=8,
    most_days=5,
    cornered=900_010,
    trained_days_before=800,
)
