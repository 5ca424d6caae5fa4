"""Inputs that the portal adds to Django's own."""

from __future__ import annotations

from typing import Any

from django import forms


class Segments(forms.RadioSelect):
    """Three to five radios worn as one control: a register, an answer, a rating."""

    template_name = "toolkit/segments.html"
    takes_portal_classes = False


class DayInput(forms.DateInput):
    """A day by the browser's own calendar; typed as 2026-12-03 where it has none."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Begin with the width of a day."""
        super().__init__(attrs={"class": "in-3", **(attrs or {})}, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A time of day, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Begin with the width of a time."""
        super().__init__(attrs={"class": "in-2", **(attrs or {})}, format="%H:%M")


class DayAndClock(forms.SplitDateTimeWidget):
    """A day and a time side by side, each with a label of its own."""

    template_name = "toolkit/day_and_clock.html"
    takes_portal_classes = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Put the two inputs together."""
        widgets = (
            DayInput({"class": "form-control in-3"}),
            ClockInput({"class": "form-control in-2"}),
        )
        forms.MultiWidget.__init__(self, widgets, attrs)
