"""What a head fills in about her school once a year."""

from __future__ import annotations

from typing import Any

from django import forms

from alliances.schools.models import School, SchoolContact
from partnership.toolkit.versions import ChangedSince

RIGHT, WRONG = "right", "wrong"


class DetailsForm(forms.Form):
    """Whether what the portal holds of a school is right."""

    answer = forms.ChoiceField(
        label="Are these details right?",
        choices=((RIGHT, "All of it is right"), (WRONG, "Something is wrong")),
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether all of it is right."},
    )
    words = forms.CharField(
        label="What is wrong?",
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Only when something is. Portal staff read it; no names of pupils.",
    )

    def clean(self) -> dict[str, Any]:
        """Who says that something is wrong says what."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == WRONG and not cleaned.get("words"):
            self.add_error("words", "Say what is wrong, so that it can be put right.")
        return cleaned

    @property
    def is_right(self) -> bool:
        """Whether she confirms."""
        return bool(self.cleaned_data["answer"] == RIGHT)


class ContactForm(forms.Form):
    """How a school wants to be reached."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    email = forms.EmailField(
        label="E-mail address of the office",
        max_length=254,
        required=False,
        error_messages={"invalid": "Write a whole address, like office@school.example."},
    )
    telephone = forms.RegexField(
        r"^[0-9+() -]{5,30}$",
        label="Telephone of the office",
        max_length=30,
        required=False,
        error_messages={"invalid": "Write digits and spaces, like 01457 872264."},
    )
    words = forms.CharField(
        label="Best way to reach you",
        max_length=300,
        required=False,
        help_text="Whom to ask for, and when: “Mrs Shaw answers from 8am to 4pm.”",
    )
    CHANGED = ("email", "telephone", "words")

    def __init__(self, data: Any = None, *, school: School) -> None:
        """Begin with what the school said before."""
        contact = getattr(school, "contact", None) or SchoolContact(school=school)
        initial = {name: getattr(contact, name) for name in self.CHANGED}
        super().__init__(data, initial={**initial, "seen_version": contact.version})
        self.both: list[dict[str, str]] = []

    @property
    def changes(self) -> dict[str, str]:
        """The details as they shall be."""
        return {name: self.cleaned_data[name] for name in self.CHANGED}

    def show_both(self, changed: ChangedSince) -> None:
        """Keep what was typed, show what was saved meanwhile, and let the next save count."""
        current: Any = changed.current
        self.both = [
            {
                "label": str(self.fields[name].label),
                "yours": yours or "nothing",
                "theirs": getattr(current, name) or "nothing",
            }
            for name, yours in self.changes.items()
            if yours != getattr(current, name)
        ]
        self.data = {**self.data.dict(), "seen_version": str(current.version)}  # type: ignore[attr-defined]  # a QueryDict
