"""A report is worded, commented on and answered."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from alliances.membership.forms.kept import BothVersions, KeptForm, PlainForm, values_of
from partnership.toolkit.versions import ChangedSince
from reviews.cycles.models import Theme
from reviews.days.models import PUPILS, Meaning, Report, ReportComment, ReportPart
from reviews.days.parts.report import sentences_of
from reviews.days.services.reporting import seen_of

LONGEST_QUOTE = 1_000
REWORDED = "The report reads otherwise by now. Choose the sentence again."
NOT_KEPT = "You have changed what the report says. Say that it was changed, or put its words back."
Outcome = ReportComment.Outcome


def _words(label: str, rows: int, most: int, help_text: str = "", **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    beside = f"{help_text} {PUPILS}".strip()
    return forms.CharField(label=label, max_length=most, widget=widget, help_text=beside, **more)


class ReportForm(KeptForm):
    """What stands before and after the parts."""

    NAMES = ("opening", "closing")

    opening = _words("How the day went", 6, 3000, "Stands before the findings.", required=False)
    closing = _words("What the team suggests", 6, 3000, "Stands at the end.", required=False)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        """As they stand, with their own number: the parts have theirs."""
        initial = values_of(report, self.NAMES) | {"seen_version": seen_of(report)}
        super().__init__(*args, initial=initial, **kwargs)

    def show_both(self, changed: ChangedSince) -> None:
        """Let the next save count: what was seen is known by its own number."""
        super().show_both(changed)
        current: Any = changed.current
        self.data = {**self.data, "seen_version": str(seen_of(current))}


class PartForm(KeptForm):
    """One strength, area for development or area of excellence."""

    NAMES = ("meaning", "theme", "words")

    meaning = forms.ChoiceField(
        label="What it is", choices=Meaning.choices, widget=forms.RadioSelect
    )
    theme = forms.ModelChoiceField(
        label="Theme of the framework", queryset=Theme.objects.none(), required=False
    )
    words = _words("What the report says", 7, 3000)

    def __init__(
        self, *args: Any, framework: int | None, part: ReportPart | None = None, **kwargs: Any
    ) -> None:
        """Offer the themes of the cycle's framework."""
        initial = values_of(part, self.NAMES) if part is not None else {}
        super().__init__(*args, initial=initial, **kwargs)
        themes: Any = self.fields["theme"]
        themes.queryset = Theme.objects.filter(framework=framework).order_by("place", "pk")


class CommentForm(PlainForm):
    """What isn't accurate: in one sentence, or in the whole of what stands there."""

    sentence = forms.ChoiceField(
        label="Which sentence?",
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": REWORDED},
    )
    words = _words("What isn’t accurate?", 5, 2000, "Say what is right, and how you know.")

    def __init__(self, *args: Any, about: str, **kwargs: Any) -> None:
        """Offer the sentences of what the comment is about."""
        super().__init__(*args, **kwargs)
        self.about = about
        sentences = sentences_of(about)
        fields: dict[str, Any] = self.fields
        if len(sentences) > 1:
            cut = [(each[:LONGEST_QUOTE], each) for each in sentences]
            fields["sentence"].choices = [("", "All of it"), *cut]
        else:
            del fields["sentence"]
            self.helper.layout = Layout(*fields)

    def said_of(self, part: ReportPart | None) -> dict[str, Any]:
        """What the service is told; what is no part is quoted, so that one sees what is meant."""
        cleaned = self.cleaned_data
        quoted = cleaned.get("sentence", "")
        if part is None:
            quoted = quoted or self.about[:LONGEST_QUOTE]
        return {"part": part, "words": cleaned["words"], "quoted": quoted}


class AnswerForm(KeptForm):
    """What the team answers, and what the report says from now on."""

    outcome = forms.ChoiceField(
        label="What follows?", choices=Outcome.choices, widget=forms.RadioSelect
    )
    answer = _words("Your answer to the host", 4, 2000)
    words = _words(
        "What the report says there from now on", 6, 3000, "Only if it changes.", required=False
    )

    def __init__(self, *args: Any, part: ReportPart | None, **kwargs: Any) -> None:
        """Begin with what the part says; other places are worded on their own page."""
        initial = values_of(part, ("words",)) if part is not None else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.part = part
        if part is None:
            del self.fields["words"]
            self.helper.layout = Layout(*self.fields)

    def clean(self) -> dict[str, Any]:
        """What changes says something, and what was worded anew isn't said to stay."""
        cleaned = super().clean()
        is_changed = cleaned.get("outcome") == Outcome.CHANGED
        if is_changed and "words" in self.fields and not cleaned.get("words"):
            self.add_error("words", "Write what the report says from now on.")
        if cleaned.get("outcome") == Outcome.KEPT and self._is_worded_anew():
            self.add_error("outcome", NOT_KEPT)
        return cleaned

    def _is_worded_anew(self) -> bool:
        """Whether she changed the words that she was shown; who empties the box changes nothing."""
        if self.part is None or self.seen != self.part.version:
            return False
        words = self.changes.get("words")
        return bool(words) and words != self.part.words

    @property
    def said(self) -> dict[str, Any]:
        """What the service is told."""
        told = {"words": None, **self.changes}
        return {**told, "seen_version": self.seen if "words" in self.fields else None}

    def show_both(self, changed: ChangedSince) -> None:
        """Show what the part says by now beside what was typed."""
        current: Any = changed.current
        label = str(self.fields["words"].label)
        self.both = (BothVersions(label, self.changes["words"] or "Nothing", current.words),)
        self.data = {**self.data.dict(), "seen_version": str(current.version)}  # type: ignore[attr-defined]  # a QueryDict


class SeenForm(KeptForm):
    """Nothing to fill in: the version of the report that she has read goes with her click."""
