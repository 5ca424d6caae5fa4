"""What the host says before the day: focus, planning meeting, contacts, documents, who helps."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from alliances.membership.forms.kept import (
    BothVersions,
    DayField,
    KeptForm,
    PlainForm,
    values_of,
)
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import in_london, spoken_clock, spoken_moment
from partnership.toolkit.uploads import ACCEPTED_WORDS, CheckedFile, checked
from partnership.toolkit.versions import ChangedSince
from partnership.toolkit.widgets import ClockInput
from reviews.days.models import PUPILS, Review

FOCUS = ("focus", "lines")
CONTACTS = (
    "contact_name",
    "contact_telephone",
    "deputy_contact",
    "chair_contact",
    "lado_contact",
)
NOT_AFTER = "Planning comes before the review, which begins on {}. Choose an earlier time."
USUAL_START, USUAL_END = time(15, 30), time(16, 30)


def _box(label: str, longest: int, rows: int, more: str = "", **told: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=f"{more} {PUPILS}".strip(),
        **told,
    )


class FocusForm(KeptForm):
    """What the host wants looked at."""

    focus = _box("Focus", 1000, 3, "What you want your peers to look at, as one question.")
    lines = _box("Lines of enquiry", 2000, 6, "One a line.")

    def clean(self) -> dict[str, Any]:
        """Lines of enquiry belong to a focus."""
        cleaned = super().clean()
        if cleaned.get("lines", "").strip() and not cleaned.get("focus", "").strip():
            self.add_error("focus", "Say first what the focus is.")
        return cleaned


class AgreedForm(KeptForm):
    """What host and team agreed on when they planned the day."""

    planning_agreed = _box("What was agreed", 3000, 8)


class ContactForm(KeptForm):
    """Whom the team rings."""

    contact_name = forms.CharField(
        label="Designated safeguarding lead (DSL)", max_length=120, required=False
    )
    contact_telephone = forms.CharField(
        label="Telephone of the safeguarding lead",
        max_length=40,
        required=False,
        help_text="One that is answered on the day.",
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    deputy_contact = forms.CharField(
        label="Deputy safeguarding lead and telephone", max_length=160, required=False
    )
    chair_contact = forms.CharField(
        label="Chair of governors and telephone",
        max_length=160,
        required=False,
        help_text="For a concern about the headteacher.",
    )
    lado_contact = forms.CharField(
        label="The local authority’s designated officer (LADO) and telephone",
        max_length=160,
        required=False,
        help_text="For a concern about somebody who works with children.",
    )

    def clean(self) -> dict[str, Any]:
        """A name and a telephone go together."""
        cleaned = super().clean()
        name, telephone = cleaned.get("contact_name"), cleaned.get("contact_telephone")
        if name and not telephone and "contact_telephone" not in self.errors:
            self.add_error("contact_telephone", "Give the telephone, too.")
        if telephone and not name and "contact_name" not in self.errors:
            self.add_error("contact_name", "Say whose telephone it is.")
        if telephone and not any(sign.isdigit() for sign in telephone):
            self.add_error("contact_telephone", "A telephone number has digits. Look at it again.")
        return cleaned


def focus_values(review: Review) -> dict[str, Any]:
    """As the form shows them."""
    return values_of(review, FOCUS)


def contact_values(review: Review) -> dict[str, Any]:
    """As the form shows them."""
    return values_of(review, CONTACTS)


def agreed_values(review: Review) -> dict[str, Any]:
    """As the form shows it."""
    return values_of(review, ("planning_agreed",))


class PlanningForm(KeptForm):
    """When and where host and team plan the day."""

    day = DayField(label="Day")
    starts = forms.TimeField(label="Begins at", widget=ClockInput, initial=USUAL_START)
    ends = forms.TimeField(label="Ends at", widget=ClockInput, initial=USUAL_END)
    place = forms.CharField(
        label="Where, or a link to join",
        max_length=300,
        help_text="Host and team read it here; their diaries don’t show it.",
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        """Filled with the meeting as it stands."""
        super().__init__(*args, initial=planning_values(review), **kwargs)
        self.begins_at = review.dated_for

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, and before the review does."""
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "The meeting must end after it begins. Choose a later time.")
        elif starts and ends and cleaned.get("day"):
            self._check_before()
        return cleaned

    def _check_before(self) -> None:
        _starts_at, ends_at = self.span
        if self.begins_at is not None and ends_at > self.begins_at:
            self.add_error("day", NOT_AFTER.format(spoken_moment(self.begins_at)))

    @property
    def span(self) -> tuple[datetime, datetime]:
        """When it begins and ends."""
        told = self.cleaned_data
        return (
            datetime.combine(told["day"], told["starts"], tzinfo=UK),
            datetime.combine(told["day"], told["ends"], tzinfo=UK),
        )

    def show_both(self, changed: ChangedSince) -> None:
        """Keep what was typed beside what was saved meanwhile."""
        current: Any = changed.current
        saved = planning_values(current)
        self.both = tuple(
            BothVersions(str(self.fields[name].label), self._said(name, yours), theirs)
            for name, yours in self.changes.items()
            if (theirs := self._said(name, saved.get(name))) != self._said(name, yours)
        )
        self.data = {**self.data.dict(), "seen_version": str(current.version)}  # type: ignore[attr-defined]  # a QueryDict

    def _said(self, name: str, value: Any) -> str:
        return spoken_clock(value) if isinstance(value, time) else super()._said(name, value)


def planning_values(review: Review) -> dict[str, Any]:
    """The planning meeting as its form shows it."""
    values: dict[str, Any] = {"place": review.planning_place, "seen_version": review.version}
    if review.planning_starts_at is None or review.planning_ends_at is None:
        return values
    starts, ends = in_london(review.planning_starts_at), in_london(review.planning_ends_at)
    return values | {"day": starts.date(), "starts": starts.time(), "ends": ends.time()}


class FileForm(PlainForm):
    """A document for the team, looked at before it is kept."""

    title = forms.CharField(
        label="Title of the document", max_length=150, help_text=f"{PUPILS} Nor in the file."
    )
    file = forms.FileField(label="File")
    is_reading = forms.BooleanField(label="To be read before the day", required=False, initial=True)

    def __init__(self, *args: Any, max_bytes: int, **kwargs: Any) -> None:
        """Accept files up to a size in bytes."""
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"{ACCEPTED_WORDS}, up to {max_bytes // 1_000_000} MB."
        self.max_bytes = max_bytes
        self.checked: CheckedFile | None = None

    def clean_file(self) -> UploadedFile[Any]:
        """Look at what the file is, whatever it is called."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        self.checked = checked(upload, max_bytes=self.max_bytes)
        return upload


class NameForm(PlainForm):
    """Somebody of the school."""

    person = forms.ModelChoiceField(
        label="Who helps",
        queryset=Person.objects.none(),
        empty_label="Choose somebody",
        help_text="People with a post on your school’s page. Add whoever is missing there first.",
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        """Offer these people."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people
