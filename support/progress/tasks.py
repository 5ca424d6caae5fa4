"""What Celery does for programmes under way; it may run twice, at once and late."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from support.progress.services import open_due_endings, open_due_reviews

log = logging.getLogger(__name__)


@shared_task(name="progress.open_reviews")
def open_reviews_that_are_due() -> None:
    """Ask for the views of terms that end, and for final views where the terms are over."""
    now = timezone.now()
    reviews, endings = open_due_reviews(now=now), open_due_endings(now=now)
    log.info("reviews opened: %s of terms, %s final", reviews, endings)
