"""Term dates as they are asked for: by reference, kept in the cache as long as a version lives."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import F

from partnership.calendar.dates import KnownYear, TermDates
from partnership.calendar.models import InsetDay, TermYear
from partnership.toolkit.registers.owners import Reference

KEPT_SECONDS = 3_600


Key = tuple[int, int]
Years = dict[int, KnownYear]
NOTHING: Key = (0, 0)


def dates_of(references: Collection[Reference]) -> dict[Reference, TermDates]:
    """The term dates of many, in no query where they are kept and in two where they aren’t."""
    keys = {key for each in references for key in (each.own_key, each.above_key)} - {NOTHING}
    years = _years_of(keys)
    years[NOTHING] = {}
    return {each: TermDates(years[each.own_key], years[each.above_key]) for each in references}


def dates_for(reference: Reference) -> TermDates:
    """The term dates of one."""
    return dates_of([reference])[reference]


def years_of_calendar(calendar_id: int) -> Years:
    """What a calendar itself says, from the rows and not from the cache: for who writes them."""
    return _read([calendar_id]).get(calendar_id, {})


def _cache_key(key: Key) -> str:
    return f"term-calendar:{key[0]}:{key[1]}"


def _years_of(keys: Collection[Key]) -> dict[Key, Years]:
    if not keys:
        return {}
    names = {_cache_key(key): key for key in keys}
    found: dict[Key, Years] = {names[name]: kept for name, kept in cache.get_many(names).items()}
    if missing := set(keys) - found.keys():
        read = _read({calendar_id for calendar_id, _version in missing})
        fresh = {key: read.get(key[0], {}) for key in missing}
        kept = {_cache_key(key): years for key, years in fresh.items()}
        cache.set_many(kept, KEPT_SECONDS)
        found |= fresh
    return found


def _read(calendar_ids: Iterable[int]) -> dict[int, Years]:
    """Two queries for any number of calendars."""
    years = TermYear.objects.filter(calendar__in=calendar_ids)
    half_terms: dict[TermYear, dict[int, tuple[date, date]]] = {}
    rows: Iterable[Any] = years.annotate(
        number=F("half_terms__number"),
        starts_on=F("half_terms__starts_on"),
        ends_on=F("half_terms__ends_on"),
    )
    for year in rows:
        spans = half_terms.setdefault(year, {})
        if year.number is not None:
            spans[year.number] = (year.starts_on, year.ends_on)
    if not half_terms:
        return {}
    inset: dict[int, dict[date, str]] = {}
    for year_id, day, note in InsetDay.objects.filter(term_year__in=list(half_terms)).values_list(
        "term_year", "day", "note"
    ):
        inset.setdefault(year_id, {})[day] = note
    found: dict[int, Years] = {}
    for year, spans in half_terms.items():
        found.setdefault(year.calendar_id, {})[year.year] = KnownYear(
            half_terms=spans,
            inset_days=inset.get(year.pk, {}) if year.has_own_inset_days else None,
            source=year.source,
            is_example=year.is_example,
        )
    return found
