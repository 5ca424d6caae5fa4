"""What is measured, and the figures of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from alliances.membership.forms.kept import KeptForm, PlainForm
from support.progress.figures import Followed, Told
from support.progress.measuring import evenly
from support.progress.measuring.kinds import MOST_PUPILS, START, YEARS, bounds_of, said
from support.progress.models import Measure, Objective
from support.progress.services import Entry

Kind, Group, Unit = Measure.Kind, Measure.Group, Measure.Unit
LARGEST = 500_000
WORDS = ("name", "objective", "source", "is_better_lower")
MEANWHILE = "Somebody entered figures meanwhile. {} Save again to keep yours."


class MeasureForm(KeptForm):
    """One figure of one group of pupils."""

    kind = forms.ChoiceField(label="What is measured?", choices=Kind.choices)
    name = forms.CharField(
        label="In your own words",
        max_length=150,
        required=False,
        help_text="For your own measure; or where a special or small school words its own, such as "
        "“Communicates choices in class”.",
    )
    year_group = forms.ChoiceField(
        label="Year group", choices=[("", "Whole school"), *YEARS], required=False
    )
    group = forms.ChoiceField(
        label="Of whom?",
        choices=Group.choices,
        help_text="Figures of fewer than 10 pupils are shown to the two schools alone.",
    )
    unit = forms.ChoiceField(label="Counted in", choices=Unit.choices)
    is_better_lower = forms.BooleanField(label="Lower is better", required=False)
    objective = forms.ModelChoiceField(
        label="For which objective?",
        queryset=Objective.objects.none(),
        required=False,
        empty_label="None of them",
    )
    source = forms.CharField(
        label="Where the figures come from",
        max_length=200,
        required=False,
        help_text="Such as “teacher assessment, moderated with the other school”.",
    )

    def __init__(
        self, *args: Any, programme_pk: int, settled: tuple[str, ...] = (), **kwargs: Any
    ) -> None:
        """What is settled, once figures stand, isn't asked for."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["objective"]
        standing = Objective.objects.filter(programme=programme_pk, dropped_at=None)
        field.queryset = standing.order_by("position", "pk")
        for name in settled:
            del self.fields[name]
        self.helper.layout.fields[:] = list(self.fields)

    def clean(self) -> dict[str, Any]:
        """The school's own measure has a name; a gap is of disadvantaged pupils, in points."""
        cleaned = super().clean()
        if cleaned.get("kind") == Kind.OWN and not cleaned.get("name"):
            self.add_error("name", "Give your own measure a name.")
        if cleaned.get("kind") == Kind.GAP:
            cleaned |= {"group": Group.DISADVANTAGED, "unit": Unit.POINTS}
        return cleaned


@dataclass(frozen=True)
class FiguresRow:
    """One measure at one point: its fields, and what stands where nothing is asked."""

    heading: str
    told: Told
    planned: forms.BoundField | None
    actual: forms.BoundField | None
    cohort: forms.BoundField | None


@dataclass(frozen=True)
class Place:
    """One measure at one point, and what may be entered there."""

    measure: Followed
    point: int
    heading: str
    with_plan: bool
    with_actual: bool

    @property
    def told(self) -> Told:
        """What the reader is told of it."""
        return self.measure.told.get(self.point, Told(self.point))

    @property
    def key(self) -> str:
        """What its fields end in."""
        return f"{self.measure.pk}_{self.point}"


def _number(measure: Followed, label: str) -> forms.DecimalField:
    """A field of text: a number field sends nothing where the browser can't read what was typed."""
    least, most, sentence = bounds_of(measure.kind, measure.unit)
    attrs = {
        "class": "form-control in-2",
        "aria-label": label,
        "inputmode": "decimal",
    }
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=least,
        max_value=most,
        max_digits=7,
        decimal_places=1,
        widget=forms.TextInput(attrs=attrs),
        error_messages={
            "min_value": sentence,
            "max_value": sentence,
            "invalid": "Write a number, such as 67 or 67.5.",
            "max_decimal_places": "Give one place after the point at most.",
            "max_digits": sentence,
        },
    )


def _pupils(label: str) -> forms.IntegerField:
    wrong = "Write how many pupils were counted, as a whole number up to 5,000."
    attrs = {"class": "form-control in-2", "aria-label": label, "inputmode": "numeric"}
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_PUPILS,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"min_value": wrong, "max_value": wrong, "invalid": wrong},
    )


def typed(value: Decimal | int | None) -> str:
    """A figure as somebody would type it: 67 and not 67.0."""
    return said(Decimal(value)).replace("−", "-") if value is not None else ""


