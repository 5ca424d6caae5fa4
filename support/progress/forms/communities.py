"""What is typed for a learning community that a plan brings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from alliances.membership.forms.kept import PlainForm
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.folding import folded


class CommunityForm(PlainForm):
    """A learning community: its name, its lead, and its first year."""

    name = forms.CharField(
        label="Name",
        max_length=100,
        help_text="All schools of the alliance read it. Don’t name the supported school.",
    )
    lead = forms.ChoiceField(label="Who leads it?", help_text="She is told, and invites schools.")
    year = forms.TypedChoiceField(
        label="First year", coerce=AcademicYear.from_slug, widget=forms.RadioSelect
    )
    priority = forms.CharField(
        label="What it works on",
        max_length=150,
        required=False,
        help_text="In a few words, such as “modelled writing in Years 3 and 4”.",
    )

    def __init__(
        self, *args: Any, people: Sequence[Person], school: str, today: date, **kwargs: Any
    ) -> None:
        """Offer those who take part, this academic year and the next."""
        self.school = school
        this_year = AcademicYear.containing(today)
        super().__init__(*args, initial={"year": this_year.slug}, **kwargs)
        self.people = {str(person.pk): person for person in people}
        fields: dict[str, Any] = self.fields
        fields["year"].choices = [(year.slug, str(year)) for year in (this_year, this_year.next)]
        choices = [(key, person.name) for key, person in self.people.items()]
        fields["lead"].choices = [("", "Choose somebody"), *choices]

    def clean_name(self) -> str:
        """Without needless spaces."""
        return self._told_to_all("name")

    def clean_priority(self) -> str:
        """The same."""
        return self._told_to_all("priority")

    def _told_to_all(self, field: str) -> str:
        """What all schools read: it doesn't begin to name the one that is supported."""
        typed = " ".join(str(self.cleaned_data[field]).split())
        begun = folded(" ".join(self.school.split()[:2]))
        if begun in folded(typed):
            raise forms.ValidationError("This names the supported school. Leave its name out.")
        return typed

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, as the services take it."""
        typed = self.cleaned_data
        return {
            "name": typed["name"],
            "lead": self.people[typed["lead"]],
            "year": typed["year"],
            "priority": typed["priority"],
        }
