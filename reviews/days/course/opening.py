"""From when until when reviewers write notes of evidence, and their own views."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from partnership.toolkit.spoken_dates import in_london, london_day
from reviews.days.course.facts import ReviewFacts

MORNING = time(8, tzinfo=ZoneInfo("Europe/London"))
BEFOREHAND = timedelta(hours=1)


class Writing(Enum):
    """Whether the team writes: it begins on the morning of the day."""

    BEFORE = "before"
    OPEN = "open"
    ENDED = "ended"


def opens_at(starts_at: datetime) -> datetime:
    """At 8am of the day, or an hour before it begins, whichever is earlier."""
    morning = datetime.combine(london_day(starts_at), MORNING)
    return min(morning, in_london(starts_at - BEFOREHAND))


def writing(starts_at: datetime | None, moderated_at: datetime | None, now: datetime) -> Writing:
    """Notes are written until the moderation ends."""
    if starts_at is None or now < opens_at(starts_at):
        return Writing.BEFORE
    return Writing.OPEN if moderated_at is None else Writing.ENDED


def notes_of(facts: ReviewFacts, now: datetime) -> Writing:
    """The same, of a review's facts."""
    return writing(facts.starts_at, facts.moderated_at, now)


def views_of(facts: ReviewFacts, now: datetime) -> Writing:
    """A view is a reviewer’s own until she knows the others’: it stays as it is once all are in."""
    written = notes_of(facts, now)
    return Writing.ENDED if written == Writing.OPEN and facts.all_views_are_in else written
