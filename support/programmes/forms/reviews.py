"""What is typed in a swift review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, KeptForm, PlainForm, values_of
from partnership.toolkit.widgets import Segments
from support.programmes.models import Programme, Rating, ReviewView
from support.programmes.parts.review import RATED

FEWEST_ROWS, MOST_ROWS = 3, 8
NO_NEED = "Write at least one need: choose its area, and say what is needed."
NO_CHILD = "Write numbers and what they show. No pupil’s name or initials."


class ViewForm(KeptForm):
    """One side's view: needs by area, strengths, six ratings, evidence.

    What is kept as a draft may be half done; what is given is whole.
    """

    strengths = forms.CharField(
        label="Strengths to build on",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = forms.CharField(
        label="Evidence",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_CHILD,
    )

    def __init__(
        self,
        *args: Any,
        areas: Sequence[tuple[int, str]],
        view: ReviewView | None = None,
        needs: Mapping[int, str] | None = None,
        is_given: bool = False,
        **kwargs: Any,
    ) -> None:
        """Empty, or as the draft was kept; `is_given` asks for all of it."""
        needs = needs or {}
        self.is_given = is_given
        self.row_count = min(max(FEWEST_ROWS, len(needs) + 1), MOST_ROWS)
        initial = values_of(view, ("strengths", "evidence", *RATED)) if view else {}
        for row, (area, words) in enumerate(needs.items()):
            initial |= {f"area_{row}": area, f"need_{row}": words}
        super().__init__(*args, initial=initial, **kwargs)
        self._add_rows([("", "Choose an area"), *areas])
        for name, label in RATED.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=Rating.choices, widget=Segments, required=False
            )

    def _add_rows(self, choices: list[tuple[Any, str]]) -> None:
        for row in range(self.row_count):
            self.fields[f"area_{row}"] = forms.ChoiceField(
                label=f"Area of need {row + 1}", choices=choices, required=False
            )
            self.fields[f"need_{row}"] = forms.CharField(
                label=f"What is needed {row + 1}",
                max_length=500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def need_rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """The needs as the page lays them out: an area beside its words."""
        for row in range(self.row_count):
            yield self[f"area_{row}"], self[f"need_{row}"]

    def rated_fields(self) -> list[forms.BoundField]:
        """The six ratings."""
        return [self[name] for name in RATED]

    def clean(self) -> dict[str, Any]:
        """Each need has its area and its words; what is given leaves nothing out."""
        cleaned = super().clean()
        self.needs = self._needs(cleaned)
        if self.is_given:
            self._ask_for_all(cleaned)
        return cleaned

    def _needs(self, cleaned: Mapping[str, Any]) -> dict[int, str]:
        found: dict[int, str] = {}
        for row in range(self.row_count):
            area, words = cleaned.get(f"area_{row}") or "", cleaned.get(f"need_{row}") or ""
            if area and int(area) in found:
                self.add_error(f"area_{row}", "This area stands above already. Add to it there.")
            elif area and not words:
                self.add_error(f"need_{row}", "Say what is needed in this area.")
            elif words and not area:
                self.add_error(f"area_{row}", "Choose the area of this need.")
            elif area:
                found[int(area)] = words
        return found

    def _ask_for_all(self, cleaned: Mapping[str, Any]) -> None:
        if not self.needs and not self.errors:
            self.add_error("area_0", NO_NEED)
        if not cleaned.get("strengths"):
            self.add_error("strengths", "Name at least one strength: every school has some.")
        for name in RATED:
            if not cleaned.get(name):
                self.add_error(name, "Choose one; “Not known” is an answer too.")

    @property
    def said(self) -> dict[str, Any]:
        """The view's own fields, without its needs."""
        return {name: self.changes[name] for name in ("strengths", "evidence", *RATED)}


class ReplyForm(PlainForm):
    """What the head says of both views."""

    agrees = forms.TypedChoiceField(
        label="Do you recognise your school in the review?",
        choices=[("yes", "Yes"), ("no", "Not in all of it")],
        coerce=lambda value: value == "yes",
        widget=Segments,
    )
    reply = forms.CharField(
        label="Your reply",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Say what is not right and what you would add. It stays beside the review.",
    )

    def clean(self) -> dict[str, Any]:
        """Who disagrees says with what."""
        cleaned = super().clean()
        if cleaned.get("agrees") is False and not cleaned.get("reply"):
            self.add_error("reply", "Say what you don’t recognise.")
        return cleaned


class JudgementForm(PlainForm):
    """How the alliance goes on, and why."""

    approach = forms.ChoiceField(
        label="Approach", choices=Programme.Approach.choices, widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label="Reasons",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="The school reads them. Build on both views and on the head’s reply.",
    )
    watch_on = DayField(
        label="Look again on", required=False, help_text="Only for “Watch and review”."
    )

    def __init__(self, *args: Any, today: Any, **kwargs: Any) -> None:
        """A day to look again lies ahead."""
        self.today = today
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Who watches says until when."""
        cleaned = super().clean()
        watch_on = cleaned.get("watch_on")
        if cleaned.get("approach") != Programme.Approach.WATCH:
            cleaned["watch_on"] = None
        elif watch_on is None and "watch_on" not in self.errors:
            self.add_error("watch_on", "Give the day on which you look again.")
        elif watch_on is not None and watch_on <= self.today:
            self.add_error("watch_on", "Choose a day that is still to come.")
        return cleaned
