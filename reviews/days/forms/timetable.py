"""The parts of the day, and who of the host is with the team."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.db.models import QuerySet

from alliances.membership.forms.kept import BothVersions, KeptForm, PlainForm
from partnership.toolkit.spoken_dates import spoken_clock
from partnership.toolkit.versions import ChangedSince
from partnership.toolkit.widgets import ClockInput
from reviews.cycles.models import CycleReviewer
from reviews.days.models import PUPILS, TimetableEntry

MEANWHILE = "Somebody has changed the timetable meanwhile. Look at it and save again."
FIELDS = ("number", "starts_time", "ends_time", "kind", "title", "place", "partner")


class PartForm(KeptForm):
    """One part of the day."""

    number = forms.TypedChoiceField(label="Which day", coerce=int)
    starts_time = forms.TimeField(label="From", widget=ClockInput)
    ends_time = forms.TimeField(label="Until", widget=ClockInput)
    kind = forms.ChoiceField(label="What for", choices=TimetableEntry.Kind.choices)
    title = forms.CharField(label="What happens", max_length=200, help_text=PUPILS)
    place = forms.CharField(label="Where", max_length=120, required=False)
    partner = forms.CharField(
        label="Host partner",
        max_length=120,
        required=False,
        help_text="Who of the school is with the team. Not needed for breaks and the team alone.",
    )
    reviewers = forms.ModelMultipleChoiceField(
        label="Who goes",
        queryset=CycleReviewer.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick nobody for the whole team.",
    )

    def __init__(
        self,
        *args: Any,
        days: int,
        team: QuerySet[CycleReviewer],
        entry: TimetableEntry | None = None,
        **kwargs: Any,
    ) -> None:
        """For a new part, or filled with one that stands."""
        initial: dict[str, Any] = {"number": 1}
        if entry is not None:
            initial = {name: getattr(entry, name) for name in FIELDS}
            initial |= {"seen_version": entry.version, "reviewers": list(entry.reviewers.all())}
        super().__init__(*args, initial=initial, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["number"].choices = [(number, f"Day {number}") for number in range(1, days + 1)]
        fields["reviewers"].queryset = team
        fields["reviewers"].label_from_instance = lambda each: str(each.reviewer.person)
        if days == 1:
            fields["number"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_time"), cleaned.get("ends_time")
        if starts and ends and ends <= starts:
            self.add_error("ends_time", "The end must be after the beginning. Choose a later time.")
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, but for who goes."""
        return {name: value for name, value in super().changes.items() if name != "reviewers"}

    @property
    def going(self) -> list[CycleReviewer]:
        """Who was ticked."""
        return list(self.cleaned_data["reviewers"])

    def show_both(self, changed: ChangedSince) -> None:
        """The same with who goes; all that was ticked stays ticked."""
        data: Any = self.data
        ticked = data.getlist("reviewers")
        super().show_both(changed)
        current: Any = changed.current
        theirs = current.reviewers.select_related("reviewer__person").order_by("pk")
        yours, said = _names(self.going), _names(theirs)
        if yours != said:
            self.both = (*self.both, BothVersions("Who goes", yours, said))
        kept = data.copy()
        kept.setlist("reviewers", ticked)
        kept["seen_version"] = str(current.version)
        self.data = kept

    def _said(self, name: str, value: Any) -> str:
        return spoken_clock(value) if isinstance(value, time) else super()._said(name, value)


def _names(going: Iterable[CycleReviewer]) -> str:
    return ", ".join(str(each.reviewer.person) for each in going) or "All"


class PartnersForm(PlainForm):
    """A box for each part that somebody of the host goes along with."""

    both: tuple[BothVersions, ...] = ()

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, parts: list[TimetableEntry], **kwargs: Any) -> None:
        """In the order of the day."""
        self.parts = parts
        super().__init__(*args, initial={"seen": stamp_of(parts)}, **kwargs)
        for part in parts:
            self.fields[f"part_{part.pk}"] = forms.CharField(
                label=f"{spoken_clock(part.starts_time)}, {part.title}",
                max_length=120,
                required=False,
                initial=part.partner,
            )
        self.helper.layout.fields = list(self.fields)

    def clean(self) -> dict[str, Any]:
        """Who opened the page before somebody else saved looks again; what was typed stays."""
        cleaned = super().clean()
        if cleaned.get("seen") != stamp_of(self.parts):
            self.add_error(None, MEANWHILE)
            self._show_both(set(str(cleaned.get("seen", "")).split()))
        return cleaned

    def _show_both(self, seen: set[str]) -> None:
        """What others named meanwhile stands beside what was typed; a part that is new keeps its own."""
        typed: Any = self.data
        data = {**typed.dict(), "seen": stamp_of(self.parts)}
        both = []
        for part in self.parts:
            yours = data.setdefault(f"part_{part.pk}", part.partner).strip()
            if _stamp(part) not in seen and yours != part.partner:
                label = str(self.fields[f"part_{part.pk}"].label)
                both.append(BothVersions(label, yours or "Nothing", part.partner or "Nothing"))
        self.both = tuple(both)
        self.data = data

    @property
    def partners(self) -> dict[int, str]:
        """Who goes along, by the key of the part."""
        return {part.pk: self.cleaned_data[f"part_{part.pk}"].strip() for part in self.parts}

    @property
    def seen_versions(self) -> dict[int, int]:
        """The version of each part that was opened."""
        return {part.pk: part.version for part in self.parts}


def stamp_of(parts: Iterable[TimetableEntry]) -> str:
    """Another one as soon as a part is changed, added or removed."""
    return " ".join(_stamp(part) for part in parts)


def _stamp(part: TimetableEntry) -> str:
    return f"{part.pk}:{part.version}"
