"""What people fill in about bodies and the seats in them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms

from alliances.meetings.forms.people import PersonField, people_of
from alliances.meetings.models import OFFICE_POSTS, Body
from alliances.membership.forms.kept import DayField, KeptForm, PlainForm, values_of
from alliances.membership.models import Alliance, AlliancePost
from partnership.people.models import Person

Kind = Body.Kind
SHORTEST, LONGEST = 5, 600
KINDS = [(kind.value, kind.label) for kind in Kind if kind != Kind.WORKHUB]
POSTS = [(kind.value, AlliancePost.Kind(kind).label) for kind in OFFICE_POSTS]
OF_WORKHUB = ("minute_taker", "quorum_number", "quorum_fraction", "usual_place", "usual_minutes")
OF_ALL = ("name", "about", "lead", "deputy", "calling_posts", *OF_WORKHUB)
MEMBER_UNTIL = "Leave it empty as long as no end is agreed."


class BodyForm(KeptForm):
    """What a body is for and how it works; a workhub says the rest of itself on its own page."""

    name = forms.CharField(label="Name", max_length=120)
    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose a kind"), *KINDS])
    about = forms.CharField(
        label="What it is for",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="A few sentences for its members.",
    )
    lead = PersonField(
        label="Chair or lead",
        help_text="Name or e-mail address. Chairs its meetings, and may always call them.",
    )
    deputy = PersonField(label="Deputy", help_text="Does what the chair or lead may do.")
    minute_taker = PersonField(
        label="Minute taker",
        help_text="Takes the register and the minutes, unless a meeting names somebody else.",
    )
    calling_posts = forms.MultipleChoiceField(
        label="Who may call its meetings",
        choices=POSTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Beside its chair or lead, who always may. Director, chair and administrator "
        "of the alliance prepare meetings and take minutes in any case.",
    )
    quorum_number = forms.IntegerField(
        label="Quorum, as a number of places",
        min_value=1,
        max_value=500,
        required=False,
        widget=forms.NumberInput(attrs={"class": "in-2"}),
    )
    quorum_fraction = forms.ChoiceField(
        label="Or as a part of its places",
        choices=[("", "No fraction"), *Body.Fraction.choices],
        required=False,
        help_text="Leave both empty where no quorum is agreed.",
    )
    usual_place = forms.CharField(label="Usual place", max_length=200, required=False)
    usual_minutes = forms.IntegerField(
        label="Usual length in minutes",
        min_value=SHORTEST,
        max_value=LONGEST,
        initial=60,
        widget=forms.NumberInput(attrs={"class": "in-2"}),
    )

    parts: tuple[tuple[str, ...], ...] = (
        ("What it is", "name", "kind", "about"),
        ("Who runs it", "lead", "deputy", "minute_taker", "calling_posts"),
        ("Quorum", "quorum_number", "quorum_fraction"),
        ("Its meetings", "usual_place", "usual_minutes"),
    )

    def __init__(
        self, *args: Any, alliance: Alliance, on: date, body: Body | None = None, **kwargs: Any
    ) -> None:
        """For a new body, or as one stands."""
        self.alliance, self.body = alliance, body
        self.is_workhub = body is not None and body.kind == Kind.WORKHUB
        if body is not None:
            kwargs["initial"] = values_of(body, OF_WORKHUB if self.is_workhub else OF_ALL)
        else:
            kwargs["initial"] = {"calling_posts": [*OFFICE_POSTS], "usual_minutes": 60}
        super().__init__(*args, **kwargs)
        self._keep_only(self._left_out())
        for name in ("lead", "deputy", "minute_taker"):
            if isinstance(field := self.fields.get(name), PersonField):
                current: Person | None = getattr(body, name, None)
                field.offer(partial(people_of, alliance, on=on), current=current)

    def _left_out(self) -> set[str]:
        if self.is_workhub:
            return {"kind", *OF_ALL} - {*OF_WORKHUB}
        return {"kind"} if self.body is not None else set()

    def _keep_only(self, left_out: set[str]) -> None:
        for name in left_out:
            del self.fields[name]
        parts = [
            (heading, *(name for name in names if name not in left_out))
            for heading, *names in self.parts
        ]
        fieldsets = [Fieldset(*part) for part in parts if part[1:]]
        self.helper.layout = Layout(*fieldsets, "seen_version")

    def clean_name(self) -> str:
        """Groups of an alliance that meet differ in name."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        others = Body.objects.filter(alliance=self.alliance, name__iexact=name, closed_on=None)
        if self.body is not None:
            if name == self.body.name:
                return name
            others = others.exclude(pk=self.body.pk)
        if others.exists():
            raise forms.ValidationError(
                "This alliance has a group of this name already. Choose another name."
            )
        return name

    def clean_calling_posts(self) -> list[str]:
        """In the order in which they are offered, so that an equal choice is no change."""
        chosen = self.cleaned_data["calling_posts"]
        return [str(kind) for kind in OFFICE_POSTS if kind in chosen]

    def clean(self) -> dict[str, Any]:
        """The quorum is one or the other."""
        cleaned = super().clean()
        if cleaned.get("quorum_number") and cleaned.get("quorum_fraction"):
            self.add_error("quorum_fraction", "Give the quorum as a number or as a part, not both.")
        return cleaned

    def _said(self, name: str, value: Any) -> str:
        if name == "calling_posts":
            return ", ".join(label for key, label in POSTS if key in value) or "Its lead alone"
        return super()._said(name, value)


class CloseBodyForm(PlainForm):
    """The last day on which a body meets."""

    last_day = DayField(label="Last day", help_text="It can still meet on that day.")


class SchoolSeatForm(PlainForm):
    """Who sits in a body for a school, and from when until when."""

    speaker = forms.ChoiceField(label="Who sits for the school", widget=forms.RadioSelect)
    starts_on = DayField(label="From")
    ends_on = DayField(label="Last day", required=False, help_text=MEMBER_UNTIL)

    def __init__(
        self, *args: Any, speakers: list[tuple[str, str]], initial: dict[str, Any], **kwargs: Any
    ) -> None:
        """Offer whoever is its head, and who holds a post there."""
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["speaker"].choices = speakers  # type: ignore[attr-defined]  # a choice field


class PersonSeatForm(PlainForm):
    """From when until when somebody sits in a body for herself."""

    starts_on = DayField(label="From")
    ends_on = DayField(label="Last day", required=False, help_text=MEMBER_UNTIL)


class SeatEndForm(PlainForm):
    """Until when a seat is taken."""

    last_day = DayField(
        label="Last day",
        required=False,
        help_text="It still counts on that day. Without one the seat goes on.",
    )


class EverybodyForm(PlainForm):
    """From which day all of them are members."""

    starts_on = DayField(label="From")
