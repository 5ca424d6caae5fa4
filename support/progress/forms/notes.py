"""Writing the note of a visit, checking it, and letting others read it."""

from __future__ import annotations

from typing import Any

from django import forms

from alliances.membership.forms.kept import BothVersions, PlainForm
from support.progress.models import NoteRelease, VisitNote
from support.progress.services.noting import PARTS, seen_of

NO_NAMES = "No pupil’s name or initials."
LONGEST_NUMBER = 10
LONGEST = {"with_whom": 1_000, "seen": 5_000, "agreed": 3_000}
WORDS = {
    "with_whom": ("With whom, by role", 2, "“English lead, two teachers of Year 5”."),
    "seen": ("What was seen", 10, ""),
    "agreed": (
        "What was agreed",
        5,
        "Who does what by when; the plan’s actions stand in the plan.",
    ),
}


def plain_words(text: str) -> str:
    """As it is kept: one kind of line end, nothing before and after, nothing that no database takes."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


class NotePartForm(forms.Form):
    """One part of a note, which is kept while one types."""

    def __init__(self, part: str, data: Any, *, note: VisitNote | None) -> None:
        """Filled with the draft as it stands; its number tells one opening from another."""
        kept = getattr(note, part) if note is not None else ""
        initial = {"text": kept, "seen_version": seen_of(kept)}
        super().__init__(data, prefix=part, initial=initial)
        label, rows, more = WORDS[part]
        self.part = part
        self.both: tuple[BothVersions, ...] = ()
        self.fields["text"] = forms.CharField(
            label=label,
            required=False,
            max_length=LONGEST[part],
            widget=forms.Textarea(attrs={"rows": rows}),
            help_text=f"{NO_NAMES} {more}".strip(),
        )
        self.fields["seen_version"] = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def words(self) -> str:
        """What was typed."""
        return plain_words(self.cleaned_data["text"])

    @property
    def seen(self) -> int:
        """What she opened; none is as good as an empty part."""
        number = self.cleaned_data["seen_version"]
        return seen_of("") if number is None else int(number)

    def show_both(self, current: str) -> None:
        """Keep what was typed beside what was written elsewhere, and let the next save count."""
        self.both = (BothVersions(WORDS[self.part][0], self.words, current or "Nothing"),)
        self.data = {**self.data.dict(), f"{self.part}-seen_version": str(seen_of(current))}  # type: ignore[attr-defined]  # a QueryDict


def note_forms(data: Any, *, note: VisitNote | None) -> list[NotePartForm]:
    """A form for each part, in the note's order."""
    return [NotePartForm(part, data, note=note) for part in PARTS]


class CheckForm(PlainForm):
    """Whether a note is right, and what isn't."""

    accuracy = forms.ChoiceField(
        label="Is the note right?",
        widget=forms.RadioSelect,
        choices=[
            ("accurate", "Yes, it is accurate"),
            ("disputed", "No, not in some points"),
        ],
    )
    disputed = forms.CharField(
        label="What isn’t accurate?",
        required=False,
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"Only where something isn’t. It stands beside the note for good. {NO_NAMES}",
    )

    def clean(self) -> dict[str, Any]:
        """A dispute is said in words."""
        cleaned = super().clean()
        words = plain_words(cleaned.get("disputed") or "")
        if cleaned.get("accuracy") == VisitNote.Accuracy.DISPUTED and not words:
            self.add_error("disputed", "Say what isn’t accurate, in a sentence or two.")
        cleaned["disputed"] = words
        return cleaned


class ReleaseForm(PlainForm):
    """Who else may read a note, and what the board reads in its place."""

    layer = forms.ChoiceField(label="Who else may read it?", widget=forms.RadioSelect)
    board_words = forms.CharField(
        label="What the board reads",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Only for the board, which never reads the note: a theme in your own words, "
        "without anything by which to tell your school.",
    )

    def __init__(self, *args: Any, layers: list[str], **kwargs: Any) -> None:
        """Offer those that don't read it yet."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        offered = [choice for choice in NoteRelease.Layer.choices if choice[0] in layers]
        fields["layer"].choices = offered
        if len(offered) == 1:
            fields["layer"].initial = offered[0][0]

    def clean(self) -> dict[str, Any]:
        """The board reads the school's own words."""
        cleaned = super().clean()
        words = plain_words(cleaned.get("board_words") or "")
        if cleaned.get("layer") == NoteRelease.Layer.BOARD and not words:
            self.add_error("board_words", "Write what the board may read.")
        cleaned["board_words"] = words
        return cleaned
