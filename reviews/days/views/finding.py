"""Loading a review for somebody, what she may do with it, and pages with one form about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from alliances.membership.views.finding import Wording
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import NotNow, found, require
from partnership.toolkit.statements import answer
from reviews.days.course import ReviewFacts, counted, facts_in
from reviews.days.models import Review, moments
from reviews.days.parts.tabs import tabs_for
from reviews.days.permissions import ReviewRights, rights_in_review

NAMED = ("day", "school", "host", "cycle__alliance", "cycle__framework", "report")
FOR_HOST = "This is done by the host’s headteacher, or by somebody named for it."
FOR_TEAM = "This is done by the team of the review."
FOR_LEAD = "This is done by the lead reviewer."
NOT_RELEASED = "The report isn’t released yet."
DELETED = "The notes and views of this review are deleted: their time was over."
private = cache_control(private=True, no_store=True)  # nothing of it comes back by Back


def _visible(*, person: Person, day: int, **told: Any) -> QuerySet[Review]:
    seen = Review.objects.visible_to(person, **told).filter(day=day)
    return counted(seen.select_related(*NAMED))


def _readable(*, person: Person, day: int, **told: Any) -> QuerySet[Review]:
    seen = Review.objects.with_report_for(person, **told).filter(day=day)
    return counted(seen.select_related(*NAMED))


def _with_page(*, person: Person, day: int, **told: Any) -> QuerySet[Review]:
    seen = Review.objects.with_report_page_for(person, **told).filter(day=day)
    return counted(seen.select_related(*NAMED))


def review_for(request: PersonRequest, pk: int) -> ReviewRights:
    """Her rights in the review of a day, if she may read anything of it; else it doesn't exist.

    `pk` is the day's. What the stages follow from is read with it: `facts_in(rights.review)`.
    """
    now = timezone.now()
    review: Review = found(answer(_visible, person=request.user, day=pk, **moments(now)))
    return rights_in_review(request.user, review, now)


def report_for(request: PersonRequest, pk: int) -> ReviewRights:
    """The same for the released report, which the school may have let others read."""
    now = timezone.now()
    review: Review = found(answer(_readable, person=request.user, day=pk, **moments(now)))
    return rights_in_review(request.user, review, now)


def report_page_for(request: PersonRequest, pk: int) -> ReviewRights:
    """The same for whoever finds the report's page, in whatever state the report is."""
    now = timezone.now()
    review: Review = found(answer(_with_page, person=request.user, day=pk, **moments(now)))
    return rights_in_review(request.user, review, now)


def require_notes(rights: ReviewRights) -> None:
    """The team’s, until notes and views are deleted."""
    require(rights.is_team, FOR_TEAM)
    require(rights.sees_notes, DELETED)


def review_to_prepare(request: PersonRequest, pk: int) -> ReviewRights:
    """A review that she helps the host to prepare, or 404 or 403."""
    rights = review_for(request, pk)
    require(rights.may_prepare, FOR_HOST)
    return rights


@contextmanager
def kept_if_gone(request: HttpRequest, sentence: str) -> Iterator[None]:
    """What was typed about a thing that somebody removed meanwhile is offered to her again."""
    try:
        yield
    except Http404 as gone:
        if request.method == "POST":
            raise NotNow(sentence) from gone
        raise


def frame(rights: ReviewRights, current: str, now: datetime) -> dict[str, Any]:
    """What every page of a review shows: the review, its tabs and what she may do."""
    review = rights.review
    return {
        "review": review,
        "day": review.day,
        "cycle": review.cycle,
        "rights": rights,
        "tabs": tabs_for(rights, current),
        "now": now,
    }


def facts_for(rights: ReviewRights) -> ReviewFacts:
    """What the stages of a review follow from, as it was loaded."""
    return facts_in(rights.review)


def review_page(
    request: HttpRequest, rights: ReviewRights, template: str, current: str, **nouns: Any
) -> HttpResponse:
    """A page of a review; `current` is the name of its tab's address."""
    context = {**frame(rights, current, timezone.now()), **nouns}
    return render(request, template, context)


def review_form_page(
    request: HttpRequest,
    rights: ReviewRights,
    form: Any,
    wording: Wording,
    current: str,
    **more: Any,
) -> HttpResponse:
    """A page about a review with one form; `above` names a template that stands over it."""
    nouns = {"form": form, "wording": wording, "above": "", **more}
    return review_page(request, rights, "days/thing_form.html", current, **nouns)


def review_question_page(
    request: HttpRequest, rights: ReviewRights, wording: Wording, current: str, **more: Any
) -> HttpResponse:
    """Ask before something of a review ends, goes or can't be undone; the lead says what follows.

    Where it is what everybody has worked for, its button is the page's main one: `look="primary"`.
    """
    nouns = {"form": None, "wording": wording, "look": "danger", **more}
    return review_page(request, rights, "days/thing_end.html", current, **nouns)
