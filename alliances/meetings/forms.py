"""What people fill in about meetings."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from alliances.meetings.models import AgendaItem, Body, Meeting, MeetingReply
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.uploads import ACCEPTED_WORDS, CheckedFile, checked
from partnership.toolkit.widgets import ClockInput, DayInput

END_OF_DAY = time(17)
LONGEST_MINUTES = 600


def joined_moment(day: date, clock: time) -> datetime:
    """A day and a time on the UK's clock."""
    return datetime.combine(day, clock, tzinfo=UK)


class PlainForm(forms.Form):
    """A form whose page writes the form tag and the buttons."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the fields out one below the other."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*self.fields)


class WhenAndWhere(PlainForm):
    """A day, from when until when, and where."""

    day = forms.DateField(label="Day", widget=DayInput)
    starts = forms.TimeField(label="Begins at", widget=ClockInput)
    ends = forms.TimeField(label="Ends at", widget=ClockInput)
    place = forms.CharField(
        label="Place",
        max_length=200,
        required=False,
        help_text="School, room and postcode, and where to park.",
    )
    link = forms.URLField(
        label="Link to join",
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text="If people can join from where they are.",
    )

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, and is somewhere."""
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "The meeting must end after it begins. Choose a later time.")
        if not cleaned.get("place") and not cleaned.get("link") and "link" not in self.errors:
            self.add_error("place", "Say where it is, or give a link to join.")
        return cleaned

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        return joined_moment(self.cleaned_data["day"], self.cleaned_data["starts"])

    @property
    def ends_at(self) -> datetime:
        """When it ends, on the same day."""
        return joined_moment(self.cleaned_data["day"], self.cleaned_data["ends"])


class MeetingForm(WhenAndWhere):
    """A meeting as it is prepared."""

    title = forms.CharField(
        label="Title", max_length=150, help_text="What it is about, in a few words."
    )
    note = forms.CharField(
        label="Note to those asked",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="It stands in the mail and on the meeting’s page.",
    )
    answer_on = forms.DateField(
        label="Please answer by",
        required=False,
        widget=DayInput,
        help_text="Leave it empty for two school days before the meeting.",
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ("title", "day", "starts", "ends", "place", "link", "note", "answer_on")

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        """Empty, or filled with a meeting as it stands."""
        if meeting is not None:
            kwargs["initial"] = meeting_values(meeting)
        super().__init__(*args, **kwargs)
        self.meeting = meeting

    def clean(self) -> dict[str, Any]:
        """Answers are wanted before the meeting."""
        cleaned = super().clean()
        answer_on, day = cleaned.get("answer_on"), cleaned.get("day")
        if answer_on and day and answer_on > day:
            self.add_error("answer_on", "Choose a day before the meeting.")
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by the meeting's fields; a called meeting keeps its time and place."""
        answer_on = self.cleaned_data["answer_on"]
        words = {
            "title": self.cleaned_data["title"],
            "note": self.cleaned_data["note"],
            "answer_by": joined_moment(answer_on, END_OF_DAY) if answer_on else None,
        }
        return words | {
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "place": self.cleaned_data["place"],
            "link": self.cleaned_data["link"],
        }


def meeting_values(meeting: Meeting) -> dict[str, Any]:
    """A meeting as its form shows it."""
    starts, ends = meeting.starts_at.astimezone(UK), meeting.ends_at.astimezone(UK)
    return {
        "title": meeting.title,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "place": meeting.place,
        "link": meeting.link,
        "note": meeting.note,
        "answer_on": meeting.answer_by.astimezone(UK).date() if meeting.answer_by else None,
        "seen_version": meeting.version,
    }


class WordsForm(PlainForm):
    """What can be changed of a called meeting without moving it."""

    title = MeetingForm.base_fields["title"]
    note = MeetingForm.base_fields["note"]
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        """Filled with the meeting as it stands."""
        super().__init__(*args, initial=meeting_values(meeting), **kwargs)

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by the meeting's fields."""
        return {name: self.cleaned_data[name] for name in ("title", "note")}


class MoveForm(WhenAndWhere):
    """Another time or place for a called meeting."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        """Filled with the meeting as it stands."""
        super().__init__(*args, initial=meeting_values(meeting), **kwargs)


class CancelForm(PlainForm):
    """Why a meeting is cancelled."""

    because = forms.CharField(
        label="Reason",
        max_length=300,
        required=False,
        help_text="Everybody who was asked reads it. Leave it empty if you would rather not say.",
    )


class ApologiesForm(PlainForm):
    """A no, with a reason."""

    apologies = forms.CharField(
        label="Reason for your apologies",
        max_length=300,
        required=False,
        help_text="Only the chair and the administrator read it.",
    )


def possible_presenters(body: Body, meeting: Meeting | None) -> QuerySet[Person]:
    """People who are asked, those with a seat of their own, and the body's lead."""
    asked = MeetingReply.objects.filter(meeting__body=body, ended_at=None).values("person")
    seated = body.seats.filter(person__isnull=False, ends_on=None).values("person")
    people = Person.objects.filter(pk__in=asked) | Person.objects.filter(pk__in=seated)
    if body.lead_id:
        people |= Person.objects.filter(pk=body.lead_id)
    if meeting is not None:
        people |= Person.objects.filter(pk=meeting.prepared_by_id)
    return people.filter(is_active=True).order_by("search_name", "pk")


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
            due = item.paper_due_at
            kwargs["initial"] = {
                "title": item.title,
                "purpose": item.purpose,
                "presenter": item.presenter_id,
                "minutes": item.minutes,
                "paper_due_on": due.astimezone(UK).date() if due else None,
                "seen_version": item.version,
            }
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        presenters = possible_presenters(meeting.body, meeting)
        self.fields["presenter"].queryset = presenters  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """A paper needs somebody to provide it, and is due before the meeting."""
        cleaned = super().clean() or {}
        due = cleaned.get("paper_due_on")
        if due and not cleaned.get("presenter"):
            self.add_error("presenter", "Choose who provides the paper.")
        if due and due > self.meeting.starts_at.astimezone(UK).date():
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
    file = forms.FileField(label="File", help_text=f"{ACCEPTED_WORDS}, up to 20 MB.")

    def __init__(self, *args: Any, max_bytes: int, **kwargs: Any) -> None:
        """Accept files up to a size in bytes."""
        super().__init__(*args, **kwargs)
        self.max_bytes = max_bytes
        self.checked: CheckedFile | None = None

    def clean_file(self) -> UploadedFile:
        """Look at what the file is, whatever it is called."""
        upload: UploadedFile = self.cleaned_data["file"]
        self.checked = checked(upload, max_bytes=self.max_bytes)
        return upload
