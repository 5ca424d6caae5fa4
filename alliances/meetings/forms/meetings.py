"""What people fill in about meetings."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from alliances.meetings.forms.people import PersonField, people_of
from alliances.meetings.models import Body, Meeting
from alliances.meetings.services import usual_chair
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
    ends = forms.TimeField(label="Ends at", required=False, widget=ClockInput)
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

    def __init__(self, *args: Any, on: date, minutes: int, **kwargs: Any) -> None:
        """`on` is today: what has passed can't be chosen. Without an end it lasts `minutes`."""
        super().__init__(*args, **kwargs)
        self.on, self.minutes = on, minutes
        self.fields["ends"].help_text = f"Leave it empty for {minutes} minutes."

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
        if starts and not ends and "ends" not in self.errors:
            self._end_as_usual(starts)
        elif starts and ends and ends <= starts:
            self.add_error("ends", "The meeting must end after it begins. Choose a later time.")
        if not cleaned.get("place") and not cleaned.get("link") and "link" not in self.errors:
            self.add_error("place", "Say where you meet, or give a link to join.")
        return cleaned

    def _end_as_usual(self, starts: time) -> None:
        usual = datetime.combine(self.on, starts) + timedelta(minutes=self.minutes)
        if usual.date() == self.on:
            self.cleaned_data["ends"] = usual.time()
        else:
            self.add_error("ends", "This would be past midnight. Say when the meeting ends.")

    @property
    def has_times(self) -> bool:
        """Whether day, beginning and end make sense, whatever the rest does."""
        told = getattr(self, "cleaned_data", {})
        return all(told.get(name) for name in ("day", "starts", "ends")) and not (
            {"day", "starts", "ends"} & self.errors.keys()
        )

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
    chair = PersonField(
        label="Chair",
        help_text="Name or e-mail address. Without one it is the group’s chair or lead.",
    )
    minute_taker = PersonField(
        label="Minute taker",
        help_text="Takes the register and the minutes. Without one it is whoever calls the meeting.",
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    parts = (
        ("What and when", "title", "day", "starts", "ends"),
        ("Where", "place", "link"),
        ("Who runs it", "chair", "minute_taker"),
        ("Those asked", "note", "answer_on"),
    )

    def __init__(
        self, *args: Any, on: date, body: Body, meeting: Meeting | None = None, **kwargs: Any
    ) -> None:
        """For a new meeting as the body usually has them, or filled with one as it stands."""
        initial = usual_values(body, on=on) if meeting is None else meeting_values(meeting)
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, on=on, minutes=body.usual_minutes, **kwargs)
        offer_people(self, body, on=on)

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
            "chair": self.cleaned_data["chair"],
            "minute_taker": self.cleaned_data["minute_taker"],
            "answer_by": joined_moment(answer_on, END_OF_DAY) if answer_on else None,
        }
        return words | {
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "place": self.cleaned_data["place"],
            "link": self.cleaned_data["link"],
        }


def offer_people(form: forms.Form, body: Body, *, on: date) -> None:
    """Let chair and minute taker be anybody of the alliance, and who stands there already."""
    for name in ("chair", "minute_taker"):
        field = form.fields[name]
        if isinstance(field, PersonField):
            current = form.get_initial_for_field(field, name)
            field.offer(partial(people_of, body.alliance, on=on), current=current)


def usual_values(body: Body, *, on: date) -> dict[str, Any]:
    """What a body's meetings begin with."""
    return {
        "place": body.usual_place,
        "chair": usual_chair(body, on=on),
        "minute_taker": body.minute_taker,
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
        "chair": meeting.chair,
        "minute_taker": meeting.minute_taker,
        "answer_on": meeting.answer_by.astimezone(UK).date() if meeting.answer_by else None,
        "seen_version": meeting.version,
    }


class WordsForm(PlainForm):
    """What can be changed of a called meeting without moving it."""

    title = MeetingForm.base_fields["title"]
    link = MeetingForm.base_fields["link"]
    note = MeetingForm.base_fields["note"]
    chair = MeetingForm.base_fields["chair"]
    minute_taker = MeetingForm.base_fields["minute_taker"]
    answer_on = forms.DateField(
        label="Please answer by", widget=DayInput, help_text="At 5pm on that day."
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: date, meeting: Meeting, **kwargs: Any) -> None:
        """Filled with the meeting as it stands; `on` is today."""
        super().__init__(*args, initial=meeting_values(meeting), **kwargs)
        self.on = on
        self.meeting = meeting
        offer_people(self, meeting.body, on=on)

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
        names = ("title", "link", "note", "chair", "minute_taker")
        words = {name: self.cleaned_data[name] for name in names}
        if self.cleaned_data["answer_on"] == self.initial["answer_on"]:
            return words
        return words | {"answer_by": joined_moment(self.cleaned_data["answer_on"], END_OF_DAY)}


class MoveForm(WhenAndWhere):
    """Another time or place for a called meeting."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: date, meeting: Meeting, **kwargs: Any) -> None:
        """Filled with the meeting as it stands."""
        kwargs["initial"] = meeting_values(meeting) | kwargs.get("initial", {})
        super().__init__(*args, on=on, minutes=meeting.minutes, **kwargs)

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
