"""Reminders planned from what people owe: by now due, not yet written, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction

from partnership.calendar.calendars import dates_of
from partnership.calendar.dates import TermDates
from partnership.calendar.days import civil_moment, waking_moment
from partnership.notices.models import MailChoice, Notice
from partnership.notices.services.telling import wake_sender
from partnership.notices.timing import Timing, Timings, all_timings, our_timing
from partnership.people.models import Person
from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from partnership.toolkit.registers.owners import references_of_schools

CHUNK = 2_000
LONGEST_HOLIDAY = timedelta(days=60)
STALE_AFTER = timedelta(days=7)
Reminders = MailChoice.Reminders


@dataclass(frozen=True)
class Mailbox:
    """As much of a person as planning needs."""

    is_active: bool
    choice: MailChoice


def plan_reminders(*, now: datetime) -> int:
    """Write the reminders that are due by now and not yet written; how many are new.

    Running it twice, at once or late adds nothing twice: a reminder's key is its duty, deadline and
    offset, and of several that were missed only the last is written.
    """
    timings = all_timings()
    latest = max((timing.last for timing in timings), default=0)
    earliest = min((timing.first for timing in timings), default=0)
    window = DutyWindow(
        due_from=now - timedelta(days=latest) - STALE_AFTER - LONGEST_HOLIDAY,
        due_until=now + timedelta(days=1 - earliest),
        now=now,
    )
    new = 0
    for chunk in _chunks(all_duties(window).iterator(chunk_size=CHUNK)):
        new += write_once(_reminders(chunk, timings, now))
    if new:
        wake_sender()
    return new


def _chunks(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Duty]]:
    stream = iter(rows)
    while chunk := [Duty(*row) for row in islice(stream, CHUNK)]:
        yield chunk


def _mailboxes(ids: Iterable[int]) -> dict[int, Mailbox]:
    rows = Person.objects.filter(pk__in=set(ids)).values_list(
        "pk", "is_active", "mail_choice__reminders", "mail_choice__by_kind"
    )
    return {
        pk: Mailbox(is_active, _choice(reminders, by_kind))
        for pk, is_active, reminders, by_kind in rows
    }


def _choice(reminders: str | None, by_kind: dict[str, str] | None) -> MailChoice:
    return MailChoice(reminders=reminders or Reminders.AT_ONCE, by_kind=by_kind or {})


def _dates_of_schools(school_ids: set[int]) -> dict[int | None, TermDates]:
    """The term dates of each school, in one query and those for dates that aren’t kept."""
    references = references_of_schools(school_ids)
    dates = dates_of(set(references.values()))
    return {school_id: dates[reference] for school_id, reference in references.items()}


def _reminders(duties: list[Duty], timings: Timings, now: datetime) -> Iterator[Notice]:
    """Reminders and escalations that are due by now."""
    boxes = _mailboxes(
        {duty.person_id for duty in duties}
        | {duty.goes_up_to_id for duty in duties if duty.goes_up_to_id}
    )
    nobody = Mailbox(is_active=False, choice=_choice(Reminders.NONE, None))
    schools = _dates_of_schools({duty.school_id for duty in duties if duty.school_id})
    for duty in duties:
        dates = schools.get(duty.school_id)
        timing = timings.of(duty)
        since = _fresh_since(duty, timing, max(timing.last, timings.our_last), now)
        box = boxes.get(duty.person_id, nobody)
        may_write = box.is_active or duty.spec.before_joining
        if may_write and box.choice.for_kind(duty.kind) == Reminders.AT_ONCE:
            offset = offset_reached(duty, now, dates, since=since, timing=timing)
            if offset is not None:
                yield _reminder(duty, offset, _sent_after(duty, timing, now, dates), now)
        above_id = duty.goes_up_to_id or 0
        above = boxes.get(above_id, nobody)
        may_go_up = above.is_active and above.choice.for_kind(duty.kind) != Reminders.NONE
        if may_go_up and goes_up(duty, now, dates, since=since, timing=timing):
            yield _escalation(duty, above_id, now, dates)


def _fresh_since(duty: Duty, timing: Timing, last: int, now: datetime) -> datetime | None:
    """From which moment on a duty’s reminders are still written, if not all are.

    What the last of its days is long past is forgotten, unless it had to wait for a holiday’s end;
    what was before an alliance changed its days is not made up for.
    """
    if duty.due_at < now - timedelta(days=last) - STALE_AFTER:
        forgotten = now - STALE_AFTER
        return forgotten if timing.since is None else max(forgotten, timing.since)
    return timing.since


def reminder_moment(
    duty: Duty, offset: int, dates: TermDates | None = None, *, timing: Timing | None = None
) -> datetime:
    """When a reminder should go: on a school day at a civil hour, unless that would be too late."""
    moment = duty.due_at + timedelta(days=offset)
    if not (timing or our_timing(duty.spec)).waits_for_school:
        return moment
    quiet = civil_moment(moment, dates)
    is_too_late = (offset < 0 and quiet > duty.due_at) or (
        duty.happens_at is not None and quiet > duty.happens_at
    )
    return moment if is_too_late else quiet


def offset_reached(
    duty: Duty,
    now: datetime,
    dates: TermDates | None = None,
    *,
    since: datetime | None = None,
    timing: Timing | None = None,
) -> int | None:
    """The last of a duty's reminders whose moment has come since the person was asked.

    One that only waits for a school day takes the place of those before it.
    """
    timing = timing or our_timing(duty.spec)
    for offset in sorted(timing.offsets, reverse=True):
        if duty.due_at + timedelta(days=offset) > now:
            continue
        moment = reminder_moment(duty, offset, dates, timing=timing)
        was_asked = duty.asked_at is None or moment > duty.asked_at
        is_fresh = since is None or moment > since
        return offset if moment <= now and was_asked and is_fresh else None
    return None


def goes_up(
    duty: Duty,
    now: datetime,
    dates: TermDates | None = None,
    *,
    since: datetime | None = None,
    timing: Timing | None = None,
) -> bool:
    """Whether an unanswered duty is told to whoever it goes up to by now."""
    days = (timing or our_timing(duty.spec)).goes_up_after
    if days is None or duty.goes_up_to_id in {None, duty.person_id}:
        return False
    moment = civil_moment(duty.due_at + timedelta(days=days), dates)
    return moment <= now and (since is None or moment > since)


def _sent_after(duty: Duty, timing: Timing, now: datetime, dates: TermDates | None) -> datetime:
    """The next civil school hour; the next by day when deadline or thing is sooner; else now."""
    if not timing.waits_for_school:
        return now
    ends = [end for end in (duty.due_at, duty.happens_at) if end is not None and end > now]
    for quiet in (civil_moment(now, dates), waking_moment(now)):
        if all(quiet <= end for end in ends):
            return quiet
    return now


def _reminder(duty: Duty, offset: int, send_after: datetime, now: datetime) -> Notice:
    return Notice(
        recipient_id=duty.person_id,
        kind="notices.reminder",
        key=f"{duty.key}:{offset:+d}",
        thing_id=duty.thing_id,
        facts={"duty": duty.kind, "due_at": duty.due_at.isoformat(), "offset": offset},
        alliance_id=duty.alliance_id,
        planned_at=now,
        send_after=send_after,
    )


def _escalation(duty: Duty, recipient_id: int, now: datetime, dates: TermDates | None) -> Notice:
    return Notice(
        recipient_id=recipient_id,
        kind="notices.escalation",
        key=f"{duty.kind}:{duty.group}:{duty.due_at:%Y-%m-%dT%H:%MZ}:up",
        thing_id=None,
        facts={"duty": duty.kind, "page": duty.group, "due_at": duty.due_at.isoformat()},
        alliance_id=duty.alliance_id,
        planned_at=now,
        send_after=civil_moment(now, dates),
    )


def write_once(rows: Iterable[Notice]) -> int:
    """Insert what the outbox doesn't hold yet, in a transaction of its own."""
    wanted = {(row.recipient_id, row.key): row for row in rows}
    if not wanted:
        return 0
    with transaction.atomic():
        known = set(
            Notice.objects.filter(key__in={key for _person, key in wanted}).values_list(
                "recipient_id", "key"
            )
        )
        new = [row for name, row in wanted.items() if name not in known]
        Notice.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)
