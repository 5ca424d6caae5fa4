"""What host and team owe before the day; it ends as the day begins."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from partnership.toolkit.registers import DutyKind, DutyWindow
from reviews.days.duties.making import ORGANISER, kind, of_host, of_team

FOCUS, FILES, PLANNING = "days.focus", "days.files", "days.planning"
TIMETABLE, CONTACT = "days.timetable", "days.contact"
DECLARE, READ = "days.declare", "days.read"
UP: dict[str, Any] = {"goes_up_after": 1, "goes_up_to": ORGANISER}


def _focus(window: DutyWindow) -> QuerySet[Any, Any]:
    return of_host(window, FOCUS, due="focus_by", done="focus_at", is_before=True)


def _files(window: DutyWindow) -> QuerySet[Any, Any]:
    return of_host(window, FILES, due="files_by", done="files_at", is_before=True)


def _planning(window: DutyWindow) -> QuerySet[Any, Any]:
    return of_host(window, PLANNING, due="planning_by", done="planning_at", is_before=True)


def _timetable(window: DutyWindow) -> QuerySet[Any, Any]:
    return of_host(window, TIMETABLE, due="timetable_by", done="timetable_at", is_before=True)


def _contact(window: DutyWindow) -> QuerySet[Any, Any]:
    return of_host(window, CONTACT, due="contact_by", done="contact_at", is_before=True)


def _declare(window: DutyWindow) -> QuerySet[Any, Any]:
    return of_team(window, DECLARE, due="declare_by", step="declared_at", is_before=True)


def _read(window: DutyWindow) -> QuerySet[Any, Any]:
    return of_team(window, READ, due="read_by", step="read_at", is_before=True)


PREPARING: tuple[DutyKind, ...] = (
    kind(
        FOCUS,
        "Choose the focus of your review day",
        "10 school days before the day",
        _focus,
        title="Choose the focus and lines of enquiry",
        url="days:focus_edit",
        action="Choose",
        is_host=True,
        is_before=True,
        **UP,
    ),
    kind(
        FILES,
        "Give the documents of your review day",
        "8 school days before the day",
        _files,
        title="Give the team your documents",
        url="days:preparation",
        action="Give",
        is_host=True,
        is_before=True,
        **UP,
    ),
    kind(
        PLANNING,
        "Arrange the planning meeting of your review day",
        "7 school days before the day",
        _planning,
        title="Arrange the planning meeting",
        url="days:planning_edit",
        action="Arrange",
        is_host=True,
        is_before=True,
        **UP,
    ),
    kind(
        TIMETABLE,
        "Draw up the timetable of your review day",
        "5 school days before the day",
        _timetable,
        title="Draw up the timetable, with a partner for each part",
        url="days:timetable",
        action="Draw up",
        is_host=True,
        is_before=True,
        **UP,
    ),
    kind(
        CONTACT,
        "Name the safeguarding lead for your review day",
        "5 school days before the day",
        _contact,
        title="Name your safeguarding lead and telephone",
        url="days:contact_edit",
        action="Name",
        is_host=True,
        is_before=True,
        **UP,
    ),
    kind(
        DECLARE,
        "Declare before a review day",
        "10 school days before the day",
        _declare,
        title="Declare any connection with the school",
        url="days:declaration",
        action="Declare",
        is_host=False,
        is_before=True,
        **UP,
    ),
    kind(
        READ,
        "Read before a review day",
        "1 school day before the day",
        _read,
        title="Read what the host has prepared",
        url="days:preparation",
        action="Read",
        is_host=False,
        is_before=True,
    ),
)
