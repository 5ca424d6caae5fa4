"""What people fill in about minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import OuterRef, Q, QuerySet, Subquery

from alliances.meetings.forms.agenda import possible_presenters
from alliances.meetings.forms.people import PersonField, people_of
from alliances.meetings.forms.times import END_OF_DAY, FURTHEST_AHEAD, PlainForm, joined_moment
from alliances.meetings.minuted import Part
from alliances.meetings.models import Body, Meeting, Minute
from alliances.meetings.services.minuting import Entry, NewAction
from alliances.membership.forms.kept import BothVersions
from alliances.schools.models import SchoolPost
from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.widgets import DayInput

LONGEST_TEXT = 20_000
WHO = "Say who does it."
WHAT = "Say what is to be done."
PAST = "Choose a coming day."
TOO_FAR = "This is more than three years ahead. Look at the year."


def digest_of(text: str) -> str:
    """A short sign of a text, to see whether anybody touched it."""
    return sha256(text.encode(errors="replace")).hexdigest()[:16]


def plain_text(typed: str) -> str:
    """What was typed, with line ends as they are kept."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()


def possible_owners(body: Body, meeting: Meeting | None, *, on: date) -> QuerySet[Person]:
    """The alliance’s people, and whoever sits in the body or was asked to the meeting.

    `works_at` tells namesakes apart.
    """
    seats = body.seats.on(on)
    heads = SchoolPost.objects.on(on).of_heads().filter(school__in=seats.values("school"))
    found = (
        Q(pk__in=people_of(body.alliance, on=on).order_by().values("pk"))
        | Q(pk__in=seats.exclude(person=None).values("person"))
        | Q(pk__in=heads.values("person"))
    )
    if meeting is not None:
        found |= Q(pk__in=meeting.replies.filter(ended_at=None).values("person"))
    return _with_school(Person.objects.filter(found, is_active=True), on=on)


def owners_in_confidence(meeting: Meeting, *, on: date) -> QuerySet[Person]:
    """The body's members and who runs it: nobody else may read what is confidential."""
    members = possible_presenters(meeting, None).order_by().values("pk")
    return _with_school(Person.objects.filter(pk__in=members), on=on)


def _with_school(people: QuerySet[Person], *, on: date) -> QuerySet[Person]:
    posts = SchoolPost.objects.on(on).filter(person=OuterRef("pk")).order_by("pk")
    named = people.annotate(works_at=Subquery(posts.values("school__name")[:1]))
    return named.order_by("search_name", "pk")


@dataclass(frozen=True)
class Setting:
    """What the forms of one page have in common: the meeting, today, and when actions are due."""

    meeting: Meeting
    today: date
    usual_due_at: datetime


