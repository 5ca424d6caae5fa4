"""The one thing in a programme that waits on the reader, from the signed agreement on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from partnership.toolkit.addresses import address
from support.programmes.models import Side
from support.programmes.parts import Part
from support.programmes.parts.next_step import NextStep
from support.programmes.permissions import Rights
from support.progress.course import Facts, facts_of
from support.progress.permissions import (
    can_check_notes,
    can_give_view,
    can_resume,
    final_side,
    planning_side,
    view_side,
)

SOON = timedelta(days=28)
ACTION_SOON = timedelta(days=7)
BEGIN = "Everybody has signed. Set the plan together: what is to be reached, and how you will know."
VIEW = "The term is reviewed. Say how you see it; nobody reads it before all three views are given."
Waiting = tuple[datetime | None, str, str, str, tuple[Any, ...]]


def turn(rights: Rights, now: datetime) -> Part | None:
    """What is due first; what has no day comes after what has one."""
    waiting = [*_waiting(rights, facts_of(rights, now), now)]
    if not waiting:
        return None
    dated = [each for each in waiting if each[0] is not None]
    due, sentence, button, url_name, more = min(dated, key=_day) if dated else waiting[0]
    url = address(url_name, rights.programme.pk, *more)
    is_late = due is not None and due < now
    return Part("", {"turn": NextStep(sentence, button, url, is_late)})


def _day(waiting: Waiting) -> datetime:
    due = waiting[0]
    assert due is not None  # noqa: S101 only what has a day is compared
    return due


def _waiting(rights: Rights, facts: Facts, now: datetime) -> Iterator[Waiting]:
    again = facts.look_again_at
    if can_resume(rights) and again is not None and again < now:
        yield (
            again,
            "This programme is paused, and the day to look at it again has come.",
            "Let it go on",
            "progress:programme_resume",
            (),
        )
    programme = rights.programme
    if programme.is_running():
        yield from _of_plan(rights, facts)
        yield from _of_review(rights, facts)
        yield from _of_final_review(rights, facts)
    if programme.is_running() or programme.is_followed():
        yield from _of_action(facts, now)
        yield from _of_visits(rights, facts)
    if programme.is_followed() and rights.may_write_for_school:
        yield from _of_what_lasts(facts, now)
    if facts.concern_to_reply is not None and "head" in rights.ways and programme.goes_on():
        yield (
            now,
            "Somebody has raised a concern and asks how you see it.",
            "Reply to the concern",
            "progress:concern_detail",
            (facts.concern_to_reply,),
        )


def _of_plan(rights: Rights, facts: Facts) -> Iterator[Waiting]:
    side = planning_side(rights)
    if side is None:
        return
    if facts.plan_version is None:
        yield (
            None,
            BEGIN,
            "Begin the plan",
            "progress:plan_detail",
            (),
        )
        return
    agreed = facts.school_version if side == Side.SCHOOL else facts.supporter_version
    if agreed != facts.plan_version:
        yield (
            facts.agree_by,
            "The other school has set or changed the plan. Read it and agree, or change it.",
            "Read the plan",
            "progress:plan_detail",
            (),
        )


def _of_action(facts: Facts, now: datetime) -> Iterator[Waiting]:
    due = facts.own_action_due
    if facts.own_action is not None and due is not None and due < now + ACTION_SOON:
        yield (
            due,
            "An action of the plan is yours. Do it, and say what came of it.",
            "Say that it is done",
            "progress:action_done",
            (facts.own_action,),
        )


def _of_visits(rights: Rights, facts: Facts) -> Iterator[Waiting]:
    if facts.own_note is not None:
        yield (
            facts.own_note_by,
            "The school waits for the note of your visit.",
            "Write the note",
            "progress:note_write",
            (facts.own_note,),
        )
    if facts.own_passed is not None:
        yield (
            None,
            "A visit that you planned is over. Say whether it was held, or write its note.",
            "Open the visit",
            "progress:visit_detail",
            (facts.own_passed,),
        )
    if facts.note_to_check is not None and can_check_notes(rights):
        yield (
            facts.note_check_by,
            "A note of a visit to your school is there. Say whether it is right.",
            "Read the note",
            "progress:note_check",
            (facts.note_to_check,),
        )


def _of_review(rights: Rights, facts: Facts) -> Iterator[Waiting]:
    if facts.review_pk is None or facts.review_closed_at is not None or not can_give_view(rights):
        return
    at = (facts.review_term,)
    if facts.review_shown_at is None:
        if not facts.has_given(view_side(rights)):
            yield (
                facts.review_due_at,
                VIEW,
                "Give your view",
                "progress:view_give",
                at,
            )
        return
    if facts.review_differs and facts.review_talked_at is None:
        yield (
            None,
            "Your views of the term differ. Talk about it, and write what came of it.",
            "Look at the three views",
            "progress:review_detail",
            at,
        )
    elif rights.is_of_alliance:
        yield (
            None,
            "All views of the term are there. Say how the programme stands.",
            "Close the review",
            "progress:review_detail",
            at,
        )


def _of_final_review(rights: Rights, facts: Facts) -> Iterator[Waiting]:
    side = final_side(rights)
    if facts.ending_due_at is None or facts.ending_closed_at is not None or side is None:
        return
    has_given = facts.ended_school if side == Side.SCHOOL else facts.ended_supporter
    if not has_given:
        yield (
            facts.ending_due_at,
            "The support comes to its end. Look back at the whole.",
            "Write the final review",
            "progress:final_view",
            (),
        )


def _of_what_lasts(facts: Facts, now: datetime) -> Iterator[Waiting]:
    if facts.check_due_at is not None and facts.check_due_at < now + SOON:
        yield (
            facts.check_due_at,
            "Some terms have passed. Does what was reached still stand?",
            "Say what lasts",
            "progress:sustain_give",
            (facts.check_number,),
        )
    is_asked = facts.checkback_by is not None and facts.checkback_given_at is None
    if is_asked and facts.checkback_by is not None and facts.checkback_by < now + SOON:
        yield (
            facts.checkback_by,
            "Look back: what has changed, for whom, and how do you know?",
            "Look back",
            "progress:checkback_give",
            (),
        )
