"""Who leaves, with which day, who follows, and what becomes of each thing she holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from alliances.schools.forms.posts import AddressField, NameField, check_span_of_years
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, STAY, HandoverKind, Held
from partnership.toolkit.widgets import DayInput, Segments

WORDS = {PASS: "Passes on", END: "Ends", STAY: "Stays"}


class LeavingForm(forms.Form):
    """One screen for a leaver and a joiner."""

    last_day = forms.DateField(
        label="Last day", widget=DayInput, help_text="A coming day is honoured on that day."
    )
    name = NameField(required=False, help_text="Who follows, if somebody does.")
    email = AddressField(
        required=False,
        help_text="Who isn’t in the portal yet gets an invitation at this address.",
    )

    def __init__(
        self,
        *args: Any,
        person: Person,
        held: list[tuple[HandoverKind, list[Held]]],
        on: date,
        **kwargs: Any,
    ) -> None:
        """Ask about each thing that is held."""
        super().__init__(*args, **kwargs)
        self.person, self.held, self.on = person, held, on
        self.fields["name"].label = "Name of whoever follows"
        self.fields["email"].label = "E-mail address of whoever follows"
        for kind, things in held:
            for thing in things:
                self.fields[field_name(kind, thing)] = forms.ChoiceField(
                    label=thing.words,
                    choices=[(choice, WORDS[choice]) for choice in thing.choices],
                    initial=thing.choices[0],
                    widget=Segments,
                )

    def clean_last_day(self) -> date:
        """A day that isn't a slip of the year."""
        day: date = self.cleaned_data["last_day"]
        check_span_of_years(day, self.on)
        return day

    def clean(self) -> dict[str, Any]:
        """Who follows has a name and an address, and is there when something passes on."""
        cleaned = super().clean() or {}
        name, email = cleaned.get("name"), cleaned.get("email")
        if email and not name and "name" not in self.errors:
            self.add_error("name", "Write the name of whoever follows.")
        passes_on = PASS in self.choices.values()
        if "email" not in self.errors and not email and (name or passes_on):
            self.add_error("email", "Say who follows, or let everything end or stay.")
        if email and email.strip().lower() == self.person.email:
            self.add_error("email", "This is the address of whoever leaves.")
        return cleaned

    @property
    def choices(self) -> dict[tuple[str, int], str]:
        """What becomes of each thing, as far as it is filled in."""
        return {
            (kind.key, thing.key): self.cleaned_data[name]
            for kind, things in self.held
            for thing in things
            if (name := field_name(kind, thing)) in self.cleaned_data
        }

    def who_and_when(self) -> Iterator[BoundField]:
        """The fields about the people and the day."""
        yield from (self[name] for name in ("last_day", "name", "email"))

    def rooms(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The things by room, each with its question."""
        for kind, things in self.held:
            yield kind.words, [self[field_name(kind, thing)] for thing in things]


def field_name(kind: HandoverKind, thing: Held) -> str:
    """The field of one thing."""
    return f"{kind.key.replace('.', '-')}-{thing.key}"
