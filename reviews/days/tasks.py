"""What the room does by itself."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from reviews.cycles.models import Cycle, ReviewDay
from reviews.days.models import Review
from reviews.days.services.dating import keep_dates
from reviews.days.services.deleting import delete_notes_of, due_reviews

log = logging.getLogger(__name__)
AT_ONCE = 200


@shared_task(name="days.keep_dates")
def keep_dates_of_reviews() -> int:
    """Work due dates back again, because term dates and closures of schools change.

    Answers how many days it looked at; safe to run twice.
    """
    now = timezone.now()
    days = ReviewDay.objects.standing().filter(
        cycle__state=Cycle.State.PUBLISHED, starts_at__gt=now
    )
    keys = list(days.order_by("pk").values_list("pk", flat=True))
    keys += ReviewDay.objects.standing().filter(review=None).values_list("pk", flat=True)
    for first in range(0, len(keys), AT_ONCE):
        keep_dates(keys[first : first + AT_ONCE], now)
    return len(keys)


@shared_task(name="days.delete_notes")
def delete_notes_of_reviews() -> int:
    """Delete raw notes and views of each review whose time has come, one after the other.

    Ninety days after the release; a year after the day where nothing was released; ninety days
    after the date of a day that was called off.
    Answers how many reviews it looked after; safe to run twice, and to be stopped in between.
    """
    now = timezone.now()
    due = due_reviews(now)
    done = 0
    for first in range(0, len(due), AT_ONCE):
        reviews = Review.objects.filter(pk__in=due[first : first + AT_ONCE])
        for review in reviews.select_related("cycle").order_by("released_at", "pk"):
            done += delete_notes_of(review=review, now=now)
    log.info("notes of reviews deleted: %s", done)
    return done
