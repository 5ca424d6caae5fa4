"""What people fill in about a review day: why not, another day, somebody else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, PlainForm
from partnership.toolkit.spoken_dates import spoken_day
from reviews.cycles.models import Cycle, ReviewDay


class DeclineForm(PlainForm):
    """A no, with a reason for herself."""

    because = forms.CharField(
        label="Why you can’t come",
        max_length=300,
        required=False,
        help_text="You may leave it empty. Nobody but you can read it.",
    )


class CallOffForm(PlainForm):
    """Why a day doesn't take place."""

    because = forms.CharField(
        label="Why?",
        max_length=300,
        help_text="The host and the team read it. No pupil’s name or initials.",
    )


class MoveForm(PlainForm):
    """Another day: one of those that are free for all, or any within the window."""

    OTHER = "other"

    choice = forms.ChoiceField(label="New day", widget=forms.RadioSelect)
    day = DayField(label="Another day", required=False)
    anyway = forms.BooleanField(
        label="Move it all the same", required=False, widget=forms.HiddenInput
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, cycle: Cycle, day: ReviewDay, free: list[date], **kwargs: Any
    ) -> None:
        """Offer days on which the host and everybody of the team are free."""
        super().__init__(*args, initial={"seen_version": day.version}, **kwargs)
        self.cycle = cycle
        fields: dict[str, Any] = self.fields
        offered = [(day.isoformat(), spoken_day(day)) for day in free]
        fields["day"].help_text = "Only if you chose “Another day”."
        fields["choice"].choices = [*offered, (self.OTHER, "Another day")]
        if not free:
            fields["choice"].initial = self.OTHER

    def clean(self) -> dict[str, Any]:
        """The day that was meant lies in the cycle's window."""
        cleaned = super().clean()
        choice = cleaned.get("choice")
        if choice != self.OTHER or "day" in self.errors:
            return cleaned
        day = cleaned.get("day")
        if day is None:
            self.add_error("day", "Say which day.")
        elif not self.cycle.starts_on <= day <= self.cycle.ends_on:
            self.add_error(
                "day",
                f"Choose a day from {spoken_day(self.cycle.starts_on)} to "
                f"{spoken_day(self.cycle.ends_on)}.",
            )
        return cleaned

    @property
    def to(self) -> date:
        """The day that was chosen."""
        choice: str = self.cleaned_data["choice"]
        day: date = self.cleaned_data["day"]
        return day if choice == self.OTHER else date.fromisoformat(choice)

    def warn(self) -> None:
        """Let the next save count although there are warnings."""
        fields: dict[str, Any] = self.fields
        fields["anyway"].widget = forms.CheckboxInput()
