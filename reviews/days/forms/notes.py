"""A note of evidence, from its page or as a device sends it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from alliances.membership.forms.kept import KeptForm
from partnership.toolkit.versions import ChangedSince
from reviews.cycles.models import Theme
from reviews.days.forms.both import show_both
from reviews.days.models import PUPILS, Note
from reviews.days.services.noting import SentNote

LONGEST = 5_000
LONGEST_ACTIVITY = 120
MOST_AT_ONCE = 50
HIGHEST_VERSION = 2**31 - 1


class NotANote(Exception):
    """What was sent isn't what a device of the portal sends."""


class NoteForm(KeptForm):
    """What was seen, where, and to which theme it belongs."""

    theme = forms.ChoiceField(required=False)
    activity = forms.CharField(
        label="Where you saw it",
        max_length=LONGEST_ACTIVITY,
        required=False,
        widget=forms.Select,
    )
    text = forms.CharField(
        label="What you saw",
        max_length=LONGEST,
        help_text=PUPILS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, themes: Sequence[Theme], activities: Sequence[str], **kwargs: Any
    ) -> None:
        """Offer the framework's themes, and where the team goes.

        The host may word its timetable otherwise while she writes: what she was offered is kept.
        """
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["theme"].choices = [
            ("", "No theme yet"),
            *((str(theme.pk), theme.name) for theme in themes),
        ]
        asked = [*activities, str(self["activity"].value() or "")]
        fields["activity"].widget.choices = [
            ("", "Somewhere else"),
            *((each, each) for each in dict.fromkeys(asked) if each),
        ]

    def sent(self, now: datetime, note: Note | None = None) -> SentNote:
        """What was typed, as a device would send it."""
        typed = self.changes
        return SentNote(
            key=note.key if note is not None else (typed["key"] or uuid4()),
            text=typed["text"],
            activity=typed["activity"],
            theme=int(typed["theme"]) if typed["theme"] else None,
            written_at=now,
            seen=self.seen if note is not None else None,
        )

    def show_both(self, changed: ChangedSince) -> None:
        """What she changed elsewhere meanwhile, beside what she typed."""
        current: Any = changed.current
        show_both(self, values_of_note(current))


def values_of_note(note: Note) -> dict[str, Any]:
    """A note as its form shows it."""
    return {
        "theme": str(note.theme_id or ""),
        "activity": note.activity,
        "text": note.text,
        "seen_version": note.version,
    }


def sent_notes(body: Any, *, themes: Collection[int], now: datetime) -> list[SentNote]:
    """The notes of a device's message; what no device of the portal sends is refused as a whole."""
    rows = body.get("notes") if isinstance(body, dict) else None
    if not isinstance(rows, list) or len(rows) > MOST_AT_ONCE:
        raise NotANote
    return [_sent(row, themes, now) for row in rows]


def _sent(row: Any, themes: Collection[int], now: datetime) -> SentNote:
    if not isinstance(row, dict):
        raise NotANote
    is_removed = row.get("removed") is True
    text = _plain(row.get("text", ""), LONGEST)
    if not text and not is_removed:
        raise NotANote
    theme = row.get("theme")
    return SentNote(
        key=_key(row.get("key")),
        text=text,
        activity=_plain(row.get("activity", ""), LONGEST_ACTIVITY),
        theme=theme if isinstance(theme, int) and theme in themes else None,
        written_at=_moment(row.get("written_at"), now),
        seen=_version(row.get("seen")),
        is_removed=is_removed,
    )


def _key(value: Any) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as problem:
        raise NotANote from problem


def _plain(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        raise NotANote
    plain = value.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(plain) > longest or _has_halves(plain):
        raise NotANote
    return plain


def _has_halves(text: str) -> bool:
    """Whether half a sign stands there alone, which no database keeps."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def _version(value: Any) -> int | None:
    is_version = isinstance(value, int) and not isinstance(value, bool)
    return value if is_version and 0 < value <= HIGHEST_VERSION else None


def _moment(value: Any, now: datetime) -> datetime:
    """By the device's clock, unless that is nonsense or ahead."""
    try:
        said = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        said = None
    return min(said, now) if said is not None and is_aware(said) else now
