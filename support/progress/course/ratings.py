"""Where three views of a term differ, and what each word of a rating looks like."""

from __future__ import annotations

from collections.abc import Iterable

from support.progress.models import COURSE_MEANINGS, Course

TONES: dict[str, tuple[str, str]] = {
    Course.REACHED: ("done", "Reached"),
    Course.ON_COURSE: ("done", "On course"),
    Course.SLOWER: ("soon", "Slower than planned"),
    Course.STUCK: ("late", "Stuck"),
    Course.TOO_EARLY: ("plain", "Too early to say"),
    "": ("plain", "Not rated"),
}


def meanings() -> list[tuple[str, str]]:
    """Each word of a rating with what it means."""
    return [(Course(code).label, words) for code, words in COURSE_MEANINGS.items()]


def differing(ratings: Iterable[tuple[int, str]]) -> set[int]:
    """The objectives that sides rate differently; "too early to say" is no rating."""
    found: dict[int, set[str]] = {}
    for objective, course in ratings:
        if course not in {"", Course.TOO_EARLY}:
            found.setdefault(objective, set()).add(course)
    return {objective for objective, courses in found.items() if len(courses) > 1}
