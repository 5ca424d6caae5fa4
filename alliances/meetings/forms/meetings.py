"""What people fill in about meetings."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import Any

from django import forms

from alliances.meetings.forms.people import PersonField, people_of
from alliances.meetings.forms.times import END_OF_DAY, PlainForm, WhenAndWhere, joined_moment
from alliances.meetings.models import Body, Meeting
from alliances.meetings.services import usual_chair
from partnership.calendar.days import UK
from partnership.toolkit.spoken_dates import london_day, spoken_clock, spoken_day
from partnership.toolkit.widgets import DayInput

BEFORE_IT = "Choose a coming day before the meeting"
OR_EMPTY = f"{BEFORE_IT}, or leave it empty."


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
    agenda_on = forms.DateField(
        label="Publish the agenda by",
        required=False,
        widget=DayInput,
        help_text="Leave it empty for five school days before the meeting. If the agenda is there "
        "when you call the meeting, it is published at once.",
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
        ("Those asked", "note", "answer_on", "agenda_on"),
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
        """Answers and the agenda are wanted before the meeting."""
        cleaned = super().clean()
        day = cleaned.get("day")
        for name in ("answer_on", "agenda_on"):
            wished = cleaned.get(name)
            if wished and day and not self.on <= wished < day:
                self.add_error(name, OR_EMPTY)
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by the meeting's fields."""
        words = {
            "title": self.cleaned_data["title"],
            "note": self.cleaned_data["note"],
            "chair": self.cleaned_data["chair"],
            "minute_taker": self.cleaned_data["minute_taker"],
            "answer_by": _end_of(self.cleaned_data["answer_on"]),
            "agenda_due_at": _end_of(self.cleaned_data["agenda_on"]),
        }
        return words | {
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "place": self.cleaned_data["place"],
            "link": self.cleaned_data["link"],
        }


def _end_of(day: date | None) -> datetime | None:
    return joined_moment(day, END_OF_DAY) if day else None


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
        "answer_on": london_day(meeting.answer_by) if meeting.answer_by else None,
        "agenda_on": london_day(meeting.agenda_due_at) if meeting.agenda_due_at else None,
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
    agenda_on = forms.DateField(
        label="Publish the agenda by", widget=DayInput, help_text="At 5pm on that day."
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: date, meeting: Meeting, **kwargs: Any) -> None:
        """Filled with the meeting as it stands; `on` is today."""
        super().__init__(*args, initial=meeting_values(meeting), **kwargs)
        self.on = on
        self.meeting = meeting
        offer_people(self, meeting.body, on=on)
        if meeting.agenda_published_at is not None or meeting.agenda_due_at is None:
            del self.fields["agenda_on"]
            self.lay_out()

    def clean_link(self) -> str:
        """A meeting without a place needs it."""
        link: str = self.cleaned_data["link"]
        if not link and not self.meeting.place:
            raise forms.ValidationError("This meeting has no place: give a link to join.")
        return link

    def clean_answer_on(self) -> date:
        """Before the meeting."""
        return self._day_before("answer_on")

    def clean_agenda_on(self) -> date:
        """Before the meeting."""
        return self._day_before("agenda_on")

    def _day_before(self, name: str) -> date:
        """A day that has passed can only stay as it is."""
        day: date = self.cleaned_data[name]
        is_kept = day == self.initial[name]
        if not is_kept and not self.on <= day < london_day(self.meeting.starts_at):
            raise forms.ValidationError(f"{BEFORE_IT}.")
        return day

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by the meeting's fields."""
        names = ("title", "link", "note", "chair", "minute_taker")
        words = {name: self.cleaned_data[name] for name in names}
        days = {"answer_on": "answer_by", "agenda_on": "agenda_due_at"}
        moved = days.keys() & self.cleaned_data.keys()
        return words | {
            days[name]: _end_of(self.cleaned_data[name])
            for name in moved
            if self.cleaned_data[name] != self.initial[name]
        }
