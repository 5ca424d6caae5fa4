"""What the portal does by the clock to know that its clock is running."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from partnership.home.readiness import record_beat


@shared_task(name="home.record_beat")
def record_beat_now() -> None:
    """Note that beat and a worker have just worked together."""
    record_beat(now=timezone.now())
