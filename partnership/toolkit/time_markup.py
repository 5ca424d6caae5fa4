"""Days and moments inside `<time>`: the same ones stand on many pages, so each is drawn once."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from partnership.toolkit.spoken_dates import (
    MONTHS,
    WEEKDAYS,
    london_day,
    machine_time,
    spoken_date,
    spoken_day,
    spoken_day_short,
    spoken_end,
    spoken_moment,
)

KEPT = 2_000
NOTHING = mark_safe("")


def _time(value: date, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine_time(value), words)


@lru_cache(maxsize=KEPT)
def time_day(value: date | None) -> SafeString:
    """Tuesday 12 January 2027."""
    return _time(value, spoken_day(value)) if value else NOTHING


@lru_cache(maxsize=KEPT)
def time_date(value: date | None) -> SafeString:
    """12 January 2027, without its weekday."""
    return _time(value, spoken_date(value)) if value else NOTHING


@lru_cache(maxsize=KEPT)
def time_day_short(value: date | None) -> SafeString:
    """12 Jan."""
    return _time(value, spoken_day_short(value)) if value else NOTHING


@lru_cache(maxsize=KEPT)
def time_moment(value: date | None) -> SafeString:
    """Tuesday 12 January 2027, 4pm."""
    return _time(value, spoken_moment(value)) if value else NOTHING


def time_span(starts: date | None, ends: date | None = None) -> SafeString:
    """A span, its beginning and its end each inside `<time>`."""
    if not starts:
        return NOTHING
    begins = time_moment(starts)
    if ends is None or ends == starts:
        return begins
    return format_html("{} to {}", begins, _time(ends, spoken_end(starts, ends)))


def date_leaf(value: date) -> SafeString:
    """A leaf of a wall calendar: weekday, day and month."""
    return _leaf(london_day(value))


@lru_cache(maxsize=KEPT)
def _leaf(here: date) -> SafeString:
    return format_html(
        '<time class="date-leaf" datetime="{}"><i>{}</i><b>{}</b>{}</time>',
        here.isoformat(),
        WEEKDAYS[here.weekday()][:3],
        here.day,
        MONTHS[here.month - 1][:3],
    )
