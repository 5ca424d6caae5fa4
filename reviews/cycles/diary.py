"""Review days in the diaries of those whom they concern; no entry names a school."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet, Value

from alliances.schools.models import Delegation, SchoolPost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import DiaryEntry, DiaryKind, DiaryWindow, diary_rows
from reviews.cycles.models import DayPlace, ReviewDay

KIND = "cycles.day"
DECLINED = DayPlace.Answer.DECLINED


def _ways(window: DiaryWindow) -> list[dict[str, Any]]:
    """Her own visits, and the days of schools that she heads or acts for."""
    person: Any = window.person
    posts = SchoolPost.objects.on(window.on).of_heads().filter(person=person)
    held = Delegation.objects.held_by(person, Delegation.Kind.REVIEWS, on=window.on)
    going = DayPlace.objects.filter(~Q(answer=DECLINED), person=person, ended_at=None)
    return [
        {"pk__in": going.order_by().values("day")},
        {"school__in": posts.order_by().values("school")},
        {"school__in": held.order_by().values("school")},
    ]


def _days(window: DiaryWindow) -> QuerySet[Any, Any]:
    every: Any = ReviewDay.objects.order_by()
    span = {"starts_at__gte": window.starts_from, "starts_at__lt": window.starts_until}
    first, *rest = (every.filter(**way, **span).values("pk") for way in _ways(window))
    rows = every.filter(pk__in=first.union(*rest, all=True))
    if window.circle_id is not None:
        rows = rows.filter(pk=None)
    if not window.with_cancelled:
        rows = rows.exclude(state=ReviewDay.State.CANCELLED)
    return diary_rows(
        rows,
        window,
        kind=KIND,
        title=Value("Review day"),
        starts_at="starts_at",
        ends_at="ends_at",
        state="state",
        alliance="cycle__alliance",
        alliance_name="cycle__alliance__name",
        sequence="sequence",
        version="version",
        changed_at="changed_at",
    )


def _url(entry: DiaryEntry) -> str:
    return address("cycles:day_detail", int(entry.page))


DIARY = (DiaryKind(KIND, "Review day", "review", _days, _url, marked="review"),)