class PartForm(PlainForm):
    """What was said under one item of the agenda, what was decided, and who does what."""

    text = forms.CharField(
        label="What was said, in short",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    decision = forms.CharField(label="What was decided", required=False, max_length=500)
    action = forms.CharField(label="What is to be done", required=False, max_length=300)
    owner = PersonField(label="Who does it")
    due_on = forms.DateField(label="By", required=False, widget=DayInput)
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    was = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    both: tuple[BothVersions, ...] = ()

    def __init__(self, *args: Any, part: Part, setting: Setting, **kwargs: Any) -> None:
        """Filled with what stands, or with what she had typed and not saved."""
        self.part, self.setting = part, setting
        minute, draft = part.minute, part.draft
        saved = minute.text if minute else ""
        version = minute.version if minute else 0
        initial = {
            "text": draft.text if draft else saved,
            "due_on": london_day(setting.usual_due_at),
            "seen_version": draft.seen_version if draft else version,
            "was": digest_of(saved),
        }
        super().__init__(*args, prefix=f"part-{part.key}", initial=initial, **kwargs)
        owner: Any = self.fields["owner"]
        owner.widget.attrs["list"] = "owners"
        owner.offer(self._owners)

    def _owners(self) -> QuerySet[Person]:
        item, meeting, on = self.part.item, self.setting.meeting, self.setting.today
        if item is not None and item.is_confidential:
            return owners_in_confidence(meeting, on=on)
        return possible_owners(meeting.body, meeting, on=on)

    def clean_text(self) -> str:
        """Line ends as they are kept."""
        return plain_text(self.cleaned_data["text"])

    def clean_due_on(self) -> date | None:
        """A coming day, and not a slip of the year."""
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and self.data.get(self.add_prefix("action"), "").strip():
            check_due_on(day, today=self.setting.today)
        return day

    def clean(self) -> dict[str, Any]:
        """An action has an owner, and an owner something to do."""
        cleaned = super().clean() or {}
        action, owner = cleaned.get("action"), cleaned.get("owner")
        if action and owner is None and "owner" not in self.errors:
            self.add_error("owner", WHO)
        elif owner is not None and not action:
            self.add_error("action", WHAT)
        return cleaned

    @property
    def key(self) -> str:
        """The part as its page and its address name it."""
        return str(self.part.key)

    @property
    def has_outcomes(self) -> bool:
        """Whether a decision or an action is being typed here."""
        typed = ("decision", "action", "owner")
        is_typed = self.is_bound and any(self[name].value() for name in typed)
        is_wrong = not self.errors.keys().isdisjoint((*typed, "due_on"))
        return bool(is_typed or is_wrong)

    @property
    def entry(self) -> Entry:
        """What was typed, as saving takes it."""
        cleaned = self.cleaned_data
        text = cleaned["text"]
        was_sent = self.add_prefix("text") in self.data
        untouched = not was_sent or digest_of(text) == cleaned["was"]
        return Entry(
            item=self.part.item,
            text=None if untouched else text,
            seen_version=cleaned["seen_version"] or 0,
            decision=cleaned["decision"],
            action=self._action(),
        )

    def _action(self) -> NewAction | None:
        cleaned = self.cleaned_data
        if not cleaned["action"]:
            return None
        return NewAction(
            cleaned["action"], cleaned["owner"], due_at_of(cleaned["due_on"], self.setting)
        )

    def show_both(self, current: Minute | None) -> None:
        """Keep what was typed, show what was saved meanwhile, and let the next save count."""
        theirs = current.text if current else ""
        yours = self.cleaned_data["text"]
        label = str(self.fields["text"].label)
        self.both = (BothVersions(label, yours or "Nothing", theirs or "Nothing"),)
        fresh = {
            self.add_prefix("seen_version"): str(current.version if current else 0),
            self.add_prefix("was"): digest_of(theirs),
        }
        self.data = {**self.data.dict(), **fresh}  # type: ignore[attr-defined]  # a QueryDict


def check_due_on(day: date, *, today: date) -> None:
    """Refuse a day that has passed or lies years ahead."""
    if day < today:
        raise forms.ValidationError(PAST)
    if day > today + FURTHEST_AHEAD:
        raise forms.ValidationError(TOO_FAR)


def due_at_of(day: date | None, setting: Setting) -> datetime:
    """The end of that day; on the day of the next meeting, when that begins."""
    if day is None or day == london_day(setting.usual_due_at):
        return setting.usual_due_at
    return joined_moment(day, END_OF_DAY)


class MendForm(PlainForm):
    """Why minutes are changed that were checked."""

    because = forms.CharField(
        label="Why you change them",
        max_length=300,
        help_text="Everybody who reads the minutes sees it.",
    )


class SendBackForm(PlainForm):
    """What the chair asks to be put right."""

    because = forms.CharField(
        label="What should be put right",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only those who write these minutes read it.",
    )


class ApproveForm(PlainForm):
    """The later meeting that approved the minutes."""

    meeting = forms.ModelChoiceField(
        label="Approved in", queryset=Meeting.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, later: QuerySet[Meeting], **kwargs: Any) -> None:
        """Offer the meetings of the body that have begun since."""
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = later  # type: ignore[attr-defined]  # a choice field
