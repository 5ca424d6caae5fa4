"""The documents that the host gives to the team."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from partnership.people.models import Person
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.uploads import CheckedFile
from reviews.days.models import Review, ReviewFile
from reviews.days.notices.preparing import FILES_CHANGED, FILES_THERE
from reviews.days.services.opening import locked_open
from reviews.days.services.telling import record_of, team_people, tell_of

MOST_FILES = 40


class FileHereAlready(Exception):
    """The review has the same file."""


class TooManyFiles(Exception):
    """The review has as many files as it may."""


class NoFiles(Exception):
    """There is nothing yet that could be complete."""


@transaction.atomic
def add_file(
    *,
    review: Review,
    upload: UploadedFile[Any],
    checked: CheckedFile,
    title: str,
    is_reading: bool,
    by: Person,
    now: datetime,
) -> ReviewFile:
    """Keep an upload that has been checked; a team that was told of all is told that one came."""
    current = locked_open(review)
    known = list(current.files.values_list("sha256", flat=True))
    if checked.sha256 in known:
        raise FileHereAlready
    if len(known) >= MOST_FILES:
        raise TooManyFiles
    made = ReviewFile(
        review=current,
        title=title,
        name=checked.name,
        kind=checked.kind,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
        is_reading=is_reading,
        added_by=by,
        added_at=now,
    )
    made.file.save(checked.name, upload, save=False)
    try:
        made.save()
        _told_of_change(current, "document added", made, by, now)
    except BaseException:
        made.file.storage.delete(str(made.file.name))
        raise
    return made


@transaction.atomic
def remove_file(*, file: ReviewFile, by: Person, now: datetime) -> None:
    """Take a document away; without any the host is asked for documents again.

    Asked twice nothing more happens.
    """
    current = locked_open(file.review)
    if not ReviewFile.objects.filter(pk=file.pk).exists():
        return
    content = file.file
    _told_of_change(current, "document removed", file, by, now)
    file.delete()
    if not ReviewFile.objects.filter(review=current).exists():
        _set_complete(current, None)
    _delete_when_kept(content)


@transaction.atomic
def say_files_complete(*, review: Review, by: Person, now: datetime) -> None:
    """The host says that these are all; the team is told that there is something to read."""
    current = locked_open(review)
    if current.files_at is not None:
        return
    if not ReviewFile.objects.filter(review=current).exists():
        raise NoFiles
    _set_complete(current, now)
    record_of("documents complete", current, by=by, now=now)
    what = f"{now:%Y-%m-%dT%H:%M:%S}"
    tell_of(current, team_people(current), kind=FILES_THERE, what=what, by=by, now=now)


@transaction.atomic
def say_files_incomplete(*, review: Review, by: Person, now: datetime) -> None:
    """More are to come after all."""
    current = locked_open(review)
    if current.files_at is None:
        return
    _set_complete(current, None)
    record_of("documents incomplete", current, by=by, now=now)


def _set_complete(review: Review, at: datetime | None) -> None:
    review.files_at = at
    review.save(update_fields=["files_at"])


def _told_of_change(
    review: Review, action: str, file: ReviewFile, by: Person, now: datetime
) -> None:
    """Audited each time; told once a day at most, and only once all were said to be there."""
    record_of(action, review, by=by, now=now, fields=["files"], values={"document": file.pk})
    if review.files_at is not None:
        what = f"{london_day(now):%Y-%m-%d}"
        tell_of(review, team_people(review), kind=FILES_CHANGED, what=what, by=by, now=now)


def _delete_when_kept(file: FieldFile) -> None:
    name = str(file.name)
    transaction.on_commit(lambda: file.storage.delete(name))
