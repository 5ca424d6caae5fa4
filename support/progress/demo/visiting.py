"""Visits and a placement of the demo's programmes, with their notes and consents."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from alliances.schools.models import School
from support.programmes.models import Strand
from support.progress.course.terms import SupportTerm
from support.progress.demo.outline import BOARD_WORDS, NOTES
from support.progress.services import (
    check_note,
    give_note,
    hold_placement,
    hold_visit,
    keep_note,
    plan_placement,
    plan_visit,
    release_note,
    say_learnt,
)
from support.progress.services.noting import seen_of

if TYPE_CHECKING:
    from support.progress.demo.telling import CourseTeller

WEEK = timedelta(days=7)


def tell_visit(teller: CourseTeller, strand: Strand, starts_at: datetime, until: datetime) -> None:
    """Planned, held, noted and checked, as far as time has come."""
    practitioner = strand.practitioner
    is_past = starts_at < until
    if practitioner is None or not (is_past or until == teller.clock.now):
        return
    person = practitioner.person
    ends_at = starts_at + timedelta(hours=3)
    purpose, seen, agreed = NOTES[teller.visits % len(NOTES)]
    teller.visits += 1
    visit = plan_visit(
        programme=teller.programme,
        facts={
            "visitor": person,
            "strand": strand,
            "purpose": purpose,
            "place": "",
            "starts_at": starts_at,
            "ends_at": ends_at,
            "days": Decimal("0.5"),
        },
        by=teller.supporter,
        now=min(starts_at - 2 * WEEK, teller.clock.now),
    )
    written_at = teller.at((ends_at + timedelta(days=2)).date(), 15)
    if ends_at > until or written_at > until:
        return
    is_latest = starts_at + 5 * WEEK > teller.clock.now
    words = {"with_whom": "The subject lead, two teachers", "seen": seen, "agreed": agreed}
    said: dict[str, Any] = {"visit": visit, "by": person, "now": written_at}
    keep_note(words=words, seen=dict.fromkeys(words, seen_of("")), **said)
    if is_latest and teller.course.has_concern and strand is teller.strands[1]:
        hold_visit(**said)
        return
    note = give_note(**said)
    checked_at = teller.at((written_at + timedelta(days=3)).date(), 16)
    if checked_at > until or is_latest:
        return
    is_disputed = teller.visits == 2  # noqa: PLR2004 the second note of each programme
    check_note(
        note=note,
        accuracy="disputed" if is_disputed else "accurate",
        disputed="We saw three lessons, not two; the third was the strongest." * is_disputed,
        by=teller.head,
        now=checked_at,
    )
    if teller.visits % 2:
        consent: dict[str, Any] = {"note": note, "by": teller.head, "now": checked_at}
        release_note(layer="director", board_words="", **consent)
        if teller.visits == 1:
            words_of = BOARD_WORDS[teller.programme.pk % len(BOARD_WORDS)]
            release_note(layer="board", board_words=words_of, **consent)


def tell_placement(teller: CourseTeller, term: SupportTerm, until: datetime) -> None:
    """A colleague works in the supporting school for two days."""
    host = School.objects.get(programmes_supported=teller.programme)
    starts_at = teller.at(term.starts_on + 5 * WEEK, 9)
    ends_at = teller.at((starts_at + timedelta(days=1)).date(), 15)
    if starts_at > until + 3 * WEEK or (starts_at > until and until != teller.clock.now):
        return
    placement = plan_placement(
        programme=teller.programme,
        facts={
            "who": "Teacher of Year 4",
            "host": host,
            "focus": "How a subject lead works beside teachers",
            "starts_at": starts_at,
            "ends_at": ends_at,
            "days": Decimal(2),
        },
        agrees_for=["school", "host"],
        by=teller.head,
        now=min(starts_at - 3 * WEEK, teller.clock.now),
    )
    if ends_at < until:
        after = teller.at((ends_at + timedelta(days=2)).date(), 16)
        hold_placement(placement=placement, by=teller.head, now=after)
        learnt = (
            "She plans with colleagues in the room where it will be taught, and asks one "
            "question at the end. We do both now."
        )
        say_learnt(placement=placement, learnt=learnt, by=teller.head, now=after)
