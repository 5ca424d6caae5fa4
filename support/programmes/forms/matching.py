"""What a director fills in while support is being found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from alliances.membership.forms.kept import PlainForm
from alliances.membership.models import Membership
from alliances.schools.models import School
from partnership.calendar.years import AcademicYear
from support.directory.matching import in_days
from support.programmes.models import Programme, Strand

LAST_MONTH, FIRST_MONTH = 12, 9
USUAL_AUTUMN, USUAL_LATER, USUAL_TOTAL = Decimal(4), Decimal(2), Decimal(10)
MOST_DAYS = 200
NO_DAYS = "Write how many days, half a day at least, in one of the years."


class NoForm(PlainForm):
    """A question that is only confirmed."""


class StrandForm(PlainForm):
    """One strand: what kind, about what, how many days in which year, what it costs, and why."""

    kind = forms.ChoiceField(label="Kind of support", choices=Strand.Kind.choices)
    focus = forms.CharField(
        label="Focus",
        max_length=300,
        required=False,
        help_text="A few words, such as “writing in Years 5 and 6”.",
    )
    days_this = forms.DecimalField(
        min_value=0,
        max_value=MOST_DAYS,
        decimal_places=1,
        required=False,
        widget=forms.NumberInput(attrs={"class": "in-2", "step": "0.5"}),
    )
    days_next = forms.DecimalField(
        min_value=0,
        max_value=MOST_DAYS,
        decimal_places=1,
        required=False,
        widget=forms.NumberInput(attrs={"class": "in-2", "step": "0.5"}),
    )
    cost = forms.DecimalField(
        label="Cost in pounds",
        min_value=0,
        max_digits=9,
        decimal_places=2,
        required=False,
        widget=forms.NumberInput(attrs={"class": "in-3", "step": "0.01"}),
        help_text="Leave it empty if it costs the school nothing.",
    )
    because = forms.CharField(
        label="Why this choice?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The points are a help; the choice is yours. A sentence is enough.",
    )

    def __init__(
        self,
        *args: Any,
        year: AcademicYear,
        left: tuple[Decimal, Decimal] | None,
        kind: str,
        today: date,
        **kwargs: Any,
    ) -> None:
        """Propose five terms' worth of days, as far as there are so many."""
        this, following = _usual_days(today, left)
        usual = {"kind": kind, "days_this": this, "days_next": following}
        super().__init__(*args, initial=usual, **kwargs)
        self.years = {"days_this": year, "days_next": year.next}
        self.needs_days = left is not None
        for place, (name, each) in enumerate(self.years.items()):
            self.fields[name].label = f"Days in {each}"
            if left is not None:
                self.fields[name].help_text = f"{in_days(left[place])} left."

    def clean(self) -> dict[str, Any]:
        """A practitioner's strand takes days."""
        cleaned = super().clean()
        has_errors = not self.years.keys().isdisjoint(self.errors)
        if self.needs_days and not has_errors and not any(cleaned.get(n) for n in self.years):
            self.add_error("days_this", NO_DAYS)
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """What the service is told."""
        said = self.cleaned_data
        days = {year.start: said.get(name) or Decimal(0) for name, year in self.years.items()}
        return {name: said[name] for name in ("kind", "focus", "cost", "because")} | {"days": days}

    @property
    def kind_words(self) -> str:
        """The kind of support in words, to go on in a sentence."""
        label = str(Strand.Kind(self.cleaned_data["kind"]).label)
        return label if label.startswith("Evidence") else label[0].lower() + label[1:]

    def refuse_days(self, year: int, sentence: str) -> None:
        """Say at the year's field that its days are gone."""
        name = next(name for name, each in self.years.items() if each.start == year)
        self.add_error(name, sentence)


def _usual_days(
    today: date, left: tuple[Decimal, Decimal] | None
) -> tuple[Decimal | None, Decimal | None]:
    """Of ten days over five terms: those of the terms that this academic year still has."""
    if left is None:
        return None, None
    is_autumn = FIRST_MONTH <= today.month <= LAST_MONTH
    this = min(USUAL_AUTUMN if is_autumn else USUAL_LATER, left[0])
    following = min(USUAL_TOTAL - (USUAL_AUTUMN if is_autumn else USUAL_LATER), left[1])
    return max(this, Decimal(0)), max(following, Decimal(0))


class GiveUpForm(PlainForm):
    """Why a strand is given up."""

    because = forms.CharField(label="Why, in a sentence", max_length=300)


class SupportingSchoolForm(PlainForm):
    """Which school of the alliance stands behind the support."""

    school = forms.ModelChoiceField(
        label="School",
        queryset=School.objects.none(),
        empty_label="Choose a school",
        help_text="Usually the home school of whoever gives most of it.",
    )

    def __init__(self, *args: Any, programme: Programme, on: date, **kwargs: Any) -> None:
        """Offer the alliance's other schools and the one chosen already."""
        super().__init__(*args, initial={"school": programme.supporting_school_id}, **kwargs)
        members = Membership.objects.on(on).filter(alliance=programme.alliance_id)
        schools = School.objects.filter(pk__in=members.values("school"))
        field: Any = self.fields["school"]
        field.queryset = schools.exclude(pk=programme.school_id).order_by("name", "pk")
