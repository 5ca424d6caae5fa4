"""What a school says of itself: its self-evaluation, its priorities, and which of them a team reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alliances.membership.forms.kept import KeptForm, PlainForm, values_of
from partnership.calendar.years import AcademicYear
from partnership.toolkit.spoken_dates import spoken_day
from reviews.days.models import PUPILS, Priority, SelfEvaluation

EMPTY = "empty"


def _words(label: str, rows: int, most: int, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    beside = f"{help_text} {PUPILS}".strip()
    return forms.CharField(
        label=label, max_length=most, required=False, widget=widget, help_text=beside
    )


class BeginEvaluationForm(PlainForm):
    """Which year, and whose words it begins with."""

    year = forms.TypedChoiceField(label="Academic year", coerce=int, widget=forms.RadioSelect)
    begin = forms.ChoiceField(
        label="What to begin with",
        widget=forms.RadioSelect,
        help_text="Whatever you begin with stays as it is; you change the copy.",
    )

    def __init__(
        self,
        *args: Any,
        years: Iterable[AcademicYear],
        older: Iterable[SelfEvaluation],
        **kwargs: Any,
    ) -> None:
        """Offer the years that have none, and the words of those that have one."""
        super().__init__(*args, **kwargs)
        self.older = {f"like-{each.pk}": each for each in older}
        offered: Any = self.fields["year"]
        offered.choices = [(each.start, str(each)) for each in years]
        offered.initial = offered.choices[0][0]
        beginnings: Any = self.fields["begin"]
        beginnings.choices = [
            *(
                (key, f"The words and priorities of {each.years}")
                for key, each in self.older.items()
            ),
            (EMPTY, "Empty"),
        ]
        beginnings.initial = beginnings.choices[0][0]

    @property
    def words(self) -> dict[str, Any]:
        """What the service is told."""
        cleaned = self.cleaned_data
        return {"year": cleaned["year"], "like": self.older.get(cleaned["begin"])}


class EvaluationForm(KeptForm):
    """A summary in four parts; it may be saved before it is complete."""

    NAMES = ("context", "going_well", "to_improve", "evidence")

    context = _words(
        "The school and its pupils", 5, 3000, "What a visitor needs to know; groups and numbers."
    )
    going_well = _words("What goes well", 8, 5000)
    to_improve = _words("What is to improve", 8, 5000)
    evidence = _words("How we know", 6, 5000, "What you looked at, and how often.")

    def __init__(self, *args: Any, evaluation: SelfEvaluation, **kwargs: Any) -> None:
        """Begin with how it stands."""
        super().__init__(*args, initial=values_of(evaluation, self.NAMES), **kwargs)


class PriorityForm(KeptForm):
    """One priority of the school development plan, under one of the areas that others use too."""

    NAMES = ("area", "title", "aim")

    area = forms.ChoiceField(
        label="Area",
        choices=[("", "Choose an area"), *Priority.Area.choices],
        help_text="If you like, heads of schools with the same area can find each other.",
    )
    title = forms.CharField(label="The priority", max_length=200, help_text=PUPILS)
    aim = _words("What will be different", 4, 1000)

    def __init__(self, *args: Any, priority: Priority | None = None, **kwargs: Any) -> None:
        """Empty, or as it stands."""
        if priority is not None:
            kwargs["initial"] = values_of(priority, self.NAMES)
        super().__init__(*args, **kwargs)


class ShareForm(PlainForm):
    """Which year's the team reads."""

    year = forms.TypedChoiceField(
        label="Which self-evaluation", coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, evaluations: Iterable[SelfEvaluation], **kwargs: Any) -> None:
        """Offer those that are complete, the newest first."""
        super().__init__(*args, **kwargs)
        self.evaluations = {each.year: each for each in evaluations}
        field: Any = self.fields["year"]
        field.choices = [
            (year, f"{each.years}, last changed on {spoken_day(each.changed_at)}")
            for year, each in self.evaluations.items()
        ]
        field.initial = next(iter(self.evaluations), None)

    @property
    def evaluation(self) -> SelfEvaluation:
        """The one that was chosen."""
        return self.evaluations[self.cleaned_data["year"]]
