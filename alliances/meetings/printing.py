"""A meeting on paper: what its agenda, its attendance and its minutes say, as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from alliances.meetings.agenda import Agenda, AgendaLine
from alliances.meetings.attendance import Register, RegisterLine
from alliances.meetings.minuted import Part, Told
from alliances.meetings.models import Action, Meeting
from partnership.toolkit.spoken_dates import spoken_date, spoken_moment, spoken_span

MINUTES_WORDS = {
    Meeting.MinutesState.NONE: "A draft: these minutes are being written.",
    Meeting.MinutesState.DRAFTED: "A draft: the chair has not checked these minutes yet.",
}


def _sheet(meeting: Meeting, title: str, *, now: datetime) -> dict[str, Any]:
    """What stands on every paper about a meeting."""
    facts = [("When", spoken_span(meeting.starts_at, meeting.ends_at)), ("Where", meeting.place)]
    if meeting.chair is not None:
        facts.append(("Chair", meeting.chair.name))
    return {
        "title": f"{title}: {meeting.title}",
        "head": f"{meeting.body.alliance.name} · {meeting.body.name}",
        "facts": [pair for pair in facts if pair[1]],
        "foot": f"{meeting.title}, printed on {spoken_moment(now)}",
    }


def _actions(actions: Iterable[Action]) -> list[tuple[str, str, str, str]]:
    return [
        (action.title, action.owner.name, spoken_date(action.due_at), _state(action))
        for action in actions
    ]


def _state(action: Action) -> str:
    if action.done_at is not None:
        return "Done"
    return "Dropped" if action.dropped_at is not None else "To do"


def agenda_facts(
    meeting: Meeting, agenda: Agenda, carried: Iterable[Action], *, now: datetime
) -> dict[str, Any]:
    """The items that the reader may see, with their times and papers, and the open actions."""
    return _sheet(meeting, "Agenda", now=now) | {
        "sections": [(name, [_line(line) for line in lines]) for name, lines in agenda.sections],
        "actions": _actions(carried),
        "note": meeting.note,
        "allotted": f"{agenda.allotted} of {agenda.length} minutes are allotted.",
    }


def _line(line: AgendaLine) -> tuple[str, str, str, list[str], str]:
    item = line.item
    presenter = [item.presenter.name] if item.presenter else []
    about = ", ".join([item.get_purpose_display(), *presenter])
    papers = [f"{paper.title} ({paper.name})" for paper, _may_remove in line.papers]
    return line.begins, item.title, about, papers, f"{item.minutes} min"


def attendance_facts(meeting: Meeting, register: Register, *, now: datetime) -> dict[str, Any]:
    """Everybody who was asked and every guest, and what the register says of each."""
    return _sheet(meeting, "Attendance", now=now) | {
        "words": _came(register),
        "people": [_person(line) for line in (*register.lines, *register.guests)],
    }


def _came(register: Register) -> str:
    return register.presence.words if register.is_taken else "The register was not taken."


def _person(line: RegisterLine) -> tuple[str, str, str]:
    words = f"{line.words}: {line.substitute}" if line.substitute else line.words
    return line.name, line.place, words


def minutes_facts(
    meeting: Meeting, told: Told, register: Register, *, now: datetime
) -> dict[str, Any]:
    """What was said, decided and given to do, as far as the reader may see it."""
    return _sheet(meeting, "Minutes", now=now) | {
        "standing": _standing(meeting),
        "words": _came(register),
        "people": [_person(line) for line in (*register.lines, *register.guests) if line.state],
        "parts": [_part(part) for part in told.parts if part.item or part.says_something],
        "actions": _actions(told.carried),
    }


def _standing(meeting: Meeting) -> str:
    if meeting.minutes_state in MINUTES_WORDS:
        return MINUTES_WORDS[Meeting.MinutesState(meeting.minutes_state)]
    checked = meeting.minutes_checked_at
    words = f"Checked on {spoken_date(checked)}." if checked else "Checked by the chair."
    approved = meeting.minutes_approved_at
    return f"{words} Approved on {spoken_date(approved)}." if approved else words


def _part(part: Part) -> dict[str, Any]:
    minute = part.minute
    text = minute.text if minute else ""
    return {
        "heading": part.heading,
        "note": "Confidential" if part.item and part.item.is_confidential else "",
        "paragraphs": [line.strip() for line in text.split("\n") if line.strip()],
        "changed": minute.changed_because if minute else "",
        "decisions": [f"Decision {number}. {each.words}" for number, each in part.decisions],
        "actions": _actions(part.actions),
    }
