"""Planning meetings, workshops and check-backs in the diaries of host and team; none names a school.

Where they are stands behind the sign-in: calendars leave the portal.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import Coalesce

from alliances.schools.models import Delegation, SchoolPost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import DiaryEntry, DiaryKind, DiaryWindow, diary_rows
from reviews.cycles.models import DayPlace
from reviews.days.models import TEAM_STAYS, CheckBack, Review, ReviewPerson, Workshop

PLANNING, WORKSHOP, CHECK_BACK = "days.planning", "days.workshop", "days.check_back"
MARK = "review"
HALF_AN_HOUR = timedelta(minutes=30)


def _host_ways(window: DiaryWindow, path: str) -> list[dict[str, Any]]:
    """Of schools that she heads or acts for, and those for which she is named."""
    person: Any = window.person
    heads = SchoolPost.objects.on(window.on).of_heads().filter(person=person)
    held = Delegation.objects.held_by(person, Delegation.Kind.REVIEWS, on=window.on)
    named = ReviewPerson.objects.on(window.on).filter(person=person)
    return [
        {f"{path}school__in": heads.values("school")},
        {f"{path}school__in": held.values("school")},
        {f"{path}pk__in": named.values("review")},
    ]


def _team_way(window: DiaryWindow, path: str, **more: Any) -> dict[str, Any]:
    person: Any = window.person
    places = DayPlace.objects.filter(
        person=person, answer=DayPlace.Answer.ACCEPTED, ended_at=None, **more
    )
    return {f"{path}day__in": places.values("day")}


def _either(rows: QuerySet[Any], ways: list[dict[str, Any]]) -> QuerySet[Any]:
    first, *rest = (rows.filter(**way).values("pk") for way in ways)
    found: QuerySet[Any] = rows.filter(pk__in=first.union(*rest, all=True))
    return found


def _shown(rows: QuerySet[Any], window: DiaryWindow) -> QuerySet[Any]:
    """None of it belongs to a circle."""
    return rows if window.circle_id is None else rows.filter(pk=None)


def _columns(path: str) -> dict[str, Any]:
    return {
        "page": f"{path}day",
        "alliance": f"{path}cycle__alliance",
        "alliance_name": f"{path}cycle__alliance__name",
        "sequence": "version",
        "version": "version",
    }


def _planning(window: DiaryWindow) -> QuerySet[Any, Any]:
    """To the host's side, and to the team until the report is released."""
    meetings: Any = Review.objects.order_by().filter(
        day__isnull=False,
        planning_starts_at__gte=window.starts_from,
        planning_starts_at__lt=window.starts_until,
    )
    team = {**_team_way(window, ""), "released_at": None}
    return diary_rows(
        _shown(_either(meetings, [*_host_ways(window, ""), team]), window),
        window,
        kind=PLANNING,
        title=Value("Planning meeting for a review day"),
        starts_at="planning_starts_at",
        ends_at="planning_ends_at",
        changed_at="planning_at",
        **_columns(""),
    )


def _workshops(window: DiaryWindow) -> QuerySet[Any, Any]:
    """To the host's side, the champion, and the lead as long as she reads the report."""
    stays = ExpressionWrapper(
        F("review__released_at") + Value(TEAM_STAYS), output_field=DateTimeField()
    )
    workshops: Any = Workshop.objects.order_by().filter(
        review__released_at__isnull=False,
        review__day__isnull=False,
        starts_at__gte=window.starts_from,
        starts_at__lt=window.starts_until,
    )
    ways = [
        *_host_ways(window, "review__"),
        {"champion": window.person, "given_up_at": None},
        {**_team_way(window, "review__", is_lead=True), "stays__date__gt": window.on},
    ]
    return diary_rows(
        _shown(_either(workshops.annotate(stays=stays), ways), window),
        window,
        kind=WORKSHOP,
        title=Value("Improvement workshop"),
        starts_at="starts_at",
        ends_at="ends_at",
        changed_at=Coalesce("arranged_at", "asked_at", "review__released_at"),
        **_columns("review__"),
    )


def _check_backs(window: DiaryWindow) -> QuerySet[Any, Any]:
    """To the host's side and the lead, until it is given."""
    begins = ExpressionWrapper(F("due_at") - Value(HALF_AN_HOUR), output_field=DateTimeField())
    awaited: Any = CheckBack.objects.order_by().filter(
        given_at=None, review__released_at__isnull=False, review__day__isnull=False
    )
    ways = [*_host_ways(window, "review__"), _team_way(window, "review__", is_lead=True)]
    return diary_rows(
        _shown(_either(awaited, ways).annotate(begins=begins), window),
        window,
        kind=CHECK_BACK,
        title=Value("Check-back after a review is due"),
        starts_at="begins",
        ends_at="due_at",
        changed_at="review__released_at",
        **_columns("review__"),
    )


def _page(name: str) -> Callable[[DiaryEntry], str]:
    return lambda entry: address(name, int(entry.page))


DIARY = (
    DiaryKind(PLANNING, "Planning meeting", MARK, _planning, _page("days:preparation")),
    DiaryKind(WORKSHOP, "Workshop", MARK, _workshops, _page("days:after")),
    DiaryKind(CHECK_BACK, "Check-back", MARK, _check_backs, _page("days:after")),
)
