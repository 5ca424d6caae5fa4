"""The school's consent that others than the two schools read a note, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.versions import lock
from support.programmes.services.telling import directors_of, record_of, tell_change
from support.progress.models import NoteRelease, VisitNote
from support.progress.services.going_on import going_on
from support.progress.services.noting import NotGiven

Layer = NoteRelease.Layer


class ReleasedAlready(Exception):
    """They may read it already."""


class WithdrawnAlready(Exception):
    """The consent was taken back before."""


@transaction.atomic
def release_note(
    *, note: VisitNote, layer: str, board_words: str, by: Person, now: datetime
) -> NoteRelease:
    """Let the director read a note, or the board the school's own words in its place."""
    programme = going_on(note.visit.programme)
    current = lock(note)
    if current.given_at is None:
        raise NotGiven
    standing = NoteRelease.objects.filter(note=current, layer=layer, withdrawn_at=None)
    if standing.exists():
        raise ReleasedAlready
    release = NoteRelease.objects.create(
        note=current,
        layer=layer,
        board_words=board_words if layer == Layer.BOARD else "",
        given_by=by,
        given_at=now,
    )
    if layer == Layer.DIRECTOR:
        directors = directors_of(programme, on=now.date())
        what = f"note-released:{note.visit_id}"
        tell_change(programme, directors, what=what, by=by, now=now)
    record_of("note of a visit released", programme, by=by, now=now)
    return release


@transaction.atomic
def withdraw_release(*, release: NoteRelease, by: Person, now: datetime) -> NoteRelease:
    """Take a consent back, also while the support rests or is over; from now on it isn't read."""
    programme = lock(release.note.visit.programme)
    current = lock(release)
    if current.withdrawn_at is not None:
        raise WithdrawnAlready
    current.withdrawn_by, current.withdrawn_at = by, now
    current.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record_of("release of a note withdrawn", programme, by=by, now=now)
    return current
