"""What people fill in before an agreement is signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, PlainForm
from partnership.toolkit.widgets import Segments
from support.programmes.models import DiligenceCheck

NO, YES = "no", "yes"
FINE, NOT_FINE = "fine", "not_fine"
CHECKED_AHEAD = "The day lies ahead. Write the day on which it was checked."


class DeclareForm(PlainForm):
    """Whether there is a conflict of interest, and what it is."""

    conflict = forms.ChoiceField(
        label="Is there a conflict of interest?",
        widget=forms.RadioSelect,
        choices=[(NO, "No, there is none"), (YES, "Yes, or it might look like one")],
    )
    words = forms.CharField(
        label="What is it?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only if there is one: in a sentence or two, without other people’s names.",
    )

    def clean(self) -> dict[str, Any]:
        """A conflict is said in words."""
        cleaned = super().clean()
        if cleaned.get("conflict") == YES and not cleaned.get("words", "").strip():
            self.add_error("words", "Say what the conflict of interest is.")
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """What the service is told."""
        said = self.cleaned_data
        return {"has_conflict": said["conflict"] == YES, "words": said["words"]}


class SettleForm(PlainForm):
    """How a conflict is dealt with."""

    how = forms.CharField(
        label="How is it settled?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For instance who decides instead, or what somebody keeps out of.",
    )


class DiligenceForm(PlainForm):
    """Each line of the alliance's list: in order or not, and how it is known."""

    def __init__(
        self,
        *args: Any,
        lines: Sequence[str],
        latest: Mapping[str, DiligenceCheck],
        today: date,
        **kwargs: Any,
    ) -> None:
        """A pair of fields for each line, as it was answered last."""
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.today = today
        self.fields["checked_on"] = DayField(label="Checked on", initial=today)
        for place, words in enumerate(lines):
            self._add_line(place, words, latest.get(words))
        self.helper.layout.fields = list(self.fields)

    def _add_line(self, place: int, words: str, check: DiligenceCheck | None) -> None:
        said = None if check is None else FINE if check.is_fine else NOT_FINE
        self.fields[f"state_{place}"] = forms.ChoiceField(
            label=words,
            choices=[(FINE, "In order"), (NOT_FINE, "Not in order")],
            widget=Segments,
            required=False,
            initial=said,
        )
        self.fields[f"note_{place}"] = forms.CharField(
            label="How we know",
            max_length=500,
            required=False,
            initial=check.note if check else "",
        )

    def clean_checked_on(self) -> date:
        """Nothing was checked tomorrow."""
        day: date = self.cleaned_data["checked_on"]
        if day > self.today:
            raise forms.ValidationError(CHECKED_AHEAD)
        return day

    @property
    def facts(self) -> dict[str, Any]:
        """The lines that were answered, and the day."""
        said = self.cleaned_data
        answered = {
            words: (said[f"state_{place}"] == FINE, said[f"note_{place}"])
            for place, words in enumerate(self.lines)
            if said[f"state_{place}"]
        }
        return {"lines": answered, "checked_on": said["checked_on"]}
