"""A long list as a file: a worker writes it, whoever asked fetches it, and it is gone after a day.

A list of up to `LONG` rows is answered at once by `export`. A longer one is `begun`, a task of the
room calls `keep_export`, and the page of its progress offers the file to whoever asked and nobody
else.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db.models import QuerySet

from partnership.toolkit.exports import BATCH, Column, file_name, file_of
from partnership.toolkit.progress import Progress, begin, progress_of, report
from partnership.toolkit.uploads import stored_path

LONG = 2_000
FOLDER = "exports"
KEPT = timedelta(days=1)
SAME_WITHIN_SECONDS = 60
FAILED = "The file was not made. Try again."


def is_long(rows: QuerySet[Any, Any]) -> bool:
    """Whether there are too many rows to answer while somebody waits; counts no further."""
    return rows.order_by().values("pk")[LONG : LONG + 1].exists()


def begun(*, title: str, person_id: int, back: str, of: str, at: float) -> tuple[Progress, bool]:
    """The work on a file and whether it is new: asked for twice in a minute it is one work.

    `of` tells one list with its filters from another.
    """
    digest = hashlib.sha256(f"{person_id}:{of}".encode()).hexdigest()
    key, since = cache.get(f"export:{digest}", ("", 0.0))
    known = progress_of(key, person_id=person_id)
    if known is not None and not known.has_failed and at - since < SAME_WITHIN_SECONDS:
        return known, False
    work = begin(title=title, person_id=person_id, back=back, at=at)
    cache.set(f"export:{digest}", (work.key, at), SAME_WITHIN_SECONDS)
    return work, True


def keep_export(
    key: str,
    kind: str,
    *,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Any],
    total: int,
    on: date,
) -> None:
    """Write the file, telling under `key` how far it is, and keep it for whoever asked."""
    try:
        with file_of(kind, name=name, columns=columns, rows=_told(rows, key, total)) as content:
            path = default_storage.save(stored_path(FOLDER, kind), File(content))
    except Exception:
        report(key, at=time.time(), is_finished=True, has_failed=True, words=FAILED)
        raise
    report(
        key,
        at=time.time(),
        is_finished=True,
        done=total,
        words=f"{total:,} rows. The file is kept for you for a day.",
        file=path,
        file_name=file_name(kind, name=name, on=on),
    )


def _told(rows: Iterable[Any], key: str, total: int) -> Iterator[Any]:
    for done, row in enumerate(rows):
        if done % BATCH == 0:
            report(key, at=time.time(), done=done, total=total)
        yield row


def remove_old_exports(*, now: datetime) -> int:
    """Files of more than a day ago go; how many there were."""
    removed = 0
    for path in _kept():
        if default_storage.get_modified_time(path) < now - KEPT:
            default_storage.delete(path)
            removed += 1
    return removed


def _kept() -> Iterator[str]:
    if not default_storage.exists(FOLDER):
        return
    for folder in default_storage.listdir(FOLDER)[0]:
        for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            yield f"{FOLDER}/{folder}/{name}"
