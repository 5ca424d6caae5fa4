"""What a desk shows, put together from what every room offers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from partnership.calendar.calendars import dates_for
from partnership.calendar.days import UK
from partnership.calendar.strip import Strip, marks_of, monday_of, strip_of
from partnership.calendar.terms import term_containing
from partnership.people.models import Person
from partnership.toolkit.registers import (
    Card,
    DiaryEntry,
    DiaryWindow,
    Duty,
    NewsItem,
    NewsWindow,
    diary,
    news,
    own_duties,
    places_beside,
)
from partnership.toolkit.registers.owners import followed_by

DUTIES_SHOWN = 60
DUTIES_BACK = timedelta(days=120)
DUTIES_AHEAD = timedelta(days=120)
NEXT_SHOWN = 5
ENTRIES_READ = 400
LOOK_AHEAD = timedelta(days=90)
NEWS_OF = timedelta(days=14)
NEWS_SHOWN = 8
DUE = "something of yours is due"
EXPLAINED_FOR = timedelta(days=7)
NUMBERS = ("Nothing", "One thing", "Two things", "Three things", "Four things", "Five things")


@dataclass(frozen=True)
class DutyGroup:
    """Duties of one urgency under one heading."""

    heading: str
    tone: str
    duties: list[Duty]


@dataclass(frozen=True)
class Desk:
    """Everything of one desk but its cards."""

    summary: str
    groups: list[DutyGroup]
    late_count: int
    next_entries: list[DiaryEntry]
    strip: Strip
    news: list[NewsItem]


def duties_of(
    person: Person, *, now: datetime, panels: Collection[str] | None = None
) -> list[Duty]:
    """What waits on somebody, the most urgent first."""
    return own_duties(
        person,
        due_from=now - DUTIES_BACK,
        due_until=now + DUTIES_AHEAD,
        now=now,
        limit=DUTIES_SHOWN,
        panels=panels,
    )


def grouped(duties: list[Duty], *, now: datetime) -> list[DutyGroup]:
    """Late, today, this week (its Sunday included) and later."""
    today = now.astimezone(UK).date()
    sunday = today + timedelta(days=6 - today.weekday())
    groups: dict[str, list[Duty]] = defaultdict(list)
    for duty in duties:
        day = duty.due_at.astimezone(UK).date()
        if duty.due_at < now:
            groups["Late"].append(duty)
        elif day == today:
            groups["Today"].append(duty)
        else:
            groups["This week" if day <= sunday else "Later"].append(duty)
    tones = {"Late": "late", "Today": "soon", "This week": "", "Later": ""}
    return [DutyGroup(name, tone, groups[name]) for name, tone in tones.items() if groups[name]]


def summary_of(groups: list[DutyGroup]) -> str:
    """What waits, in one sentence."""
    counts = {group.heading: len(group.duties) for group in groups}
    late, today = counts.get("Late", 0), counts.get("Today", 0)
    coming = counts.get("This week", 0) + counts.get("Later", 0)
    if late and today:
        verb = "is" if today == 1 else "are"
        return f"{_things(late)} {_be(late)} late and {_number(today)} {verb} for today."
    if late:
        return f"{_things(late)} {_be(late)} late."
    if today:
        return f"{_things(today)} {_be(today)} for today."
    if coming:
        return f"Nothing is late; {_things(coming).lower()} can wait."
    return "Nothing waits on you."


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def _things(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else f"{count} things"


def _number(count: int) -> str:
    return _things(count).split(" ")[0].lower()


def news_of(person: Person, *, now: datetime) -> list[NewsItem]:
    """What happened around somebody in the last two weeks, the latest first."""
    today = now.astimezone(UK).date()
    midnight = datetime.combine(today, time(), tzinfo=UK)
    window = NewsWindow(
        person=person,
        since=today - NEWS_OF,
        today=today,
        since_at=midnight - NEWS_OF,
    )
    return news(window, limit=NEWS_SHOWN)


def desk_of(person: Person, *, now: datetime, panels: Mapping[str, Card] | None = None) -> Desk:
    """A person's desk at a moment: four SELECTs, however many rooms there are.

    A person without a school costs one more, and so do term dates that aren’t kept two. `panels`
    are those that it shows, where that is known already: whom she follows, they say.
    """
    today = now.astimezone(UK).date()
    followed = followed_by(person, today, panels=panels)
    dates = dates_for(followed.reference) if followed else None
    term = term_containing(today, dates)
    first = datetime.combine(min(term.starts_on, today) - timedelta(days=7), time(), tzinfo=UK)
    last = max(datetime.combine(term.ends_on, time(), tzinfo=UK), now + LOOK_AHEAD)
    entries = diary(DiaryWindow(person, first, last), limit=ENTRIES_READ)
    places = None if panels is None else places_beside(panels)
    duties = duties_of(person, now=now, panels=places)
    groups = grouped(duties, now=now)
    marks = marks_of(entries)
    for duty in duties:
        marks[monday_of(duty.due_at)]["due"] = DUE
    return Desk(
        summary=summary_of(groups),
        groups=groups,
        late_count=sum(len(group.duties) for group in groups if group.heading == "Late"),
        next_entries=[entry for entry in entries if entry.ends_at >= now][:NEXT_SHOWN],
        strip=strip_of(
            term, marks, today=today, followed=followed, dates=dates, more_marks=[("due", DUE)]
        ),
        news=news_of(person, now=now),
    )


def greeting_at(now: datetime) -> str:
    """Good morning until noon, good afternoon until six, good evening after."""
    hour = now.astimezone(UK).hour
    if hour < 12:  # noqa: PLR2004 noon
        return "Good morning"
    return "Good afternoon" if hour < 18 else "Good evening"  # noqa: PLR2004 six o'clock


def is_newly_joined(person: Person, *, now: datetime) -> bool:
    """Whether the desk still explains itself."""
    return person.joined_at is not None and now - person.joined_at < EXPLAINED_FOR
