"""What a published rota asks: accept your visits, find a substitute, say that a day was held.

The duties' titles and lines name the day at most, never a school: mails are made of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    DateTimeField,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, NullIf

from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows
from partnership.toolkit.spoken_dates import spoken_moment
from reviews.cycles.links import place_path
from reviews.cycles.models import Cycle, DayPlace, ReviewDay

PANEL = "cycles.own_days"
REVIEWS, HOSTS = f"{PANEL}:reviews", f"{PANEL}:hosts"
REVIEWS_AHEAD, REVIEWS_BEGUN = f"{PANEL}:reviews_ahead", f"{PANEL}:reviews_begun"
HOSTS_AHEAD, HOSTS_BEGUN = f"{PANEL}:hosts_ahead", f"{PANEL}:hosts_begun"
ORGANISES, TAKES_PART = f"{PANEL}:organises", f"{PANEL}:takes_part"
ACCEPT, FILL, SAY_HELD = "cycles.accept", "cycles.fill", "cycles.say_held"
DAY = timedelta(days=1)
ALLIANCE = "cycle__alliance"
ORGANISER = "whoever looks after the cycle"
PUBLISHED = Cycle.State.PUBLISHED


def _places(window: DutyWindow, rows: QuerySet[DayPlace], kind: str, **more: Any) -> QuerySet[Any]:
    """Places of days to come, of cycles that live."""
    coming = rows.filter(ended_at=None, day__cycle__state=PUBLISHED)
    if not window.with_done:
        coming = coming.filter(day__state=ReviewDay.State.PLANNED, day__starts_at__gt=window.moment)
    return duty_rows(
        coming,
        window,
        kind=kind,
        subject=Value(""),
        page="day",
        happens_at="day__starts_at",
        alliance=f"day__{ALLIANCE}",
        sender=f"day__{ALLIANCE}__name",
        **more,
    )


def _to_accept(window: DutyWindow) -> QuerySet[Any]:
    return _places(
        window,
        DayPlace.objects.filter(person__is_active=True),
        ACCEPT,
        person="person",
        asked_at="asked_at",
        due_at="answer_by",
        goes_up_to="day__cycle__organiser",
        done_at="answered_at",
    )


def _to_fill(window: DutyWindow) -> QuerySet[Any]:
    """Declined places that nobody has taken; asking somebody else ends the place."""
    declined = DayPlace.objects.filter(
        answer=DayPlace.Answer.DECLINED,
        fill_by__isnull=False,
        day__cycle__organiser__is_active=True,
    )
    return _places(
        window,
        declined,
        FILL,
        person="day__cycle__organiser",
        asked_at="answered_at",
        due_at="fill_by",
    )


def _to_say(window: DutyWindow) -> QuerySet[Any]:
    """Of days that are over; by the lead, and where there is none by the organiser."""
    days = ReviewDay.objects.filter(cycle__state=PUBLISHED, ends_at__lte=window.moment)
    days = days.exclude(state=ReviewDay.State.CANCELLED)
    if not window.with_done:
        days = days.filter(state=ReviewDay.State.PLANNED)
    leads = DayPlace.objects.filter(day=OuterRef("pk"), ended_at=None, is_lead=True)
    going = leads.exclude(answer=DayPlace.Answer.DECLINED).filter(person__is_active=True)
    lead = Subquery(going.order_by("pk").values("person")[:1], output_field=BigIntegerField())
    sayer = Coalesce(lead, "cycle__organiser", output_field=BigIntegerField())
    due = ExpressionWrapper(F("ends_at") + Value(DAY), output_field=DateTimeField())
    rows = days.annotate(sayer=sayer)
    return duty_rows(
        rows.annotate(
            chief=NullIf(F("cycle__organiser"), F("sayer"), output_field=BigIntegerField())
        ),
        window,
        kind=SAY_HELD,
        person="sayer",
        subject=Value(""),
        page="pk",
        happens_at="starts_at",
        asked_at="ends_at",
        due_at=due,
        alliance=ALLIANCE,
        sender=f"{ALLIANCE}__name",
        goes_up_to="chief",
        done_at="held_at",
    )


def day_url(duty: Duty) -> str:
    """The page of the day that a duty is about."""
    return address("cycles:day_detail", int(duty.page))


def _on(duty: Duty) -> str:
    return f"Review day on {spoken_moment(duty.happens_at)}" if duty.happens_at else "Review day"


def _kind(
    key: str,
    words: str,
    due: str,
    rows: Callable[[DutyWindow], QuerySet[Any]],
    title: str,
    **more: Any,
) -> DutyKind:
    return DutyKind(
        key=key,
        words=words,
        due=due,
        rows=rows,
        title=lambda _duty: title,
        line=_on,
        url=day_url,
        in_alliance=True,
        is_private=True,
        **more,
    )


YEAR = (
    _kind(
        ACCEPT,
        "Accept your visit to a school, or decline",
        "as many school days after you are asked as the cycle sets, usually five",
        _to_accept,
        "Will you visit a school?",
        offsets=(-2, 0, 1),
        goes_up_after=1,
        goes_up_to=ORGANISER,
        action="Answer",
        why=lambda duty: f"You have this because you review for {duty.sender} and are asked.",
        mail_url=lambda duty: place_path(duty.thing_id),
        mail_action="Accept or decline",
        answer_template="cycles/includes/_duty_place.html",
        beside=REVIEWS_AHEAD,
    ),
    _kind(
        FILL,
        "Ask somebody else where a visit was declined",
        "three school days after it is declined",
        _to_fill,
        "Find somebody for a review day",
        offsets=(-1, 0, 1),
        goes_up_after=None,
        goes_up_to="",
        action="See who may go",
        why=lambda duty: f"You have this because you look after review days of {duty.sender}.",
        beside=ORGANISES,
    ),
    _kind(
        SAY_HELD,
        "Say that a review day was held",
        "the day after it",
        _to_say,
        "Say that a review day was held",
        offsets=(0, 2),
        goes_up_after=3,
        goes_up_to=ORGANISER,
        action="Say so",
        why=lambda duty: f"You have this because you lead or look after a review of {duty.sender}.",
        beside=TAKES_PART,
    ),
)
