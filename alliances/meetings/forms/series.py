"""What people fill in to have the next meeting like a past one, or a series of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from alliances.meetings.forms.meetings import meeting_values
from alliances.meetings.forms.times import PlainForm, joined_moment
from alliances.meetings.models import Meeting
from alliances.meetings.planner import Repeat, next_open_week
from partnership.toolkit.widgets import ClockInput, DayInput

LONGEST_SERIES = timedelta(days=400)


class SeriesForm(PlainForm):
    """The first day, the time of day, and how often until when."""

    title = forms.CharField(label="Title", max_length=150)
    day = forms.DateField(label="First day", widget=DayInput)
    starts = forms.TimeField(label="Begins at", widget=ClockInput)
    ends = forms.TimeField(label="Ends at", widget=ClockInput)
    repeat = forms.ChoiceField(
        label="How often",
        choices=Repeat.choices,
        initial=Repeat.ONCE,
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label="Until",
        required=False,
        widget=DayInput,
        help_text="Only for several meetings: the last day on which one may be.",
    )

    def __init__(self, *args: Any, meeting: Meeting, on: date, **kwargs: Any) -> None:
        """Begin with the meeting that is copied, in four weeks or next week, where schools are open."""
        values = meeting_values(meeting)
        first = max(values["day"] + timedelta(weeks=4), on + timedelta(weeks=1))
        first += timedelta(days=(values["day"].weekday() - first.weekday()) % 7)
        first = next_open_week(first, meeting.body.seats.on(first).values("school"))
        initial = {name: values[name] for name in ("title", "starts", "ends")}
        super().__init__(*args, initial={**initial, "day": first}, **kwargs)
        self.on = on

    def clean(self) -> dict[str, Any]:
        """It begins on a coming day, ends after it starts, and a series has an end."""
        cleaned = super().clean() or {}
        day, until = cleaned.get("day"), cleaned.get("until")
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if day and not self.on <= day <= self.on + LONGEST_SERIES:
            self.add_error("day", "Choose a coming day within a year.")
        if starts and ends and ends <= starts:
            self.add_error("ends", "The meeting must end after it begins. Choose a later time.")
        if cleaned.get("repeat") == Repeat.ONCE:
            return cleaned
        if until is None and "until" not in self.errors:
            self.add_error("until", "Say until when.")
        elif day and until and not day <= until <= day + LONGEST_SERIES:
            self.add_error("until", "Choose a day after the first, within a year of it.")
        return cleaned

    def span_on(self, day: date) -> tuple[Any, Any]:
        """The time of day on one of the days."""
        times = self.cleaned_data["starts"], self.cleaned_data["ends"]
        return joined_moment(day, times[0]), joined_moment(day, times[1])


class DraftsForm(PlainForm):
    """Which drafts are called together."""

    drafts = forms.ModelMultipleChoiceField(
        label="Drafts",
        queryset=Meeting.objects.none(),
        error_messages={
            "required": "Tick the drafts that you want to call.",
            "invalid_choice": "One of these is called or discarded already. Look again.",
        },
    )

    def __init__(self, *args: Any, drafts: Any, **kwargs: Any) -> None:
        """Offer these."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["drafts"]
        field.queryset = drafts
