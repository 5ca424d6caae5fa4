"""What is typed at the end of support and after it."""

from __future__ import annotations

from typing import Any

from django import forms

from alliances.membership.forms.kept import KeptForm, PlainForm, values_of
from support.progress.forms.reviews import CHOOSE, NO_CHILD, overall_field
from support.progress.models import FinalView

FINAL = ("overall", "changed", "remains", "helped", "thanks")


def _words(label: str, longest: int, *, rows: int = 4, required: bool = False, **told: Any) -> Any:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, widget=area, required=required, **told)


class FinalViewForm(KeptForm):
    """How one school sees the whole; what is given says how it stands and what has changed."""

    overall = overall_field("Taken together, what you set out to do is", required=False)
    changed = _words("What has changed", 3000, help_text=NO_CHILD)
    remains = _words("What remains to be done", 3000)
    helped = _words("What helped most", 2000)
    thanks = _words(
        "Thanks to the other school", 1000, rows=3, help_text="The other school reads it here."
    )

    def __init__(
        self, *args: Any, view: FinalView | None = None, is_given: bool = False, **kwargs: Any
    ) -> None:
        """Empty, or as the draft was kept."""
        self.is_given = is_given
        super().__init__(*args, initial=values_of(view, FINAL) if view else {}, **kwargs)

    def clean(self) -> dict[str, Any]:
        """What is given says how all stands and what has changed."""
        cleaned = super().clean()
        if self.is_given:
            if not cleaned.get("overall"):
                self.add_error("overall", CHOOSE)
            if not cleaned.get("changed") and "changed" not in self.errors:
                self.add_error("changed", "Say what has changed, in a sentence at least.")
        return cleaned


class SustainForm(PlainForm):
    """Whether what was reached still stands."""

    stands = overall_field("What was reached is now")
    words = _words(
        "What still stands, and what slipped", 3000, rows=6, required=True, help_text=NO_CHILD
    )


class CheckbackForm(PlainForm):
    """What the support changed, for whom, with what evidence."""

    changed = _words("What changed", 3000, required=True)
    for_whom = forms.CharField(
        label="For whom",
        max_length=500,
        help_text="Groups, never a pupil: “Years 5 and 6, above all disadvantaged pupils”.",
    )
    evidence = _words("With what evidence", 3000, required=True, help_text=NO_CHILD)


class StoryForm(PlainForm):
    """Why others should read of it."""

    because = forms.CharField(
        label="Why should others read of it?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The supported head reads this and decides.",
    )
