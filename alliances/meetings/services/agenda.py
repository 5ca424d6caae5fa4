"""The agenda: items in their order, some of them carried forward."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max, ProtectedError

from alliances.meetings.models import AgendaItem, Meeting, ProposedItem
from alliances.meetings.services.papers import delete_when_kept
from alliances.meetings.services.states import NotNow, locked
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock

CARRIED = ("section", "title", "purpose", "presenter", "minutes", "is_confidential")


def item_recorded(
    action: str, item: AgendaItem, by: Person, now: datetime, fields: list[str]
) -> None:
    record(
        action,
        item.meeting,
        by=by,
        at=now,
        fields=fields,
        values={"item": item.pk},
        alliance_id=item.meeting.body.alliance_id,
    )


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    title: str,
    section: str = "",
    purpose: str = AgendaItem.Purpose.DISCUSSION,
    presenter: Person | None = None,
    minutes: int = 10,
    paper_due_at: datetime | None = None,
    is_confidential: bool = False,
    by: Person,
    now: datetime,
) -> AgendaItem:
    """An item at the end of the agenda."""
    meeting = locked(meeting)
    item = AgendaItem.objects.create(
        meeting=meeting,
        position=_last_place(meeting) + 1,
        section=section,
        title=title,
        purpose=purpose,
        presenter=presenter,
        minutes=minutes,
        paper_due_at=paper_due_at,
        is_confidential=is_confidential,
        added_at=now,
    )
    item_recorded("agenda item added", item, by, now, ["items"])
    return item


def _last_place(meeting: Meeting) -> int:
    return meeting.items.aggregate(last=Max("position"))["last"] or 0


@transaction.atomic
def edit_item(
    *,
    item: AgendaItem,
    changes: dict[str, Any],
    seen_version: int | None = None,
    by: Person,
    now: datetime,
) -> AgendaItem:
    """Change an item; raises ChangedSince when somebody saved since `seen_version`."""
    locked(item.meeting)
    item = lock(item, seen_version=seen_version)
    changed = apply_changes(item, changes)
    if changed:
        item.changed_at = now
        item.save(update_fields=["changed_at"])
        item_recorded("agenda item edited", item, by, now, changed)
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, is_up: bool, by: Person, now: datetime) -> AgendaItem:
    """Change places with the item before or after it; at the edge nothing happens."""
    locked(item.meeting)
    item = lock(item)
    others = item.meeting.items.exclude(pk=item.pk)
    neighbour = (
        others.filter(position__lt=item.position).order_by("-position").first()
        if is_up
        else others.filter(position__gt=item.position).order_by("position").first()
    )
    if neighbour is None:
        return item
    last = _last_place(item.meeting)
    mine, theirs = item.position, neighbour.position
    for one, position in ((item, last + 1), (neighbour, mine), (item, theirs)):
        one.position = position
        one.save(update_fields=["position"])
    item_recorded("agenda reordered", item, by, now, ["position"])
    return item


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Person, now: datetime) -> None:
    """Take an item off the agenda, with its papers; the others close up.

    What was proposed is open again. Raises NotNow where something is minuted under it.
    """
    meeting = locked(item.meeting)
    item_recorded("agenda item removed", item, by, now, ["items"])
    files = [paper.file for paper in item.papers.all()]
    position = item.position
    ProposedItem.objects.filter(taken_into=item).update(settled_at=None, settled_by=None)
    try:
        item.delete()
    except ProtectedError:
        raise NotNow("Something is minuted under this item, so it stays.") from None
    for later in meeting.items.filter(position__gt=position).order_by("position"):
        AgendaItem.objects.filter(pk=later.pk).update(position=F("position") - 1)
    for file in files:
        delete_when_kept(file)


def items_to_carry(meeting: Meeting) -> list[AgendaItem]:
    """Items of the last meeting of the body that was held, as far as they aren't carried here yet."""
    held = Meeting.objects.filter(
        body=meeting.body_id, state=Meeting.State.HELD, starts_at__lt=meeting.starts_at
    )
    last = held.order_by("-starts_at", "-pk").first()
    if last is None:
        return []
    items = last.items.exclude(carried_to__meeting=meeting).select_related("presenter")
    found = list(items.order_by("position"))
    for item in found:
        item.meeting = last
    return found


@transaction.atomic
def carry_items(
    *, meeting: Meeting, items: Collection[AgendaItem], by: Person, now: datetime
) -> list[AgendaItem]:
    """Items of an earlier meeting stand on this agenda too, without their papers."""
    meeting = locked(meeting)
    last = _last_place(meeting)
    carried = AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            position=last + place,
            carried_from=item,
            added_at=now,
            **{name: getattr(item, name) for name in CARRIED},
        )
        for place, item in enumerate(items, start=1)
    )
    if carried:
        item_recorded("agenda items carried forward", carried[0], by, now, ["items"])
    return carried
