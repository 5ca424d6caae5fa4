"""What Celery does for schools; each may run twice and late."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from alliances.schools.services import ask_for_details


@shared_task(name="schools.ask_for_details")
def ask_schools_for_details() -> None:
    """Ask whoever wasn't asked this academic year."""
    ask_for_details(now=timezone.now())
