"""What a choice of teams can't have, told back to the first stage."""

from __future__ import annotations

from collections.abc import Mapping

from reviews.cycles.rota.openings import Openings, smallest

Conflict = frozenset[tuple[str, str]]
MOST_FOR_A_TEAM = 8


def conflicts(openings: Openings, teams: Mapping[str, frozenset[str]]) -> set[Conflict]:
    """For each team without a free day in common, smallest sets of visits that have none."""
    return {
        frozenset((reviewer, host) for reviewer in each)
        for host, team in teams.items()
        if not openings.common_days(host, team)
        for each in _smallest_sets(openings, host, team)
    }


def _smallest_sets(openings: Openings, host: str, team: frozenset[str]) -> set[frozenset[str]]:
    """Each begun at another reviewer, so that they differ where they can."""
    ordered = sorted(team)

    def has_no_day(some: list[str]) -> bool:
        return not openings.common_days(host, some)

    turns = (ordered[turn:] + ordered[:turn] for turn in range(min(len(ordered), MOST_FOR_A_TEAM)))
    return {frozenset(smallest(each, has_no_day)) for each in turns}
