"""Rows into the outbox, in the transaction of the change that they tell of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from partnership.audit.services import record
from partnership.notices.models import Notice
from partnership.people.models import Person
from partnership.toolkit.registers import notice_kinds


def tell(
    *,
    recipients: Iterable[int],
    kind: str,
    key: str,
    now: datetime,
    thing_id: int | None = None,
    facts: Mapping[str, object] | None = None,
    alliance_id: int | None = None,
    send_after: datetime | None = None,
) -> int:
    """Have each recipient told once; how many rows were asked for.

    The same recipient and key again adds nothing. `facts` holds ids and moments only.
    """
    spec = notice_kinds()[kind]
    rows = [
        Notice(
            recipient_id=person_id,
            kind=kind,
            key=key,
            thing_id=thing_id,
            facts=dict(facts or {}),
            alliance_id=alliance_id,
            rank=Notice.Rank.URGENT if spec.is_urgent else Notice.Rank.NORMAL,
            planned_at=now,
            send_after=send_after or now,
        )
        for person_id in sorted(set(recipients))
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)
    if rows and send_after is None:
        transaction.on_commit(wake_sender)
    return len(rows)


def wake_sender() -> None:
    """Ask a worker to look at the outbox now; when no broker answers, beat will, within a minute."""
    try:
        current_app.send_task("notices.send_waiting", retry=False)
    except OperationalError:
        return


@transaction.atomic
def retry_notices(*, notices: Iterable[Notice], by: Person, now: datetime) -> int:
    """Have failed notices tried again from the beginning; how many there were."""
    failed = Notice.objects.filter(
        pk__in=[notice.pk for notice in notices], state=Notice.State.FAILED
    )
    chosen = list(failed.select_for_update())
    for notice in chosen:
        record("notice tried again", notice, by=by, at=now, title=notice.kind)
    failed.update(
        state=Notice.State.WAITING, attempts=0, held_until=None, settled_at=None, reason=""
    )
    transaction.on_commit(wake_sender)
    return len(chosen)


@transaction.atomic
def drop_notice(*, notice: Notice, by: Person, now: datetime) -> bool:
    """Keep a waiting notice from being sent; False when it had already gone."""
    dropped = (
        Notice.objects.waiting()
        .filter(pk=notice.pk)
        .update(state=Notice.State.DROPPED, settled_at=now, reason="Dropped by portal staff.")
    )
    if dropped:
        record("notice dropped", notice, by=by, at=now, title=notice.kind)
    return bool(dropped)
