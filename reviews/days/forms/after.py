"""What is typed after the release: a champion, the workshop, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms

from alliances.membership.forms.kept import BothVersions, DayField, KeptForm, PlainForm
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import spoken_clock, spoken_day
from partnership.toolkit.versions import ChangedSince
from partnership.toolkit.widgets import ClockInput
from reviews.cycles.models import CycleReviewer
from reviews.days.models import PUPILS, Workshop

FURTHEST_AHEAD = timedelta(days=2 * 366)
USUAL_START, USUAL_END = time(15, 30), time(17)
Long = forms.Textarea(attrs={"rows": 4})


class SaidForm(KeptForm):
    """A form whose fields are said in words of their own where two people saved."""

    def show_both(self, changed: ChangedSince) -> None:
        """Keep what was typed beside what was saved meanwhile."""
        current: Any = changed.current
        saved = self.values_of(current)
        self.both = tuple(
            BothVersions(
                str(self.fields[name].label),
                self.worded(name, yours),
                self.worded(name, saved[name]),
            )
            for name, yours in self.changes.items()
            if self.worded(name, yours) != self.worded(name, saved[name])
        )
        self.data = {**self.data.dict(), "seen_version": str(current.version)}  # type: ignore[attr-defined]  # a QueryDict

    def worded(self, name: str, value: Any) -> str:
        """A value of a field in words."""
        if isinstance(value, time):
            return spoken_clock(value)
        if isinstance(value, date):
            return spoken_day(value)
        return self._said(name, value)

    @staticmethod
    def values_of(thing: Any) -> dict[str, Any]:
        """The thing as the form shows it."""
        raise NotImplementedError


class ChampionForm(PlainForm):
    """Whom to ask."""

    champion = forms.ChoiceField(
        label="Who leads the workshop",
        help_text="Reviewers of the cycle who weren’t on the team and don’t belong to your school.",
    )

    def __init__(self, *args: Any, candidates: Sequence[CycleReviewer], **kwargs: Any) -> None:
        """Offer who may be asked, with the school that each comes from."""
        super().__init__(*args, **kwargs)
        self.people = {str(each.reviewer.person_id): each.reviewer for each in candidates}
        offered = [
            (key, f"{reviewer.person} ({reviewer.school})" if reviewer.school else str(reviewer))
            for key, reviewer in self.people.items()
        ]
        fields: dict[str, Any] = self.fields
        fields["champion"].choices = [("", "Choose somebody"), *offered]

    @property
    def chosen(self) -> Person:
        """Who was chosen."""
        person: Person = self.people[self.cleaned_data["champion"]].person
        return person


class WorkshopForm(SaidForm):
    """When and where; a day that has passed is taken too, for workshops told late."""

    day = DayField(label="Day")
    starts = forms.TimeField(label="Begins at", widget=ClockInput, initial=USUAL_START)
    ends = forms.TimeField(label="Ends at", widget=ClockInput, initial=USUAL_END)
    place = forms.CharField(
        label="Where, or a link to join",
        max_length=300,
        required=False,
        help_text="Leave it empty if it is at your school.",
    )

    def __init__(
        self,
        *args: Any,
        workshop: Workshop | None,
        released_on: date,
        today: date,
        **kwargs: Any,
    ) -> None:
        """Filled with the workshop as it stands."""
        initial = self.values_of(workshop) if workshop is not None else {"seen_version": 1}
        super().__init__(*args, initial=initial, **kwargs)
        self.released_on, self.today = released_on, today

    @staticmethod
    def values_of(thing: Any) -> dict[str, Any]:
        """The workshop as the form shows it."""
        values: dict[str, Any] = {"place": thing.place, "seen_version": thing.version}
        if thing.starts_at is None:
            return values | {"day": None, "starts": USUAL_START, "ends": USUAL_END}
        starts, ends = thing.starts_at.astimezone(UK), thing.ends_at.astimezone(UK)
        return values | {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}

    def clean_day(self) -> date:
        """Since the release, and not further ahead than two years."""
        day: date = self.cleaned_data["day"]
        if day < self.released_on:
            raise forms.ValidationError("The report wasn’t released yet. Choose a later day.")
        if day > self.today + FURTHEST_AHEAD:
            raise forms.ValidationError("This is more than two years ahead. Look at the year.")
        return day

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "It must end after it begins. Choose a later time.")
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """What the service is told."""
        told = self.cleaned_data
        return {
            "starts_at": datetime.combine(told["day"], told["starts"], tzinfo=UK),
            "ends_at": datetime.combine(told["day"], told["ends"], tzinfo=UK),
            "place": told["place"],
        }


class OutcomeForm(KeptForm):
    """What came of the workshop."""

    agreed = forms.CharField(
        label="What came of it",
        max_length=3000,
        widget=Long,
        help_text=f"What you decided, and why. Actions stand in their own list. {PUPILS}",
    )
