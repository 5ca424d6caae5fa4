"""What a director fills in about how her alliance gives support."""

from __future__ import annotations

from typing import Any

from django import forms

from alliances.membership.forms.kept import KeptForm, PlainForm, values_of
from support.directory.models import Designation, SupportArea, SupportRules

MOST_DAYS = 90
MOST_POINTS = 100
MOST_KM = 500
IN_2 = {"class": "in-2"}
RETIRED = "Whoever or whatever has it keeps it; it just can’t be chosen any more."


def _points(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST_POINTS,
        widget=forms.NumberInput(attrs=IN_2),
        help_text=help_text,
    )


class RulesForm(KeptForm):
    """How soon the alliance answers, what it asks for, and what counts in a match."""

    answer_days = forms.IntegerField(
        label="School days to answer a request",
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs=IN_2),
        help_text="The director is reminded before, and it goes up to the chair after.",
    )
    review_days = forms.IntegerField(
        label="School days for the swift review",
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs=IN_2),
    )
    note_days = forms.IntegerField(
        label="School days for the note of a visit",
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs=IN_2),
    )
    day_cost = forms.DecimalField(
        label="What a day costs, in pounds",
        min_value=0,
        max_digits=7,
        decimal_places=2,
        required=False,
        help_text="For looking at value for money. A strand may give its own cost.",
    )
    eligibility = forms.CharField(
        label="Who may be supported",
        max_length=3_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="One rule a line; each request is checked against them.",
    )
    diligence = forms.CharField(
        label="What is checked of a supporting school",
        max_length=3_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="One check a line; an agreement is signed once all of them are met.",
    )
    weighs_specialism = _points(
        "Points for the area of need",
        "In a match each practitioner earns points. Whoever earns most is suggested first.",
    )
    weighs_phase = _points("Points for the phase")
    weighs_context = _points("Points for schools like this one")
    weighs_distance = _points("Points for the distance")
    weighs_days = _points("Points for days left this year")
    furthest_km = forms.IntegerField(
        label="How far people travel, in km",
        min_value=1,
        max_value=MOST_KM,
        widget=forms.NumberInput(attrs=IN_2),
        help_text="Next door earns all points of the distance, this far away none.",
    )

    NAMES = (
        "answer_days",
        "review_days",
        "note_days",
        "day_cost",
        "eligibility",
        "diligence",
        "weighs_specialism",
        "weighs_phase",
        "weighs_context",
        "weighs_distance",
        "weighs_days",
        "furthest_km",
    )

    def __init__(self, *args: Any, rules: SupportRules, **kwargs: Any) -> None:
        """Begin with the rules as they stand."""
        super().__init__(*args, initial=values_of(rules, self.NAMES), **kwargs)

    def clean(self) -> dict[str, Any]:
        """Something has to count, or nobody could be suggested before another."""
        cleaned = super().clean()
        points = [cleaned.get(name) for name in self.NAMES if name.startswith("weighs_")]
        if not any(points) and None not in points:
            self.add_error("weighs_specialism", "Give points to at least one of the five.")
        return cleaned


class _ListForm(PlainForm):
    """One line of a list that the alliance keeps."""

    name = forms.CharField(label="Name", max_length=80)
    is_retired = forms.BooleanField(
        label="No longer offered for choosing", required=False, help_text=RETIRED
    )

    def __init__(self, *args: Any, line: Any = None, **kwargs: Any) -> None:
        """Empty, or as the line stands; only what stands can be retired."""
        if line is not None:
            names = [name for name in self.base_fields if hasattr(line, name)]
            kwargs["initial"] = {name: getattr(line, name) for name in names}
        super().__init__(*args, **kwargs)
        if line is None:
            del self.fields["is_retired"]
            self.helper.layout.fields.remove("is_retired")

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by field."""
        return dict(self.cleaned_data)

    def clean_name(self) -> str:
        """One space between words, so that two lines don't differ by spaces alone."""
        return " ".join(str(self.cleaned_data["name"]).split())


class DesignationForm(_ListForm):
    """A title that practitioners carry."""

    short = forms.CharField(
        label="In short",
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs=IN_2),
        help_text="Such as SLE; lists show it in place of the whole name.",
    )
    field_order = ("name", "short", "is_retired")

    def __init__(self, *args: Any, line: Designation | None = None, **kwargs: Any) -> None:
        """Empty, or as the title stands."""
        super().__init__(*args, line=line, **kwargs)


class AreaForm(_ListForm):
    """An area in which schools ask for help."""

    def __init__(self, *args: Any, line: SupportArea | None = None, **kwargs: Any) -> None:
        """Empty, or as the area stands."""
        super().__init__(*args, line=line, **kwargs)
