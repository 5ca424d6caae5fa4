"""What goes from a report to another room, in the head's own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from alliances.membership.forms.kept import PlainForm
from partnership.toolkit.registers import BridgeKind
from reviews.days.models import PUPILS

LONGEST = 1_000


class BridgeForm(PlainForm):
    """What begins, and the words that go across."""

    way = forms.ChoiceField(label="What would you like to begin?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="What goes across",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"In your own words; nothing else of the report goes with them. {PUPILS}",
    )

    def __init__(self, *args: Any, ways: Sequence[BridgeKind], **kwargs: Any) -> None:
        """Offer the ways that are open; a single one isn't asked for."""
        super().__init__(*args, **kwargs)
        self.ways = {kind.key: kind for kind in ways}
        way: Any = self.fields["way"]
        way.choices = [(kind.key, kind.words) for kind in ways]
        if len(ways) == 1:
            way.initial = ways[0].key
            way.widget = forms.HiddenInput()

    @property
    def chosen(self) -> BridgeKind:
        """The way that was chosen."""
        return self.ways[self.cleaned_data["way"]]
