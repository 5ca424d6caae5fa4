"""What a reviewer declares before she visits a school."""

from __future__ import annotations

from typing import Any

from django import forms

from alliances.membership.forms.kept import PlainForm
from partnership.toolkit.widgets import Segments
from reviews.days.models import PUPILS, TeamStep

NO, YES = "no", "yes"
WHICH = (
    "Say which: a child or relative there, work, friendship, governing. "
    f"The host and the lead reviewer read it. {PUPILS}"
)


class DeclareForm(PlainForm):
    """Whether she has a connection, and that she keeps to what the team has promised."""

    has_connection = forms.ChoiceField(
        label="Have you a connection with the school or somebody there?",
        choices=[(NO, "No"), (YES, "Yes")],
        widget=Segments,
    )
    connection = forms.CharField(
        label="Which connection",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=WHICH,
    )
    promises = forms.BooleanField(
        label="I keep what I read, see and hear between the host and the team, and name no pupil",
        error_messages={"required": "Without this promise nobody goes. Tick it, or decline."},
    )

    def __init__(self, *args: Any, step: TeamStep | None, **kwargs: Any) -> None:
        """Filled with what she has declared."""
        initial: dict[str, Any] = {}
        if step is not None and step.declared_at is not None:
            said = YES if step.connection else NO
            initial = {
                "has_connection": said,
                "connection": step.connection,
                "promises": True,
            }
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A connection is named; without one there is nothing to name."""
        cleaned = super().clean()
        words = cleaned.get("connection", "").strip()
        if cleaned.get("has_connection") == YES and not words and "connection" not in self.errors:
            self.add_error("connection", "Say which connection it is.")
        cleaned["connection"] = words if cleaned.get("has_connection") == YES else ""
        return cleaned

    @property
    def connection_said(self) -> str:
        """The connection, or nothing."""
        return str(self.cleaned_data["connection"])
