"""Views of a term, a difference to talk about, a review to close, and a concern to reply to."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from alliances.membership.models import AlliancePost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyWindow, duty_rows, text
from support.programmes.duties.rows import (
    HELPS,
    LOOKS_AFTER,
    SUPPORTED,
    SUPPORTING,
    chair_of,
    week_after,
)
from support.programmes.models import Side
from support.progress.duties.heads import (
    ALIVE,
    CHAIR,
    beside_heads,
    kind_of,
    owed_by_heads,
)
from support.progress.models import TermReview, TermView

SCHOOL_VIEW = "progress.view_school"
SUPPORTER_VIEW = "progress.view_supporter"
DIRECTOR_VIEW = "progress.view_director"
TALK = "progress.talk"
CLOSE = "progress.close_review"
ANSWER = "progress.answer"
ALLIANCE = "programme__alliance"


def _given(side: Side, review: str, shown: str) -> Coalesce:
    """When a side gave its view; where the views were shown without it, it is asked no more."""
    given = TermView.objects.filter(review=OuterRef(review), side=side, given_at__isnull=False)
    return Coalesce(Subquery(given.values("given_at")[:1]), F(shown))


def _of_heads(window: DutyWindow, kind: str, way: str, side: Side) -> QuerySet[Any, Any]:
    rows = beside_heads(window, way, "term_reviews", "term", "opened_at", "due_at", "shown_at")
    rows = rows.annotate(view_given_at=_given(side, "thing_key", "thing_shown_at"))
    done = {"asked_at": "thing_opened_at", "due_at": "thing_due_at", "done_at": "view_given_at"}
    return owed_by_heads(rows, window, kind=kind, **done)


def _school_views(window: DutyWindow) -> QuerySet[Any, Any]:
    return _of_heads(window, SCHOOL_VIEW, SUPPORTED, Side.SCHOOL)


def _supporter_views(window: DutyWindow) -> QuerySet[Any, Any]:
    return _of_heads(window, SUPPORTER_VIEW, SUPPORTING, Side.SUPPORTER)


def _of_director(
    rows: QuerySet[Any], window: DutyWindow, kind: str, asked: str, due: Any, done: Any
) -> QuerySet[Any, Any]:
    alive = rows.filter(programme__state__in=ALIVE)
    return duty_rows(
        alive.annotate(chair=chair_of(ALLIANCE, window)),
        window,
        kind=kind,
        person="programme__director",
        subject=Value(""),
        page=text("programme"),
        asked_at=asked,
        due_at=due,
        alliance=ALLIANCE,
        mail_sender=f"{ALLIANCE}__name",
        goes_up_to="chair",
        done_at=done,
    )


def _director_views(window: DutyWindow) -> QuerySet[Any, Any]:
    given = _given(Side.DIRECTOR, "pk", "shown_at")
    rows = TermReview.objects.annotate(view_given_at=given)
    if not window.with_done:
        rows = rows.filter(shown_at__isnull=True)  # as what is done says; so an index is found
    return _of_director(rows, window, DIRECTOR_VIEW, "opened_at", "due_at", "view_given_at")


def _talks(window: DutyWindow) -> QuerySet[Any, Any]:
    rows = TermReview.objects.filter(differs=True, shown_at__isnull=False)
    return _of_director(rows, window, TALK, "shown_at", "talk_by", "talked_at")


def _closings(window: DutyWindow) -> QuerySet[Any, Any]:
    shown = TermReview.objects.filter(shown_at__isnull=False)
    if window.due_until is not None:
        shown = shown.filter(shown_at__lt=window.due_until)  # as it follows; so an index is found
    ripe = shown.filter(Q(differs=False) | Q(talked_at__isnull=False))
    due = Coalesce(week_after("talked_at"), week_after("shown_at"))
    return _of_director(ripe, window, CLOSE, "shown_at", due, "closed_at")


def _answers(window: DutyWindow) -> QuerySet[Any, Any]:
    rows = beside_heads(
        window,
        SUPPORTED,
        "concerns",
        "side",
        "raised_at",
        "reply_by",
        "replied_at",
        "resolved_at",
    )
    unasked: dict[str, Any] = {"thing_side": Side.SCHOOL}
    wanted: dict[str, Any] = {"thing_resolved_at__isnull": True}
    rows = rows.exclude(**unasked).filter(**wanted)
    posts = AlliancePost.objects.on(window.today).filter(
        alliance=OuterRef("programme_alliance"), kind=AlliancePost.Kind.DIRECTOR
    )
    in_charge = posts.filter(person=OuterRef("programme_director"))
    directors = (Subquery(each.order_by("pk").values("person")[:1]) for each in (in_charge, posts))
    rows = rows.annotate(directs=Coalesce(*directors))
    return owed_by_heads(
        rows,
        window,
        kind=ANSWER,
        asked_at="thing_raised_at",
        due_at="thing_reply_by",
        done_at="thing_replied_at",
        goes_up_to="directs",
    )


def _reviews_url(duty: Duty) -> str:
    return address("progress:review_list", int(duty.page))


def _programme_url(duty: Duty) -> str:
    return address("programmes:programme_detail", int(duty.page))


AT_THE_END_OF_TERM = "5pm on the last school day of the term, as the agreement gives it"
GIVE = "Give your view of a term"
REVIEWS = (
    kind_of(
        SCHOOL_VIEW,
        "Give the supported school’s view of a term",
        AT_THE_END_OF_TERM,
        _school_views,
        GIVE,
        _reviews_url,
    ),
    kind_of(
        SUPPORTER_VIEW,
        "Give the supporter’s view of a term",
        AT_THE_END_OF_TERM,
        _supporter_views,
        GIVE,
        _reviews_url,
        beside=HELPS,
    ),
    kind_of(
        DIRECTOR_VIEW,
        "Give the director’s view of a term",
        AT_THE_END_OF_TERM,
        _director_views,
        GIVE,
        _reviews_url,
        up=CHAIR,
        beside=LOOKS_AFTER,
    ),
    kind_of(
        TALK,
        "Talk about views of a term that differ",
        "5pm on the tenth school day after the views are shown",
        _talks,
        "Write what came of talking about a difference",
        _reviews_url,
        up=CHAIR,
        beside=LOOKS_AFTER,
    ),
    kind_of(
        CLOSE,
        "Close the review of a term",
        "a week after the views are shown, or after a difference is talked about",
        _closings,
        "Close the review of a term",
        _reviews_url,
        up=CHAIR,
        beside=LOOKS_AFTER,
    ),
    kind_of(
        ANSWER,
        "Reply to a concern",
        "5pm on the fifth school day after it was raised",
        _answers,
        "Write your answer in a support programme",
        _programme_url,
        up="the director, and nobody else",
    ),
)
