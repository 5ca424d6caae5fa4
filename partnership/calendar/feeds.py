"""What a feed holds: each entry's bytes are made once and kept until the entry changes.

Whoever asks whether anything has changed is mostly answered by one SELECT: as long as nothing
whatsoever has been written to the audit since the feed was put together that day, nothing in it has
changed. The answer is worked out afresh every hour all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, F, QuerySet, Subquery, Value
from django.utils.functional import cached_property

from partnership.audit.models import Event
from partnership.calendar.days import UK
from partnership.calendar.ical import calendar_of, event_of
from partnership.calendar.models import DiaryFeed
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers import DiaryWindow, diary, diary_stamps
from partnership.toolkit.statements import answer

LONGEST_SECRET = 64
MOST_ENTRIES = 3_000
WRITING = 2
KEPT_AS = f"event:{WRITING}:"
EVENT_KEPT_SECONDS = 7 * 24 * 3_600
TAG_KEPT_SECONDS = 3_600
LOOKED_BACK = 200


class Feed(NamedTuple):
    """A feed as it is asked for, its owner, and the newest event of the audit.

    Events are numbered when they are written and seen when they are committed: `lately` counts the
    last numbers, so that one committed late shows too.
    """

    pk: int
    circle_id: int | None
    person_id: int
    is_active: bool
    is_staff: bool
    newest: int | None
    lately: int | None

    @property
    def person(self) -> Person:
        """As much of its owner as her diary needs."""
        return Person(pk=self.person_id, is_active=self.is_active, is_staff=self.is_staff)

    def mark(self, today: date) -> str:
        """Another one as soon as anything may have changed."""
        return f"{today.isoformat()}:{self.newest}:{self.lately}"

    @property
    def key(self) -> str:
        """Where its tag is kept."""
        return f"feed-tag:{self.pk}"


def feed_at(secret: str) -> Feed | None:
    """The feed at an address, in one SELECT."""
    if len(secret) > LONGEST_SECRET or not secret.isascii():
        return None
    rows = answer(_feeds, secret=secret)
    return Feed(*rows[0]) if rows else None


def _feeds(*, secret: str) -> QuerySet[DiaryFeed, Any]:
    newest = Event.objects.order_by("-pk").annotate(from_pk=F("pk") - LOOKED_BACK)
    late = Event.objects.filter(pk__gt=Subquery(newest.values("from_pk")[:1])).order_by()
    counted = late.values(all=Value(1)).annotate(count=Count("pk")).values("count")
    return (
        DiaryFeed.objects.filter(secret=secret)
        .annotate(newest=Subquery(newest.values("pk")[:1]), lately=Subquery(counted))
        .values_list(
            "pk",
            "circle_id",
            "person_id",
            "person__is_active",
            "person__is_staff",
            "newest",
            "lately",
        )
    )


def kept_tag(feed: Feed, today: date) -> str:
    """The tag of what it held when it was last put together, if nothing can have changed since."""
    mark, _sign, tag = cache.get(feed.key, "").partition("=")
    return tag if mark == feed.mark(today) else ""


def keep_tag(feed: Feed, today: date, tag: str) -> None:
    """Remember what it held, for as long as the mark that was read before it stays the same."""
    cache.set(feed.key, f"{feed.mark(today)}={tag}", TAG_KEPT_SECONDS)


def window_of(feed: Feed, today: date) -> DiaryWindow:
    """From the beginning of the last academic year to the end of the next."""
    year = AcademicYear.containing(today)
    return DiaryWindow(
        feed.person,
        _midnight(year.previous.first_day),
        _midnight(year.next.next.first_day),
        on=today,
        circle_id=feed.circle_id,
        with_cancelled=True,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UK)


@dataclass
class Contents:
    """What one feed holds today, known by its entries' stamps before it is put together."""

    window: DiaryWindow
    name: str
    stamps: list[str]

    @property
    def etag(self) -> str:
        """Another one as soon as anything in it is another."""
        digest = sha256("\n".join([str(WRITING), self.name, *self.stamps]).encode())
        return f'"{digest.hexdigest()[:32]}"'

    @cached_property
    def body(self) -> bytes:
        """The calendar; bytes that aren’t kept are made, from entries and stamps as they are now."""
        keys = [f"{KEPT_AS}{stamp}" for stamp in self.stamps]
        kept = cache.get_many(keys)
        if len(kept) < len(keys):
            entries = diary(self.window, limit=MOST_ENTRIES)
            by_key = {f"{KEPT_AS}{entry.stamp}": entry for entry in entries}
            made = {key: event_of(entry.dated) for key, entry in by_key.items() if key not in kept}
            cache.set_many(made, EVENT_KEPT_SECONDS)
            self.stamps = sorted(entry.stamp for entry in entries)
            keys = sorted(by_key)
            kept |= made
        return calendar_of([kept[key] for key in keys], name=self.name)


def contents_of(feed: Feed, today: date) -> Contents | None:
    """What its owner may see today, in one SELECT; None where she may not see the circle itself."""
    window = window_of(feed, today)
    stamps, circle = diary_stamps(window)
    if feed.circle_id is None:
        return Contents(window, f"{settings.PORTAL_NAME}: my diary", stamps)
    return Contents(window, circle, stamps) if circle is not None else None
