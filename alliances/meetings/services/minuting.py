"""Minutes are written item by item, with their decisions and actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from alliances.meetings.models import AgendaItem, Decision, Meeting, Minute, MinuteDraft
from alliances.meetings.services.actions import give_action
from alliances.meetings.services.states import NotNow, locked
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes

State = Meeting.State
MinutesState = Meeting.MinutesState
WRITTEN_IN = (State.IN_SESSION, State.HELD)
NOT_HELD = "Minutes are written once the meeting has begun."
APPROVED = "These minutes are approved, so they stay as they are."
SAY_WHY = "The chair has checked these minutes. Say in a sentence why you change them."


@dataclass(frozen=True)
class NewAction:
    """An action as it is given under an item."""

    title: str
    owner: Person
    due_at: datetime


@dataclass(frozen=True)
class Entry:
    """What was typed under an item, or in the general part; `text` is None where nobody touched it.

    `seen_version` is 0 where no minute stood when the page was opened. What is discarded was typed
    before and not saved: it is forgotten.
    """

    item: AgendaItem | None
    text: str | None = None
    seen_version: int = 0
    decision: str = ""
    action: NewAction | None = None
    is_discarded: bool = False

    @property
    def item_id(self) -> int | None:
        """The key of the item, or nothing for the general part."""
        return self.item.pk if self.item else None

    @property
    def says_something(self) -> bool:
        """Whether there is anything to keep."""
        return self.text is not None or bool(self.decision) or self.action is not None

    @property
    def is_draft_over(self) -> bool:
        """Whether what she had typed and not saved is no longer needed."""
        return self.is_discarded or self.text is not None


class MinutesChanged(Exception):
    """Somebody saved the same parts meanwhile; `current` has them as they now stand, by item."""

    def __init__(self, current: dict[int | None, Minute | None]) -> None:
        """Keep them, so that the page can show both versions."""
        super().__init__("Somebody else saved this meanwhile.")
        self.current = current


@transaction.atomic
def save_minutes(
    *,
    meeting: Meeting,
    entries: Sequence[Entry],
    struck: int | None = None,
    because: str = "",
    by: Person,
    now: datetime,
) -> Meeting:
    """Keep what was typed, all or nothing; raises MinutesChanged where somebody saved since.

    `struck` is the key of a decision that doesn't stand. Once the chair has checked them a reason is
    needed, and after the approval nothing changes.
    """
    meeting = _writable(meeting, because=because)
    _forget_drafts(meeting, by, [entry.item_id for entry in entries if entry.is_draft_over])
    if struck is not None:
        _strike(meeting, struck, by=by, now=now)
    said = [entry for entry in entries if entry.says_something and not entry.is_discarded]
    if not said:
        return meeting
    standing = {minute.item_id: minute for minute in meeting.minuted.all()}
    _refuse_what_changed(said, standing)
    for entry in said:
        if entry.text is not None:
            _keep_text(meeting, entry, standing.get(entry.item_id), because, by=by, now=now)
        _keep_outcomes(meeting, entry, by=by, now=now)
    kept = {"items": [entry.item_id or 0 for entry in said]}
    words = "minutes mended" if because else "minutes written"
    _recorded(words, meeting, by=by, now=now, fields=["minutes"], values=kept)
    return meeting


def _writable(meeting: Meeting, *, because: str = "") -> Meeting:
    current = locked(meeting, *WRITTEN_IN, sentence=NOT_HELD)
    if current.minutes_state == MinutesState.APPROVED:
        raise NotNow(APPROVED)
    if current.minutes_state == MinutesState.CHECKED and not because:
        raise NotNow(SAY_WHY)
    return current


def _refuse_what_changed(entries: Iterable[Entry], standing: dict[int | None, Minute]) -> None:
    changed: dict[int | None, Minute | None] = {}
    for entry in entries:
        minute = standing.get(entry.item_id)
        version, text = (minute.version, minute.text) if minute else (0, "")
        if entry.text is not None and version != entry.seen_version and text != entry.text:
            changed[entry.item_id] = minute
    if changed:
        raise MinutesChanged(changed)


def _keep_text(
    meeting: Meeting,
    entry: Entry,
    minute: Minute | None,
    because: str,
    *,
    by: Person,
    now: datetime,
) -> None:
    text = entry.text or ""
    if minute is not None:
        if minute.text != text:
            facts = {"text": text, "written_by": by, "written_at": now, "changed_because": because}
            apply_changes(minute, facts)
    elif text:
        Minute.objects.create(
            meeting=meeting,
            item=entry.item,
            text=text,
            written_by=by,
            written_at=now,
            changed_because=because,
        )


def _keep_outcomes(meeting: Meeting, entry: Entry, *, by: Person, now: datetime) -> None:
    if entry.decision:
        Decision.objects.create(
            meeting=meeting,
            item=entry.item,
            words=entry.decision,
            recorded_by=by,
            recorded_at=now,
        )
    if entry.action is not None:
        give_action(
            body=meeting.body,
            meeting=meeting,
            item=entry.item,
            title=entry.action.title,
            owner=entry.action.owner,
            due_at=entry.action.due_at,
            by=by,
            now=now,
        )


def _strike(meeting: Meeting, key: int, *, by: Person, now: datetime) -> None:
    if meeting.decisions.filter(pk=key).delete()[0]:
        _recorded("decision struck out", meeting, by=by, now=now, fields=["decisions"])


@transaction.atomic
def keep_draft(
    *,
    meeting: Meeting,
    item: AgendaItem | None,
    text: str,
    seen_version: int,
    by: Person,
    now: datetime,
) -> bool:
    """Keep what somebody is typing, for her alone; False where it says what stands already."""
    if meeting.state not in WRITTEN_IN or meeting.minutes_state == MinutesState.APPROVED:
        raise NotNow(APPROVED if meeting.state in WRITTEN_IN else NOT_HELD)
    minute = Minute.objects.filter(meeting=meeting, item=item).only("text").first()
    if text == (minute.text if minute else ""):
        _forget_drafts(meeting, by, [item.pk if item else None])
        return False
    facts = {"text": text, "seen_version": seen_version, "saved_at": now}
    MinuteDraft.objects.update_or_create(meeting=meeting, item=item, person=by, defaults=facts)
    return True


def _forget_drafts(meeting: Meeting, person: Person, item_ids: Iterable[int | None]) -> None:
    ids = set(item_ids)
    if not ids:
        return
    over = Q(item__in=[item_id for item_id in ids if item_id])
    if None in ids:
        over |= Q(item=None)
    MinuteDraft.objects.filter(over, meeting=meeting, person=person).delete()


def _recorded(words: str, meeting: Meeting, *, by: Person, now: datetime, **facts: Any) -> None:
    record(words, meeting, by=by, at=now, alliance_id=meeting.body.alliance_id, **facts)
