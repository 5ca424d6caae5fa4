"""Days from and to, as services check and as events say them."""

from __future__ import annotations

from datetime import date


class EndsBeforeItStarts(Exception):
    """The last day lies before the first."""


def check_span(starts_on: date | None, ends_on: date | None) -> None:
    """Raise EndsBeforeItStarts for a span that runs backwards."""
    if starts_on and ends_on and ends_on < starts_on:
        raise EndsBeforeItStarts


def said(day: date | None) -> str | None:
    """A day as an event keeps it."""
    return day.isoformat() if day else None
