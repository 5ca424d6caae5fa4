"""Giving a view of a term, talking about a difference, and closing the review."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.addresses import address
from support.programmes.permissions import Rights
from support.programmes.views.finding import form_page
from support.progress.course import terms_of
from support.progress.course.ratings import differing, meanings
from support.progress.forms.reviews import CloseReviewForm, TalkForm, TermViewForm
from support.progress.models import Course, Objective, ObjectiveRating, TermReview, TermView
from support.progress.permissions import can_close_review, can_give_view, view_side
from support.progress.services import (
    ClosedAlready,
    GivenAlready,
    NoExitStrategy,
    NotGoingOn,
    NothingToTalkAbout,
    NotShownYet,
    NotTalkedYet,
    close_review,
    keep_term_view,
    write_talk,
)
from support.progress.views.finding import course_or_404, require_now
from support.progress.views.reviews import FOR_THE_DIRECTOR, RESTING, review_or_404

FOR_THE_THREE = "The two heads and the director give their views, or who acts for them."
GIVEN = "Your view is given. You see the others’ when all three are there."
GIVEN_LAST = "Your view is given. All three are there now, and all three sides read them."
STAND = "The views stay as they were given; this stands beside them, with your name and the day."
REFUSALS: Refusals = {
    GivenAlready: ("", "The view of your side is given already, or all views are shown."),
    NotGoingOn: ("", RESTING),
    NothingToTalkAbout: ("", "There is nothing to talk about: the views agree, or it was done."),
    NotShownYet: ("", "Not all views are given yet."),
    NotTalkedYet: ("", "The views differ. Write first what came of talking about it."),
    ClosedAlready: ("", "The review is closed already."),
    NoExitStrategy: ("exit_strategy", "Say how the school goes on without support."),
}


def _own_view(review: TermReview, side: str | None) -> TermView | None:
    return TermView.objects.filter(review=review, side=side or "").first()


def view_give(request: PersonRequest, pk: int, term: int) -> HttpResponse:
    """One side rates each objective, before it sees what the others say."""
    rights = course_or_404(request, pk)
    require_now(rights, can_give_view(rights), FOR_THE_THREE)
    review, side = review_or_404(rights, term), view_side(rights)
    own = _own_view(review, side)
    if review.shown_at is not None or (own is not None and own.given_at is not None):
        messages.info(request, REFUSALS[GivenAlready][1])
        return redirect("progress:review_detail", pk, term)
    is_given = request.POST.get("then") != "draft"
    form = _view_form(request, rights, own, is_given=is_given)
    told = {"review": review, "side": side, "by": request.user, "now": timezone.now()}
    if form.is_valid() and _kept(form, is_given=is_given, **told):
        messages.success(request, _said(review) if is_given else "Kept as a draft.")
        return redirect("progress:review_detail", pk, term)
    found = terms_of(rights.programme).numbered(term)
    context = {
        "programme": rights.programme,
        "review": review,
        "term_name": found.name if found else "",
        "form": form,
        "meanings": meanings(),
        "back": address("progress:review_detail", pk, term),
    }
    return render(request, "progress/view_form.html", context)


def _said(review: TermReview) -> str:
    """The last of the three reads the others’ at once."""
    review.refresh_from_db(fields=["shown_at"])
    return GIVEN if review.shown_at is None else GIVEN_LAST


def _view_form(
    request: PersonRequest, rights: Rights, own: TermView | None, *, is_given: bool
) -> TermViewForm:
    live = Objective.objects.filter(programme=rights.programme, dropped_at=None)
    ratings = own.ratings.all() if own is not None else ()
    return TermViewForm(
        request.POST if request.method == "POST" else None,
        objectives=list(live.order_by("position", "pk")),
        view=own,
        ratings={each.objective_id: (each.course, each.words) for each in ratings},
        is_given=is_given,
    )


def _kept(form: TermViewForm, **told: Any) -> bool:
    return saved(
        form,
        REFUSALS,
        service=keep_term_view,
        ratings=form.ratings,
        overall=form.changes["overall"],
        words=form.changes["words"],
        seen_version=form.seen,
        **told,
    )


def _differing_on(review: TermReview) -> list[str]:
    """The objectives that sides rate differently, in the plan's order."""
    given = ObjectiveRating.objects.filter(view__review=review, view__given_at__isnull=False)
    apart = differing(given.values_list("objective_id", "course"))
    objectives = Objective.objects.filter(pk__in=apart).order_by("position", "pk")
    return list(objectives.values_list("words", flat=True))


def review_talk(request: PersonRequest, pk: int, term: int) -> HttpResponse:
    """Any of the three writes what came of talking about a difference."""
    rights = course_or_404(request, pk)
    require_now(rights, can_give_view(rights), FOR_THE_THREE)
    review = review_or_404(rights, term)
    back = address("progress:review_detail", pk, term)
    form = TalkForm(request.POST if request.method == "POST" else None)
    told = {"review": review, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, REFUSALS, service=write_talk, **told, **form.cleaned_data):
        messages.success(request, "Written down. All three sides are told.")
        return redirect(back)
    on = "; ".join(_differing_on(review))
    lead = f"{f'Views differ on: {on}. ' if on else ''}{STAND}"
    wording = Wording("What came of talking about it?", "Write it down", back, lead)
    return form_page(request, rights.programme, form, wording)


def review_close(request: PersonRequest, pk: int, term: int) -> HttpResponse:
    """The director says how the programme stands, and when all look again."""
    rights = course_or_404(request, pk)
    require_now(rights, can_close_review(rights), FOR_THE_DIRECTOR)
    review, now = review_or_404(rights, term), timezone.now()
    last = terms_of(rights.programme).last
    form = CloseReviewForm(
        request.POST if request.method == "POST" else None,
        review=review,
        today=timezone.localdate(now),
        is_last=last is not None and last.number == term,
    )
    back = address("progress:review_detail", pk, term)
    told = {"review": review, "by": request.user, "now": now}
    if form.is_valid() and saved(form, REFUSALS, service=close_review, **told, **form.said):
        label = Course(form.cleaned_data["overall"]).label.lower()
        messages.success(request, f"The review is closed: {label}. Both schools are told.")
        return redirect(back)
    lead = "Both schools read it. The views stay beside it."
    wording = Wording(f"Close the review of term {term}", "Close the review", back, lead)
    return form_page(request, rights.programme, form, wording)
