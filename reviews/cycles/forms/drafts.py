"""Asking for a draft, and changing one of its days by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, KeptForm, PlainForm
from partnership.toolkit.versions import ChangedSince
from reviews.cycles.models import Cycle
from reviews.cycles.problem import DayInJson

Choices = Sequence[tuple[str, str]]
SECONDS = (
    ("10", "10 seconds: enough for a handful of schools"),
    ("60", "A minute: good up to thirty schools"),
    ("180", "3 minutes: for a hundred schools"),
    ("300", "5 minutes: where the best possible is worth waiting for"),
)


class DraftForm(PlainForm):
    """How long to search, and which days stay as they are."""

    seconds = forms.TypedChoiceField(
        label="How long to search, at most",
        choices=SECONDS,
        coerce=int,
        initial="60",
        widget=forms.RadioSelect,
        help_text="It ends sooner when no better teams are possible, or when you stop it.",
    )
    staying = forms.MultipleChoiceField(
        label="Days that stay as they are",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The other days are planned round them.",
    )

    def __init__(self, *args: Any, days: Choices, settled: Sequence[str], **kwargs: Any) -> None:
        """Offer the days that may stay; those that were fixed are ticked."""
        super().__init__(*args, initial={"staying": list(settled)}, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["staying"].choices = list(days)
        if not days:
            del self.fields["staying"]
            self.helper.layout.fields.remove("staying")

    @property
    def stays(self) -> list[str]:
        """The hosts whose day stays."""
        return list(self.cleaned_data.get("staying", ()))


class HandForm(KeptForm):
    """A day, its lead and its team, chosen by hand."""

    day = DayField(label="Day")
    lead = forms.ChoiceField(label="Leads the team")
    team = forms.MultipleChoiceField(
        label="The rest of the team", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, cycle: Cycle, host: str, reviewers: Choices, today: date, **kwargs: Any
    ) -> None:
        """Offer everybody who is in the cycle: what speaks against it is said before it is saved."""
        super().__init__(*args, **kwargs)
        self.cycle, self.host, self.today = cycle, host, today
        fields: dict[str, Any] = self.fields
        fields["lead"].choices = [("", "Choose who leads"), *reviewers]
        fields["team"].choices = list(reviewers)

    def clean_day(self) -> date:
        """Within the window and not in the past; a closed day is warned of, not refused."""
        day: date = self.cleaned_data["day"]
        if not self.cycle.starts_on <= day <= self.cycle.ends_on:
            raise forms.ValidationError(
                "Choose a day within the cycle’s window, or change it first."
            )
        if day < self.today:
            raise forms.ValidationError("This day has passed. Choose a later one.")
        return day

    def clean(self) -> dict[str, Any]:
        """Nobody stands in a team twice."""
        cleaned = super().clean()
        if cleaned.get("lead") in cleaned.get("team", ()):
            self.add_error(
                "team", "Whoever leads stands in the team already. Untick the name here."
            )
        return cleaned

    @property
    def chosen(self) -> DayInJson:
        """The day as a draft keeps it."""
        return {
            "host": self.host,
            "date": self.cleaned_data["day"].isoformat(),
            "lead": self.cleaned_data["lead"],
            "team": sorted(self.cleaned_data["team"], key=int),
        }

    def show_changed(self, changed: ChangedSince) -> None:
        """Somebody changed the draft meanwhile: what was typed stays, the next save counts."""
        typed: Any = self.data
        current: Any = changed.current
        typed = typed.copy()
        typed["seen_version"] = str(current.version)
        self.data = typed
