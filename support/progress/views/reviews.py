"""Reviews of each term: who has given a view, then all three side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partnership.people.requests import PersonRequest
from support.programmes.permissions import Rights
from support.programmes.services.asking import school_days_later
from support.progress.course import Terms, terms_of
from support.progress.course.ratings import TONES, meanings
from support.progress.models import TermReview, TermView
from support.progress.parts.three_views import SIDES, given_by, side_by_side
from support.progress.permissions import (
    can_close_review,
    can_give_view,
    can_open_review,
    view_side,
)
from support.progress.services import (
    GivenAlready,
    NoPlanYet,
    NoSuchTerm,
    NotGoingOn,
    OpenedAlready,
    TooEarlyToShow,
    open_review,
    show_without,
)
from support.progress.services.opening import term_to_review
from support.progress.services.reviewing import SILENT_DAYS
from support.progress.views.finding import course_or_404, course_page, require_now

TAB = "progress:review_list"
FOR_THE_DIRECTOR = "The alliance’s director does this, or whom she names."
RESTING = "The support is paused or over: nothing in it is changed."
WHY_NOT: dict[type[Exception], str] = {
    NotGoingOn: RESTING,
    NoSuchTerm: "The term has not begun.",
    OpenedAlready: "The review of this term is open already.",
    NoPlanYet: "Both schools agree to a plan first: its objectives are what is rated.",
    GivenAlready: "The views are shown already.",
    TooEarlyToShow: "The silent side still has time, or your own view is missing.",
}


def review_or_404(rights: Rights, term: int) -> TermReview:
    """The review of a term, with who talked and closed."""
    reviews = TermReview.objects.select_related("talked_by", "closed_by")
    review = get_object_or_404(reviews, programme=rights.programme, term=term)
    review.programme = rights.programme
    return review


@dataclass(frozen=True)
class ReviewRow:
    """The review of one term in the list."""

    review: TermReview
    term_name: str
    tone: tuple[str, str]
    is_late: bool


def _row(review: TermReview, terms: Terms, now: datetime) -> ReviewRow:
    term = terms.numbered(review.term)
    is_late = review.shown_at is None and review.due_at < now
    return ReviewRow(review, term.name if term else "", TONES[review.overall], is_late)


@require_safe
def review_list(request: PersonRequest, pk: int) -> HttpResponse:
    """Every term that was reviewed, the latest first, and the one that comes next."""
    rights = course_or_404(request, pk)
    now = timezone.now()
    terms = terms_of(rights.programme)
    given = Count("views", filter=Q(views__given_at__isnull=False))
    reviews = rights.programme.term_reviews.annotate(given=given).order_by("-term")
    rows = [_row(review, terms, now) for review in reviews]
    current = term_to_review(terms.all, now)
    reviewed = {row.review.term for row in rows}
    return course_page(
        request,
        rights,
        "progress/review_list.html",
        "Reviews",
        TAB,
        rows=rows,
        term_count=len(terms.all),
        to_open=current if current and current.number not in reviewed else None,
        can_open=can_open_review(rights),
        meanings=meanings(),
        silent_days=SILENT_DAYS,
    )


@require_POST
def review_open(request: PersonRequest, pk: int) -> HttpResponse:
    """The director doesn't wait for the end of the term."""
    rights = course_or_404(request, pk)
    require_now(rights, can_open_review(rights), FOR_THE_DIRECTOR)
    now = timezone.now()
    term = term_to_review(terms_of(rights.programme).all, now)
    number = term.number if term else 0
    try:
        open_review(programme=rights.programme, term=number, by=request.user, now=now)
        messages.success(request, "The review is open. All three sides are asked for their view.")
    except tuple(WHY_NOT) as refused:
        messages.warning(request, WHY_NOT[type(refused)])
        return redirect(TAB, pk)
    return redirect("progress:review_detail", pk, number)


@dataclass(frozen=True)
class ShownWords:
    """One side's words on the whole term."""

    side: str
    name: str
    kind: str
    label: str
    words: str


def _views_of(review: TermReview) -> tuple[list[TermView], list[str]]:
    """The views once they are shown, and who gave one; before that what they say isn't loaded."""
    given = TermView.objects.filter(review=review, given_at__isnull=False)
    if review.shown_at is None:
        return [], list(given.values_list("side", flat=True))
    views = list(given.select_related("written_by"))
    return views, [view.side for view in views]


def _words_of(views: Sequence[TermView]) -> list[ShownWords]:
    by_side = {view.side: view for view in views}
    return [
        ShownWords(words, view.written_by.name, *TONES[view.overall], view.words)
        for side, words in SIDES
        if (view := by_side.get(side)) is not None
    ]


@require_safe
def review_detail(request: PersonRequest, pk: int, term: int) -> HttpResponse:
    """Who has given a view; all of them side by side once they are shown."""
    rights = course_or_404(request, pk)
    review = review_or_404(rights, term)
    now = timezone.now()
    is_shown = review.shown_at is not None
    views, gave = _views_of(review)
    found = terms_of(rights.programme).numbered(term)
    return course_page(
        request,
        rights,
        "progress/review_detail.html",
        f"Review of term {term}",
        TAB,
        review=review,
        term_name=found.name if found else "",
        table=side_by_side(review.pk) if is_shown else None,
        views=_words_of(views),
        sides=given_by(gave),
        overall=TONES[review.overall],
        meanings=meanings(),
        is_late=not is_shown and review.due_at < now,
        talk_is_late=review.talk_by is not None and review.talk_by < now,
        **_may(rights, review, gave, now),
    )


def _may(rights: Rights, review: TermReview, gave: Sequence[str], now: datetime) -> dict[str, Any]:
    """What she may do with a review now."""
    is_shown, is_closed = review.shown_at is not None, review.closed_at is not None
    has_talked = not review.differs or review.talked_at is not None
    may_give, may_close = can_give_view(rights), can_close_review(rights)
    silent_until = None
    if may_close and not is_shown:
        silent_until = school_days_later(
            review.due_at, SILENT_DAYS, school=rights.programme.school_id
        )
    return {
        "can_give": may_give and not is_shown and view_side(rights) not in gave,
        "can_talk": may_give and is_shown and not has_talked,
        "can_close": may_close and is_shown and has_talked and not is_closed,
        "silent_until": silent_until,
        "can_show": silent_until is not None and silent_until <= now and "director" in gave,
    }


@require_POST
def review_show(request: PersonRequest, pk: int, term: int) -> HttpResponse:
    """The director shows the views though a side is silent."""
    rights = course_or_404(request, pk)
    require_now(rights, can_close_review(rights), FOR_THE_DIRECTOR)
    review = review_or_404(rights, term)
    try:
        show_without(review=review, by=request.user, now=timezone.now())
        messages.success(request, "The views that were given are shown.")
    except tuple(WHY_NOT) as refused:
        messages.warning(request, WHY_NOT[type(refused)])
    return redirect("progress:review_detail", pk, term)
