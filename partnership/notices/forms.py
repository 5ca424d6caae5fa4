"""Forms of the room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.apps import apps
from django.forms.boundfield import BoundField

from partnership.notices.models import MailChoice
from partnership.toolkit.registers import DutyKind, duty_kinds

Reminders = MailChoice.Reminders
OTHERWISE = (
    ("", "As chosen above"),
    (Reminders.AT_ONCE, "One mail for each"),
    (Reminders.DAILY, "In a mail each school day"),
    (Reminders.WEEKLY, "In a mail each Monday"),
    (Reminders.NONE, "Not by mail"),
)


def kinds_to_choose() -> list[DutyKind]:
    """What somebody who has joined can owe; what comes before is asked before she can choose."""
    return [kind for kind in duty_kinds().values() if not kind.before_joining]


def group_of(kind: DutyKind) -> str:
    """What a kind of duty is about: the room that it comes from, as people call it."""
    label = kind.key.partition(".")[0]
    room = apps.app_configs.get(label)
    return str(room.verbose_name) if room is not None else label.capitalize()


class RemindersForm(forms.Form):
    """How somebody wants to be reminded, and of which kinds of duty otherwise."""

    reminders = forms.ChoiceField(
        label="How shall we remind you?", choices=Reminders.choices, widget=forms.RadioSelect
    )

    def __init__(self, posted: Mapping[str, Any] | None = None, *, choice: MailChoice) -> None:
        """Begin with what she has chosen so far."""
        self.kinds = {f"kind-{kind.key}": kind for kind in kinds_to_choose()}
        chosen = {name: choice.by_kind.get(kind.key, "") for name, kind in self.kinds.items()}
        super().__init__(posted, initial={"reminders": choice.reminders} | chosen)
        for name, kind in self.kinds.items():
            self.fields[name] = forms.ChoiceField(
                label=kind.words,
                choices=OTHERWISE,
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
                help_text=f"Due {kind.due}.",
            )

    @property
    def by_kind(self) -> dict[str, str]:
        """What was chosen for single kinds."""
        chosen = {kind.key: self.cleaned_data[name] for name, kind in self.kinds.items()}
        return {key: reminders for key, reminders in chosen.items() if reminders}

    @property
    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """The choices for single kinds, by what they are about."""
        found: dict[str, list[BoundField]] = {}
        for name, kind in self.kinds.items():
            found.setdefault(group_of(kind), []).append(self[name])
        return sorted(found.items())

    @property
    def has_otherwise(self) -> bool:
        """Whether anything is chosen, or went wrong, for a single kind."""
        return any(self[name].value() or self[name].errors for name in self.kinds)
