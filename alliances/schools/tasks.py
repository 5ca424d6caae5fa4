"""What Celery does for schools and the register; each may run twice, at once and late."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from celery import shared_task
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from alliances.schools.exporting import COLUMNS, export_rows
from alliances.schools.filters import listed
from alliances.schools.models import RegisterUpdate
from alliances.schools.services import (
    NotWaiting,
    accept_register_update,
    ask_for_details,
    read_register_update,
    settle_departures,
)
from partnership.people.models import Person
from partnership.toolkit.kept_exports import keep_export
from partnership.toolkit.progress import report

log = logging.getLogger(__name__)


def _teller(key: str) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        report(key, at=time.time(), done=done, total=total)

    return tell


@shared_task(name="schools.read_register")
def read_register_file(update_id: int, key: str) -> None:
    """Compare a brought file with the register, telling under `key` how far it is."""
    update = RegisterUpdate.objects.get(pk=update_id)
    report(key, at=time.time(), words="reading the file")
    try:
        update = read_register_update(update=update, now=timezone.now(), report=_teller(key))
    except Exception:
        report(key, at=time.time(), is_finished=True, has_failed=True, words=TRY_AGAIN)
        raise
    if update.state == RegisterUpdate.State.REFUSED:
        words = f"{update.sentence} Nothing was changed."
        report(key, at=time.time(), is_finished=True, has_failed=True, words=words)
    else:
        words = "Nothing of the register is changed until you accept the difference."
        report(key, at=time.time(), is_finished=True, words=words)
    log.info("register file read: %s", update.state)


@shared_task(name="schools.accept_register")
def accept_register_difference(
    update_id: int, key: str, person_id: int, chosen: list[int] | None, kind: str
) -> None:
    """Apply what staff accepted, telling under `key` how far it is."""
    update = RegisterUpdate.objects.get(pk=update_id)
    by = Person.objects.get(pk=person_id)
    try:
        accepted = accept_register_update(
            update=update,
            by=by,
            now=timezone.now(),
            chosen=chosen,
            kind=kind,
            report=_teller(key),
        )
    except NotWaiting:
        words = "This file has been accepted or put aside already."
        report(key, at=time.time(), is_finished=True, words=words)
        return
    except Exception:
        report(key, at=time.time(), is_finished=True, has_failed=True, words=TRY_AGAIN)
        raise
    report(key, at=time.time(), is_finished=True, words=str(accepted))
    log.info("register difference accepted: %s rows", accepted.applied)


TRY_AGAIN = "Nothing was changed. Try again."


@shared_task(name="schools.ask_for_details")
def ask_schools_for_details() -> None:
    """Ask whoever wasn't asked this academic year."""
    ask_for_details(now=timezone.now())


@shared_task(name="schools.settle_departures")
def settle_passed_departures() -> None:
    """Let pass on or end what waited for somebody's last day."""
    settle_departures(now=timezone.now())


@shared_task(name="schools.export_schools")
def export_schools(person_id: int, query: dict[str, list[str]], kind: str, key: str) -> None:
    """Make a file of the list of schools as somebody asked for it, telling how far it is."""
    person, today = Person.objects.get(pk=person_id), timezone.localdate()
    schools = listed(MultiValueDict(query), person, on=today)
    total = schools.count()
    rows = export_rows(schools, on=today)
    keep_export(key, kind, name="schools", columns=COLUMNS, rows=rows, total=total, on=today)
    log.info("schools exported: %s rows", total)
