"""Notes of visits: kept while one types, given to the school, and checked by its head."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zlib import crc32

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from support.programmes.services.telling import (
    heads_of,
    record_of,
    supported_side_of,
    tell_change,
    tell_turn,
)
from support.progress.models import Held, Visit, VisitNote
from support.progress.services.going_on import going_on, school_days_later
from support.progress.services.holding import NoteGiven, NotOverYet, mark_held
from support.progress.services.visiting import NotPlanned

PARTS = ("with_whom", "seen", "agreed")
NEEDED = ("with_whom", "seen")
DAYS_TO_CHECK = 5
Accuracy = VisitNote.Accuracy


class WrittenElsewhere(Exception):
    """A part was written on in another place since it was opened here."""

    def __init__(self, current: dict[str, str]) -> None:
        """Keep the parts as they now stand, so that the page can show both."""
        super().__init__("The note was written on elsewhere.")
        self.current = current


class NotComplete(Exception):
    """A note says with whom one spoke and what was seen."""


class NotGiven(Exception):
    """The note isn't given to the school yet."""


class CheckedAlready(Exception):
    """Somebody of the school has said whether the note is right."""


def seen_of(words: str) -> int:
    """A number for the words of a part as they were opened: others have another."""
    return crc32(words.encode())


@transaction.atomic
def keep_note(
    *, visit: Visit, words: Mapping[str, str], seen: Mapping[str, int], by: Person, now: datetime
) -> VisitNote:
    """Keep these parts as the visitor's draft, which nobody else reads.

    `seen` are the numbers of the parts as she opened them; a part that stands otherwise by now
    is neither lost nor overwritten.
    """
    going_on(visit.programme)
    note = _draft_of(lock(visit), by=by, now=now)
    moved = {
        part: getattr(note, part)
        for part, typed in words.items()
        if getattr(note, part) != typed and seen[part] != seen_of(getattr(note, part))
    }
    if moved:
        raise WrittenElsewhere(moved)
    if apply_changes(note, dict(words)):
        note.saved_at = now
        note.save(update_fields=["saved_at"])
    return note


@transaction.atomic
def give_note(*, visit: Visit, by: Person, now: datetime) -> VisitNote:
    """The school reads it from now on, and nobody changes it; that says the visit was held, too."""
    programme = going_on(visit.programme)
    current = lock(visit)
    note = _draft_of(current, by=by, now=now)
    if not all(getattr(note, part).strip() for part in NEEDED):
        raise NotComplete
    if now < current.ends_at:
        raise NotOverYet
    if current.state == Held.PLANNED:
        mark_held(current, programme, by=by, now=now)
    check_by = school_days_later(now, DAYS_TO_CHECK, school=programme.school_id)
    apply_changes(note, {"given_at": now, "check_by": check_by})
    apply_changes(current, {"noted_at": now})
    heads = supported_side_of(programme, on=now.date())
    tell_turn(programme, heads, what=f"note-given:{visit.pk}", by=by, now=now)
    record_of("note of a visit given", programme, by=by, now=now)
    return note


@transaction.atomic
def check_note(
    *, note: VisitNote, accuracy: str, disputed: str, by: Person, now: datetime
) -> VisitNote:
    """Say for the school that a note is right, or what isn't; both stay beside each other."""
    programme = going_on(note.visit.programme)
    current = lock(note)
    if current.given_at is None:
        raise NotGiven
    if current.checked_at is not None:
        raise CheckedAlready
    said = disputed if accuracy == Accuracy.DISPUTED else ""
    checked = {"checked_by": by, "checked_at": now}
    apply_changes(current, {"accuracy": accuracy, "disputed": said, **checked})
    told = {current.written_by_id}
    if accuracy == Accuracy.DISPUTED:
        told |= heads_of([programme.supporting_school_id], on=now.date())
    tell_change(programme, told, what=f"note-checked:{note.visit_id}", by=by, now=now)
    record_of("note of a visit checked", programme, by=by, now=now)
    return current


def _draft_of(visit: Visit, *, by: Person, now: datetime) -> VisitNote:
    """The note of a locked visit, as long as it isn't given."""
    if visit.state == Held.CANCELLED:
        raise NotPlanned
    made, _is_new = VisitNote.objects.get_or_create(
        visit=visit, defaults={"written_by": by, "saved_at": now}
    )
    note = lock(made)
    if note.given_at is not None:
        raise NoteGiven
    return note
