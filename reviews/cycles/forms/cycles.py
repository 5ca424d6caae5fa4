"""A cycle and its rules."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, KeptForm, values_of
from partnership.calendar.years import AcademicYear
from partnership.toolkit.spoken_dates import spoken_clock, spoken_date
from partnership.toolkit.widgets import ClockInput
from reviews.cycles.models import Cycle, Framework

ALL, SOME = "all", "some"
MOST_IN_TEAM, LONGEST_GAP, MOST_REVIEWS, MOST_ANSWER_DAYS = 20, 120, 60, 30
MOST_FOR_ALL = 12
TOO_MANY_FOR_ALL = (
    "“All the others” works for a dozen schools at most: with more, everybody is out almost every "
    "week and no rota can be found. Choose a number instead."
)
RULES = (
    "name",
    "framework",
    "team_size",
    "length",
    "starts_on",
    "ends_on",
    "starts_time",
    "ends_time",
    "gap_days",
    "most_days",
    "most_days_half_term",
    "same_trust",
    "last_year",
    "answer_days",
)


def _number(label: str, least: int, most: int, **facts: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "in-1", "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget, **facts)


class RulesForm(KeptForm):
    """Who goes, when, how long and how often; of two who change them the second is told."""

    name = forms.CharField(label="Name", max_length=120)
    framework = forms.ModelChoiceField(
        label="Framework",
        queryset=Framework.objects.none(),
        required=False,
        empty_label="None yet",
        help_text="What the reviews look at: one that your alliance has settled.",
    )
    length = forms.ChoiceField(label="How long a review is", choices=Cycle.Length.choices)
    team = forms.ChoiceField(
        label="Who visits each school",
        choices=[(SOME, "A team"), (ALL, "All the others, as long as they are a dozen at most")],
        widget=forms.RadioSelect,
    )
    team_size = _number(
        "People in a team, with its lead",
        1,
        MOST_IN_TEAM,
        required=False,
        help_text="Three or four are usual.",
    )
    starts_on = DayField(label="First day of the window")
    ends_on = DayField(
        label="Last day of the window",
        help_text="Review days lie between the two, on days on which schools are open.",
    )
    starts_time = forms.TimeField(label="A day begins at", widget=ClockInput)
    ends_time = forms.TimeField(label="A day ends at", widget=ClockInput)
    gap_days = _number(
        "Days between two reviews of one person",
        0,
        LONGEST_GAP,
        help_text="7 means that nobody is out on two days within a week.",
    )
    most_days = _number(
        "Reviews that one person goes to, at most",
        1,
        MOST_REVIEWS,
        required=False,
        help_text="Leave it empty for no limit.",
    )
    most_days_half_term = _number(
        "In one half term, at most",
        1,
        MOST_REVIEWS,
        required=False,
        help_text="Leave it empty for no limit.",
    )
    same_trust = forms.ChoiceField(
        label="Reviewing a school of one’s own trust", choices=Cycle.Rule.choices
    )
    last_year = forms.ChoiceField(
        label="Reviewing the school that one reviewed last year", choices=Cycle.Rule.choices
    )
    answer_days = _number("School days to accept a visit", 1, MOST_ANSWER_DAYS)

    def __init__(
        self,
        *args: Any,
        frameworks: Any,
        in_year: int,
        host_count: int = 0,
        rules: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """Offer frameworks that are in use; `host_count` of a cycle whose schools are known."""
        initial = dict(rules or {})
        initial["team"] = ALL if "team_size" in initial and not initial["team_size"] else SOME
        super().__init__(*args, initial=initial, **kwargs)
        self.in_year, self.host_count = in_year, host_count
        field: Any = self.fields["framework"]
        field.queryset = frameworks
        field.label_from_instance = str

    def clean(self) -> dict[str, Any]:
        """The team has a number or is everybody; window and hours run forwards, within the year."""
        cleaned = super().clean()
        self._check_team(cleaned)
        self._check_window(cleaned)
        starts, ends = cleaned.get("starts_time"), cleaned.get("ends_time")
        if starts and ends and ends <= starts:
            self.add_error("ends_time", "The day must end after it begins. Choose a later time.")
        return cleaned

    def _check_team(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("team") == ALL:
            cleaned["team_size"] = None
            if self.host_count > MOST_FOR_ALL:
                self.add_error("team", TOO_MANY_FOR_ALL)
            return
        is_missing = not cleaned.get("team_size") and "team_size" not in self.errors
        if cleaned.get("team") == SOME and is_missing:
            self.add_error("team_size", "Say how many people are in a team, its lead included.")

    def _check_window(self, cleaned: dict[str, Any]) -> None:
        year = AcademicYear(int(cleaned.get("year") or self.in_year))
        for name in ("starts_on", "ends_on"):
            day = cleaned.get(name)
            if day and not year.first_day <= day <= year.last_day:
                self.add_error(
                    name,
                    f"Choose a day of the academic year {year}: between "
                    f"{spoken_date(year.first_day)} and {spoken_date(year.last_day)}.",
                )

    @property
    def rules(self) -> dict[str, Any]:
        """What the service is told."""
        changes = self.changes
        return {name: changes[name] for name in (*RULES, "year") if name in changes}

    def _said(self, name: str, value: Any) -> str:
        if name == "team_size":
            return "All the others" if value is None else str(value)
        if isinstance(value, time):
            return spoken_clock(value)
        return super()._said(name, value)

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by field of the cycle."""
        return {name: value for name, value in super().changes.items() if name != "team"}


class BeginCycleForm(RulesForm):
    """A new cycle: first of which year."""

    field_order = ("year",)
    year = forms.TypedChoiceField(label="Academic year", coerce=int)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """This year or the next."""
        now = AcademicYear.containing(today)
        super().__init__(*args, **kwargs)
        field: Any = self.fields["year"]
        field.choices = [(each.start, str(each)) for each in (now, now.next)]
        del self.fields["seen_version"]
        self.helper.layout.fields.remove("seen_version")


def rules_of(cycle: Cycle) -> dict[str, Any]:
    """A cycle's rules as the form shows them."""
    return values_of(cycle, RULES)
