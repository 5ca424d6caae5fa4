"""Wording a framework: what it is for, its themes, and the labels that reviewers may give."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alliances.membership.forms.kept import KeptForm, PlainForm, values_of
from reviews.cycles.framing import GIVEN, GivenFramework, is_inspectorates
from reviews.cycles.models import Framework, Judgement, Theme

EMPTY = "empty"
OF_AN_INSPECTORATE = (
    "This is how an inspectorate grades. Choose a label of your own, so that nobody takes the one "
    "for the other."
)


def _lines(label: str, rows: int, most: int, **facts: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget, **facts)


class BeginFrameworkForm(PlainForm):
    """A name, and what to begin with."""

    begin = forms.ChoiceField(
        label="What to begin with",
        widget=forms.RadioSelect,
        help_text="All of it can be worded anew before you settle it.",
    )
    name = forms.CharField(
        label="Name",
        max_length=120,
        required=False,
        help_text="Leave it empty to keep the name that it comes with.",
    )

    def __init__(self, *args: Any, older: Iterable[Framework], **kwargs: Any) -> None:
        """Offer what comes with the portal, older versions of the alliance's own, and nothing."""
        super().__init__(*args, **kwargs)
        self.older = {f"older-{each.pk}": each for each in older}
        field: Any = self.fields["begin"]
        field.choices = [
            *((key, f"{given.name}: {given.summary}") for key, given in GIVEN.items()),
            *((key, f"A copy of {each}") for key, each in self.older.items()),
            (EMPTY, "An empty one"),
        ]

    def clean(self) -> dict[str, Any]:
        """Only what comes with the portal has a name already."""
        cleaned = super().clean()
        if cleaned.get("begin") and "name" not in self.errors and not self._named(cleaned):
            self.add_error("name", "Give it a name that the alliance will know it by.")
        return cleaned

    def _named(self, cleaned: dict[str, Any]) -> str:
        given = GIVEN.get(cleaned["begin"])
        return cleaned["name"] or (given.name if given else "")

    @property
    def words(self) -> dict[str, Any]:
        """What the service is told."""
        begin = self.cleaned_data["begin"]
        given: GivenFramework | None = GIVEN.get(begin)
        return {
            "name": self._named(self.cleaned_data),
            "given": given,
            "like": self.older.get(begin),
        }


class FrameworkForm(KeptForm):
    """Its name, what it is for, and what reviewers look at."""

    NAMES = ("name", "summary", "evidence")

    name = forms.CharField(label="Name", max_length=120)
    summary = _lines(
        "What it is for", 4, 2000, required=False, help_text="A few sentences for all who review."
    )
    evidence = _lines(
        "Kinds of evidence",
        8,
        2000,
        required=False,
        help_text="One a line: what reviewers look at.",
    )

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        """Begin with how it stands; later versions keep the name of the first."""
        super().__init__(*args, initial=values_of(framework, self.NAMES), **kwargs)
        if framework.follows_id is not None:
            del self.fields["name"]
            self.helper.layout.fields.remove("name")


class ThemeForm(KeptForm):
    """What a review looks at, with prompts."""

    NAMES = ("name", "prompts")

    name = forms.CharField(label="Theme", max_length=120)
    prompts = _lines(
        "Prompts", 8, 3000, required=False, help_text="One a line: what to ask and look for."
    )

    def __init__(self, *args: Any, thing: Theme | None = None, **kwargs: Any) -> None:
        """Empty, or as the theme stands."""
        if thing is not None:
            kwargs["initial"] = values_of(thing, self.NAMES)
        super().__init__(*args, **kwargs)


class JudgementForm(KeptForm):
    """A label and what it means here."""

    NAMES = ("label", "meaning")

    label = forms.CharField(
        label="Label",
        max_length=60,
        help_text="In your own words, none by which an inspectorate grades.",
    )
    meaning = forms.CharField(
        label="What it means here",
        max_length=300,
        required=False,
        help_text="A sentence, so that all who give it mean the same.",
    )

    def __init__(self, *args: Any, thing: Judgement | None = None, **kwargs: Any) -> None:
        """Empty, or as the label stands."""
        if thing is not None:
            kwargs["initial"] = values_of(thing, self.NAMES)
        super().__init__(*args, **kwargs)

    def clean_label(self) -> str:
        """Labels are the alliance's own."""
        label: str = self.cleaned_data["label"]
        if is_inspectorates(label):
            raise forms.ValidationError(OF_AN_INSPECTORATE)
        return label
