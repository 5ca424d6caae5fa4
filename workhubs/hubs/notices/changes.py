"""What is told when schools leave or stay, when people come, and when a workhub closes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.conf import settings

from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, Stale
from partnership.toolkit.spoken_dates import spoken_day
from workhubs.hubs.models import WorkhubPerson, WorkhubSchool, WorkhubYear

PLACE_ENDS = "hubs.place_ends"
PLACE_GOES_ON = "hubs.place_goes_on"
PERSON_ADDED = "hubs.person_added"
YEAR_CLOSED = "hubs.year_closed"


def _ids(notices: Sequence[Notice]) -> set[int]:
    return {notice.thing_id for notice in notices if notice.thing_id is not None}


def _letter(workhub_year: WorkhubYear, *, subject: str, why: str, after: str = "") -> Letter:
    return Letter(
        subject=subject,
        heading=subject,
        why=why,
        facts=(f"Workhub: {workhub_year.workhub}", f"Year: {workhub_year.academic_year}"),
        after=(after,) if after else (),
        button_label="Look at the workhub",
        button_url=f"{settings.PORTAL_URL}{workhub_year.get_absolute_url()}",
        sender_name=str(workhub_year.workhub.alliance),
        thread=f"hubs.year:{workhub_year.pk}",
    )


def _of_places(
    notices: Sequence[Notice], say: Callable[[WorkhubSchool, Notice], Letter | Stale]
) -> dict[int, Letter | Stale]:
    places = WorkhubSchool.objects.select_related(
        "school", "workhub_year__workhub__alliance"
    ).in_bulk(_ids(notices))
    found = {notice.pk: (places.get(notice.thing_id or 0), notice) for notice in notices}
    return {
        pk: Stale("The place is gone.") if place is None else say(place, notice)
        for pk, (place, notice) in found.items()
    }


def _part_of(notice: Notice, place: WorkhubSchool) -> str:
    """Why this reader is told."""
    workhub_year = place.workhub_year
    if workhub_year.lead_id == notice.recipient_id:
        return "You lead this workhub"
    if workhub_year.deputy_id == notice.recipient_id:
        return "You are deputy of this workhub"
    return f"You are told for {place.school}"


def letters_of_ends(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To lead, deputy and heads: with which day the school leaves."""
    return _of_places(notices, _ends)


def _ends(place: WorkhubSchool, notice: Notice) -> Letter | Stale:
    if place.left_on is None or place.left_on.isoformat() != notice.facts.get("left_on"):
        return Stale("The school stays, or leaves with another day.")
    workhub, day = place.workhub_year.workhub, spoken_day(place.left_on)
    return _letter(
        place.workhub_year,
        subject=f"{place.school} leaves “{workhub}”",
        why=f"{_part_of(notice, place)}: {place.school}’s last day in it is {day}.",
        after="Until that day it can still be undone on the workhub’s page.",
    )


def letters_of_going_on(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To lead, deputy and heads: the school doesn't leave."""
    return _of_places(notices, _goes_on)


def _goes_on(place: WorkhubSchool, notice: Notice) -> Letter | Stale:
    if place.left_on is not None:
        return Stale("The school leaves.")
    workhub = place.workhub_year.workhub
    return _letter(
        place.workhub_year,
        subject=f"{place.school} stays in “{workhub}”",
        why=f"{_part_of(notice, place)}: {place.school} was to leave, and stays after all.",
    )


def letters_to_people(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To somebody who takes part from now on, beside the schools."""
    people = WorkhubPerson.objects.select_related("workhub_year__workhub__alliance").in_bulk(
        _ids(notices)
    )
    letters: dict[int, Letter | Stale] = {}
    for notice in notices:
        member = people.get(notice.thing_id or 0)
        letters[notice.pk] = Stale("She takes no part.") if member is None else _welcome(member)
    return letters


def _welcome(member: WorkhubPerson) -> Letter:
    workhub_year = member.workhub_year
    part = f" as {member.brings}" if member.brings else ""
    return _letter(
        workhub_year,
        subject=f"You take part in “{workhub_year.workhub}”",
        why=f"You take part in this workhub{part} from {spoken_day(member.starts_on)}.",
        after="You have a seat at its meetings, and see what it wants to reach.",
    )


def letters_of_closing(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To everybody in the workhub: its last day."""
    years = WorkhubYear.objects.select_related("workhub__alliance").in_bulk(_ids(notices))
    letters: dict[int, Letter | Stale] = {}
    for notice in notices:
        year = years.get(notice.thing_id or 0)
        is_so = year is not None and year.closed_on is not None
        if year is None or not is_so:
            letters[notice.pk] = Stale("The workhub goes on.")
        else:
            letters[notice.pk] = _closing(year)
    return letters


def _closing(workhub_year: WorkhubYear) -> Letter:
    day = spoken_day(workhub_year.last_day)
    return _letter(
        workhub_year,
        subject=f"The workhub “{workhub_year.workhub}” closes",
        why=f"You take part in this workhub. Its last day is {day}.",
        after="What it did stays on record. Nobody is asked to its meetings after that day.",
    )
