"""What the portal does by the clock: know that its clock is running, clear what is over."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from partnership.home.readiness import record_beat
from partnership.toolkit.kept_exports import remove_old_exports

log = logging.getLogger(__name__)


@shared_task(name="home.record_beat")
def record_beat_now() -> None:
    """Note that beat and a worker have just worked together."""
    record_beat(now=timezone.now())


@shared_task(name="home.remove_old_exports")
def remove_yesterdays_exports() -> None:
    """Remove the files that were made of long lists more than a day ago."""
    if removed := remove_old_exports(now=timezone.now()):
        log.info("exports removed: %s", removed)
