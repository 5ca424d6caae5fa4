"""What people fill in about an academic year."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField

from partnership.calendar.dates import HALF_TERMS, TermDates
from partnership.calendar.planner import warnings_about
from partnership.calendar.services import Settled
from partnership.calendar.term_files import LARGEST, NOTE_LENGTH, SOURCE_LENGTH
from partnership.calendar.years import AcademicYear
from partnership.toolkit.registers.owners import CalendarOwner
from partnership.toolkit.spoken_dates import spoken_day
from partnership.toolkit.widgets import DayInput

INSET_ROWS = 6
EARLIEST_START = timedelta(days=21)


class YearForm(forms.Form):
    """Six half terms and the INSET days of one owner’s year."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, owner: CalendarOwner, year: AcademicYear, dates: TermDates
    ) -> None:
        """Begin with the dates that hold now."""
        self.owner, self.year, self.dates = owner, year, dates
        days = list(dates.inset_days_of(year.start).items())
        self.inset_rows = range(1, max(INSET_ROWS, len(days) + 1) + 1)
        super().__init__(data, initial=self._values(dates) | {"seen_version": owner.version})
        for number, name in HALF_TERMS.items():
            for end, words in (("starts", "begins on"), ("ends", "ends on")):
                label = f"{name} {words}"
                self.fields[f"{end}_{number}"] = forms.DateField(label=label, widget=DayInput)
        for row in self.inset_rows:
            self.fields[f"inset_{row}"] = forms.DateField(
                label=f"INSET day {row}", required=False, widget=DayInput
            )
            self.fields[f"note_{row}"] = forms.CharField(
                label=f"What for, INSET day {row}", max_length=NOTE_LENGTH, required=False
            )
        if owner.above is None:
            self.fields["source"] = forms.CharField(
                label="Where the dates come from",
                max_length=SOURCE_LENGTH,
                required=False,
                help_text="The council’s page or letter, so that others can look.",
            )
        self.theirs: list[tuple[str, str]] = []
        self.unconfirmed: list[str] = []

    def _values(self, dates: TermDates) -> dict[str, Any]:
        year = self.year.start
        values: dict[str, Any] = {"source": dates.source(year)}
        for each in dates.half_terms_of(year):
            values[f"starts_{each.number}"] = each.starts_on
            values[f"ends_{each.number}"] = each.ends_on
        for row, (day, note) in enumerate(dates.inset_days_of(year).items(), 1):
            values |= {f"inset_{row}": day, f"note_{row}": note}
        return values

    @property
    def half_term_fields(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Each half term’s two fields."""
        for number in HALF_TERMS:
            yield self[f"starts_{number}"], self[f"ends_{number}"]

    @property
    def inset_fields(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Each INSET day with what it is for."""
        for row in self.inset_rows:
            yield self[f"inset_{row}"], self[f"note_{row}"]

    def clean(self) -> dict[str, Any]:
        """Half terms follow each other inside the year, and no INSET day stands twice."""
        cleaned = super().clean() or {}
        before: date | None = None
        for number, name in HALF_TERMS.items():
            first, last = cleaned.get(f"starts_{number}"), cleaned.get(f"ends_{number}")
            for field, day in ((f"starts_{number}", first), (f"ends_{number}", last)):
                self._check_in_year(field, day)
            if first and last and last < first:
                self.add_error(f"ends_{number}", f"{name} must end after it begins.")
            elif first and before and first <= before:
                sentence = f"The half term before goes on until {spoken_day(before)}."
                self.add_error(f"starts_{number}", f"{sentence} Choose a later day.")
            before = last or before
        seen: set[date] = set()
        for row in self.inset_rows:
            day = cleaned.get(f"inset_{row}")
            self._check_in_year(f"inset_{row}", day)
            if day in seen:
                self.add_error(f"inset_{row}", "This day stands here already. Clear one of them.")
            if not day and cleaned.get(f"note_{row}"):
                self.add_error(f"inset_{row}", "Choose the day, or clear what it is for.")
            seen |= {day} if day else set()
        return cleaned

    def _check_in_year(self, field: str, day: date | None) -> None:
        first = self.year.first_day - EARLIEST_START
        if day is not None and not first <= day <= self.year.last_day:
            self.add_error(field, f"This day isn’t in {self.year}. Look at the year.")

    @property
    def settled(self) -> Settled:
        """The year as it was typed; once somebody settles it, it is no example any more."""
        cleaned = self.cleaned_data
        return Settled(
            half_terms={
                number: (cleaned[f"starts_{number}"], cleaned[f"ends_{number}"])
                for number in HALF_TERMS
            },
            inset_days={
                cleaned[f"inset_{row}"]: cleaned[f"note_{row}"]
                for row in self.inset_rows
                if cleaned.get(f"inset_{row}")
            },
            source=cleaned.get("source", ""),
        )

    def is_sure(self) -> bool:
        """Whether nothing looks wrong, or exactly what does has been confirmed."""
        settled = self.settled
        found = warnings_about(settled.half_terms, settled.inset_days, self.year.start)
        self.unconfirmed = found if self.data.get("confirmed") != _digest(found) else []
        return not self.unconfirmed

    @property
    def confirmation(self) -> str:
        """What the button sends that confirms these warnings and no others."""
        return _digest(self.unconfirmed)

    def show_both(self, owner: CalendarOwner, dates: TermDates) -> None:
        """Keep what was typed, show what was saved meanwhile, and let the next save count."""
        theirs = self._values(dates)
        self.theirs = [
            (str(field.label), spoken_day(day) if isinstance(day, date) else str(day or "Nothing"))
            for name, field in self.fields.items()
            if name != "seen_version"
            and (day := theirs.get(name)) != (self.cleaned_data.get(name) or None)
            and (day or self.cleaned_data.get(name))
        ]
        self.data = {**self.data.dict(), "seen_version": str(owner.version)}  # type: ignore[attr-defined]  # a QueryDict
        self.add_error(
            None,
            "Somebody else saved this year meanwhile. Compare both versions, then save again.",
        )


def _digest(warnings: list[str]) -> str:
    return hashlib.sha256("\n".join(warnings).encode()).hexdigest()[:16]


class TermFileForm(forms.Form):
    """A file of term dates."""

    file = forms.FileField(label="File", help_text="JSON or CSV in UTF-8, up to 2 MB.")

    def clean_file(self) -> UploadedFile:
        """Refuse what is far too large before reading it."""
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError("This file is larger than 2 MB. Is it the right one?")
        return upload
