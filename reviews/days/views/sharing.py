"""The self-evaluation, as it is shared with the team; the head shares it, and takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from reviews.days.forms.evaluations import ShareForm
from reviews.days.parts.evaluations import evaluations_of, priorities_of, shared_with
from reviews.days.services.sharing import (
    NotComplete,
    ReleasedAlready,
    SharedAlready,
    share_evaluation,
    take_back_evaluation,
)
from reviews.days.views.finding import (
    private,
    review_for,
    review_form_page,
    review_page,
    review_question_page,
)

PAGE = "days:evaluation_shared"
FOR_ITS_HEAD = (
    "This is done by the host’s headteacher, or whoever acts for the head in reviews, until the "
    "report is released."
)
OVER = "The report was released meanwhile, so nothing was changed."
UNFINISHED = (
    "Write the self-evaluation first: what goes well, what is to improve, and one priority at "
    "least."
)
REFUSALS: Refusals = {
    NotComplete: ("year", UNFINISHED),
    SharedAlready: ("year", "The team reads one already. Take that back first."),
    ReleasedAlready: ("", OVER),
}


@private
@require_safe
def evaluation_shared(request: PersonRequest, pk: int) -> HttpResponse:
    """What the team reads; before it is shared, whose turn it is."""
    rights = review_for(request, pk)
    require(rights.sees_preparation)
    evaluation = shared_with(rights.review)
    nouns = {
        "evaluation": evaluation,
        "priorities": priorities_of(evaluation) if evaluation is not None else [],
    }
    return review_page(request, rights, "days/evaluation_shared.html", "days:preparation", **nouns)


def evaluation_share(request: PersonRequest, pk: int) -> HttpResponse:
    """The head chooses the year; one that isn't complete isn't offered."""
    rights = review_for(request, pk)
    require(rights.may_share, FOR_ITS_HEAD)
    review = rights.review
    offered = [each for each in evaluations_of(review.school) if each.is_complete]
    if not offered:
        messages.info(request, UNFINISHED)
        return redirect("days:evaluation_list", review.school.urn)
    form = ShareForm(request.POST if request.method == "POST" else None, evaluations=offered)
    told = {"service": share_evaluation, "review": review, "by": request.user}
    if form.is_valid() and saved(
        form, REFUSALS, **told, now=timezone.now(), evaluation=form.evaluation
    ):
        messages.success(request, "The team reads your self-evaluation now, and is told.")
        return redirect(PAGE, pk)
    wording = Wording(
        "Share your self-evaluation with the team",
        "Share it",
        address(PAGE, pk),
        "Whoever is in the team of this review reads it with your priorities, as they stand at "
        "the time, until ninety days after the release of the report. You can take it back.",
    )
    return review_form_page(request, rights, form, wording, "days:preparation")


def evaluation_take_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more."""
    rights = review_for(request, pk)
    require(rights.may_share, FOR_ITS_HEAD)
    if request.method == "POST":
        try:
            take_back_evaluation(review=rights.review, by=request.user, now=timezone.now())
        except ReleasedAlready:
            messages.error(request, OVER)
        else:
            messages.success(request, "The team no longer reads your self-evaluation.")
        return redirect(PAGE, pk)
    wording = Wording(
        "Take your self-evaluation back?",
        "Take it back",
        address(PAGE, pk),
        "The team no longer reads it, and the review waits for one again. Your school keeps it, and "
        "you can share it again.",
    )
    return review_question_page(request, rights, wording, "days:preparation")
