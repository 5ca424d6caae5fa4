"""What a head fills in to let somebody of her school act for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from alliances.schools.models import Delegation, School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.widgets import DayInput

Kind = Delegation.Kind
LONGEST = timedelta(days=366)
ORDINARY = [(kind.value, kind.label) for kind in Kind if kind not in Delegation.NAMED_ONE_BY_ONE]
ALONE = [(kind.value, kind.label) for kind in Delegation.NAMED_ONE_BY_ONE]


class DelegationForm(forms.Form):
    """Who acts for the school, in which matters, until when."""

    deputy = forms.ModelChoiceField(
        Person.objects.none(),
        label="Who acts for the school",
        empty_label="Choose somebody of your school",
        help_text="Somebody with a post in your school who is in the portal.",
    )
    kinds = forms.MultipleChoiceField(
        label="In which matters",
        choices=ORDINARY,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick at least one matter, here or below.",
    )
    alone = forms.MultipleChoiceField(
        label="What otherwise stays with you",
        choices=ALONE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick these only if you mean exactly them.",
    )
    ends_on = forms.DateField(
        label="Last day",
        widget=DayInput,
        help_text="At most a year ahead. You can end it at once at any time.",
    )

    def __init__(self, *args: Any, school: School, on: date, **kwargs: Any) -> None:
        """Offer the school's people who don't head it."""
        super().__init__(*args, **kwargs)
        self.on = on
        posts = SchoolPost.objects.on(on).filter(school=school)
        people = Person.objects.who_may_sign_in().filter(pk__in=posts.values("person"))
        field: Any = self.fields["deputy"]
        field.queryset = people.exclude(pk__in=posts.of_heads().values("person")).order_by(
            "search_name", "pk"
        )

    def clean_ends_on(self) -> date:
        """Today or later, and within a year."""
        day: date = self.cleaned_data["ends_on"]
        if day < self.on:
            raise forms.ValidationError("This day has passed. Choose a coming one.")
        if day > self.on + LONGEST:
            raise forms.ValidationError("Choose a day within the next year.")
        return day

    def clean(self) -> dict[str, Any]:
        """At least one matter is chosen."""
        cleaned = super().clean() or {}
        if not self.errors and not self.chosen:
            self.add_error("kinds", "Tick at least one matter.")
        return cleaned

    @property
    def chosen(self) -> list[str]:
        """Every matter that is ticked."""
        return [*self.cleaned_data.get("kinds", []), *self.cleaned_data.get("alone", [])]
