"""What is typed in the review of a term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, KeptForm, PlainForm, values_of
from partnership.toolkit.versions import ChangedSince
from partnership.toolkit.widgets import Segments
from support.progress.models import Course, Objective, TermReview, TermView

NO_CHILD = "Say what you saw and what figures show. No pupil’s name or initials."
CHOOSE = "Choose one; “Too early to say” is an answer too."


def overall_field(label: str, *, required: bool = True) -> forms.ChoiceField:
    """How all of it stands, in the words that the page defines."""
    return forms.ChoiceField(
        label=label, choices=Course.choices, widget=Segments, required=required
    )


class TermViewForm(KeptForm):
    """One side's view of a term: each objective, then the whole.

    What is kept as a draft may be half done; what is given is whole.
    """

    overall = overall_field("Taken together", required=False)
    words = forms.CharField(
        label="What you see (optional)",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=NO_CHILD,
    )

    def __init__(
        self,
        *args: Any,
        objectives: Sequence[Objective],
        view: TermView | None = None,
        ratings: Mapping[int, tuple[str, str]] | None = None,
        is_given: bool = False,
        **kwargs: Any,
    ) -> None:
        """Empty, or as the draft was kept; `is_given` asks for all of it."""
        self.objectives, self.is_given = objectives, is_given
        initial = values_of(view, ("overall", "words")) if view else {}
        for pk, (course, words) in (ratings or {}).items():
            initial |= {f"course_{pk}": course, f"words_{pk}": words}
        super().__init__(*args, initial=initial, **kwargs)
        for objective in objectives:
            self.fields[f"course_{objective.pk}"] = forms.ChoiceField(
                label="How it stands", choices=Course.choices, widget=Segments, required=False
            )
            self.fields[f"words_{objective.pk}"] = forms.CharField(
                label="How you know (optional)", max_length=500, required=False
            )

    def rated(self) -> Iterator[tuple[Objective, forms.BoundField, forms.BoundField]]:
        """The objectives as the page lays them out."""
        for objective in self.objectives:
            yield objective, self[f"course_{objective.pk}"], self[f"words_{objective.pk}"]

    def clean(self) -> dict[str, Any]:
        """What is given leaves nothing out."""
        cleaned = super().clean()
        asked = ["overall", *(f"course_{objective.pk}" for objective in self.objectives)]
        for name in asked:
            if self.is_given and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, CHOOSE)
        return cleaned

    @property
    def ratings(self) -> dict[int, tuple[str, str]]:
        """A course and how one knows, by objective."""
        said = self.changes
        return {
            each.pk: (said[f"course_{each.pk}"], said[f"words_{each.pk}"])
            for each in self.objectives
        }

    def show_both(self, changed: ChangedSince) -> None:
        """Beside what was typed stand the other's ratings, too."""
        current: Any = changed.current
        theirs = {rating.objective_id: rating for rating in current.ratings.all()}
        for objective in self.objectives:
            rating = theirs.get(objective.pk)
            setattr(current, f"course_{objective.pk}", rating.course if rating else "")
            setattr(current, f"words_{objective.pk}", rating.words if rating else "")
        super().show_both(changed)


class TalkForm(PlainForm):
    """What came of talking about a difference."""

    words = forms.CharField(
        label="What came of it",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Who spoke, what you now see alike, and what you do about it. It is written once.",
    )


class CloseReviewForm(PlainForm):
    """How the programme stands after a term, and what comes next."""

    overall = overall_field("Taken together, the programme is")
    next_on = DayField(label="Next review on", help_text="The day by which all look again.")
    exit_strategy = forms.CharField(
        label="How the school goes on without support",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Who leads it then, what is kept, and what you let go of. Both schools read it.",
    )

    def __init__(
        self, *args: Any, review: TermReview, today: date, is_last: bool, **kw: Any
    ) -> None:
        """Only the middle asks for an exit strategy; the last term has no next review."""
        self.today = today
        super().__init__(*args, **kw)
        if not review.is_midpoint:
            del self.fields["exit_strategy"]
        if is_last:
            del self.fields["next_on"]
        self.helper.layout.fields = list(self.fields)

    def clean_next_on(self) -> date:
        """The next review lies ahead."""
        next_on: date = self.cleaned_data["next_on"]
        if next_on <= self.today:
            raise forms.ValidationError("Choose a day that is still to come.")
        return next_on

    @property
    def said(self) -> dict[str, Any]:
        """What is said, with nothing where nothing is asked."""
        return {"next_on": None, **self.cleaned_data}
