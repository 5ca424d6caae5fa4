"""When each gate is open; pure, so that the rule can be read and tested by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from partnership.calendar.years import AcademicYear

NOBODY = "Nobody yet"
DIRECTOR = "The alliance’s director"


@dataclass(frozen=True)
class Gate:
    """One thing that must be there; while it is closed, what is missing and whose that is.

    `said` is how the alliance knows, for its own side alone.
    """

    topic: str
    words: str
    missing: str = ""
    whose: str = ""
    said: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


@dataclass(frozen=True)
class Party:
    """Those on one side of whom one has to declare interests."""

    words: str
    people: tuple[str, ...]
    has_declared: bool = False
    has_open_conflict: bool = False


@dataclass(frozen=True)
class Check:
    """A line of due diligence; `is_fine` is None as long as nobody looked."""

    words: str
    is_fine: bool | None = None
    said: str = ""


@dataclass(frozen=True)
class Release:
    """Whom her head must let go, for how many days, and how many the head agreed to in each year."""

    name: str
    school: str
    promised: Mapping[int, Decimal]
    agreed: Mapping[int, Decimal]


def gates_of(
    *,
    is_found: bool,
    parties: Iterable[Party],
    checks: Iterable[Check],
    releases: Iterable[Release],
    director: str = DIRECTOR,
) -> list[Gate]:
    """Every gate in the order of the page; an agreement is signed when all are open."""
    first = Gate("Support", "Support is found", "" if is_found else "Not yet found", director)
    return [
        first,
        *(_declared(party, director) for party in parties),
        *(_checked(check, director) for check in checks),
        *(_released(release) for release in releases),
    ]


def all_open(gates: Iterable[Gate]) -> bool:
    """Whether an agreement may be signed."""
    return all(gate.is_open for gate in gates)


def _declared(party: Party, director: str) -> Gate:
    if party.has_open_conflict:
        return Gate("Interests", party.words, "A conflict is declared and not settled", director)
    missing = "" if party.has_declared else "Has not declared interests"
    return Gate("Interests", party.words, missing, " or ".join(party.people) or NOBODY)


def _checked(check: Check, director: str) -> Gate:
    words = {None: "Not checked", False: "Not in order", True: ""}
    return Gate("Due diligence", check.words, words[check.is_fine], director, check.said)


def _released(release: Release) -> Gate:
    short = [
        f"{AcademicYear(year)}: {_number(days)} promised, {_number(agreed)} agreed"
        for year, days in sorted(release.promised.items())
        if days > (agreed := release.agreed.get(year, Decimal(0)))
    ]
    words = f"{release.school} lets {release.name} go"
    missing = f"The head’s consent doesn’t cover the days. {'; '.join(short)}" if short else ""
    return Gate("Consent", words, missing, f"Head of {release.school}")


def _number(days: Decimal) -> str:
    return f"{days.normalize():f}"
