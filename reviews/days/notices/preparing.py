"""What is told while a review is prepared."""

from __future__ import annotations

from collections.abc import Callable

from partnership.toolkit.registers import NoticeKind
from reviews.days.models import Review
from reviews.days.notices.letters import kind

FOCUS_GIVEN, FOCUS_CHANGED = "days.focus_given", "days.focus_changed"
FILES_THERE, FILES_CHANGED = "days.files_there", "days.files_changed"
PLANNING_SET, PLANNING_MOVED = "days.planning_set", "days.planning_moved"
PLANNING_OFF = "days.planning_off"
TIMETABLE_THERE = "days.timetable_there"
PERSON_NAMED, CONNECTION_SAID = "days.person_named", "days.connection_said"
TEAM = "you are in the team of a review day"
BOTH = "you take part in a review day"


def _kind(
    key: str,
    subject: str,
    stands: Callable[[Review], bool],
    *,
    why: str = TEAM,
    page: str = "days:preparation",
) -> NoticeKind:
    return kind(key, subject=subject, why=why, button="Look at it", page=page, stands=stands)


def _has_focus(review: Review) -> bool:
    return review.focus_at is not None


def _has_files(review: Review) -> bool:
    return review.files_at is not None


def _has_meeting(review: Review) -> bool:
    return review.planning_at is not None


def _has_no_meeting(review: Review) -> bool:
    return review.planning_at is None


def _has_timetable(review: Review) -> bool:
    return review.timetable_at is not None


def _is_open(review: Review) -> bool:
    return review.released_at is None


PREPARING: tuple[NoticeKind, ...] = (
    _kind(FOCUS_GIVEN, "The focus of a review day is there", _has_focus),
    _kind(FOCUS_CHANGED, "The focus of a review day has changed", _has_focus),
    _kind(FILES_THERE, "The documents of a review day are there", _has_files),
    _kind(FILES_CHANGED, "The documents of a review day have changed", _has_files),
    _kind(PLANNING_SET, "A planning meeting is arranged", _has_meeting, why=BOTH),
    _kind(PLANNING_MOVED, "A planning meeting has changed", _has_meeting, why=BOTH),
    _kind(PLANNING_OFF, "A planning meeting is called off", _has_no_meeting, why=BOTH),
    _kind(
        TIMETABLE_THERE,
        "The timetable of a review day is there",
        _has_timetable,
        page="days:timetable",
    ),
    _kind(
        PERSON_NAMED,
        "You are asked to help to prepare a review day",
        _is_open,
        why="you are named for it",
    ),
    _kind(CONNECTION_SAID, "A connection is declared before a review day", _is_open, why=BOTH),
)
