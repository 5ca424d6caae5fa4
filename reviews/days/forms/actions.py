"""What is typed of an action: what, by whom and by when, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, PlainForm
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from reviews.days.forms.after import Long, SaidForm
from reviews.days.models import PUPILS, ReportPart, ReviewAction
from reviews.days.services.acting import ActionFacts

END_OF_DAY = time(17)
WHOLE, OUTSIDE = "", "outside"


class ActionForm(SaidForm):
    """What is done, about which area, by whom and by when."""

    words = forms.CharField(label="What is done", max_length=300, help_text=PUPILS)
    part = forms.ChoiceField(label="Area for development", required=False)
    owner = forms.ChoiceField(label="Who does it")
    owner_words = forms.CharField(
        label="Or a post, if not in the list",
        max_length=120,
        required=False,
        help_text="A post, such as “leader of mathematics”. Whoever writes it here is reminded.",
    )
    due_on = DayField(label="By", help_text="5pm of that day.")

    def __init__(
        self,
        *args: Any,
        areas: Sequence[tuple[ReportPart, str]],
        people: Sequence[Person],
        action: ReviewAction | None,
        **kwargs: Any,
    ) -> None:
        """Offer the areas of the report and who may see it; filled with the action as it stands."""
        initial = self.values_of(action) if action is not None else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.areas = {str(part.pk): part for part, _words in areas}
        self.people = {str(person.pk): person for person in people}
        fields: dict[str, Any] = self.fields
        fields["part"].choices = [
            (WHOLE, "The report as a whole"),
            *((str(part.pk), words) for part, words in areas),
        ]
        fields["owner"].choices = [
            ("", "Choose somebody"),
            *((key, str(person)) for key, person in self.people.items()),
            (OUTSIDE, "Somebody else, by post"),
        ]

    @staticmethod
    def values_of(thing: Any) -> dict[str, Any]:
        """The action as the form shows it."""
        return {
            "words": thing.words,
            "part": str(thing.part_id or WHOLE),
            "owner": str(thing.owner_id or OUTSIDE),
            "owner_words": thing.owner_words,
            "due_on": london_day(thing.due_at) if thing.due_at is not None else None,
            "seen_version": thing.version,
        }

    def clean(self) -> dict[str, Any]:
        """Somebody outside the list is named by post; nobody in it is."""
        cleaned = super().clean()
        if cleaned.get("owner") == OUTSIDE and not cleaned.get("owner_words"):
            self.add_error("owner_words", "Give the post of whoever does it.")
        elif cleaned.get("owner") != OUTSIDE:
            cleaned["owner_words"] = ""
        return cleaned

    @property
    def facts(self) -> ActionFacts:
        """What the service is told."""
        told = self.cleaned_data
        return {
            "words": told["words"],
            "part": self.areas.get(told["part"]),
            "owner": self.people.get(told["owner"]),
            "owner_words": told["owner_words"],
            "due_at": datetime.combine(told["due_on"], END_OF_DAY, tzinfo=UK),
        }


class DoneForm(PlainForm):
    """What came of an action."""

    words = forms.CharField(
        label="What came of it", max_length=500, required=False, widget=Long, help_text=PUPILS
    )
