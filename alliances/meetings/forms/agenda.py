"""What people fill in about the agenda and its papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet

from alliances.meetings.forms.times import (
    END_OF_DAY,
    PlainForm,
    joined_moment,
)
from alliances.meetings.models import OFFICE_POSTS, AgendaItem, Body, Meeting
from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day, spoken_day
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
        "section": item.section,
        "purpose": AgendaItem.Purpose(item.purpose),
        "presenter": item.presenter,
        "minutes": item.minutes,
        "paper_due_on": london_day(item.paper_due_at) if item.paper_due_at else None,
        "is_confidential": item.is_confidential,
    }


class ItemForm(PlainForm):
    """An item of the agenda."""

    title = forms.CharField(label="Item", max_length=200)
    section = forms.CharField(
        label="Section",
        max_length=80,
        required=False,
        help_text="Items of the same section stand under one heading.",
    )
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
    is_confidential = forms.BooleanField(
        label="Confidential",
        required=False,
        help_text="Only the body’s members and those who run its meetings see it.",
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
        names = ("title", "section", "purpose", "presenter", "minutes", "is_confidential")
        values = {name: self.cleaned_data[name] for name in names}
        return values | {"paper_due_at": joined_moment(due, END_OF_DAY) if due else None}


class ProposalForm(PlainForm):
    """What a member would like to talk about."""

    title = forms.CharField(label="What should be talked about?", max_length=200)
    why = forms.CharField(
        label="Why it matters",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="A sentence or two for those who make the agenda.",
    )
    purpose = ItemForm.base_fields["purpose"]
    minutes = ItemForm.base_fields["minutes"]


class DeclineForm(PlainForm):
    """Why a proposal isn't taken."""

    because = forms.CharField(
        label="Reason", max_length=300, help_text="Who proposed it is told, with this reason."
    )


class TakeForm(PlainForm):
    """Into which agenda a proposal is taken."""

    meeting = forms.ModelChoiceField(
        label="Meeting",
        queryset=Meeting.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose a meeting."},
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        """Offer the body's meetings that are still to be held, the next one first."""
        super().__init__(*args, **kwargs)
        coming = body.meetings.filter(state__in=Meeting.OPEN_STATES).order_by("starts_at", "pk")
        field: Any = self.fields["meeting"]
        field.queryset = coming
        field.label_from_instance = lambda one: f"{one.title}, {spoken_day(one.starts_at)}"


class CarryForm(PlainForm):
    """Which items of an earlier meeting stand on this agenda too."""

    items = forms.MultipleChoiceField(
        label="Items to carry forward",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one item."},
    )

    def __init__(self, *args: Any, items: Sequence[AgendaItem], **kwargs: Any) -> None:
        """Offer these items, by their titles."""
        super().__init__(*args, **kwargs)
        self.offered = {str(item.pk): item for item in items}
        field: Any = self.fields["items"]
        field.choices = [(key, item.title) for key, item in self.offered.items()]

    @property
    def chosen(self) -> list[AgendaItem]:
        """Those that were chosen, in their order."""
        keys = set(self.cleaned_data["items"])
        return [item for key, item in self.offered.items() if key in keys]


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
