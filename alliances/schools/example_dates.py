"""The demo's term dates: real ones from a file, made ones where none are known, marked as such."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from alliances.schools.models import SchoolPost
from alliances.schools.owners import AUTHORITIES, SCHOOLS_KEY
from partnership import calendar
from partnership.calendar.calendars import dates_for
from partnership.calendar.dates import TermDates
from partnership.calendar.days import (
    next_school_day,
    previous_school_day,
    school_days_between,
)
from partnership.calendar.services import Settled, import_term_dates, settle_year
from partnership.calendar.terms import easter_monday
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock
from partnership.toolkit.registers.owners import CalendarOwner, owner_kinds

FILE = Path(calendar.__file__).parent / "data" / "term_dates.json"
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
DAYS_A_YEAR = 195
Spans = dict[int, tuple[date, date]]


@dataclass(frozen=True)
class Habit:
    """How an authority lays its year: first day of September, and last of December it may use."""

    code: str
    starts: int
    last_before_christmas: int


HABITS = (Habit("353", 2, 22), Habit("330", 1, 20), Habit("210", 1, 19))


@dataclass(frozen=True)
class Differing:
    """A school with INSET days of its own, and perhaps an earlier end of the year."""

    urn: int
    notes: tuple[str, ...]
    ends_earlier: int = 0


DIFFERING = (
    Differing(105670, ("Safeguarding", "Reading", "Assessment", "Maths", "Handing over classes")),
    Differing(105667, ("Safeguarding", "Curriculum", "SEND", "Writing", "")),
    Differing(105627, ("", "", "", "", "")),
    Differing(900_001, ("Safeguarding", "Phonics", "", "Transition", "")),
    Differing(900_010, ("Safeguarding", "", "Behaviour", "Sixth form", ""), ends_earlier=2),
    Differing(900_012, ("Safeguarding", "Music", "", "", ""), ends_earlier=1),
    Differing(100813, ("Safeguarding", "Oracy", "", "", "")),
)


def made_half_terms(year: int, habit: Habit) -> Spans:
    """A plausible year: 195 days from September to July, half terms where England has them."""
    autumn_break = _monday_from(date(year, 10, 24))
    spring_break = _monday_from(date(year + 1, 2, 12))
    easter = easter_monday(year + 1)
    summer_break = _last_monday_of_may(year + 1)
    christmas = date(year, 12, habit.last_before_christmas)
    friday = christmas - timedelta(days=(christmas.weekday() - 4) % 7)
    spans = {
        1: (next_school_day(date(year, 9, habit.starts)), autumn_break - 3 * DAY),
        2: (autumn_break + WEEK, friday),
        3: (next_school_day(_monday_from(date(year + 1, 1, 2))), spring_break - 3 * DAY),
        4: (spring_break + WEEK, previous_school_day(easter - 4 * DAY)),
        5: (next_school_day(easter + 2 * WEEK), summer_break - 3 * DAY),
    }
    last = summer_break + WEEK
    left = DAYS_A_YEAR - sum(school_days_between(*span) for span in spans.values()) - 1
    while left > 0:
        last += DAY
        left -= school_days_between(last, last)
    return spans | {6: (summer_break + WEEK, last)}


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def settle_example_dates(clock: DemoClock, officer: Person) -> None:
    """Import what is known, make what isn’t for the years around now, and let schools differ."""
    now = clock.at(-117, 9)
    imported = import_term_dates(content=FILE.read_bytes(), by=officer, now=now)
    clock.say(f"{FILE.name}: {imported}")
    this = AcademicYear.containing(clock.now.date())
    for year in (this.previous, this, this.next):
        for habit in HABITS:
            _make(habit, year.start, officer, clock)
    for differing in DIFFERING:
        _differ(differing, this.start, clock)
    clock.say(f"Term dates of {len(HABITS)} authorities, {len(DIFFERING)} schools differ")


def _owner(kind: str, key: str) -> CalendarOwner:
    return owner_kinds()[kind].find_many([key])[key]


def _make(habit: Habit, year: int, officer: Person, clock: DemoClock) -> None:
    owner = _owner(AUTHORITIES, habit.code)
    if not dates_for(owner.reference).knows(year):
        settled = Settled(
            made_half_terms(year, habit), {}, source="Made up by a rule", is_example=True
        )
        settle_year(owner=owner, year=year, settled=settled, by=officer, now=clock.at(-117, 10))


def _differ(differing: Differing, year: int, clock: DemoClock) -> None:
    owner = _owner(SCHOOLS_KEY, str(differing.urn))
    dates = dates_for(owner.reference)
    spans = {each.number: (each.starts_on, each.ends_on) for each in dates.half_terms_of(year)}
    first, last = spans[6]
    spans[6] = first, previous_school_day(last - differing.ends_earlier * DAY)
    days = (spans[1][0], spans[2][0], spans[3][0], _friday_in(spans[5], dates), spans[6][1])
    inset = dict(zip(days, differing.notes, strict=True))
    head = SchoolPost.objects.of_heads().filter(school=owner.pk).order_by("pk").first()
    settle_year(
        owner=owner,
        year=year,
        settled=Settled(spans, inset, is_example=True),
        by=head.person if head else None,
        now=clock.at(-60, 15),
    )


def _friday_in(span: tuple[date, date], dates: TermDates) -> date:
    """A Friday in the middle of a half term, when the school is open."""
    middle = span[0] + 3 * WEEK
    return previous_school_day(middle - timedelta(days=(middle.weekday() - 4) % 7), dates)
