"""The addresses at which calendars elsewhere read a diary: made, renewed, given up."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from partnership.audit.services import record
from partnership.calendar.models import DiaryFeed
from partnership.people.models import Person
from partnership.toolkit.versions import lock

SECRET_BYTES = 32


@transaction.atomic
def open_feed(*, person: Person, circle_id: int | None, now: datetime) -> DiaryFeed:
    """The address of her diary, or of one circle's; the one there is, if there is one."""
    feed, is_new = DiaryFeed.objects.get_or_create(
        person=person,
        circle_id=circle_id,
        defaults={"secret": secrets.token_urlsafe(SECRET_BYTES), "made_at": now},
    )
    if is_new:
        record("diary feed opened", feed, by=person, at=now)
    return feed


@transaction.atomic
def renew_feed(*, feed: DiaryFeed, now: datetime) -> DiaryFeed:
    """Another address: whoever knows the old one reads nothing there any more."""
    feed = lock(feed)
    feed.secret = secrets.token_urlsafe(SECRET_BYTES)
    feed.made_at = now
    feed.save(update_fields=["secret", "made_at"])
    record("diary feed renewed", feed, by=feed.person, at=now)
    return feed


@transaction.atomic
def stop_feed(*, feed: DiaryFeed, now: datetime) -> None:
    """No address any more; calendars that ask there are told that there is nothing."""
    feed = lock(feed)
    record("diary feed stopped", feed, by=feed.person, at=now)
    feed.delete()
