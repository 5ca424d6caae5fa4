"""What people fill in about meetings."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from alliances.meetings.models import Meeting
from partnership.calendar.days import UK
from partnership.toolkit.spoken_dates import london_day, spoken_clock, spoken_day
from partnership.toolkit.widgets import ClockInput, DayInput

END_OF_DAY = time(17)
FURTHEST_AHEAD = timedelta(days=3 * 366)


def joined_moment(day: date, clock: time) -> datetime:
    """A day and a time on the UK's clock."""
    return datetime.combine(day, clock, tzinfo=UK)


class PlainForm(forms.Form):
    """A form whose page writes the form tag and the buttons; long ones have parts with headings."""

    parts: tuple[tuple[str, ...], ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the fields out one below the other, part by part."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        named = {name for _heading, *names in self.parts for name in names}
        rest = [name for name in self.fields if name not in named]
        self.helper.layout = Layout(*(Fieldset(*part) for part in self.parts), *rest)


class WhenAndWhere(PlainForm):
    """A coming day, from when until when, and where."""

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

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        """`on` is today: what has passed can't be chosen."""
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_day(self) -> date:
        """Today or later, and not a slip of the year."""
        day: date = self.cleaned_data["day"]
        if day < self.on:
            raise forms.ValidationError("This day has passed. Choose a coming one.")
        if day > self.on + FURTHEST_AHEAD:
            raise forms.ValidationError("This is more than three years ahead. Look at the year.")
        return day

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, and is somewhere."""
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "The meeting must end after it begins. Choose a later time.")
        if not cleaned.get("place") and not cleaned.get("link") and "link" not in self.errors:
            self.add_error("place", "Say where you meet, or give a link to join.")
        return cleaned

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        return joined_moment(self.cleaned_data["day"], self.cleaned_data["starts"])

    @property
    def ends_at(self) -> datetime:
        """When it ends, on the same day."""
        return joined_moment(self.cleaned_data["day"], self.cleaned_data["ends"])


ANSWER_ON = "Choose a coming day before the meeting, or leave it empty."


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

    parts = (
        ("What and when", "title", "day", "starts", "ends"),
        ("Where", "place", "link"),
        ("Those asked", "note", "answer_on"),
    )

    def __init__(self, *args: Any, on: date, meeting: Meeting | None = None, **kwargs: Any) -> None:
        """Empty, or filled with a meeting as it stands."""
        if meeting is not None:
            kwargs["initial"] = meeting_values(meeting)
        super().__init__(*args, on=on, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Answers are wanted before the meeting."""
        cleaned = super().clean()
        answer_on, day = cleaned.get("answer_on"), cleaned.get("day")
        if answer_on and day and not self.on <= answer_on < day:
            self.add_error("answer_on", ANSWER_ON)
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by the meeting's fields."""
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


def told_versions(form: forms.Form, current: dict[str, Any]) -> list[tuple[str, str]]:
    """What somebody else saved meanwhile, for each field in which it differs from what was typed."""
    return [
        (str(field.label), _said(current[field.name]))
        for field in form.visible_fields()
        if current[field.name] != form.cleaned_data.get(field.name)
    ]


def _said(value: Any) -> str:
    if isinstance(value, time):
        return spoken_clock(value)
    if isinstance(value, date):
        return spoken_day(value)
    if value in {None, ""}:
        return "Nothing"
    return str(getattr(value, "label", value))


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
    link = MeetingForm.base_fields["link"]
    note = MeetingForm.base_fields["note"]
    answer_on = forms.DateField(
        label="Please answer by", widget=DayInput, help_text="At 5pm on that day."
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: date, meeting: Meeting, **kwargs: Any) -> None:
        """Filled with the meeting as it stands; `on` is today."""
        super().__init__(*args, initial=meeting_values(meeting), **kwargs)
        self.on = on
        self.meeting = meeting

    def clean_link(self) -> str:
        """A meeting without a place needs it."""
        link: str = self.cleaned_data["link"]
        if not link and not self.meeting.place:
            raise forms.ValidationError("This meeting has no place: give a link to join.")
        return link

    def clean_answer_on(self) -> date:
        """Before the meeting; a day that has passed can only stay as it is."""
        answer_on: date = self.cleaned_data["answer_on"]
        is_kept = answer_on == self.initial["answer_on"]
        if not is_kept and not self.on <= answer_on < london_day(self.meeting.starts_at):
            raise forms.ValidationError("Choose a coming day before the meeting.")
        return answer_on

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by the meeting's fields."""
        words = {name: self.cleaned_data[name] for name in ("title", "link", "note")}
        if self.cleaned_data["answer_on"] == self.initial["answer_on"]:
            return words
        return words | {"answer_by": joined_moment(self.cleaned_data["answer_on"], END_OF_DAY)}


class MoveForm(WhenAndWhere):
    """Another time or place for a called meeting."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: date, meeting: Meeting, **kwargs: Any) -> None:
        """Filled with the meeting as it stands."""
        super().__init__(*args, on=on, initial=meeting_values(meeting), **kwargs)

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, as moving takes it."""
        names = ("place", "link", "seen_version")
        return {"starts_at": self.starts_at, "ends_at": self.ends_at} | {
            name: self.cleaned_data[name] for name in names
        }


class CancelForm(PlainForm):
    """Why a meeting is cancelled."""

    because = forms.CharField(
        label="Reason",
        max_length=300,
        required=False,
        help_text="Everybody who was asked reads it. Leave it empty if you would rather not say.",
    )
