"""The papers of the agenda's items, and their files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from alliances.meetings.models import AgendaItem, Paper
from alliances.meetings.services.states import locked
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.uploads import CheckedFile, stored_path


def _recorded(action: str, item: AgendaItem, by: Person, now: datetime) -> None:
    record(
        action,
        item.meeting,
        by=by,
        at=now,
        fields=["papers"],
        values={"item": item.pk},
        alliance_id=item.meeting.body.alliance_id,
    )


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
        _recorded("paper added", item, by, now)
    except BaseException:
        paper.file.storage.delete(str(paper.file.name))
        raise
    return paper


@transaction.atomic
def remove_paper(*, paper: Paper, by: Person, now: datetime) -> None:
    """Take a paper away, and its file once the transaction holds."""
    locked(paper.item.meeting)
    _recorded("paper removed", paper.item, by, now)
    file = paper.file
    paper.delete()
    delete_when_kept(file)


def delete_when_kept(file: FieldFile) -> None:
    """Delete the file once the transaction holds, and not if it is rolled back."""
    name = str(file.name)
    transaction.on_commit(lambda: file.storage.delete(name))
