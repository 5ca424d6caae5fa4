"""Why a programme rests, goes on, or ends before its time."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, PlainForm
from partnership.calendar.days import UK


class PauseForm(PlainForm):
    """Why it rests, and when somebody looks at it again."""

    because = forms.CharField(
        label="Why it is paused",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody in the programme reads it.",
    )
    look_again_on = DayField(
        label="Look at it again on",
        help_text="Whoever looks after the programme is reminded then. It doesn’t go on by itself.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """A day to look again lies ahead."""
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_look_again_on(self) -> date:
        """A day to come."""
        day: date = self.cleaned_data["look_again_on"]
        if day <= self.today:
            raise forms.ValidationError("Choose a day that is still to come.")
        return day

    @property
    def look_again_at(self) -> datetime:
        """5pm on that day."""
        return datetime.combine(self.cleaned_data["look_again_on"], time(17), tzinfo=UK)


class ResumeForm(PlainForm):
    """What has changed."""

    words = forms.CharField(
        label="What has changed",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StopForm(PlainForm):
    """Why it ends."""

    because = forms.CharField(
        label="Why the support ends early",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Both schools read it, and it stays with the programme.",
    )
