"""Digests: one mail a day or a week, on a school day, of what waits on somebody."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from django.db.models import Q, QuerySet

from partnership.calendar.calendars import dates_of
from partnership.calendar.dates import TermDates
from partnership.calendar.days import UK, civil_moment, is_school_day, next_school_day
from partnership.notices.models import MailChoice, Notice
from partnership.notices.notices import DIGESTS, digest_window
from partnership.notices.services.planning import CHUNK, write_once
from partnership.notices.services.telling import wake_sender
from partnership.toolkit.registers import Duty, all_duties
from partnership.toolkit.registers.owners import Reference, references_of_people

Rhythms = tuple[str, ...]


def plan_digests(*, now: datetime) -> int:
    """Write today's digests for those who chose them and owe something; how many are new."""
    if civil_moment(now) != now:
        return 0
    new = 0
    stream = _choosers().iterator(chunk_size=CHUNK)
    while some := list(islice(stream, CHUNK)):
        new += write_once(_digests(some, now))
    if new:
        wake_sender()
    return new


def _choosers() -> QuerySet[MailChoice]:
    """Who chose a digest for everything, or chose anything for a single kind."""
    chosen = Q(reminders__in=DIGESTS) | ~Q(by_kind={})
    choices = MailChoice.objects.filter(chosen, person__is_active=True)
    return choices.order_by("person_id").only("person_id", "reminders", "by_kind")


def _digests(choices: list[MailChoice], now: datetime) -> Iterator[Notice]:
    """A digest for whoever owes something of a kind that she has told of in one of today’s."""
    today = now.astimezone(UK).date()
    turns = _turns({choice.person_id for choice in choices}, today)
    chosen = {choice.person_id: choice for choice in choices if turns[choice.person_id]}
    if not chosen:
        return
    owed = (Duty(*row) for row in all_duties(digest_window(list(chosen), now)))
    owing = {
        duty.person_id
        for duty in owed
        if chosen[duty.person_id].for_kind(duty.kind) in turns[duty.person_id]
    }
    for person_id in sorted(owing):
        yield Notice(
            recipient_id=person_id,
            kind="notices.digest",
            key=f"digest:{today.isoformat()}",
            facts={"rhythms": list(turns[person_id])},
            planned_at=now,
            send_after=now,
        )


def _turns(people: Collection[int], today: date) -> dict[int, Rhythms]:
    """Which digests each has today, by the dates of her school; without them by weekdays."""
    references = references_of_people(people, today)
    dates = dates_of(set(references.values()))
    turns: dict[Reference, Rhythms] = {one: turn_of(today, dates[one]) for one in dates}
    otherwise = turn_of(today)
    return {
        person_id: turns[references[person_id]] if person_id in references else otherwise
        for person_id in people
    }


def turn_of(today: date, dates: TermDates | None = None) -> Rhythms:
    """The digests of a day: daily ones on school days, weekly ones on the first of a week."""
    if not is_school_day(today, dates):
        return ()
    daily = (MailChoice.Reminders.DAILY.value,)
    monday = today - timedelta(days=today.weekday())
    if today != next_school_day(monday, dates):
        return daily
    return (*daily, MailChoice.Reminders.WEEKLY.value)
