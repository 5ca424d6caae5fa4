"""Blocking more than one day at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from alliances.membership.forms.kept import DayField, PlainForm
from partnership.toolkit.spoken_dates import WEEKDAYS

SCHOOL_WEEK = 5
WHY = "Why, if you like"
WHY_HELP = "Only you can read it."


class DaysForm(PlainForm):
    """Which days, and a reason where the dates are the reader’s own."""

    because = forms.CharField(label=WHY, max_length=120, required=False, help_text=WHY_HELP)

    ids = "id_%s"

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        """Ask nobody for somebody else’s reason; two such forms stand on one page."""
        super().__init__(*args, auto_id=self.ids, **kwargs)
        if not is_own:
            del self.fields["because"]
            self.helper.layout = Layout(*self.fields)

    def chosen(self, days: list[date]) -> list[date]:
        """Those of the days that are meant."""
        raise NotImplementedError

    @property
    def because_said(self) -> str:
        """The reason, if one was asked and given."""
        return str(self.cleaned_data.get("because", "")).strip()


class SpanForm(DaysForm):
    """From one day to another."""

    ids = "span_%s"

    starts_on = DayField(label="From")
    ends_on = DayField(label="To", required=False, help_text="Empty for one day.")

    field_order = ("starts_on", "ends_on", "because")

    def chosen(self, days: list[date]) -> list[date]:
        """Those of the days that lie in it."""
        first = self.cleaned_data["starts_on"]
        last = self.cleaned_data["ends_on"] or first
        return [day for day in days if first <= day <= last]


class WeekdayForm(DaysForm):
    """The same day of each week."""

    ids = "weekly_%s"

    weekday = forms.TypedChoiceField(
        label="Every", coerce=int, choices=list(enumerate(WEEKDAYS[:SCHOOL_WEEK]))
    )

    field_order = ("weekday", "because")

    def chosen(self, days: list[date]) -> list[date]:
        """Those of the days that fall on it."""
        return [day for day in days if day.weekday() == self.cleaned_data["weekday"]]
