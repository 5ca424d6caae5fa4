"""What people fill in to publish a draft, and to say who is out when a rota is planned again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, PlainForm
from partnership.toolkit.spoken_dates import spoken_date
from reviews.cycles.availability import weekdays_of
from reviews.cycles.models import Cycle

HOST, REVIEWER = "host", "reviewer"


class ReplanForm(PlainForm):
    """A school or a reviewer, and from when until when; why isn’t asked."""

    who = forms.ChoiceField(label="Who is out?")
    starts_on = DayField(label="From")
    ends_on = DayField(
        label="Until",
        required=False,
        help_text="Leave it empty for “from then on”: to the end of the window.",
    )

    def __init__(
        self,
        *args: Any,
        cycle: Cycle,
        hosts: list[tuple[str, str]],
        reviewers: list[tuple[str, str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        """Offer the cycle’s schools and reviewers by name."""
        super().__init__(*args, **kwargs)
        self.cycle, self.today = cycle, today
        fields: dict[str, Any] = self.fields
        fields["who"].choices = [
            ("", "Choose"),
            ("Schools", [(f"{HOST}:{pk}", name) for pk, name in hosts]),
            ("Reviewers", [(f"{REVIEWER}:{pk}", name) for pk, name in reviewers]),
        ]
        fields["starts_on"].initial = max(today, cycle.starts_on)

    def clean_starts_on(self) -> date:
        """Nothing of the past is planned again."""
        day: date = self.cleaned_data["starts_on"]
        if day > self.cycle.ends_on:
            said = spoken_date(self.cycle.ends_on)
            raise forms.ValidationError(f"Choose a day up to {said}, when the window ends.")
        return max(day, self.today)

    def clean(self) -> dict[str, Any]:
        """There is a school day between the two."""
        cleaned = super().clean()
        if not self.errors and not self.dates:
            self.add_error("ends_on", "Between these two is no weekday of the cycle’s window.")
        return cleaned

    @property
    def dates(self) -> list[date]:
        """The weekdays on which somebody is out."""
        last = self.cleaned_data.get("ends_on") or self.cycle.ends_on
        first = max(self.cleaned_data["starts_on"], self.cycle.starts_on)
        return list(weekdays_of(first, min(last, self.cycle.ends_on)))

    @property
    def replan(self) -> dict[str, Any]:
        """As a draft keeps it."""
        kind, _colon, key = self.cleaned_data["who"].partition(":")
        return {"kind": kind, "id": key, "dates": [day.isoformat() for day in self.dates]}


class PublishForm(PlainForm):
    """The last word before all are told."""

    anyway = forms.BooleanField(
        label="Publish it, though a school has no day",
        error_messages={"required": "Say that it may be published without a day for every school."},
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_unfilled: bool, version: int, **kwargs: Any) -> None:
        """Ask for a tick only where schools are left without a day."""
        super().__init__(*args, initial={"seen_version": version}, **kwargs)
        if not has_unfilled:
            del self.fields["anyway"]
            self.helper.layout = type(self.helper.layout)(*self.fields)
