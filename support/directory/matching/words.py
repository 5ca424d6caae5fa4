"""The reason of each criterion in words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from support.directory.matching.fits import km_between
from support.directory.matching.shapes import Candidate, Need


def words_of(need: Need, candidate: Candidate) -> tuple[str, str, str, str, str]:
    """In the order of the weights."""
    return (
        _words_of_areas(need, candidate),
        _words_of_phase(need, candidate),
        _words_of_context(need, candidate),
        _words_of_distance(need, candidate),
        _words_of_days(candidate),
    )


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _words_of_areas(need: Need, candidate: Candidate) -> str:
    known = [name for area, name in need.areas.items() if area in candidate.areas]
    missing = [name for area, name in need.areas.items() if area not in candidate.areas]
    if not known:
        return f"Doesn’t list {_listed(missing)}"
    return f"Works on {_listed(known)}" + (f", not on {_listed(missing)}" if missing else "")


def _words_of_phase(need: Need, candidate: Candidate) -> str:
    if not need.phases:
        return "The school’s phase isn’t known, so it counts half"
    known = [words for code, words in need.phases.items() if code in candidate.phases]
    if known:
        return f"Phase: knows {_listed(known).lower()}"
    return f"Phase: doesn’t list {_listed(need.phases.values()).lower()}"


def _words_of_context(need: Need, candidate: Candidate) -> str:
    if not need.contexts:
        return "Nothing sets the school apart, so this counts half"
    known = [words for code, words in need.contexts.items() if code in candidate.contexts]
    if known:
        return f"Knows this kind of school: {_listed(known).lower()}"
    return f"Doesn’t list this kind of school: {_listed(need.contexts.values()).lower()}"


def _words_of_distance(need: Need, candidate: Candidate) -> str:
    km = km_between(need, candidate)
    if km is None:
        return "The distance isn’t known, so it counts half"
    return "Less than 1 km away" if km < 1 else f"{km:.0f} km away"


def _words_of_days(candidate: Candidate) -> str:
    if candidate.days_left > 0:
        return f"{in_days(candidate.days_left)} left this year"
    return f"None left this year, {in_days(candidate.days_next_year)} next year"


def in_days(days: Decimal) -> str:
    """Say 1 day, 7.5 days, 12 days."""
    number = f"{days:f}".rstrip("0").rstrip(".") if "." in f"{days:f}" else f"{days:f}"
    return f"{number} day" if days == 1 else f"{number} days"
