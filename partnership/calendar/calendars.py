"""Term dates as they are asked for: by reference, kept in the cache as long as a version lives."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.core.cache import cache

from partnership.calendar.dates import KnownYear, TermDates
from partnership.calendar.models import HalfTerm, InsetDay, TermYear
from partnership.toolkit.registers.owners import Reference

KEPT_SECONDS = 3_600


Key = tuple[int, int]
Years = dict[int, KnownYear]
NOTHING: Key = (0, 0)


def dates_of(references: Collection[Reference]) -> dict[Reference, TermDates]:
    """The term dates of many, in no query where they are kept and in three where they aren’t."""
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
    years = list(TermYear.objects.filter(calendar__in=calendar_ids))
    if not years:
        return {}
    half_terms: dict[int, dict[int, tuple[date, date]]] = {}
    rows = HalfTerm.objects.filter(term_year__in=years)
    for year_id, number, starts_on, ends_on in rows.values_list(
        "term_year", "number", "starts_on", "ends_on"
    ):
        half_terms.setdefault(year_id, {})[number] = (starts_on, ends_on)
    inset: dict[int, dict[date, str]] = {}
    for year_id, day, note in InsetDay.objects.filter(term_year__in=years).values_list(
        "term_year", "day", "note"
    ):
        inset.setdefault(year_id, {})[day] = note
    found: dict[int, Years] = {}
    for year in years:
        found.setdefault(year.calendar_id, {})[year.year] = KnownYear(
            half_terms=half_terms.get(year.pk, {}),
            inset_days=inset.get(year.pk, {}) if year.has_own_inset_days else None,
            source=year.source,
            is_example=year.is_example,
        )
    return found
