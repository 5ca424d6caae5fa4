"""What an inspection said, area by area."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from alliances.schools.models.inspections import FRAMEWORKS
from partnership.toolkit.spoken_dates import spoken_date
from partnership.toolkit.widgets import DayInput

NOT_JUDGED = ("", "Not judged")


class InspectionForm(forms.Form):
    """The day, and a word for each area of one framework."""

    inspected_on = forms.DateField(
        label="First day of the inspection",
        widget=DayInput,
        error_messages={"required": "Give the first day of the inspection."},
    )

    def __init__(self, *args: Any, framework: str, today: date, **kwargs: Any) -> None:
        """Offer the areas and words of the framework."""
        super().__init__(*args, **kwargs)
        self.framework = FRAMEWORKS[framework]
        self.today = today
        for number, (area, grades) in enumerate(self.framework.areas.items()):
            self.fields[f"area_{number}"] = forms.ChoiceField(
                label=area,
                required=False,
                choices=[NOT_JUDGED, *((grade, grade) for grade in grades)],
                error_messages={"invalid_choice": "Choose a word from the list."},
            )

    def clean_inspected_on(self) -> date:
        """A day that is over and lies in the years of the framework."""
        day: date = self.cleaned_data["inspected_on"]
        if day > self.today:
            raise forms.ValidationError("This day is still to come.")
        if not self.framework.holds_on(day):
            since = spoken_date(self.framework.since)
            until = f" until {spoken_date(self.framework.until)}" if self.framework.until else ""
            raise forms.ValidationError(
                f"Inspections were made under it from {since}{until}. Choose the framework of the day."
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Something must have been judged."""
        cleaned = super().clean() or {}
        if not self.errors and not self.results:
            raise forms.ValidationError("Choose a word for at least one area.")
        return cleaned

    @property
    def results(self) -> dict[str, str]:
        """The areas that were judged, each with its word."""
        words = {
            area: self.cleaned_data.get(f"area_{number}", "")
            for number, area in enumerate(self.framework.areas)
        }
        return {area: grade for area, grade in words.items() if grade}
