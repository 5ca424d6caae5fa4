"""Workshop, actions and check-back: the page, and what every act on it begins with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.views.finding import Refusals, Wording
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.addresses import address
from partnership.toolkit.statements import answer
from partnership.toolkit.versions import ChangedSince
from reviews.days.course import counted
from reviews.days.models import Review, moments
from reviews.days.parts.after import (
    actions_of,
    areas_with_answers,
    check_back_if_begun,
    workshop_if_begun,
)
from reviews.days.permissions import ReviewRights, rights_in_review
from reviews.days.services.acting import ActionDone, ActionGone, ActionOpen, NotHostSide
from reviews.days.services.afterwards import NotOfReport, NotReleased
from reviews.days.services.championing import MayNotLead, NoChampion, WorkshopHeld
from reviews.days.services.checking_back import CheckBackGiven, CheckBackOpen, NotAllAnswered
from reviews.days.services.workshops import NotArranged, NotSaidHeld, NotYetBegun
from reviews.days.views.finding import (
    FOR_HOST,
    NAMED,
    NOT_RELEASED,
    review_form_page,
    review_page,
    review_question_page,
)

AFTER = "days:after"
FOR_CHAMPION = "This is done by the host’s headteacher, somebody named for it, or the champion."
MEANWHILE = "Somebody changed this meanwhile. Look at it as it stands."
REFUSALS: Refusals = {
    ActionDone: ("", "It is done already. Open it again if it isn’t."),
    ActionGone: ("", "Somebody has removed it meanwhile. Copy your words and add it anew."),
    ActionOpen: ("", "It is open already."),
    CheckBackGiven: ("", "What changed is given already. Open it again to say it otherwise."),
    CheckBackOpen: ("", "It is open already."),
    MayNotLead: ("champion", "Can’t be asked any more. Choose somebody else."),
    NoChampion: ("", "Nobody leads the workshop. Ask somebody first."),
    NotAllAnswered: ("", "An area for development has no answer yet. Answer it first."),
    NotArranged: ("", "No time is set. Arrange the workshop first; a day that has passed will do."),
    NotHostSide: (
        "owner",
        "Can’t see this review. Name them for it first, or write the post.",
    ),
    NotOfReport: ("part", "The report has no such area any more. Choose another."),
    NotReleased: ("", NOT_RELEASED),
    NotSaidHeld: ("", "It isn’t said to be held."),
    NotYetBegun: ("", "It hasn’t begun yet. Come back after it."),
    WorkshopHeld: ("", "The workshop was held, so this stands."),
}


def _followed(*, person: Person, day: int, **told: Any) -> QuerySet[Review]:
    seen = Review.objects.followed_by(person, **told).filter(day=day)
    return counted(seen.select_related(*NAMED, "workshop__champion", "check_back__given_by"))


def after_for(request: PersonRequest, pk: int) -> ReviewRights:
    """Her rights in a review of which she may see what came after; else it doesn't exist."""
    now = timezone.now()
    review: Review = found(answer(_followed, person=request.user, day=pk, **moments(now)))
    return rights_in_review(request.user, review, now)


def review_to_follow_up(request: PersonRequest, pk: int) -> ReviewRights:
    """A released review whose host she speaks or works for, or 404 or 403."""
    rights = after_for(request, pk)
    require(rights.may_follow_up, FOR_HOST if rights.is_released else NOT_RELEASED)
    return rights


@require_safe
def after(request: PersonRequest, pk: int) -> HttpResponse:
    """Workshop, actions and check-back; to the lead of old, the check-back alone."""
    rights = after_for(request, pk)
    require(rights.sees_check_back, "" if rights.is_released else NOT_RELEASED)
    review, now = rights.review, timezone.now()
    workshop, check_back = workshop_if_begun(review), check_back_if_begun(review)
    areas = areas_with_answers(review)
    nouns = {
        "areas": areas,
        "unanswered": sum(area.answer is None for area in areas),
        "actions": actions_of(review, areas, now) if rights.sees_after else [],
        "workshop": workshop,
        "has_champion": _has_champion(rights),
        "has_begun": workshop is not None and _is_past(workshop.starts_at),
        "check_back": check_back,
        "is_late": check_back is not None and _is_past(check_back.due_at),
        "sees_answers": rights.is_host_side
        or (check_back is not None and check_back.given_at is not None),
    }
    return review_page(request, rights, "days/after.html", AFTER, **nouns)


def _has_champion(rights: ReviewRights) -> bool:
    workshop = workshop_if_begun(rights.review)
    return workshop is not None and bool(workshop.champion_id) and workshop.given_up_at is None


def _is_past(moment: datetime | None) -> bool:
    return moment is not None and moment <= timezone.now()


def back_to(rights: ReviewRights, place: str = "") -> str:
    """The page, at one of its parts."""
    return address(AFTER, rights.review.day_id) + (f"#{place}" if place else "")


def form_page(
    request: PersonRequest, rights: ReviewRights, form: Any, wording: Wording, **more: Any
) -> HttpResponse:
    """A page with one form about what came after."""
    return review_form_page(request, rights, form, wording, AFTER, **more)


def question_page(request: PersonRequest, rights: ReviewRights, wording: Wording) -> HttpResponse:
    """Ask before something of it goes."""
    return review_question_page(request, rights, wording, AFTER)


def done(
    request: PersonRequest,
    rights: ReviewRights,
    sentence: str,
    place: str,
    work: Callable[..., Any],
    /,
    **told: Any,
) -> HttpResponse:
    """Run a service, say what is now true or why not, and go back to the page."""
    try:
        work(by=request.user, now=timezone.now(), **told)
    except tuple(REFUSALS) as refused:
        messages.error(request, REFUSALS[type(refused)][1])
    except ChangedSince:
        messages.error(request, MEANWHILE)
    else:
        messages.success(request, sentence)
    return redirect(back_to(rights, place))
