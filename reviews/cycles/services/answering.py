"""A reviewer accepts or declines a visit, and may change her mind until the day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.calendar.days import school_days_after
from partnership.people.models import Person
from partnership.toolkit.versions import lock
from reviews.cycles.models import DayPlace, ReviewDay, RotaChange
from reviews.cycles.notices.days import CHANGED
from reviews.cycles.services.day_news import (
    Snapshot,
    keep_change,
    record_day,
    snapshot,
    tell_organisers,
)

DAYS_TO_FILL = 3
Answer = DayPlace.Answer


class NoLongerAsked(Exception):
    """The question has lapsed; the words say why, for the page."""


def refuse_if_lapsed(place: DayPlace, *, now: datetime) -> None:
    """Raise NoLongerAsked when the day is over, was called off, or somebody else goes."""
    day = place.day
    if day.state == ReviewDay.State.CANCELLED:
        raise NoLongerAsked("This review day has been called off, so no answer is needed.")
    if place.ended_at is not None:
        raise NoLongerAsked(
            "You are no longer asked to this day: it moved, or somebody else goes in your place. "
            "If you are asked anew, answer by the newest mail or on the day’s page."
        )
    if day.state != ReviewDay.State.PLANNED or day.starts_at <= now:
        raise NoLongerAsked(
            "This review day has begun or is over, so no answer is needed any more."
        )


@transaction.atomic
def answer_visit(
    *,
    place: DayPlace,
    answer: DayPlace.Answer,
    because: str | None = None,
    by: Person,
    now: datetime,
) -> DayPlace:
    """Keep the answer; a reason is kept with a no alone, for herself. None keeps what was said.

    A decline tells the organisers and stands in the rota's history. Raises NoLongerAsked.
    """
    day = _locked_day(place)
    current = lock(place)
    current.day = day
    refuse_if_lapsed(current, now=now)
    was, before = current.answer, snapshot(day)
    _keep(current, answer, because, now=now)
    if was == answer:
        return current
    if answer == Answer.DECLINED:
        keep_change(day, RotaChange.Kind.DECLINED, before=before, by=by, now=now)
        tell_organisers(day, what="declined", by=by, now=now)
    elif was == Answer.DECLINED:
        _take_back(day, before, by=by, now=now)
    record_day(f"visit {answer}", day, by=by, now=now, values={"place": current.pk})
    return current


def _locked_day(place: DayPlace) -> ReviewDay:
    cycle = place.day.cycle
    day = lock(place.day)
    day.cycle = cycle
    return day


def _keep(place: DayPlace, answer: DayPlace.Answer, because: str | None, *, now: datetime) -> None:
    is_no = answer == Answer.DECLINED
    if place.answer != answer:
        place.fill_by = school_days_after(now, DAYS_TO_FILL) if is_no else None
        place.answered_at = now
        place.is_lead = place.is_lead and (is_no or not _another_leads(place))
    place.because = (place.because if because is None else because) if is_no else ""
    place.answer = answer
    place.version += 1
    place.save(update_fields=["answer", "answered_at", "because", "fill_by", "is_lead", "version"])


def _another_leads(place: DayPlace) -> bool:
    leads = DayPlace.objects.filter(day=place.day_id, ended_at=None, is_lead=True)
    return leads.exclude(answer=Answer.DECLINED).exclude(pk=place.pk).exists()


def _take_back(day: ReviewDay, before: Snapshot, *, by: Person, now: datetime) -> None:
    """She comes after all: the rota's history and the organisers are told."""
    keep_change(day, RotaChange.Kind.TEAM, before=before, by=by, now=now)
    tell_organisers(day, what="taken-back", kind=CHANGED, by=by, now=now)
