"""The agenda: items in their order, and the papers for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Max
from django.db.models.fields.files import FieldFile

from alliances.meetings.models import AgendaItem, Meeting, Paper
from alliances.meetings.services.states import locked
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.uploads import CheckedFile, stored_path
from partnership.toolkit.versions import apply_changes, lock


def _recorded(action: str, item: AgendaItem, by: Person, now: datetime, fields: list[str]) -> None:
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
    purpose: str = AgendaItem.Purpose.DISCUSSION,
    presenter: Person | None = None,
    minutes: int = 10,
    paper_due_at: datetime | None = None,
    by: Person,
    now: datetime,
) -> AgendaItem:
    """An item at the end of the agenda."""
    meeting = locked(meeting)
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting,
        position=last + 1,
        title=title,
        purpose=purpose,
        presenter=presenter,
        minutes=minutes,
        paper_due_at=paper_due_at,
    )
    _recorded("agenda item added", item, by, now, ["items"])
    return item


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
        _recorded("agenda item edited", item, by, now, changed)
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
    last = item.meeting.items.aggregate(last=Max("position"))["last"] or 0
    mine, theirs = item.position, neighbour.position
    for one, position in ((item, last + 1), (neighbour, mine), (item, theirs)):
        one.position = position
        one.save(update_fields=["position"])
    _recorded("agenda reordered", item, by, now, ["position"])
    return item


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Person, now: datetime) -> None:
    """Take an item off the agenda, with its papers; the others close up."""
    meeting = locked(item.meeting)
    _recorded("agenda item removed", item, by, now, ["items"])
    files = [paper.file for paper in item.papers.all()]
    position = item.position
    item.delete()
    for later in meeting.items.filter(position__gt=position).order_by("position"):
        AgendaItem.objects.filter(pk=later.pk).update(position=F("position") - 1)
    for file in files:
        _delete_when_kept(file)


@transaction.atomic
def add_paper(
    *,
    item: AgendaItem,
    upload: UploadedFile[Any],
    checked: CheckedFile,
    title: str,
    by: Person,
    now: datetime,
) -> Paper:
    """Keep an upload that has been checked, under a name nobody can guess."""
    locked(item.meeting)
    paper = Paper(
        item=item,
        title=title,
        name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
        added_by=by,
        added_at=now,
    )
    paper.file.save(stored_path("papers", checked.kind), upload, save=False)
    try:
        paper.save()
        _recorded("paper added", item, by, now, ["papers"])
    except BaseException:
        paper.file.storage.delete(str(paper.file.name))
        raise
    return paper


@transaction.atomic
def remove_paper(*, paper: Paper, by: Person, now: datetime) -> None:
    """Take a paper away, and its file once the transaction holds."""
    locked(paper.item.meeting)
    _recorded("paper removed", paper.item, by, now, ["papers"])
    file = paper.file
    paper.delete()
    _delete_when_kept(file)


def _delete_when_kept(file: FieldFile) -> None:
    """Delete the file once the transaction holds, and not if it is rolled back."""
    name = str(file.name)
    transaction.on_commit(lambda: file.storage.delete(name))
