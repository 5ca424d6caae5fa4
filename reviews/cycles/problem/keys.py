"""Ids within a problem, and days of drafts to and from JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from reviews.cycles.rota import Day

DayInJson = dict[str, Any]


def host_id(key: int | str) -> str:
    """A host of a cycle within a problem."""
    return f"h{key}"


def reviewer_id(key: int | str) -> str:
    """A reviewer of a cycle within a problem."""
    return f"r{key}"


def key_of(named: str) -> str:
    """The bare key of either."""
    return named[1:]


def days_in_json(days: Iterable[Day]) -> list[DayInJson]:
    """Days as drafts keep them, the earliest first."""
    found = [
        {
            "host": key_of(day.host),
            "date": day.date.isoformat(),
            "lead": key_of(day.lead),
            "team": sorted((key_of(each) for each in day.team), key=int),
        }
        for day in days
    ]
    return in_order(found)


def in_order(days: Iterable[DayInJson]) -> list[DayInJson]:
    """By date, then by host."""
    return sorted(days, key=lambda each: (each["date"], int(each["host"])))


def days_from_json(days: Iterable[Mapping[str, Any]]) -> tuple[Day, ...]:
    """Days of a draft within a problem."""
    return tuple(
        Day(
            host_id(each["host"]),
            date.fromisoformat(each["date"]),
            reviewer_id(each["lead"]) if each["lead"] else "",
            frozenset(reviewer_id(one) for one in each["team"]),
        )
        for each in days
    )
