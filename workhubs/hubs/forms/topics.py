"""What is typed about topics: proposing one, and taking it up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from alliances.membership.forms.kept import PlainForm

Choices = Sequence[tuple[int, str]]


class TopicForm(PlainForm):
    """Which workhub should work on what, and what it would help with."""

    workhub = forms.ChoiceField(label="For which workhub?")
    school = forms.ChoiceField(label="From which school?")
    topic = forms.CharField(
        label="Topic", max_length=150, help_text="A few words, such as “Writing at length”."
    )
    about = forms.CharField(
        label="What would it help with?",
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=(
            "The workhub’s lead and deputy and the alliance’s office read it. "
            "No pupil’s name or initials."
        ),
    )

    def __init__(self, *args: Any, workhubs: Choices, schools: Choices, **kwargs: Any) -> None:
        """Offer the workhubs that go on; a single school isn't asked for."""
        super().__init__(*args, **kwargs)
        workhub: Any = self.fields["workhub"]
        workhub.choices = [("", "Choose a workhub"), *((str(pk), name) for pk, name in workhubs)]
        school: Any = self.fields["school"]
        school.choices = [(str(pk), name) for pk, name in schools]
        if len(schools) == 1:
            school.initial = str(schools[0][0])
            school.widget = forms.HiddenInput()

    @property
    def words(self) -> dict[str, str]:
        """What was written."""
        return {name: self.cleaned_data[name].strip() for name in ("topic", "about")}


class TopicAnswerForm(PlainForm):
    """The objective that a topic becomes, and words for the school."""

    objective = forms.CharField(
        label="As an objective of the workhub",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="In your words; everybody of the alliance reads it. Name no school.",
    )
    measure = forms.CharField(
        label="Success measure",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="How you will know. Name no child.",
    )
    words = forms.CharField(
        label="Words with the answer",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The school reads them.",
    )

    @property
    def takes_up(self) -> bool:
        """Whether the answer is yes; that is the button."""
        return self.data.get("answer") == "yes"

    def clean(self) -> dict[str, Any]:
        """A yes has an answer button and an objective."""
        cleaned = super().clean()
        if self.takes_up and not cleaned.get("objective", "").strip():
            self.add_error("objective", "Write the objective that it becomes.")
        if self.data.get("answer") not in {"yes", "no"}:
            self.add_error(None, "Say whether the workhub takes it up.")
        return cleaned
