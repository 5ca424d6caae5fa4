"""The terms of a programme, as its signed agreement gives them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from partnership.calendar.terms import term_containing
from partnership.toolkit.registers.columns import Lines
from partnership.toolkit.statements import answer
from support.programmes.models import Agreement, AgreementTerm, Programme

State = Agreement.State


@dataclass(frozen=True)
class SupportTerm:
    """One term of the support; `name` as schools call it, such as "Autumn term"."""

    number: int
    starts_on: date
    ends_on: date

    @property
    def name(self) -> str:
        """As schools call it, with its year: Autumn term 2026."""
        return f"{term_containing(self.starts_on).name} {self.starts_on:%Y}"


@dataclass(frozen=True)
class Terms:
    """All terms of a programme in their order."""

    all: tuple[SupportTerm, ...]

    def now(self, on: date) -> SupportTerm | None:
        """The term that a day belongs to; a holiday belongs to the term before it."""
        begun = [term for term in self.all if term.starts_on <= on]
        if not begun or (len(begun) == len(self.all) and on > begun[-1].ends_on):
            return None
        return begun[-1]

    def ended(self, on: date) -> list[SupportTerm]:
        """Those that are over."""
        return [term for term in self.all if term.ends_on < on]

    def numbered(self, number: int) -> SupportTerm | None:
        """One of them by its number."""
        return next((term for term in self.all if term.number == number), None)

    @property
    def midpoint(self) -> int:
        """The number of the term after which the middle is reviewed: the third of five."""
        return (len(self.all) + 1) // 2

    @property
    def last(self) -> SupportTerm | None:
        """The last of them."""
        return self.all[-1] if self.all else None


def _rows(*, programme: Programme) -> QuerySet[AgreementTerm, Any]:
    counted = AgreementTerm.objects.filter(
        agreement__programme=programme, agreement__state=State.SIGNED
    )
    return counted.order_by("number").values_list("number", "starts_on", "ends_on")


def are_terms_kept(programme: Programme) -> bool:
    """Whether the page has loaded the terms of a programme already."""
    return "terms_kept" in programme.__dict__


def terms_of(programme: Programme) -> Terms:
    """The terms of the version that all signed; loaded once for a page."""
    kept: Any = programme
    if not are_terms_kept(programme):
        rows = answer(_rows, programme=programme)
        kept.terms_kept = Terms(tuple(SupportTerm(*row) for row in rows))
    found: Terms = kept.terms_kept
    return found


def term_lines(programme: str) -> Subquery:
    """The same as lines of one text, for a SELECT of programmes that brings them along."""
    counted = AgreementTerm.objects.filter(
        agreement__programme=OuterRef(programme), agreement__state=State.SIGNED
    )
    names = ("number", "starts_on", "ends_on")
    columns = [
        part for name in names for part in (Value(" "), Cast(F(name), output_field=CharField()))
    ][1:]
    lines = counted.order_by().values("agreement").annotate(said=Lines(Concat(*columns)))
    return Subquery(lines.values("said")[:1])


def keep_terms(programme: Programme, lines: str | None) -> None:
    """Keep the terms that a SELECT brought along, so that nobody asks for them again."""
    terms = []
    for line in (lines or "").splitlines():
        number, first, last = line.split()
        terms.append(SupportTerm(int(number), date.fromisoformat(first), date.fromisoformat(last)))
    kept: Any = programme
    kept.terms_kept = Terms(tuple(sorted(terms, key=lambda term: term.number)))
