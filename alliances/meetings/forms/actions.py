"""What people fill in about actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from alliances.meetings.forms.minutes import (
    Setting,
    check_due_on,
    due_at_of,
    owners_in_confidence,
    possible_owners,
)
from alliances.meetings.forms.people import PersonField
from alliances.meetings.forms.times import END_OF_DAY, PlainForm, joined_moment
from alliances.meetings.models import Action, Body
from alliances.membership.forms.kept import BothVersions
from partnership.toolkit.spoken_dates import london_day, spoken_day
from partnership.toolkit.versions import ChangedSince
from partnership.toolkit.widgets import DayInput

DONE_NOTE = 1_000


class ActionForm(PlainForm):
    """What is to be done, by whom, until when."""

    title = forms.CharField(label="What is to be done", max_length=300)
    owner = PersonField(
        label="Who does it",
        required=True,
        help_text="Write the name of somebody in the alliance, or an e-mail address.",
    )
    due_on = forms.DateField(label="By", widget=DayInput)
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    both: tuple[BothVersions, ...] = ()

    def __init__(
        self,
        *args: Any,
        body: Body,
        today: date,
        action: Action | None = None,
        setting: Setting | None = None,
        **kwargs: Any,
    ) -> None:
        """For a new action of a body, or filled with one that stands."""
        if action is not None:
            kwargs["initial"] = values_of_action(action)
        elif setting is not None:
            kwargs["initial"] = {"due_on": london_day(setting.usual_due_at)}
        super().__init__(*args, **kwargs)
        self.today, self.action, self.setting = today, action, setting
        field: Any = self.fields["owner"]
        field.offer(lambda: self._owners(body, action), current=action.owner if action else None)

    def _owners(self, body: Body, action: Action | None) -> Any:
        if action is not None and action.meeting is not None:
            if action.item is not None and action.item.is_confidential:
                return owners_in_confidence(action.meeting, on=self.today)
            return possible_owners(body, action.meeting, on=self.today)
        return possible_owners(body, None, on=self.today)

    def clean_due_on(self) -> date:
        """A coming day; one that has passed can only stay as it is."""
        day: date = self.cleaned_data["due_on"]
        if self.action is None or day != london_day(self.action.due_at):
            check_due_on(day, today=self.today)
        return day

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by the action's fields."""
        day = self.cleaned_data["due_on"]
        changes = {"title": self.cleaned_data["title"], "owner": self.cleaned_data["owner"]}
        if self.action is not None and day == london_day(self.action.due_at):
            return changes
        if self.setting is not None:
            return changes | {"due_at": due_at_of(day, self.setting)}
        return changes | {"due_at": joined_moment(day, END_OF_DAY)}

    def show_both(self, changed: ChangedSince) -> None:
        """Keep what was typed, show what was saved meanwhile, and let the next save count."""
        current: Any = changed.current
        theirs = values_of_action(current)
        self.both = tuple(
            BothVersions(str(self.fields[name].label), _said(yours), _said(theirs[name]))
            for name, yours in self.cleaned_data.items()
            if name != "seen_version" and yours != theirs[name]
        )
        self.data = {**self.data.dict(), "seen_version": str(current.version)}  # type: ignore[attr-defined]  # a QueryDict


def values_of_action(action: Action) -> dict[str, Any]:
    """An action as its form shows it."""
    return {
        "title": action.title,
        "owner": action.owner,
        "due_on": london_day(action.due_at),
        "seen_version": action.version,
    }


def _said(value: Any) -> str:
    return spoken_day(value) if isinstance(value, date) else str(value)


class DoneForm(PlainForm):
    """What was done, in a sentence if she likes."""

    note = forms.CharField(
        label="What was done",
        max_length=DONE_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DropForm(PlainForm):
    """Why nobody needs to do it any more."""

    because = forms.CharField(
        label="Reason", max_length=300, help_text="Whoever has the action reads it on its page."
    )
