"""The strands that stand, with their days and what home heads agreed to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import (
    CharField,
    F,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Concat

from partnership.calendar.years import AcademicYear
from partnership.toolkit.registers.columns import Lines
from support.directory.models import HomeConsent
from support.programmes.gating.rules import Release
from support.programmes.models import Programme, Strand, StrandDays

BETWEEN = "|"


def standing_strands(programme: Programme) -> list[Strand]:
    """The strands that weren't given up, with days and consents; loaded once for the programme."""
    days = StrandDays.objects.filter(strand=OuterRef("pk"))
    consents = HomeConsent.objects.filter(
        practitioner=OuterRef("practitioner"),
        school=OuterRef("practitioner__home_school"),
        withdrawn_at__isnull=True,
    )
    strands = (
        Strand.objects.filter(released_at__isnull=True)
        .select_related(
            "practitioner__person",
            "practitioner__home_school",
            "school_offer__school",
            "outside_expert",
        )
        .annotate(
            day_lines=_lines_of(days, "strand", "year", "days"),
            consent_lines=_lines_of(
                consents, "practitioner", "starts_on", "ends_on", "days_a_year"
            ),
        )
        .order_by("brokered_at", "pk")
    )
    prefetch_related_objects([programme], Prefetch("strands", strands, "strands_standing"))
    found: list[Strand] = programme.strands_standing  # type: ignore[attr-defined]  # just loaded
    return found


def days_of(strand: Strand) -> dict[int, Decimal]:
    """The days of a loaded strand by academic year."""
    lines = (line.split(BETWEEN) for line in (strand.day_lines or "").splitlines())  # type: ignore[attr-defined]  # annotated
    return dict(sorted((int(year), Decimal(days)) for year, days in lines))


def releases_of(strands: Iterable[Strand]) -> list[Release]:
    """For each practitioner with a home school: days promised here and days agreed, by year."""
    promised: dict[int, dict[int, Decimal]] = {}
    first: dict[int, Strand] = {}
    for strand in strands:
        if strand.practitioner is None or strand.practitioner.home_school is None:
            continue
        first.setdefault(strand.practitioner.pk, strand)
        years = promised.setdefault(strand.practitioner.pk, {})
        for year, days in days_of(strand).items():
            years[year] = years.get(year, Decimal(0)) + days
    return [_release(strand, promised[practitioner]) for practitioner, strand in first.items()]


def _release(strand: Strand, promised: dict[int, Decimal]) -> Release:
    practitioner = strand.practitioner
    agreed: dict[int, Decimal] = {}
    for line in (strand.consent_lines or "").splitlines():  # type: ignore[attr-defined]  # annotated
        starts_on, ends_on, days = line.split(BETWEEN)
        for year in promised:
            if date.fromisoformat(starts_on) <= AcademicYear(year).last_day and (
                date.fromisoformat(ends_on) >= AcademicYear(year).first_day
            ):
                agreed[year] = max(agreed.get(year, Decimal(0)), Decimal(days))
    return Release(
        str(practitioner), str(practitioner and practitioner.home_school), promised, agreed
    )


def _lines_of(rows: QuerySet[StrandDays] | QuerySet[HomeConsent], by: str, *names: str) -> Subquery:
    """Columns of some rows as lines of one text, so that a strand brings them along."""
    columns = [
        part for name in names for part in (Value(BETWEEN), Cast(F(name), output_field=CharField()))
    ][1:]
    lines = rows.order_by().values(by).annotate(said=Lines(Concat(*columns)))
    return Subquery(lines.values("said"))
