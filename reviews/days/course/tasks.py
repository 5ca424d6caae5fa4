"""What has to be there before the day, what is missing, and whose turn it is at each stage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from reviews.cycles.stages import TIME_TO_SAY
from reviews.days.course.facts import ReviewFacts

HOST, TEAM, LEAD = "the host", "the team", "the lead reviewer"
HOST_OR_CHAMPION = "the host or the champion"


class Task(NamedTuple):
    """One thing to be done: whether its data is there, whose it is and by when.

    `page` is the address's name, and `part` the place on it.
    """

    key: str
    words: str
    whose: str
    due_at: datetime | None
    at: datetime | None
    is_there: bool
    page: str = ""
    about: str = ""

    @property
    def part(self) -> str:
        """The place on its page."""
        return PARTS.get(self.key, "")

    def is_late(self, now: datetime) -> bool:
        """Whether it should be there by now."""
        return not self.is_there and self.due_at is not None and self.due_at < now


def tasks_before(facts: ReviewFacts) -> list[Task]:
    """Before the day, in the order of their dates."""
    return list(_before(facts))


def _before(facts: ReviewFacts) -> Iterator[Task]:
    lacking = facts.without_partner
    yield _task(
        "evaluation", "Self-evaluation and priorities", facts.evaluation_by, facts.shared_at
    )
    yield _task("focus", "Focus and lines of enquiry", facts.focus_by, facts.focus_at)
    yield _of_team("declared", "Declarations by the team", facts.declare_by, facts.declared, facts)
    yield _task("files", "Documents", facts.files_by, facts.files_at)
    yield _task("planning", "Planning meeting", facts.planning_by, facts.planning_at)
    yield _task(
        "timetable",
        "Timetable with a host partner for each part",
        facts.timetable_by,
        facts.timetable_at,
        about=_lacking(lacking) if facts.parts else "",
    )
    yield _task("contact", "Safeguarding lead and telephone", facts.contact_by, facts.contact_at)
    yield _of_team("read", "Reading before the day", facts.read_by, facts.has_read, facts)


def _lacking(number: int) -> str:
    if not number:
        return ""
    return "One part has no partner yet" if number == 1 else f"{number} parts have no partner yet"


def _task(
    key: str, words: str, due_at: datetime | None, at: datetime | None, about: str = ""
) -> Task:
    return Task(key, words, HOST, due_at, at, at is not None, PAGES[key], about)


def _of_team(key: str, words: str, due_at: datetime | None, done: int, facts: ReviewFacts) -> Task:
    """By everybody who is asked: whoever hasn’t answered yet may still come."""
    team = facts.asked
    about = f"{done} of {team}" if facts.going else "Nobody has accepted a place yet"
    return Task(key, words, TEAM, due_at, None, team > 0 and done >= team, PAGES[key], about)


PAGES = {
    "evaluation": "days:evaluation_shared",
    "focus": "days:preparation",
    "declared": "days:preparation",
    "files": "days:preparation",
    "planning": "days:preparation",
    "timetable": "days:timetable",
    "contact": "days:preparation",
    "read": "days:preparation",
}
PARTS = {
    "focus": "focus",
    "declared": "team",
    "files": "documents",
    "planning": "planning",
    "contact": "contacts",
    "read": "documents",
}


def whose_turn(facts: ReviewFacts, now: datetime) -> Task | None:
    """The next thing that is missing, of whatever stage; nothing when all is done."""
    return next((task for task in _all_tasks(facts, now) if not task.is_there), None)


def _all_tasks(facts: ReviewFacts, now: datetime) -> Iterator[Task]:
    """One by one: whoever looks for the first that is missing needn't make them all."""
    is_over = facts.ends_at is not None and facts.ends_at <= now
    if not is_over:
        yield from _before(facts)
    yield _held(facts, is_over=is_over)
    yield Task("views", "Each reviewer’s own view", TEAM, facts.views_by, None, _viewed(facts))
    yield _after("moderated", "Agree the findings", LEAD, facts.moderate_by, facts.moderated_at)
    yield _after("sent", "Send the report to the host", LEAD, facts.report_by, facts.sent_at)
    yield Task(
        "answered", "Answer the host’s comments", LEAD, facts.answer_by, None, _answered(facts)
    )
    yield _after("checked", "Check the report", HOST, facts.check_by, _checked(facts, now))
    yield _after("released", "Release the report", LEAD, facts.release_by, facts.released_at)
    yield _workshop(facts, now)
    yield _after("checked_back", "Check back", HOST, facts.check_back_by, facts.checked_back_at)


def _held(facts: ReviewFacts, *, is_over: bool) -> Task:
    """Findings that are agreed say it, too."""
    is_there = facts.is_held or facts.moderated_at is not None
    if is_over and facts.ends_at is not None:
        due_at = facts.ends_at + TIME_TO_SAY
        return Task("held", "Say that it was held", LEAD, due_at, None, is_there)
    return Task("held", "Hold the day", TEAM, facts.ends_at, None, is_there)


def _workshop(facts: ReviewFacts, now: datetime) -> Task:
    """Arranged, held, and once it has begun, what came of it."""
    due_at, held_at = facts.workshop_by, facts.workshop_held_at
    if facts.workshop_at is None:
        return _after("workshop", "Hold the workshop", HOST, due_at, held_at)
    if facts.workshop_at > now:
        return _after("workshop_to_come", "Hold the workshop", HOST, due_at, held_at)
    words = "Say what came of the workshop"
    return _after("workshop_begun", words, HOST_OR_CHAMPION, due_at, held_at)


def _after(key: str, words: str, whose: str, due_at: datetime | None, at: datetime | None) -> Task:
    return Task(key, words, whose, due_at, at, at is not None)


def _viewed(facts: ReviewFacts) -> bool:
    return facts.all_views_are_in or facts.moderated_at is not None


def _answered(facts: ReviewFacts) -> bool:
    return not facts.waits_for_answers


def _checked(facts: ReviewFacts, now: datetime) -> datetime | None:
    """Said to be accurate; or the host was silent until the day by which she was to say so."""
    is_over = facts.check_by is not None and facts.check_by <= now
    return facts.checked_at or facts.released_at or (facts.check_by if is_over else None)
