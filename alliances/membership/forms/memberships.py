"""What a director fills in about the schools of her alliance."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from alliances.membership.forms.kept import DayField, KeptForm, PlainForm, values_of
from alliances.membership.models import Membership

KIND = forms.ChoiceField(
    label="Belongs as",
    choices=Membership.Kind.choices,
    widget=forms.RadioSelect,
    help_text="A school that can’t join yet can still be a partner, and join later.",
)
UNTIL = "Leave it empty unless an end is agreed already."
MEANS = "Means to become a full member later"


class AddSchoolForm(PlainForm):
    """How a school that was found shall belong."""

    kind = KIND
    starts_on = DayField(label="From")
    joins_on = DayField(
        label="Becomes a full member on",
        required=False,
        help_text="Only for a partner or an associate that joins later on a day that is known.",
    )
    means_to_join = forms.BooleanField(
        label=MEANS, required=False, help_text="Where that day isn’t known yet."
    )
    ends_on = DayField(label="Last day", required=False, help_text=UNTIL)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        """Begin with a full member from today on."""
        initial = {"kind": Membership.Kind.FULL, "starts_on": on}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Who joins later isn't a full member yet, and has no other last day."""
        cleaned = super().clean()
        joins_on, starts_on = cleaned.get("joins_on"), cleaned.get("starts_on")
        if joins_on and cleaned.get("kind") == Membership.Kind.FULL:
            self.add_error("joins_on", "A full member has joined. Choose partner or associate.")
        elif joins_on and starts_on and joins_on <= starts_on:
            self.add_error("joins_on", "Choose a day after the one from which it belongs.")
        elif joins_on and cleaned.get("ends_on"):
            self.add_error("ends_on", "Leave this empty: it ends when the school joins fully.")
        return cleaned


class MembershipForm(KeptForm):
    """How a school belongs, and from when to when."""

    kind = KIND
    starts_on = DayField(label="From")
    ends_on = DayField(
        label="Last day", required=False, help_text="Without one the school doesn’t leave."
    )
    means_to_join = forms.BooleanField(label=MEANS, required=False)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        """Begin with how it stands."""
        names = ("kind", "starts_on", "ends_on", "means_to_join")
        super().__init__(*args, initial=values_of(membership, names), **kwargs)


class JoinForm(PlainForm):
    """From when on a partner or associate is a full member."""

    joins_on = DayField(label="Full member from")


class EndForm(PlainForm):
    """The last day of a belonging, and why."""

    last_day = DayField(label="Last day", help_text="It still counts on that day.")
    because = forms.CharField(
        label="Reason",
        max_length=300,
        required=False,
        help_text="The alliance’s own people read it.",
    )
