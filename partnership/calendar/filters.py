"""How the list of term dates is searched."""

from __future__ import annotations

from django_filters import CharFilter, FilterSet

from partnership.calendar.models import TermCalendar, TermCalendarQuerySet


class TermCalendarFilterSet(FilterSet):
    """Search by the authority’s name."""

    text = CharFilter(method="found_by_text", label="Local authority", max_length=200)

    class Meta:
        model = TermCalendar
        fields = ["text"]

    def found_by_text(
        self, calendars: TermCalendarQuerySet, _name: str, words: str
    ) -> TermCalendarQuerySet:
        """Every word somewhere in the title."""
        return calendars.matching(words)
