"""Who may take a meeting’s register, write and check its minutes, and give out actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alliances.meetings.models import (
    Action,
    Body,
    Meeting,
)
from alliances.meetings.permissions.bodies import can_run_meetings_of, is_of_body
from partnership.people.models import Person

State = Meeting.State
MinutesState = Meeting.MinutesState


def can_take_register(person: Person, meeting: Meeting, on: date) -> bool:
    """Its minute taker, its chair, and who runs the body's meetings, until minutes are approved."""
    return minute_rights(person, meeting, on).may_take_register


def can_read_confidential(person: Person, meeting: Meeting, on: date) -> bool:
    """The body's members and who runs it; for a meeting also its chair and its minute taker."""
    return person.is_active and (
        person.pk in {meeting.chair_id, minute_writer_id(meeting)}
        or is_of_body(person, meeting.body, on)
    )


def minute_writer_id(meeting: Meeting) -> int | None:
    """Who writes the minutes: whom the meeting names, or its body, or whoever called it."""
    return meeting.minute_taker_id or meeting.body.minute_taker_id or meeting.called_by_id


def minutes_checker_id(meeting: Meeting) -> int | None:
    """The chair checks the minutes; where a meeting has none, whoever called it."""
    return meeting.chair_id or meeting.called_by_id


@dataclass(frozen=True)
class MinuteRights:
    """What somebody may do with a meeting's minutes, as their state is now."""

    meeting: Meeting
    runs: bool
    keeps: bool
    checks: bool

    @property
    def may_take_register(self) -> bool:
        """Until the minutes are approved: the same who may write them."""
        return (
            self.keeps
            and self.meeting.state in Meeting.KEPT_STATES
            and self.meeting.minutes_state != MinutesState.APPROVED
        )

    @property
    def may_write(self) -> bool:
        """Until they are checked: the minute taker, the chair, and who runs the body's meetings."""
        return self.keeps and (
            self.meeting.state == State.IN_SESSION
            or (
                self.meeting.state == State.HELD
                and self.meeting.minutes_state in {MinutesState.NONE, MinutesState.DRAFTED}
            )
        )

    @property
    def may_check(self) -> bool:
        """Say that they are right, or send them back."""
        return self.checks and self.meeting.minutes_state == MinutesState.DRAFTED

    @property
    def may_mend(self) -> bool:
        """Change what was checked, with a reason, until it is approved."""
        return self.checks and self.meeting.minutes_state == MinutesState.CHECKED

    @property
    def may_read(self) -> bool:
        """Whoever sees the meeting, once they are checked; before that who writes and checks."""
        if self.meeting.minutes_state in {MinutesState.CHECKED, MinutesState.APPROVED}:
            return True
        has_begun = self.meeting.state in {State.IN_SESSION, State.HELD}
        return has_begun and (self.keeps or self.checks)

    @property
    def may_approve(self) -> bool:
        """Who runs the body's meetings says in which later one they were approved."""
        return self.runs and self.meeting.minutes_state == MinutesState.CHECKED


def minute_rights(
    person: Person, meeting: Meeting, on: date, *, runs: bool | None = None
) -> MinuteRights:
    """All that she may do with a meeting's minutes, in one query; she sees the meeting already.

    Who knows already whether she runs the body's meetings says so, and nothing is asked.
    """
    if not person.is_active:
        return MinuteRights(meeting, runs=False, keeps=False, checks=False)
    if runs is None:
        runs = can_run_meetings_of(person, meeting.body, on)
    keeps = runs or person.pk in {minute_writer_id(meeting), meeting.chair_id}
    return MinuteRights(meeting, runs, keeps, person.pk == minutes_checker_id(meeting))


def can_settle_action(person: Person, action: Action, on: date) -> bool:
    """Its owner says that it is done, and so may who runs the body's meetings."""
    if not person.is_active:
        return False
    return person.pk == action.owner_id or can_run_meetings_of(person, action.body, on)


def can_change_action(person: Person, action: Action, on: date) -> bool:
    """Whoever gave it words, hands on, moves and drops it, and who runs the body's meetings."""
    if not person.is_active:
        return False
    return person.pk == action.given_by_id or can_run_meetings_of(person, action.body, on)


def can_give_actions_in(person: Person, body: Body, on: date) -> bool:
    """Who runs the body's meetings gives actions without a meeting."""
    return can_run_meetings_of(person, body, on)
