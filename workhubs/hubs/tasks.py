"""What Celery does for workhubs; it may run twice, at once and late."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from workhubs.hubs.services import let_new_leads_begin


@shared_task(name="hubs.let_new_leads_begin")
def let_leads_of_the_new_year_begin() -> None:
    """Have the bodies led by the leads of the year that has begun."""
    let_new_leads_begin(now=timezone.now())
