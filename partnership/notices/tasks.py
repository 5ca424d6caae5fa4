"""What Celery does for the outbox; each may run twice, at once and late."""

from __future__ import annotations

import time

from celery import shared_task
from django.utils import timezone

from partnership.notices.models import Notice
from partnership.notices.services import (
    plan_digests,
    plan_reminders,
    retry_notices,
    send_waiting,
)
from partnership.people.models import Person
from partnership.toolkit.progress import report

RETRIED_AT_ONCE = 500


@shared_task(name="notices.plan_reminders")
def plan_due_reminders() -> None:
    """Write the reminders that are due by now and not yet written."""
    plan_reminders(now=timezone.now())


@shared_task(name="notices.plan_digests")
def plan_due_digests() -> None:
    """Write today's digests, once."""
    plan_digests(now=timezone.now())


@shared_task(name="notices.send_waiting")
def send_what_waits() -> None:
    """Send what is due until nothing is."""
    send_waiting(clock=timezone.now)


@shared_task(name="notices.retry_failed")
def retry_failed(key: str, person_id: int) -> None:
    """Have every failed notice tried again once, telling under `key` how far it is."""
    by = Person.objects.get(pk=person_id)
    failed = Notice.objects.filter(state=Notice.State.FAILED).order_by("id")
    total, done, last = failed.count(), 0, 0
    report(key, at=time.time(), total=total)
    while some := list(failed.filter(pk__gt=last)[:RETRIED_AT_ONCE]):
        done += retry_notices(notices=some, by=by, now=timezone.now())
        last = some[-1].pk
        report(key, at=time.time(), done=done)
    words = f"{done} notices wait to be sent again." if done else "No notice had failed."
    report(key, at=time.time(), done=done, is_finished=True, words=words)
