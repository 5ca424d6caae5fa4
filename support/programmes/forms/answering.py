"""Answering a request, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms

from alliances.membership.forms.kept import PlainForm
from partnership.toolkit.folding import folded

OPEN, SIGNPOST, DECLINE = "open", "signpost", "decline"
SIGNPOSTS_LIST = "signposts"


class Signpost(NamedTuple):
    """Somewhere that a school may be sent for help."""

    kind: str
    pk: int
    name: str
    about: str


class AnswerForm(PlainForm):
    """What becomes of a request, in words that the school reads."""

    decision = forms.ChoiceField(
        label="What becomes of it?",
        widget=forms.RadioSelect,
        choices=[
            (OPEN, "Open it: the swift review begins"),
            (SIGNPOST, "Signpost: somebody else helps best"),
            (DECLINE, "Decline"),
        ],
    )
    assessor = forms.ChoiceField(label="Who assesses?", help_text="Only if you open it.")
    signpost = forms.CharField(
        label="To whom or what?",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": SIGNPOSTS_LIST, "autocomplete": "off"}),
        help_text="Only if you signpost: a workhub, a practitioner or another alliance, by name.",
    )
    answer = forms.CharField(
        label="Your words to the school",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Needed if you signpost or decline.",
    )

    def __init__(
        self,
        *args: Any,
        signposts: Sequence[Signpost],
        assessors: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        """Ask who assesses only where there is a choice."""
        super().__init__(*args, **kwargs)
        self.signposts = signposts
        self.assessors = assessors
        field: Any = self.fields["assessor"]
        field.choices = assessors
        field.initial = assessors[0][0]
        if len(assessors) == 1:
            del self.fields["assessor"]
            self.helper.layout.fields.remove("assessor")

    @property
    def assessor_id(self) -> int:
        """Whoever was chosen; whoever answers, where there is no choice."""
        return int(self.cleaned_data.get("assessor") or self.assessors[0][0])

    def clean_signpost(self) -> Signpost | None:
        """What is meant by its name."""
        typed = folded(self.cleaned_data["signpost"])
        if not typed or self.cleaned_data.get("decision") != SIGNPOST:
            return None
        found = [each for each in self.signposts if folded(each.name) == typed]
        if not found:
            raise forms.ValidationError("Nothing is called so. Choose one from the list.")
        return found[0]

    def clean(self) -> dict[str, Any]:
        """Who isn't taken on hears why, or where to go."""
        cleaned = super().clean()
        decision, answer = cleaned.get("decision"), cleaned.get("answer", "").strip()
        if decision in (SIGNPOST, DECLINE) and not answer:
            self.add_error("answer", "Write a sentence or two: the school reads it.")
        if decision == SIGNPOST and "signpost" not in self.errors and not cleaned.get("signpost"):
            self.add_error("signpost", "Name the workhub, the practitioner or the alliance.")
        return cleaned


class WithdrawForm(PlainForm):
    """Why a school no longer asks."""

    because = forms.CharField(label="Why, in a sentence", max_length=500, required=False)
