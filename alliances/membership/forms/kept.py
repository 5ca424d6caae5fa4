"""What the room's forms have in common: a plain layout, days that make sense, two editors at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from partnership.toolkit.spoken_dates import spoken_date
from partnership.toolkit.versions import ChangedSince
from partnership.toolkit.widgets import DayInput

EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)
NOT_A_DAY = "Look at the year again: it must lie between 1900 and 2100."
BACKWARDS = "The last day must not be before the first. Choose a later one."


@dataclass(frozen=True)
class BothVersions:
    """A field that two people worded differently."""

    label: str
    yours: str
    theirs: str


class DayField(forms.DateField):
    """A day within the lives of people and schools."""

    widget = DayInput

    def clean(self, value: Any) -> date | None:
        """Refuse a slip of the year."""
        day: date | None = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(NOT_A_DAY)
        return day


class PlainForm(forms.Form):
    """A form whose page writes the form tag and the buttons."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the fields out one below the other."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.fields)

    def clean(self) -> dict[str, Any]:
        """What has a first and a last day ends after it starts."""
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", BACKWARDS)
        return cleaned


class KeptForm(PlainForm):
    """A form for something that stands: of two editors the second is shown both versions."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    both: tuple[BothVersions, ...] = ()

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by field; line ends as they are kept."""
        return {
            name: value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
            if name != "seen_version"
        }

    @property
    def seen(self) -> int:
        """The version that was opened; none is as good as the one before the first."""
        return self.cleaned_data["seen_version"] or 0

    def show_both(self, changed: ChangedSince) -> None:
        """Keep what was typed, show what was saved meanwhile, and let the next save count."""
        current: Any = changed.current
        self.both = tuple(
            BothVersions(
                str(self.fields[name].label),
                self._said(name, yours),
                self._said(name, getattr(current, name)),
            )
            for name, yours in self.changes.items()
            if yours != getattr(current, name)
        )
        self.data = {**self.data.dict(), "seen_version": str(current.version)}  # type: ignore[attr-defined]  # a QueryDict

    def _said(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return "Nothing"
        if isinstance(value, bool):
            return "Yes" if value else "No"
        choices = getattr(self.fields[name], "choices", ())
        said = dict(choices).get(value, value) if isinstance(choices, list) else value
        return spoken_date(value) if isinstance(value, date) else str(said)


def values_of(thing: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """A thing as its form shows it."""
    return {name: getattr(thing, name) for name in names} | {"seen_version": thing.version}
