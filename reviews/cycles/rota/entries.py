"""One entry of a problem in JSON, read value by value; what is wrong is said in a sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

WHOLE = "The problem"
NEEDED = frozenset({"hosts", "reviewers"})


class FaultyProblem(ValueError):
    """A problem that can't be read, in one sentence."""


@dataclass(frozen=True)
class Entry:
    """One entry of the problem, with the name by which a fault speaks of it."""

    name: str
    raw: Mapping[str, Any]

    def fault(self, said: str) -> FaultyProblem:
        """A sentence that begins with this entry's name."""
        joint = "" if said.startswith("has ") else ":"
        return FaultyProblem(f"{self.name}{joint} {said}.")

    def text(self, key: str, *, is_needed: bool = False) -> str:
        """A text, or nothing where there is none."""
        value = self._value(key, is_needed=is_needed)
        if value is None:
            return ""
        if not isinstance(value, str) or (is_needed and not value.strip()):
            raise self._wrong(key, "text", value)
        return value

    def flag(self, key: str) -> bool:
        """True or false; false where there is neither."""
        value = self._value(key)
        if not (value is None or isinstance(value, bool)):
            raise self._wrong(key, "true or false", value)
        return bool(value)

    def number(self, key: str) -> int | None:
        """A whole number from 0, where there is one."""
        value = self._value(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self._wrong(key, "a whole number from 0", value)
        return value

    def metres(self, key: str) -> float | None:
        """Metres of the National Grid, where they are known."""
        value = self._value(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong(key, "a number of metres", value)
        return float(value)

    def day(self, key: str) -> date:
        """A date in ISO form."""
        return self._date(key, self._value(key, is_needed=True))

    def days(self, key: str, *, is_needed: bool = False) -> frozenset[date]:
        """Dates in ISO form."""
        return frozenset(self._date(key, each) for each in self.listed(key, is_needed=is_needed))

    def listed(self, key: str, *, is_needed: bool = False) -> list[Any]:
        """A list, empty where there is none."""
        value = self._value(key, is_needed=is_needed)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._wrong(key, "a list", value)
        return value

    def entries(self, key: str, kind: str) -> list[Entry]:
        """A list of objects, each named by its id or host, else by its place."""
        found = []
        for place, raw in enumerate(self.listed(key, is_needed=key in NEEDED), start=1):
            if not isinstance(raw, dict):
                raise FaultyProblem(f"{kind} {place} must be an object, not {shown(raw)}.")
            named = raw.get("id", raw.get("host"))
            is_named = isinstance(named, str) and named
            found.append(Entry(f"{kind} {shown(named) if is_named else place}", raw))
        return found

    def _value(self, key: str, *, is_needed: bool = False) -> Any:
        value = self.raw.get(key)
        if value is None and is_needed:
            is_whole = self.name == WHOLE
            raise self.fault(f'has no "{key}"' if is_whole else f'its "{key}" is missing')
        return value

    def _date(self, key: str, value: object) -> date:
        try:
            return date.fromisoformat(value)  # type: ignore[arg-type]  # no text is a TypeError
        except (TypeError, ValueError) as error:
            said = f'{shown(value)} in its "{key}" is no date such as 2027-03-12'
            raise self.fault(said) from error

    def _wrong(self, key: str, wanted: str, value: object) -> FaultyProblem:
        return self.fault(f'its "{key}" must be {wanted}, not {shown(value)}')


def shown(value: object) -> str:
    """A value as it stands in the file, cut short."""
    return json.dumps(value, ensure_ascii=False, default=str)[:60]
