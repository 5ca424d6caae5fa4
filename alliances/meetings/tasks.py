"""What Celery does for meetings; it may run twice, at once and late."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from alliances.meetings.services import ask_newcomers


@shared_task(name="meetings.ask_newcomers")
def ask_those_who_took_over() -> None:
    """Ask new heads and members to what is called already, and let go those who have left."""
    ask_newcomers(now=timezone.now())
