"""What a head fills in about the people of her school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms

from alliances.schools.models import SchoolPost
from partnership.people.names import check_name
from partnership.toolkit.spoken_dates import spoken_day
from partnership.toolkit.versions import ChangedSince
from partnership.toolkit.widgets import DayInput

Kind = SchoolPost.Kind
FURTHEST_AHEAD = timedelta(days=3 * 366)
FURTHEST_BACK = timedelta(days=60 * 366)


def check_span_of_years(day: date, today: date) -> None:
    """Refuse what can only be a slip of the year."""
    if not today - FURTHEST_BACK <= day <= today + FURTHEST_AHEAD:
        raise forms.ValidationError("This is too far away. Look at the year.")


class NameField(forms.CharField):
    """Somebody's whole name."""

    def __init__(self, **kwargs: Any) -> None:
        """Take nearly everything for a name."""
        super().__init__(
            label="Name",
            max_length=150,
            validators=[check_name],
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"max_length": "Write the name in at most 150 letters."},
            **kwargs,
        )


class AddressField(forms.EmailField):
    """The address by which somebody signs in."""

    def __init__(self, **kwargs: Any) -> None:
        """Ask for a person's own address."""
        super().__init__(
            label="E-mail address",
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "off"}),
            error_messages={"invalid": "Write a whole address, like name@school.example."},
            **kwargs,
        )


class PostFields(forms.Form):
    """Which post, and from when until when."""

    kind = forms.ChoiceField(label="Post")
    words = forms.CharField(
        label="Subject, or what the post is called",
        max_length=80,
        required=False,
        help_text="Only for a subject lead, such as mathematics, and for another post.",
    )
    starts_on = forms.DateField(
        label="From",
        required=False,
        widget=DayInput,
        help_text="A coming day is fine. Leave it empty if you don’t know.",
    )
    ends_on = forms.DateField(
        label="Last day",
        required=False,
        widget=DayInput,
        help_text="Leave it empty as long as the post goes on.",
    )

    def __init__(self, *args: Any, on: date, with_heads: bool, **kwargs: Any) -> None:
        """Offer the posts of heads to who may give them."""
        super().__init__(*args, **kwargs)
        self.on = on
        kinds = [kind for kind in Kind if with_heads or kind not in SchoolPost.HEADS]
        choices: Any = [("", "Choose a post"), *((kind.value, kind.label) for kind in kinds)]
        field: Any = self.fields["kind"]
        field.choices = choices

    def clean_starts_on(self) -> date | None:
        """A day within a working life."""
        return self._checked("starts_on")

    def clean_ends_on(self) -> date | None:
        """A day within a working life."""
        return self._checked("ends_on")

    def clean(self) -> dict[str, Any]:
        """A subject lead has a subject; the last day isn't before the first."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") in SchoolPost.WORDED and not cleaned.get("words"):
            self.add_error("words", "Write the subject, or what the post is called.")
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "The last day must not be before the first.")
        return cleaned

    def _checked(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day is not None:
            check_span_of_years(day, self.on)
        return day


class PostAddForm(PostFields):
    """Who holds a post from now on; who isn't in the portal yet is invited."""

    name = NameField(help_text="As colleagues at other schools know this person.")
    email = AddressField(
        help_text="Who isn’t in the portal yet gets an invitation at this address."
    )
    field_order = ("name", "email", "kind", "words", "starts_on", "ends_on")


@dataclass(frozen=True)
class BothVersions:
    """A field that two people filled in differently."""

    label: str
    yours: str
    theirs: str


class PostEditForm(PostFields):
    """Another name for a post, or other days."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    CHANGED = ("kind", "words", "starts_on", "ends_on")

    def __init__(self, data: Any = None, *, post: SchoolPost, **kwargs: Any) -> None:
        """Begin with how the post stands."""
        initial = {name: getattr(post, name) for name in self.CHANGED}
        super().__init__(data, initial={**initial, "seen_version": post.version}, **kwargs)
        self.both: list[BothVersions] = []

    @property
    def changes(self) -> dict[str, Any]:
        """The post as it shall be."""
        return {name: self.cleaned_data[name] for name in self.CHANGED}

    def show_both(self, changed: ChangedSince) -> None:
        """Keep what was typed, show what was saved meanwhile, and let the next save count."""
        current: Any = changed.current
        self.both = [
            BothVersions(str(self.fields[name].label), _said(yours), _said(getattr(current, name)))
            for name, yours in self.changes.items()
            if yours != getattr(current, name)
        ]
        self.data = {**self.data.dict(), "seen_version": str(current.version)}  # type: ignore[attr-defined]  # a QueryDict


def _said(value: object) -> str:
    if isinstance(value, date):
        return spoken_day(value)
    return str(Kind(value).label) if value in Kind.values else str(value or "nothing")
