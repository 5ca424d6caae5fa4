"""The notices of this room: reminders, what goes up when nobody answers, and digests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from partnership.calendar.days import UK
from partnership.notices.models import MailChoice, Notice
from partnership.notices.timing import Timing, Timings, timings_in
from partnership.people.models import Person
from partnership.toolkit.registers import (
    Duty,
    DutyWindow,
    Letter,
    NoticeKind,
    Stale,
    all_duties,
    duty_kinds,
)
from partnership.toolkit.spoken_dates import spoken_day, spoken_moment

DIGEST_BACK = timedelta(days=60)
DIGEST_AHEAD = timedelta(days=8)
NAMED_AT_MOST = 10
DIGESTS = (MailChoice.Reminders.DAILY, MailChoice.Reminders.WEEKLY)


def reminder_letters(notices: Sequence[Notice], now: datetime) -> Mapping[int, Letter | Stale]:
    """A reminder for whoever still owes it; whoever did it a second ago gets none."""
    things: dict[str, list[int]] = defaultdict(list)
    for notice in notices:
        things[notice.facts["duty"]].append(notice.thing_id or 0)
    people = [notice.recipient_id for notice in notices]
    timings = _timings_for(notices)
    owed = {
        (duty.kind, duty.thing_id, duty.person_id): duty
        for duty in _owed(DutyWindow(person_ids=people, thing_ids=things, now=now))
    }
    return {
        notice.pk: _reminder(
            notice,
            owed.get((notice.facts["duty"], notice.thing_id or 0, notice.recipient_id)),
            timings,
            now,
        )
        for notice in notices
    }


def _timings_for(notices: Sequence[Notice]) -> Timings:
    return timings_in({notice.alliance_id for notice in notices if notice.alliance_id is not None})


def _owed(window: DutyWindow) -> list[Duty]:
    known = duty_kinds()
    wanted = window.kinds if window.thing_ids is None else window.thing_ids
    if wanted is not None and not any(kind in known for kind in wanted):
        return []
    return [Duty(*row) for row in all_duties(window)]


def _reminder(notice: Notice, duty: Duty | None, timings: Timings, now: datetime) -> Letter | Stale:
    if duty is None:
        return Stale("Done meanwhile, or no longer asked.")
    if duty.due_at != datetime.fromisoformat(notice.facts["due_at"]):
        return Stale("The deadline has moved.")
    if not notice.recipient.is_active and not duty.spec.before_joining:
        return Stale("The person may not sign in any more.")
    if _chosen_by(notice).for_kind(duty.kind) != MailChoice.Reminders.AT_ONCE:
        return Stale("She has chosen not to have single reminders.")
    timing = timings.of(duty)
    if notice.facts["offset"] not in timing.offsets:
        return Stale("The alliance has set other days since.")
    is_late = now > duty.due_at
    return Letter(
        subject=f"Late: {duty.title}" if is_late else duty.title,
        heading=duty.title,
        why=duty.spec.why(duty),
        facts=(duty.line, due_words(duty, now)),
        button_label=duty.spec.mail_action or duty.spec.action,
        button_url=settings.PORTAL_URL + (duty.spec.mail_url or duty.spec.url)(duty),
        after=(_next_words(duty, timing, now),),
        sender_name=duty.sender,
        thread=f"{duty.kind}-{duty.group}",
        can_be_stopped=True,
    )


def _chosen_by(notice: Notice) -> MailChoice:
    """How the recipient is reminded; as long as she chose nothing, at once."""
    choice: MailChoice | None = getattr(notice.recipient, "mail_choice", None)
    return MailChoice() if choice is None else choice


def due_words(duty: Duty, now: datetime) -> str:
    """By when it is due, or since when it is late."""
    if now > duty.due_at:
        return f"It was due on {spoken_moment(duty.due_at)}."
    return f"Please do this by {spoken_moment(duty.due_at)}."


def _next_words(duty: Duty, timing: Timing, now: datetime) -> str:
    coming = [
        moment
        for offset in sorted(timing.offsets)
        if (moment := duty.due_at + timedelta(days=offset)) > now
    ]
    if not coming:
        return "This is the last reminder, and there is none once it is done."
    return f"We write again around {spoken_day(coming[0])}, and not at all once it is done."


def escalation_letters(notices: Sequence[Notice], now: datetime) -> Mapping[int, Letter | Stale]:
    """Who has not answered, told once to whoever asked them."""
    dues = [datetime.fromisoformat(notice.facts["due_at"]) for notice in notices]
    window = DutyWindow(
        due_from=min(dues),
        due_until=max(dues) + timedelta(seconds=1),
        kinds=sorted({notice.facts["duty"] for notice in notices}),
        now=now,
    )
    groups: dict[tuple[str, str, datetime, int | None], list[Duty]] = defaultdict(list)
    for duty in _owed(window):
        groups[duty.kind, duty.group, duty.due_at, duty.goes_up_to_id].append(duty)
    names = dict(
        Person.objects.filter(
            pk__in={duty.person_id for some in groups.values() for duty in some}
        ).values_list("pk", "name")
    )
    timings = _timings_for(notices)
    letters: dict[int, Letter | Stale] = {}
    for notice, due_at in zip(notices, dues, strict=True):
        group = (notice.facts["duty"], notice.facts["page"], due_at, notice.recipient_id)
        if _chosen_by(notice).for_kind(notice.facts["duty"]) == MailChoice.Reminders.NONE:
            letters[notice.pk] = Stale("She has chosen not to have mails about this.")
        else:
            letters[notice.pk] = _escalation(groups.get(group, []), names, timings)
    return letters


def _escalation(duties: list[Duty], names: dict[int, str], timings: Timings) -> Letter | Stale:
    if not duties:
        return Stale("Nobody owes it any more.")
    duty = duties[0]
    if timings.of(duty).goes_up_after is None:
        return Stale("The alliance has set since that it doesn’t go up.")
    missing = sorted(names.get(one.person_id, "") for one in duties)
    more = len(missing) - NAMED_AT_MOST
    named = ", ".join(missing[:NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
    count = "One person has" if len(duties) == 1 else f"{len(duties)} people have"
    facts = (duty.title, duty.line, f"It was due on {spoken_moment(duty.due_at)}.")
    return Letter(
        subject=f"Not done yet: {duty.title}",
        heading=f"{count} not done this yet",
        why="You have this because they were asked on your behalf and the time is up.",
        facts=(*facts, *(() if duty.spec.is_private else (named,))),
        button_label="See who is missing",
        button_url=settings.PORTAL_URL + (duty.spec.up_url or duty.spec.url)(duty),
        after=("We write about this once.",),
        sender_name=duty.sender,
        thread=f"{duty.kind}-{duty.group}",
        can_be_stopped=True,
    )


def digest_window(people: Sequence[int], now: datetime) -> DutyWindow:
    """What a digest tells of: what is late, and what is due within eight days."""
    return DutyWindow(
        due_from=now - DIGEST_BACK,
        due_until=now + DIGEST_AHEAD,
        person_ids=list(people),
        now=now,
    )


def digest_letters(notices: Sequence[Notice], now: datetime) -> Mapping[int, Letter | Stale]:
    """One mail of what waits on somebody, of the kinds she has told so; silent without any."""
    owed: dict[int, list[Duty]] = defaultdict(list)
    for duty in _owed(digest_window([notice.recipient_id for notice in notices], now)):
        owed[duty.person_id].append(duty)
    return {
        notice.pk: _digest(notice, _told_in(notice, owed[notice.recipient_id]), now)
        for notice in notices
    }


def _told_in(notice: Notice, duties: list[Duty]) -> list[Duty]:
    """Of what she owes, the kinds that she chose to have in this digest."""
    choice = _chosen_by(notice)
    rhythms = notice.facts.get("rhythms", DIGESTS)
    return [duty for duty in duties if choice.for_kind(duty.kind) in rhythms]


def _digest(notice: Notice, duties: list[Duty], now: datetime) -> Letter | Stale:
    if not duties:
        return Stale("Nothing is due.")
    if notice.planned_at.astimezone(UK).date() != now.astimezone(UK).date():
        return Stale("The day of this digest has passed.")
    duties.sort(key=lambda duty: (duty.due_at, duty.kind, duty.thing_id))
    late = sum(duty.due_at < now for duty in duties)
    count = "One thing waits" if len(duties) == 1 else f"{len(duties)} things wait"
    subject = f"{count} on you" + (f", {late} late" if late else "")
    return Letter(
        subject=subject,
        heading=f"{count} on you",
        why="You have this because you chose one mail in place of single reminders.",
        facts=tuple(f"{duty.title} {due_words(duty, now)}" for duty in duties),
        button_label="Open your desk",
        button_url=settings.PORTAL_URL + reverse("home:desk"),
        after=("On days when nothing is due we write nothing.",),
        thread="digest",
        can_be_stopped=True,
    )


NOTICES = (
    NoticeKind("notices.reminder", "Reminder", reminder_letters, before_joining=True),
    NoticeKind("notices.escalation", "Told upwards", escalation_letters),
    NoticeKind("notices.digest", "Digest", digest_letters),
)
