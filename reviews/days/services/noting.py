"""Notes of evidence come in, each once, however often a device sends them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.versions import ChangedSince, lock
from reviews.days.course.opening import Writing, writing
from reviews.days.models import Finding, Note, Review
from reviews.days.services.telling import record_of


class NotYetOpen(Exception):
    """The day hasn’t begun."""


class WritingHasEnded(Exception):
    """The findings are agreed, or the notes deleted: nothing is added to what they rest on."""


class StandsBehindFinding(Exception):
    """The team has chosen this note as evidence."""


class State(Enum):
    """What became of a note that a device sent."""

    KEPT = "kept"
    REMOVED = "removed"
    CHANGED = "changed"
    BEHIND_FINDING = "behind_finding"


@dataclass(frozen=True)
class SentNote:
    """A note as a device sends it; `seen` is the version it was written upon, none for a new one."""

    key: UUID
    text: str
    activity: str
    theme: int | None
    written_at: datetime
    seen: int | None = None
    is_removed: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of it, and how it stands now; a removed one has no words any more."""

    state: State
    note: Note


@transaction.atomic
def keep_notes(
    *, review: Review, notes: Sequence[SentNote], by: Person, now: datetime
) -> list[Outcome]:
    """Add, change and remove her own notes; sending the same again changes nothing."""
    _lock_open(review, now)
    last = {each.key: each for each in notes}
    known = _known(review, by, last.keys())
    behind = _behind_findings([note.pk for key, note in known.items() if last[key].is_removed])
    added = [_new(review, each, by, now) for key, each in last.items() if key not in known]
    Note.objects.bulk_create(added)
    outcomes, changed = [_told(note) for note in added], []
    for key, note in known.items():
        state, has_changed = _apply(note, last[key], now, is_behind=note.pk in behind)
        outcomes.append(Outcome(state, note))
        if has_changed:
            changed.append(note)
    Note.objects.bulk_update(
        changed, ["theme", "activity", "text", "version", "changed_at", "removed_at"]
    )
    if added or changed:
        counts = {"added": len(added), "changed": len(changed)}
        record_of("notes of evidence kept", review, by=by, now=now, values=counts)
    return outcomes


def add_note(*, review: Review, note: SentNote, by: Person, now: datetime) -> Note:
    """Add one from the page itself."""
    (outcome,) = keep_notes(review=review, notes=[note], by=by, now=now)
    return outcome.note


@transaction.atomic
def change_note(*, note: Note, sent: SentNote, by: Person, now: datetime) -> Note:
    """Change one from its page; where she changed it elsewhere meanwhile she is shown both."""
    (outcome,) = keep_notes(review=note.review, notes=[sent], by=by, now=now)
    if outcome.state == State.CHANGED:
        raise ChangedSince(outcome.note)
    return outcome.note


@transaction.atomic
def remove_note(*, note: Note, by: Person, now: datetime) -> None:
    """Take her note back; its words go."""
    sent = SentNote(note.key, "", "", None, note.written_at, is_removed=True)
    (outcome,) = keep_notes(review=note.review, notes=[sent], by=by, now=now)
    if outcome.state == State.BEHIND_FINDING:
        raise StandsBehindFinding


def _lock_open(review: Review, now: datetime) -> None:
    current = lock(review)
    ended_at = current.moderated_at or current.notes_deleted_at
    found = writing(current.dated_for, ended_at, now)
    if found == Writing.BEFORE:
        raise NotYetOpen
    if found == Writing.ENDED:
        raise WritingHasEnded


def _known(review: Review, by: Person, keys: Collection[UUID]) -> dict[UUID, Note]:
    rows = Note.objects.select_for_update(of=("self",)).filter(
        review=review, author=by, key__in=keys
    )
    return {note.key: note for note in rows.order_by("pk")}


def _behind_findings(removed: Collection[int]) -> set[int]:
    chosen = Finding.evidence.through.objects.filter(note__in=removed) if removed else []
    return {each.note_id for each in chosen}


def _new(review: Review, sent: SentNote, by: Person, now: datetime) -> Note:
    """A note; of one that was removed before it arrived its name alone, so that it stays away."""
    return Note(
        review=review,
        author=by,
        key=sent.key,
        theme_id=None if sent.is_removed else sent.theme,
        activity="" if sent.is_removed else sent.activity,
        text="" if sent.is_removed else sent.text,
        written_at=min(sent.written_at, now),
        received_at=now,
        changed_at=now,
        removed_at=now if sent.is_removed else None,
    )


def _told(note: Note) -> Outcome:
    return Outcome(State.KEPT if note.removed_at is None else State.REMOVED, note)


def _apply(note: Note, sent: SentNote, now: datetime, *, is_behind: bool) -> tuple[State, bool]:
    """What becomes of a note that is here already, and whether it differs now."""
    if note.removed_at is not None:
        is_late_copy = sent.is_removed or sent.seen is None
        return (State.REMOVED if is_late_copy else State.CHANGED), False
    if sent.is_removed:
        if is_behind:
            return State.BEHIND_FINDING, False
        _empty(note, now)
        return State.REMOVED, True
    if (note.text, note.activity, note.theme_id) == (sent.text, sent.activity, sent.theme):
        return State.KEPT, False
    if note.version != (sent.seen or 1):
        return State.CHANGED, False
    note.text, note.activity, note.theme_id = sent.text, sent.activity, sent.theme
    note.version, note.changed_at = note.version + 1, now
    return State.KEPT, True


def _empty(note: Note, now: datetime) -> None:
    note.text, note.activity, note.theme_id = "", "", None
    note.version, note.changed_at, note.removed_at = note.version + 1, now, now
