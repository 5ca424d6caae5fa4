"""By when everybody says on which days it doesn't work."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, PlainForm
from partnership.calendar.days import UK

END_OF_DAY = time(17)


class AskForm(PlainForm):
    """The last day on which dates are given."""

    block_on = DayField(
        label="Dates are given by", help_text="By 5pm of this day. Two school weeks are usual."
    )

    def __init__(self, *args: Any, today: date, ends_on: date, **kwargs: Any) -> None:
        """Know what lies ahead, and when the window ends."""
        super().__init__(*args, **kwargs)
        self.today, self.ends_on = today, ends_on

    def clean_block_on(self) -> date:
        """A coming day, before the window is over."""
        day: date = self.cleaned_data["block_on"]
        if day <= self.today:
            raise forms.ValidationError("Choose a coming day.")
        if day >= self.ends_on:
            raise forms.ValidationError("Choose a day before the window of the reviews ends.")
        return day

    @property
    def block_by(self) -> datetime:
        """5pm of that day."""
        return datetime.combine(self.cleaned_data["block_on"], END_OF_DAY, tzinfo=UK)
