"""What a feed holds: each entry's bytes are made once and kept until the entry changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.functional import cached_property

from partnership.calendar.days import UK
from partnership.calendar.ical import calendar_of, event_of
from partnership.calendar.models import DiaryFeed
from partnership.calendar.years import AcademicYear
from partnership.toolkit.registers import (
    THE_CIRCLE,
    DiaryStamp,
    DiaryWindow,
    diary,
    diary_stamps,
)
from partnership.toolkit.statements import answer

LONGEST_SECRET = 64
MOST_ENTRIES = 3_000
KEPT_SECONDS = 7 * 24 * 3_600
WRITING = 1


def feed_at(secret: str) -> DiaryFeed | None:
    """The feed at an address, with its owner, in one SELECT."""
    if len(secret) > LONGEST_SECRET or not secret.isascii():
        return None
    rows = answer(_feeds, secret=secret)
    return rows[0] if rows else None


def _feeds(*, secret: str) -> QuerySet[DiaryFeed]:
    return DiaryFeed.objects.filter(secret=secret).select_related("person")


def window_of(feed: DiaryFeed, today: date) -> DiaryWindow:
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
    keys: list[str]

    @property
    def etag(self) -> str:
        """Another one as soon as anything in it is another."""
        digest = sha256("\n".join([self.name, *self.keys]).encode())
        return f'"{digest.hexdigest()[:32]}"'

    @cached_property
    def body(self) -> bytes:
        """The calendar; where an entry's bytes aren't kept, they are made and `keys` is read anew."""
        kept = cache.get_many(self.keys)
        if len(kept) < len(self.keys):
            entries = diary(replace(self.window, only_stamps=False), limit=MOST_ENTRIES)
            by_key = {_key(entry.stamp): entry for entry in entries}
            made = {key: event_of(by_key[key].dated) for key in by_key if key not in kept}
            cache.set_many(made, KEPT_SECONDS)
            self.keys = sorted(by_key)
            kept |= made
        return calendar_of([kept[key] for key in self.keys], name=self.name)


def contents_of(feed: DiaryFeed, today: date) -> Contents | None:
    """What its owner may see today, in one SELECT; None where she may not see the circle itself."""
    window = window_of(feed, today)
    stamps = diary_stamps(window, limit=MOST_ENTRIES)
    name = f"{settings.PORTAL_NAME}: my diary"
    if feed.circle_id is not None:
        circle = next((stamp for stamp in stamps if stamp.kind == THE_CIRCLE), None)
        if circle is None:
            return None
        name = circle.title
    return Contents(window, name, sorted(_key(one) for one in stamps if one.kind != THE_CIRCLE))


def _key(stamp: DiaryStamp) -> str:
    changed = stamp.changed_at.timestamp() if stamp.changed_at else 0
    return f"event:{WRITING}:{stamp.kind}:{stamp.thing_id}:{stamp.version}:{changed}"