class FiguresForm(PlainForm):
    """Planned and reached figures, measure by measure and point by point.

    What the reader isn't told isn't asked of her either, and stays as it is.
    """

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        """A field for each figure that she may enter."""
        self.places = list(places)
        initial: dict[str, Any] = {"seen": self._versions()}
        for place in self.places:
            for name in ("planned", "actual", "cohort"):
                initial[f"{name}_{place.key}"] = typed(getattr(place.told, name))
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False)
        for place in self.places:
            label = f"{place.measure.title}, {place.told.words}"
            if place.with_plan:
                field = _number(place.measure, f"Planned: {label}")
                self.fields[f"planned_{place.key}"] = field
            if place.with_actual and not place.told.is_hidden:
                field = _number(place.measure, f"Actual: {label}")
                self.fields[f"actual_{place.key}"] = field
                self.fields[f"cohort_{place.key}"] = _pupils(f"Pupils: {label}")

    def _versions(self) -> str:
        measures = {place.measure.pk: place.measure.version for place in self.places}
        return " ".join(f"{pk}-{version}" for pk, version in sorted(measures.items()))

    @property
    def seen_versions(self) -> dict[int, int]:
        """The versions of the measures that the page was opened with."""
        said_so = str(self.cleaned_data.get("seen", "")).split()
        pairs = [each.partition("-") for each in said_so]
        asked = {place.measure.pk for place in self.places}
        seen = {int(pk): int(v) for pk, _dash, v in pairs if pk.isdecimal() and v.isdecimal()}
        return {pk: seen.get(pk, 0) for pk in asked}

    def rows(self) -> Iterator[FiguresRow]:
        """The fields as the page lays them out."""
        for place in self.places:
            names = (f"{name}_{place.key}" for name in ("planned", "actual", "cohort"))
            fields = (self[name] if name in self.fields else None for name in names)
            yield FiguresRow(place.heading, place.told, *fields)

    @property
    def entries(self) -> list[Entry]:
        """What the service is told: each place with the fields that were asked for."""
        entries = []
        for place in self.places:
            changes = {
                name: self.cleaned_data[f"{name}_{place.key}"]
                for name in ("planned", "actual", "cohort")
                if f"{name}_{place.key}" in self.cleaned_data
            }
            if changes:
                entries.append(Entry(place.measure.pk, place.point, changes))
        return entries

    def refuse(self, entry: Entry, name: str, sentence: str) -> None:
        """Say at the field what is wrong."""
        field = f"{name}_{entry.measure}_{entry.point}"
        self.add_error(field if field in self.fields else None, sentence)

    def show_meanwhile(self) -> None:
        """Keep what was typed, say what was saved meanwhile, and let the next save count."""
        stood = [
            f"{place.measure.title}, {place.told.words}: {said(place.told.actual) or 'nothing'}."
            for place in self.places
            if place.with_actual
            and f"actual_{place.key}" in self.cleaned_data
            and self.cleaned_data[f"actual_{place.key}"] != place.told.actual
        ]
        self.add_error(None, MEANWHILE.format(" ".join(["Saved was:", *stood]) if stood else ""))
        self.data = {**self.data.dict(), "seen": self._versions()}  # type: ignore[attr-defined]  # a QueryDict


class OneMeasureForm(FiguresForm):
    """All figures of one measure; its plan can be filled in even steps."""

    goal = forms.DecimalField(required=False, max_digits=7, decimal_places=1)

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        """Ask for the goal like for any figure of the measure."""
        super().__init__(*args, places=places, **kwargs)
        self.fields["goal"] = _number(places[0].measure, "To be reached in the last term")

    def fill_evenly(self) -> bool:
        """Put planned figures into what was typed, from the start to the goal; saves nothing."""
        start_place, *others = self.places
        start = self.cleaned_data.get(f"actual_{start_place.key}", start_place.told.actual)
        goal = self.cleaned_data.get("goal")
        if goal is None:
            self.add_error("goal", "Write the figure that is to be reached in the last term.")
        if start is None:
            self.add_error(f"actual_{start_place.key}", "Enter where things stand at the start.")
        if goal is None or start is None:
            return False
        terms = [place for place in others if place.with_plan and START < place.point < 100]  # noqa: PLR2004 checks begin at 101
        steps = evenly(start, goal, len(terms))
        planned = {place.key: value for place, value in zip(terms, steps, strict=True)}
        filled = {f"planned_{place.key}": typed(planned.get(place.key, goal)) for place in others}
        self.data = {**self.data.dict(), **filled}  # type: ignore[attr-defined]  # a QueryDict
        return True


class FiguresFileForm(PlainForm):
    """A file of figures."""

    file = forms.FileField(
        label="File",
        help_text="A CSV as the template has it, saved by Excel or another programme, up to 500 kB.",
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is empty or far too large before reading it."""
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError("This file is larger than 500 kB. Is it the right one?")
        return upload
