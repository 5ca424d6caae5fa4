"""How fair a rota is, in four facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import hypot

from reviews.cycles.pictures.looks import is_mixed
from reviews.cycles.pictures.matrices import mutual_pairs
from reviews.cycles.pictures.shapes import Scene, Visits

METRES = 1_000
Fact = tuple[str, str]


def fairness(scene: Scene, days: Sequence[Visits]) -> list[Fact]:
    """Days out, pairs that visit each other, phases, and the longest way; only what is known."""
    if not days:
        return []
    facts = [("Days out", _days_out(scene, days)), ("Both ways", _both_ways(scene, days))]
    mixed = [said for day in days if (said := is_mixed(scene, day)) is not None]
    if mixed:
        facts.append(("Phases", f"{sum(mixed)} of {len(mixed)} teams are mixed"))
    if way := _longest_way(scene, days):
        facts.append(("Longest way", way))
    return facts


def _days_out(scene: Scene, days: Sequence[Visits]) -> str:
    out = Counter(key for day in days for key in day.everybody)
    counts = [out[key] * scene.days_each for key in out]
    least, most = min(counts, default=0), max(counts, default=0)
    span = str(least) if least == most else f"{least} to {most}"
    resting = len(scene.visitors) - len(out)
    rest = f"; {resting} of {len(scene.visitors)} reviewers aren’t sent" if resting > 0 else ""
    return f"{span} for each who goes{rest}"


def _both_ways(scene: Scene, days: Sequence[Visits]) -> str:
    if scene.is_all_others:
        return "All: everybody visits every school"
    count = len(mutual_pairs(scene, days))
    return f"{count} pair{'' if count == 1 else 's'} visit each other" if count else "No pair"


def _longest_way(scene: Scene, days: Sequence[Visits]) -> str:
    ways = [
        (
            hypot(host.easting - who.easting, host.northing - who.northing),
            who.school,
            host.name,
        )
        for day in days
        for key in day.everybody
        if (host := scene.hosts[day.host]).easting is not None
        and host.northing is not None
        and (who := scene.visitors[key]).easting is not None
        and who.northing is not None
    ]
    if not ways:
        return ""
    far, home, host_name = max(ways)
    return f"{far / METRES:.0f} km, {home} to {host_name}"
