"""A reviewer's own view of one theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from alliances.membership.forms.kept import KeptForm
from partnership.toolkit.versions import ChangedSince
from reviews.cycles.models import Judgement
from reviews.days.forms.both import show_both
from reviews.days.models import PUPILS, View

LONGEST = 3_000


class ViewForm(KeptForm):
    """What is strong, what is to be developed, and the framework's label, where it has labels."""

    strengths = forms.CharField(
        label="What is strong",
        max_length=LONGEST,
        required=False,
        help_text=PUPILS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    development = forms.CharField(
        label="What is to be developed",
        max_length=LONGEST,
        required=False,
        help_text=PUPILS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    judgement = forms.ChoiceField(label="Label", required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, labels: Sequence[Judgement], **kwargs: Any) -> None:
        """Offer the labels, if there are any."""
        super().__init__(*args, **kwargs)
        self.labels = {str(label.pk): label for label in labels}
        fields: dict[str, Any] = self.fields
        fields["judgement"].choices = [
            ("", "No label"),
            *((key, _meaning(label)) for key, label in self.labels.items()),
        ]
        if not labels:
            del fields["judgement"]
            self.helper.layout.fields.remove("judgement")

    @property
    def view_changes(self) -> dict[str, Any]:
        """What was typed, as the view keeps it."""
        typed = self.changes
        return {
            "strengths": typed["strengths"],
            "development": typed["development"],
            "judgement": self.labels.get(typed.get("judgement", "")),
        }

    def show_both(self, changed: ChangedSince) -> None:
        """What she saved elsewhere meanwhile, beside what she typed."""
        current: Any = changed.current
        show_both(self, values_of_view(current))


def _meaning(label: Judgement) -> str:
    return f"{label.label}: {label.meaning}" if label.meaning else label.label


def values_of_view(view: View | None) -> dict[str, Any]:
    """A view as its form shows it."""
    if view is None:
        return {"seen_version": 0}
    return {
        "strengths": view.strengths,
        "development": view.development,
        "judgement": str(view.judgement_id or ""),
        "seen_version": view.version,
    }
