"""What is told of the days of a published rota: somebody is asked, a day changed, a visit declined.

Mailboxes of schools are shared: a mail says the day at most, and never which school is visited.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings

from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, NoticeKind, Stale
from partnership.toolkit.spoken_dates import spoken_moment, spoken_span
from reviews.cycles.links import place_address
from reviews.cycles.models import DayPlace, ReviewDay
from reviews.cycles.notices.dated import dated_for, dated_of

ASKED = "cycles.asked_to_visit"
CHANGED = "cycles.day_changed"
DECLINED = "cycles.visit_declined"
GONE = Stale("The review day is gone.")
MOVED = "It takes the place of another day, which no longer holds."
WHERE = "Which school it is stands in the portal only, behind your sign-in."


def _thread(day: ReviewDay) -> str:
    return f"cycles.day:{day.pk}"


def _asked(place: DayPlace | None, notice: Notice, now: datetime) -> Letter | Stale:
    if place is None or place.ended_at is not None:
        return Stale("No longer asked to this review day.")
    if place.answer:
        return Stale("Answered already.")
    day = place.day
    if day.state != ReviewDay.State.PLANNED or day.starts_at <= now:
        return Stale("The review day was called off, or has begun.")
    alliance = str(day.cycle.alliance)
    moved = (MOVED,) if (notice.facts or {}).get("moved") else ()
    part = "to lead a team that visits a school" if place.is_lead else "to visit a school"
    return Letter(
        subject="You are asked to visit a school",
        heading="A review day",
        why=f"You have this because you review for {alliance}, and you are asked {part}.",
        facts=(spoken_span(day.starts_at, day.ends_at),),
        button_label="Accept or decline",
        button_url=place_address(place.pk),
        after=(
            f"Please answer by {spoken_moment(place.answer_by)}.",
            "One click is enough; you need not sign in.",
            *moved,
            WHERE,
        ),
        sender_name=alliance,
        thread=_thread(day),
        dated=dated_of(day),
    )


def _about(day: ReviewDay | None, subject: str, why: str, label: str) -> Letter | Stale:
    if day is None:
        return GONE
    return Letter(
        subject=subject,
        heading=subject,
        why=why,
        after=(WHERE,),
        button_label=label,
        button_url=f"{settings.PORTAL_URL}{day.get_absolute_url()}",
        sender_name=str(day.cycle.alliance),
        thread=_thread(day),
    )


def letters_to_those_asked(
    notices: Sequence[Notice], now: datetime
) -> Mapping[int, Letter | Stale]:
    """To whoever is asked; the notice's thing is her place in the team."""
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    places = DayPlace.objects.select_related("day__cycle__alliance").in_bulk(ids)
    return {notice.pk: _asked(places.get(notice.thing_id or 0), notice, now) for notice in notices}


def _days(notices: Sequence[Notice]) -> dict[int, ReviewDay | None]:
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    days = ReviewDay.objects.select_related("cycle__alliance").in_bulk(ids)
    return {notice.pk: days.get(notice.thing_id or 0) for notice in notices}


def letters_of_changes(notices: Sequence[Notice], now: datetime) -> Mapping[int, Letter | Stale]:
    """To the host's head and the team, when the day or the team changed."""
    why = "You have this because you organise, host or go to a review day that has changed."
    days = _days(notices)
    dated = dated_for(notices, days, now)
    letters = {
        pk: _about(day, "A review day has changed", why, "See what changed")
        for pk, day in days.items()
    }
    return {
        pk: replace(letter, dated=dated.get(pk)) if isinstance(letter, Letter) else letter
        for pk, letter in letters.items()
    }


def letters_of_declines(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To the organisers: a place in a team is empty."""
    why = "You have this because you organise review days, and somebody has declined a visit."
    return {
        pk: _about(day, "A visit is declined", why, "Ask somebody else")
        for pk, day in _days(notices).items()
    }


DAYS = (
    NoticeKind(
        key=ASKED,
        words="You are asked to visit a school",
        letters=letters_to_those_asked,
        in_alliance=True,
        in_confidence=True,
    ),
    NoticeKind(
        key=CHANGED,
        words="A review day has changed",
        letters=letters_of_changes,
        in_alliance=True,
        in_confidence=True,
    ),
    NoticeKind(
        key=DECLINED,
        words="A visit to a school is declined",
        letters=letters_of_declines,
        in_alliance=True,
        in_confidence=True,
    ),
)
