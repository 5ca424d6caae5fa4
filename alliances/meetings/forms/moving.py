"""What people fill in to move or to cancel a meeting."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from alliances.meetings.forms.meetings import meeting_values
from alliances.meetings.forms.times import PlainForm, WhenAndWhere
from alliances.meetings.models import Meeting


class MoveForm(WhenAndWhere):
    """Another time or place for a called meeting."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: date, meeting: Meeting, **kwargs: Any) -> None:
        """Filled with the meeting as it stands."""
        kwargs["initial"] = meeting_values(meeting) | kwargs.get("initial", {})
        super().__init__(*args, on=on, minutes=meeting.minutes, **kwargs)

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, as moving takes it."""
        names = ("place", "link", "seen_version")
        return {"starts_at": self.starts_at, "ends_at": self.ends_at} | {
            name: self.cleaned_data[name] for name in names
        }


class CancelForm(PlainForm):
    """Why a meeting is cancelled."""

    because = forms.CharField(
        label="Reason",
        max_length=300,
        required=False,
        help_text="Everybody who was asked reads it. Leave it empty if you would rather not say.",
    )
