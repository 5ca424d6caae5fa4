"""Planning and moving a placement, what was learnt, and promising more days of a strand."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, PlainForm
from alliances.membership.models import Alliance
from partnership.calendar.days import UK
from partnership.calendar.years import AcademicYear
from partnership.toolkit.spoken_dates import london_day
from support.directory.forms.schools import AllianceSchools, SchoolField
from support.directory.matching import in_days
from support.progress.models import Placement
from support.progress.services.placing import PlacementDays, PlacementFacts

MOST_DAYS = 60
BEGINS, ENDS = time(8, 30), time(15, 30)
HALF_DAYS = forms.NumberInput(attrs={"class": "in-2", "step": "0.5"})


def _halves(days: Decimal) -> Decimal:
    if days % Decimal("0.5"):
        raise forms.ValidationError("Count in half days: 0.5, 1, 1.5.")
    return days


class PlacementDaysForm(PlainForm):
    """From when until when somebody goes."""

    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day", help_text="The same day if it is one.")
    days = forms.DecimalField(
        label="Days there",
        min_value=Decimal("0.5"),
        max_value=MOST_DAYS,
        decimal_places=1,
        widget=HALF_DAYS,
        help_text="Half days count: 1.5.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Offer coming days."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_starts_on(self) -> date:
        """Today or later: both heads agree before."""
        day: date = self.cleaned_data["starts_on"]
        if day < self.today:
            raise forms.ValidationError("This day has passed. Choose a coming one.")
        return day

    def clean_days(self) -> Decimal:
        """In halves."""
        return _halves(self.cleaned_data["days"])

    @property
    def when(self) -> PlacementDays:
        """What was typed, as the services take it."""
        told = self.cleaned_data
        return {
            "starts_at": datetime.combine(told["starts_on"], BEGINS, tzinfo=UK),
            "ends_at": datetime.combine(told["ends_on"], ENDS, tzinfo=UK),
            "days": told["days"],
        }


def days_of(placement: Placement) -> dict[str, Any]:
    """Its days, as the form asks for them."""
    starts_on, ends_on = london_day(placement.starts_at), london_day(placement.ends_at)
    return {"starts_on": starts_on, "ends_on": ends_on, "days": placement.days}


class PlacementForm(PlacementDaysForm):
    """Who goes where, what about, from when until when."""

    who = forms.CharField(
        label="Who goes, by role",
        max_length=150,
        help_text="Such as “teacher of Year 4”. The host’s head reads it.",
    )
    host = SchoolField(label="To which school", help_text="A school of the alliance.")
    focus = forms.CharField(
        label="What it is about",
        max_length=300,
        help_text="What to see and to try there. The host’s head reads it.",
    )
    field_order = ("who", "host", "focus", "starts_on", "ends_on", "days")

    def __init__(self, *args: Any, alliance: Alliance, today: date, **kwargs: Any) -> None:
        """Offer the alliance's schools."""
        super().__init__(*args, today=today, **kwargs)
        self.schools = AllianceSchools(alliance, today)
        host: Any = self.fields["host"]
        host.offer(self.schools)

    @property
    def facts(self) -> PlacementFacts:
        """What was typed, as the services take it."""
        told = self.cleaned_data
        said: PlacementFacts = {
            "who": told["who"],
            "host": told["host"],
            "focus": told["focus"],
            **self.when,
        }
        return said


class LearntForm(PlainForm):
    """What the colleague brought home."""

    learnt = forms.CharField(
        label="What was learnt, and what follows from it?",
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Both schools and the director read it. No pupil’s name or initials.",
    )


class PromiseForm(PlainForm):
    """How many more days of which academic year."""

    year = forms.TypedChoiceField(label="Academic year", coerce=int)
    days = forms.DecimalField(
        label="More days",
        min_value=Decimal("0.5"),
        max_value=MOST_DAYS,
        decimal_places=1,
        widget=HALF_DAYS,
        help_text="Half days count: 1.5.",
    )
    seen = forms.DecimalField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, promised: dict[int, Decimal], today: date, **kwargs: Any
    ) -> None:
        """Offer this academic year and the two after, with what is promised in each."""
        first = AcademicYear.containing(today).start
        self.promised = {year: promised.get(year, Decimal(0)) for year in range(first, first + 3)}
        total = sum(self.promised.values(), Decimal(0))
        super().__init__(*args, initial={"seen": total}, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["year"].choices = [
            (year, f"{AcademicYear(year)}: {in_days(days)} promised")
            for year, days in self.promised.items()
        ]

    def clean_days(self) -> Decimal:
        """In halves."""
        return _halves(self.cleaned_data["days"])

    def clean(self) -> dict[str, Any]:
        """Whoever sends a page twice promises once."""
        cleaned = super().clean()
        if cleaned.get("seen") != sum(self.promised.values(), Decimal(0)):
            raise forms.ValidationError(
                "More days were promised since you opened this page. Look again."
            )
        cleaned["seen"] = self.promised.get(cleaned.get("year", 0), Decimal(0))
        return cleaned
