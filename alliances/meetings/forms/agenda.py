"""What people fill in about the agenda and its papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet

from alliances.meetings.forms.meetings import (
    END_OF_DAY,
    PlainForm,
    joined_moment,
)
from alliances.meetings.models import OFFICE_POSTS, AgendaItem, Meeting
from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.uploads import ACCEPTED_WORDS, CheckedFile, checked
from partnership.toolkit.widgets import DayInput

LONGEST_MINUTES = 600


def possible_presenters(meeting: Meeting, presenter_id: int | None) -> QuerySet[Person]:
    """Who holds a seat on the day, the alliance's office, the body's lead, and who presents now."""
    body, on = meeting.body, london_day(meeting.starts_at)
    seats = body.seats.on(on)
    heads = (
        SchoolPost.objects.on(on)
        .of_heads()
        .filter(school__in=seats.exclude(school=None).values("school"))
    )
    office = AlliancePost.objects.on(on).filter(alliance=body.alliance_id, kind__in=OFFICE_POSTS)
    there = (
        Q(pk__in=seats.exclude(person=None).values("person"))
        | Q(pk__in=heads.values("person"))
        | Q(pk__in=office.values("person"))
        | Q(pk__in=[pk for pk in (body.lead_id, presenter_id) if pk])
    )
    return Person.objects.filter(there, is_active=True).order_by("search_name", "pk")


def item_values(item: AgendaItem) -> dict[str, Any]:
    """An item as its form shows it."""
    return {
        "title": item.title,
        "purpose": AgendaItem.Purpose(item.purpose),
        "presenter": item.presenter,
        "minutes": item.minutes,
        "paper_due_on": london_day(item.paper_due_at) if item.paper_due_at else None,
    }


class ItemForm(PlainForm):
    """An item of the agenda."""

    title = forms.CharField(label="Item", max_length=200)
    purpose = forms.ChoiceField(
        label="What for",
        choices=AgendaItem.Purpose.choices,
        initial=AgendaItem.Purpose.DISCUSSION,
    )
    presenter = forms.ModelChoiceField(
        label="Presented by",
        queryset=Person.objects.none(),
        required=False,
        empty_label="Nobody in particular",
    )
    minutes = forms.IntegerField(
        label="Minutes", min_value=1, max_value=LONGEST_MINUTES, initial=10
    )
    paper_due_on = forms.DateField(
        label="Paper due on",
        required=False,
        widget=DayInput,
        help_text="If there is a paper to read beforehand, whoever presents is reminded of it.",
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, meeting: Meeting, item: AgendaItem | None = None, **kwargs: Any
    ) -> None:
        """For a new item, or filled with one that stands."""
        if item is not None:
            kwargs["initial"] = item_values(item) | {"seen_version": item.version}
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        presenters = possible_presenters(meeting, item.presenter_id if item else None)
        self.fields["presenter"].queryset = presenters  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """A paper needs somebody to provide it, and is due before the meeting."""
        cleaned = super().clean() or {}
        due = cleaned.get("paper_due_on")
        if due and not cleaned.get("presenter"):
            self.add_error("presenter", "Choose who provides the paper.")
        if due and due >= london_day(self.meeting.starts_at):
            self.add_error("paper_due_on", "Choose a day before the meeting.")
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by the item's fields."""
        due = self.cleaned_data["paper_due_on"]
        names = ("title", "purpose", "presenter", "minutes")
        values = {name: self.cleaned_data[name] for name in names}
        return values | {"paper_due_at": joined_moment(due, END_OF_DAY) if due else None}


class PaperForm(PlainForm):
    """A paper for an item, looked at before it is kept."""

    title = forms.CharField(label="Title of the paper", max_length=150)
    file = forms.FileField(label="File")

    def __init__(self, *args: Any, max_bytes: int, **kwargs: Any) -> None:
        """Accept files up to a size in bytes."""
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"{ACCEPTED_WORDS}, up to {max_bytes // 1_000_000} MB."
        self.max_bytes = max_bytes
        self.checked: CheckedFile | None = None

    def clean_file(self) -> UploadedFile:
        """Look at what the file is, whatever it is called."""
        upload: UploadedFile = self.cleaned_data["file"]
        self.checked = checked(upload, max_bytes=self.max_bytes)
        return upload
