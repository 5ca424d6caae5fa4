"""Practitioners as they are weighed: thousands of narrow rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache, reduce
from json import loads
from operator import or_
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
)
from django.db.models.functions import Cast

from alliances.membership.models.dated import holding
from partnership.calendar.years import AcademicYear
from partnership.toolkit.statements import answer
from support.directory.matching import Candidate, Need
from support.directory.models import HomeConsent, Practitioner
from support.directory.suggesting.schools import Surroundings

Known = Mapping[int, frozenset[int]]
NONE: frozenset[int] = frozenset()


def standing_candidates(
    around: Surroundings, *, alliance: int, known: Known, is_listing: bool | None = None
) -> list[Candidate]:
    """Those of the alliance whose entry stands: who list an area needed, the others, or all."""
    areas = {f"area_{place}": area for place, area in enumerate(sorted(around.need.areas))}
    told = {"alliance": alliance, "school": around.need.school, **_dates(around.on), **areas}
    return _candidates(answer(_standing, is_listing, tuple(areas), **told), around, known)


def some_candidates(
    keys: Sequence[int], around: Surroundings, known: Known | None = None
) -> list[Candidate]:
    """These practitioners, whatever stands against them."""
    rows = _narrow(Practitioner.objects.filter(pk__in=keys), **_dates(around.on))
    return _candidates(rows, around, known_areas(around.need, keys) if known is None else known)


def _dates(on: date) -> dict[str, Any]:
    year = AcademicYear.containing(on).start
    return {"on": on, "this_year": year, "next_year": year + 1}


def _standing(
    is_listing: bool | None,  # noqa: FBT001 part of the statement's shape
    named: tuple[str, ...],
    *,
    alliance: int,
    school: int,
    on: date,
    this_year: int,
    next_year: int,
    **areas: int,
) -> QuerySet[Practitioner, Any]:
    others = Q(home_school__isnull=True) | ~Q(home_school=school)
    rows = Practitioner.objects.filter(others, alliance=alliance).on(on)
    if is_listing is not None:
        needed = reduce(or_, (Q(supportarea=areas[name]) for name in named))
        listing = Q(pk__in=Practitioner.areas.through.objects.filter(needed).values("practitioner"))
        rows = rows.filter(listing if is_listing else ~listing)
    return _narrow(rows, on=on, this_year=this_year, next_year=next_year)


def _narrow(
    rows: QuerySet[Practitioner], *, on: date, this_year: int, next_year: int
) -> QuerySet[Practitioner, Any]:
    """What is weighed of each practitioner; days are counted in halves, which are whole."""
    consents = HomeConsent.objects.in_force(on).filter(
        practitioner=OuterRef("pk"), school=OuterRef("home_school")
    )
    rows = rows.annotate(
        this=FilteredRelation("accounts", condition=Q(accounts__year=this_year)),
        next=FilteredRelation("accounts", condition=Q(accounts__year=next_year)),
        stands=ExpressionWrapper(holding(on), output_field=BooleanField()),
        is_let_go=Exists(consents),
    )
    return rows.order_by().values_list(
        "pk",
        "person",
        "search_text",
        "home_school",
        "home_school__easting",
        "home_school__northing",
        Cast("phases", TextField()),
        Cast("contexts", TextField()),
        "stands",
        "is_let_go",
        _halves(F("days_a_year")),
        _halves(F("this__offered") - F("this__promised") - F("this__delivered")),
        _halves(F("next__offered") - F("next__promised") - F("next__delivered")),
    )


def _halves(days: Any) -> Cast:
    return Cast(days * 2, IntegerField())


class Row(NamedTuple):
    """The columns of `_narrow`, in their order."""

    key: int
    person: int
    name: str
    school: int | None
    easting: int | None
    northing: int | None
    phases: str
    contexts: str
    stands: bool
    is_let_go: bool
    own: int
    this_year: int | None
    next_year: int | None


def _candidates(rows: Iterable[Any], around: Surroundings, known: Known) -> list[Candidate]:
    return [_candidate(Row(*row), around, known) for row in rows]


def _candidate(row: Row, around: Surroundings, known: Known) -> Candidate:
    is_free = row.school is None
    return Candidate(
        row.key,
        row.name,
        row.school,
        known.get(row.key, NONE),
        _codes(row.phases),
        _codes(row.contexts),
        row.easting,
        row.northing,
        _days(row.this_year, row.own, is_free=is_free or row.is_let_go),
        _days(row.next_year, row.own, is_free=is_free),
        around.akin.get(row.school, NONE) if row.school else NONE,
        bool(row.stands),
        bool(is_free or row.is_let_go),
        row.person in around.conflicted,
    )


def known_areas(need: Need, keys: Sequence[int] | None = None) -> Known:
    """Who, or who of these, works on which of the areas needed."""
    pairs = Practitioner.areas.through.objects.filter(supportarea__in=list(need.areas))
    if keys is not None:
        pairs = pairs.filter(practitioner__in=keys)
    found: dict[int, frozenset[int]] = {}
    for practitioner, area in pairs.values_list("practitioner", "supportarea"):
        found[practitioner] = found.get(practitioner, NONE) | {area}
    return found


@lru_cache(maxsize=1_000)
def _codes(said: str) -> frozenset[str]:
    """The codes of a list that the database hands over as text."""
    return frozenset(loads(said))


def _days(left: int | None, own: int, *, is_free: bool) -> Decimal:
    """Days left; an account that isn't opened yet would hold what she is free to offer."""
    if left is None:
        left = own if is_free else 0
    return _half(left)


@lru_cache(maxsize=1_000)
def _half(halves: int) -> Decimal:
    return Decimal(halves) / 2
