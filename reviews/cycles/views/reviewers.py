"""A reviewer’s page, for herself and the director: training, limits, schools she can’t review."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.forms.kept import PlainForm, values_of
from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from reviews.cycles.forms.pool import CannotReviewForm, LimitsForm, TrainingForm
from reviews.cycles.models import Reviewer
from reviews.cycles.permissions import can_keep_reviewers, is_her_own
from reviews.cycles.services.pool import (
    SchoolSaidAlready,
    StillSent,
    add_training,
    end_reviewer,
    remove_training,
    say_cannot_review,
    set_limits,
    take_back_cannot_review,
)

SCHOOL_TWICE: Refusals = {SchoolSaidAlready: ("school", "This school is on the list already.")}
FOR_HERSELF = "Only the reviewer herself says which schools she can’t review."
FOR_DIRECTOR = "The alliance’s director enters training and ends entries."


def _reviewer(request: PersonRequest, pk: int) -> Reviewer:
    seen = Reviewer.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(seen.select_related("alliance", "person", "school"), pk=pk)


def _reviewer_to_keep(request: PersonRequest, pk: int) -> Reviewer:
    reviewer = _reviewer(request, pk)
    today = timezone.localdate()
    require(can_keep_reviewers(request.user, reviewer.alliance, today), FOR_DIRECTOR)
    return reviewer


def _her_own(request: PersonRequest, pk: int) -> Reviewer:
    reviewer = _reviewer(request, pk)
    require(is_her_own(request.user, reviewer), FOR_HERSELF)
    return reviewer


def _form_page(
    request: HttpRequest, reviewer: Reviewer, form: PlainForm, wording: Wording
) -> HttpResponse:
    context = {"reviewer": reviewer, "form": form, "wording": wording}
    return render(request, "cycles/reviewer_form.html", context)


def _question(request: HttpRequest, reviewer: Reviewer, wording: Wording) -> HttpResponse:
    context = {"reviewer": reviewer, "wording": wording}
    return render(request, "cycles/reviewer_question.html", context)


@require_safe
def reviewer_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Why she can’t review a school is shown to herself alone."""
    reviewer = _reviewer(request, pk)
    today = timezone.localdate()
    context = {
        "reviewer": reviewer,
        "today": today,
        "trainings": list(reviewer.trainings.order_by("-trained_on", "-pk")),
        "cannot": list(
            reviewer.cannot_review.select_related("school").order_by("school__name", "pk")
        ),
        "is_own": is_her_own(request.user, reviewer),
        "may_keep": can_keep_reviewers(request.user, reviewer.alliance, today),
    }
    return render(request, "cycles/reviewer_detail.html", context)


def reviewer_limits(request: PersonRequest, pk: int) -> HttpResponse:
    """She sets them herself, or the director for her."""
    reviewer = _reviewer(request, pk)
    initial = values_of(reviewer, ("most_days", "most_days_half_term"))
    form = LimitsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        told = {"reviewer": reviewer, "changes": form.changes, "seen_version": form.seen}
        if saved(form, {}, service=set_limits, **told, by=request.user, now=timezone.now()):
            messages.success(request, "Limits saved. The next rota keeps to them.")
            return redirect(reviewer)
    lead = "Cycles have limits of their own; the lower one counts."
    wording = Wording("Days out, at most", "Save", reviewer.get_absolute_url(), lead)
    return _form_page(request, reviewer, form, wording)


def reviewer_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask first; who stands in a cycle is taken out of it first."""
    reviewer = _reviewer_to_keep(request, pk)
    if request.method == "POST":
        try:
            end_reviewer(reviewer=reviewer, by=request.user, now=timezone.now())
        except StillSent:
            sentence = f"{reviewer} may be sent in a cycle. Take the reviewer out of it first."
            messages.error(request, sentence)
            return redirect(reviewer)
        messages.success(request, f"{reviewer} no longer reviews.")
        return redirect("cycles:reviewer_list", reviewer.alliance.slug)
    lead = "Nobody sends this person to review days any more. Past visits stay in the record."
    title = f"Let {reviewer} no longer review?"
    return _question(request, reviewer, Wording(title, "End it", reviewer.get_absolute_url(), lead))


def training_add(request: PersonRequest, pk: int) -> HttpResponse:
    """What she was trained for; training that is renewed is entered anew."""
    reviewer = _reviewer_to_keep(request, pk)
    form = TrainingForm(request.POST if request.method == "POST" else None, on=timezone.localdate())
    if form.is_valid():
        now = timezone.now()
        add_training(reviewer=reviewer, **form.cleaned_data, by=request.user, now=now)
        messages.success(request, f"Training of {reviewer} entered.")
        return redirect(reviewer)
    lead = "Training that was renewed is entered anew; the earlier stays on the page."
    wording = Wording("Enter training", "Enter it", reviewer.get_absolute_url(), lead)
    return _form_page(request, reviewer, form, wording)


def training_remove(request: PersonRequest, pk: int, training_pk: int) -> HttpResponse:
    """Take out what was entered in error."""
    reviewer = _reviewer_to_keep(request, pk)
    training = get_object_or_404(reviewer.trainings, pk=training_pk)
    if request.method == "POST":
        remove_training(training=training, by=request.user, now=timezone.now())
        messages.success(request, "The training is taken out.")
        return redirect(reviewer)
    lead = "Only do this where it was entered in error; training that ran out may stay."
    wording = Wording("Take this training out?", "Take it out", reviewer.get_absolute_url(), lead)
    return _question(request, reviewer, wording)


def cannot_review_add(request: PersonRequest, pk: int) -> HttpResponse:
    """She says it for herself; the director reads the school and never why."""
    reviewer = _her_own(request, pk)
    now = timezone.now()
    sent = request.POST if request.method == "POST" else None
    form = CannotReviewForm(sent, reviewer=reviewer, on=timezone.localdate(now))
    told = {"service": say_cannot_review, "reviewer": reviewer, "by": request.user, "now": now}
    if form.is_valid() and saved(form, SCHOOL_TWICE, **told, **form.cleaned_data):
        messages.success(request, "Noted. No rota sends you there.")
        return redirect(reviewer)
    lead = "Who draws up the rota reads that you can’t review the school, and never why."
    wording = Wording("A school I can’t review", "Save", reviewer.get_absolute_url(), lead)
    return _form_page(request, reviewer, form, wording)


def cannot_review_end(request: PersonRequest, pk: int, cannot_pk: int) -> HttpResponse:
    """She can review it after all."""
    reviewer = _her_own(request, pk)
    cannot = get_object_or_404(reviewer.cannot_review.select_related("school"), pk=cannot_pk)
    if request.method == "POST":
        take_back_cannot_review(cannot=cannot, by=request.user, now=timezone.now())
        messages.success(request, f"You can be sent to {cannot.school} again.")
        return redirect(reviewer)
    wording = Wording(
        f"Can you review {cannot.school} after all?",
        "Yes, I can",
        reviewer.get_absolute_url(),
        "The next rota may send you there. What you wrote about it is deleted.",
    )
    return _question(request, reviewer, wording)
