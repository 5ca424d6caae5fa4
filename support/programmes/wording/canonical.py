"""An agreement as plain text: the same facts give the same text, any other fact another one.

Headings stand at the margin, everything else behind two spaces and on a line of its own, so that
nothing that somebody writes can be taken for a heading or for another fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from unicodedata import normalize

from partnership.toolkit.spoken_dates import spoken_day, spoken_moment

INDENT = "  "
STRAND = "Strand "


@dataclass(frozen=True)
class StrandFacts:
    """One strand: of which kind, who gives it and from where, how many days in which year."""

    kind: str
    giver: str
    place: str = ""
    focus: str = ""
    days: tuple[tuple[str, Decimal], ...] = ()
    cost: Decimal | None = None

    @property
    def said_days(self) -> list[tuple[str, str]]:
        """Each academic year with its days in figures."""
        return [(year, f"{days.normalize():f}") for year, days in self.days]

    @property
    def said_cost(self) -> str:
        """The cost in pounds, or nothing."""
        return "" if self.cost is None else f"£{self.cost:,.2f}"


@dataclass(frozen=True)
class AgreementFacts:
    """Everything that is signed."""

    number: int
    alliance: str
    area: str
    school: str
    parties: tuple[str, ...]
    outcomes: tuple[str, ...]
    strands: tuple[StrandFacts, ...]
    terms: tuple[tuple[date, date], ...]
    supporter: str = ""
    money: str = ""
    terms_because: str = ""
    data_words: str = ""
    confidentiality_words: str = ""
    changed_because: str = ""
    sign_by: datetime | None = None


@dataclass(frozen=True)
class Section:
    """A part of the text under its heading."""

    heading: str
    lines: tuple[str, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Its lines as names and values; a line without a name stands alone."""
        return [
            (name, value) if value else ("", name)
            for name, _colon, value in (line.partition(": ") for line in self.lines)
        ]

    @property
    def is_of_facts(self) -> bool:
        """Whether each line names what it says."""
        return self.heading.startswith((STRAND, "Terms", "For whom", "Who signs"))


def canonical_text(facts: AgreementFacts) -> str:
    """The words that are signed."""
    parts = [
        "\n".join((_line(heading), *(f"{INDENT}{line}" for line in lines)))
        for heading, lines in _sections(facts)
        if lines
    ]
    return "\n\n".join(parts) + "\n"


def hash_of(text: str) -> str:
    """The SHA-256 of a text."""
    return sha256(text.encode()).hexdigest()


def sections_of(text: str) -> list[Section]:
    """A canonical text in its parts, to be shown as it was signed."""
    found: list[Section] = []
    for part in text.strip("\n").split("\n\n"):
        heading, *lines = part.split("\n")
        found.append(Section(heading, tuple(line.removeprefix(INDENT) for line in lines)))
    return found


def strand_parts(text: str) -> list[Section]:
    """The parts of a canonical text that say who gives what."""
    return [section for section in sections_of(text) if section.heading.startswith(STRAND)]


def section_of_strand(number: int, strand: StrandFacts) -> Section:
    """The part that a strand would have in a text."""
    return Section(_line(_heading_of(number, strand)), tuple(_strand(strand)))


def _heading_of(number: int, strand: StrandFacts) -> str:
    return f"{STRAND}{number}: {strand.kind}"


def _sections(facts: AgreementFacts) -> Iterator[tuple[str, list[str]]]:
    yield (
        "For whom",
        _named(
            ("Version", str(facts.number)),
            ("Why it is new", facts.changed_because),
            ("Alliance", facts.alliance),
            ("Supported school", facts.school),
            ("Supporting school", facts.supporter),
            ("Area", facts.area),
        ),
    )
    outcomes = [line for line in map(_line, facts.outcomes) if line]
    yield "Key outcomes", [f"{number}. {line}" for number, line in enumerate(outcomes, 1)]
    for number, strand in enumerate(facts.strands, 1):
        yield _heading_of(number, strand), _strand(strand)
    yield "Money", _lines(facts.money)
    yield "Terms", _terms(facts)
    yield "Data protection", _lines(facts.data_words)
    yield "Confidentiality", _lines(facts.confidentiality_words)
    signed_by = [("To be signed by", spoken_moment(facts.sign_by))] if facts.sign_by else []
    parties = [(f"Party {number}", party) for number, party in enumerate(facts.parties, 1)]
    yield "Who signs", _named(*parties, *signed_by)


def _strand(strand: StrandFacts) -> list[str]:
    days = [(f"Days in {year}", days) for year, days in strand.said_days]
    return _named(
        ("Given by", strand.giver),
        ("From", strand.place),
        ("Focus", strand.focus),
        *days,
        ("Cost", strand.said_cost),
    )


def _terms(facts: AgreementFacts) -> list[str]:
    spans = [
        (f"Term {number}", f"{spoken_day(starts)} to {spoken_day(ends)}")
        for number, (starts, ends) in enumerate(facts.terms, 1)
    ]
    return _named(*spans, ("Why not five", facts.terms_because))


def _named(*facts: tuple[str, str]) -> list[str]:
    """A line for each that says something."""
    return [f"{name}: {value}" for name, said in facts if (value := _line(said))]


def _lines(words: str) -> list[str]:
    return [line for line in map(_line, normalize("NFC", words).splitlines()) if line]


def _line(words: str) -> str:
    """On one line, with single spaces, as one sequence of signs whatever keyboard typed it."""
    return " ".join(normalize("NFC", words).split())
