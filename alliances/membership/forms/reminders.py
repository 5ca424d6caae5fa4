"""What a director fills in to set the days of an alliance’s reminders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from alliances.membership.forms.kept import KeptForm, values_of
from partnership.notices.models import FARTHEST_DAY, ReminderRule, check_offsets
from partnership.toolkit.registers import DutyKind

NAMES = ("days_before", "days_after", "goes_up_after", "waits_for_school")
LONGEST_NUMBER = 2
NOT_DAYS = "Write whole numbers up to 60 with commas between them, such as 14, 7, 2."
ON_THE_DAY = "0 is the day itself: write it with the days before."


def _days(typed: str) -> list[int]:
    """The numbers that somebody typed between commas."""
    parts = [part.strip() for part in typed.split(",") if part.strip()]
    for part in parts:
        is_number = part.isascii() and part.isdigit() and len(part) <= LONGEST_NUMBER
        if not is_number or int(part) > FARTHEST_DAY:
            raise forms.ValidationError(NOT_DAYS)
    days = [int(part) for part in parts]
    for day in days:
        if days.count(day) > 1:
            raise forms.ValidationError(f"{day} stands there twice. Say each day once.")
    return days


def _written(days: list[int]) -> str:
    return ", ".join(str(day) for day in days)


class ReminderRuleForm(KeptForm):
    """The days of one kind of duty’s reminders, and when it goes up."""

    days_before = forms.CharField(
        label="Days before it is due",
        max_length=60,
        required=False,
        help_text="Numbers with commas, such as 14, 7, 0. 0 is the day itself.",
    )
    days_after = forms.CharField(
        label="Days after it was due, while it is not done",
        max_length=60,
        required=False,
        help_text="With both empty nobody is reminded; the desk still shows it.",
    )
    goes_up_after = forms.IntegerField(
        min_value=0,
        max_value=FARTHEST_DAY,
        required=False,
        help_text="Days after it was due; 0 is the day itself. Leave it empty and it never goes "
        "up.",
    )
    waits_for_school = forms.BooleanField(
        label="Wait for a school day between 8am and 6pm",
        required=False,
        help_text="Unless the thing itself is sooner. Without it, reminders go to the minute, at "
        "night and in the holidays too.",
    )

    def __init__(
        self, posted: Mapping[str, Any] | None = None, *, rule: ReminderRule, kind: DutyKind
    ) -> None:
        """Begin with the days as they stand; what goes up to nobody isn’t asked about."""
        super().__init__(posted, initial=values_of(rule, NAMES))
        self.fields["goes_up_after"].label = f"Tell {kind.goes_up_to} after"
        if not kind.goes_up_to:
            del self.fields["goes_up_after"]
            self.helper.layout = Layout(*self.fields)

    def clean_days_before(self) -> str:
        """The days up to the deadline, the earliest first."""
        return _written(sorted(_days(self.cleaned_data["days_before"]), reverse=True))

    def clean_days_after(self) -> str:
        """The days after the deadline."""
        days = _days(self.cleaned_data["days_after"])
        if 0 in days:
            raise forms.ValidationError(ON_THE_DAY)
        return _written(sorted(days))

    def clean(self) -> dict[str, Any]:
        """Not more days altogether than anybody wants to be reminded on."""
        cleaned = super().clean()
        if not self.errors:
            check_offsets(self.offsets)
        return cleaned

    @property
    def offsets(self) -> list[int]:
        """All days, as seen from the deadline."""
        before, after = self.cleaned_data["days_before"], self.cleaned_data["days_after"]
        return [-day for day in _days(before)] + _days(after)
