"""Forms with a day and times of day on it, and the plain form that all others are."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from partnership.calendar.days import UK
from partnership.toolkit.widgets import ClockInput, DayInput

END_OF_DAY = time(17)
FURTHEST_AHEAD = timedelta(days=3 * 366)


def joined_moment(day: date, clock: time) -> datetime:
    """A day and a time on the UK's clock."""
    return datetime.combine(day, clock, tzinfo=UK)


class PlainForm(forms.Form):
    """A form whose page writes the form tag and the buttons; long ones have parts with headings."""

    parts: tuple[tuple[str, ...], ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the fields out one below the other, part by part."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.lay_out()

    def lay_out(self) -> None:
        """Once more, where a field is taken away."""
        named = {name for _heading, *names in self.parts for name in names}
        rest = [name for name in self.fields if name not in named]
        self.helper.layout = Layout(*(Fieldset(*part) for part in self.parts), *rest)


class WhenAndWhere(PlainForm):
    """A coming day, from when until when, and where."""

    day = forms.DateField(label="Day", widget=DayInput)
    starts = forms.TimeField(label="Begins at", widget=ClockInput)
    ends = forms.TimeField(label="Ends at", required=False, widget=ClockInput)
    place = forms.CharField(
        label="Place",
        max_length=200,
        required=False,
        help_text="School, room and postcode, and where to park.",
    )
    link = forms.URLField(
        label="Link to join",
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text="If people can join from where they are.",
    )

    def __init__(self, *args: Any, on: date, minutes: int, **kwargs: Any) -> None:
        """`on` is today: what has passed can't be chosen. Without an end it lasts `minutes`."""
        super().__init__(*args, **kwargs)
        self.on, self.minutes = on, minutes
        self.fields["ends"].help_text = f"Leave it empty for {minutes} minutes."

    def clean_day(self) -> date:
        """Today or later, and not a slip of the year."""
        day: date = self.cleaned_data["day"]
        if day < self.on:
            raise forms.ValidationError("This day has passed. Choose a coming one.")
        if day > self.on + FURTHEST_AHEAD:
            raise forms.ValidationError("This is more than three years ahead. Look at the year.")
        return day

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, and is somewhere."""
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and not ends and "ends" not in self.errors:
            self._end_as_usual(starts)
        elif starts and ends and ends <= starts:
            self.add_error("ends", "The meeting must end after it begins. Choose a later time.")
        if not cleaned.get("place") and not cleaned.get("link") and "link" not in self.errors:
            self.add_error("place", "Say where you meet, or give a link to join.")
        return cleaned

    def _end_as_usual(self, starts: time) -> None:
        usual = datetime.combine(self.on, starts) + timedelta(minutes=self.minutes)
        if usual.date() == self.on:
            self.cleaned_data["ends"] = usual.time()
        else:
            self.add_error("ends", "This would be past midnight. Say when the meeting ends.")

    @property
    def has_times(self) -> bool:
        """Whether day, beginning and end make sense, whatever the rest does."""
        told = getattr(self, "cleaned_data", {})
        return all(told.get(name) for name in ("day", "starts", "ends")) and not (
            {"day", "starts", "ends"} & self.errors.keys()
        )

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        return joined_moment(self.cleaned_data["day"], self.cleaned_data["starts"])

    @property
    def ends_at(self) -> datetime:
        """When it ends, on the same day."""
        return joined_moment(self.cleaned_data["day"], self.cleaned_data["ends"])
