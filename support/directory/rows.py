"""Rows of the directory's lists with the names of what they have, in one query a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from partnership.calendar.years import AcademicYear
from support.directory.models import (
    CapacityAccount,
    OutsideExpert,
    Phase,
    Practitioner,
    PractitionerQuerySet,
    SchoolOffer,
)

DAYS = DecimalField(max_digits=6, decimal_places=1)
NONE = Value(Decimal(0), output_field=DAYS)


class Names(NamedTuple):
    """Titles in short, and areas, both by name."""

    titles: list[str]
    areas: list[str]


NO_NAMES = Names([], [])


def with_days(practitioners: PractitionerQuerySet, *, on: date) -> PractitionerQuerySet:
    """Each with `offered` and `days_left` of the academic year, and `has_consent`."""
    year = AcademicYear.containing(on).start
    account = CapacityAccount.objects.filter(practitioner=OuterRef("pk"), year=year)
    left = account.annotate(free=F("offered") - F("promised") - F("delivered"))
    return practitioners.with_consent(on=on).annotate(
        offered=Coalesce(Subquery(account.values("offered")[:1]), NONE),
        days_left=Coalesce(Subquery(left.values("free")[:1], output_field=DAYS), NONE),
    )


def names_of_practitioners(keys: Iterable[int]) -> dict[int, Names]:
    """Titles and areas of each, in one query."""
    keys = list(keys)
    titles = Practitioner.designations.through.objects.filter(practitioner__in=keys)
    return _named(
        titles.values_list(
            "practitioner", Value("t"), "designation__name", "designation__short"
        ).union(
            Practitioner.areas.through.objects.filter(practitioner__in=keys).values_list(
                "practitioner", Value("a"), "supportarea__name", Value("")
            ),
            all=True,
        )
    )


def areas_of_offers(keys: Iterable[int]) -> dict[int, Names]:
    """The areas of each offer of a school."""
    rows = SchoolOffer.areas.through.objects.filter(schooloffer__in=list(keys))
    return _named(rows.values_list("schooloffer", Value("a"), "supportarea__name", Value("")))


def areas_of_experts(keys: Iterable[int]) -> dict[int, Names]:
    """The areas of each expert from outside."""
    rows = OutsideExpert.areas.through.objects.filter(outsideexpert__in=list(keys))
    return _named(rows.values_list("outsideexpert", Value("a"), "supportarea__name", Value("")))


def _named(rows: QuerySet[Any, Any]) -> dict[int, Names]:
    found: dict[int, Names] = defaultdict(lambda: Names([], []))
    for key, what, name, short in rows:
        (found[key].titles if what == "t" else found[key].areas).append(short or name)
    for names in found.values():
        names.titles.sort(key=str.casefold)
        names.areas.sort(key=str.casefold)
    return found


def phases_in_words(codes: Iterable[str]) -> str:
    """Phases as a list shows them."""
    return ", ".join(Phase(code).label for code in Phase.values if code in codes)


def named(rows: list[Any], names: Callable[[Iterable[int]], dict[int, Names]]) -> list[Any]:
    """Each row with its titles and areas, asked for once, and its phases in words."""
    found = names(row.pk for row in rows)
    for row in rows:
        row.names = found.get(row.pk, NO_NAMES)
        row.said_phases = phases_in_words(row.phases)
    return rows
