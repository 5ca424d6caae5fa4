"""A school's own self-evaluations, kept from year to year."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.calendar.years import AcademicYear
from partnership.people.requests import PersonRequest
from partnership.toolkit.addresses import address
from reviews.days.forms.evaluations import BeginEvaluationForm, EvaluationForm
from reviews.days.models import SelfEvaluation
from reviews.days.parts.evaluations import evaluations_of, priorities_of, reviews_beside
from reviews.days.services.evaluating import (
    BegunAlready,
    TeamReadsIt,
    begin_evaluation,
    change_evaluation,
)
from reviews.days.views.own_school import own_evaluation, own_school, school_form_page

BEGUN: Refusals = {
    BegunAlready: ("year", "The school has its self-evaluation of that year already. Open it.")
}
KEPT: Refusals = {
    TeamReadsIt: (
        "",
        (
            "The team of a review reads this. Say what goes well and what is to improve, or take "
            "it back from the team first."
        ),
    )
}


def _years_left(evaluations: list[SelfEvaluation]) -> list[AcademicYear]:
    """This year and the next, as far as the school has none of them."""
    this = AcademicYear.containing(timezone.localdate())
    taken = {each.year for each in evaluations}
    return [year for year in (this, this.next) if year.start not in taken]


@require_safe
def evaluation_list(request: PersonRequest, urn: int) -> HttpResponse:
    """Year by year, the newest on top."""
    school = own_school(request, urn)
    evaluations = evaluations_of(school)
    context = {
        "school": school,
        "evaluations": evaluations,
        "can_begin": bool(_years_left(evaluations)),
    }
    return render(request, "days/evaluation_list.html", context)


def evaluation_begin(request: PersonRequest, urn: int) -> HttpResponse:
    """Next year's begins with the words of the year before, or empty."""
    school = own_school(request, urn)
    evaluations = evaluations_of(school)
    back = address("days:evaluation_list", urn)
    if not (years := _years_left(evaluations)):
        messages.info(request, "This year’s and next year’s are begun already: here they are.")
        return redirect(back)
    sent = request.POST if request.method == "POST" else None
    form = BeginEvaluationForm(sent, years=years, older=evaluations)
    told = {"service": begin_evaluation, "school": school, "by": request.user}
    if form.is_valid() and saved(form, BEGUN, **told, now=timezone.now(), **form.words):
        year = form.words["year"]
        messages.success(request, f"The self-evaluation {AcademicYear(year)} is begun.")
        return redirect("days:evaluation_detail", urn, year)
    lead = f"{school.name}’s own. Nobody else reads it until you share it with a review’s team."
    wording = Wording("Begin a self-evaluation", "Begin it", back, lead)
    return school_form_page(request, school, form, wording)


@require_safe
def evaluation_detail(request: PersonRequest, urn: int, year: int) -> HttpResponse:
    """All its words, its priorities, and which teams read it."""
    evaluation = own_evaluation(request, urn, year)
    priorities = priorities_of(evaluation)
    context = {
        "school": evaluation.school,
        "evaluation": evaluation,
        "priorities": priorities,
        "is_complete": evaluation.is_written and bool(priorities),
        "reviews": reviews_beside(evaluation),
    }
    return render(request, "days/evaluation_detail.html", context)


def evaluation_edit(request: PersonRequest, urn: int, year: int) -> HttpResponse:
    """Its words; of two who change them the second is shown both."""
    evaluation = own_evaluation(request, urn, year)
    sent = request.POST if request.method == "POST" else None
    form = EvaluationForm(sent, evaluation=evaluation)
    told = {"service": change_evaluation, "evaluation": evaluation, "by": request.user}
    if form.is_valid() and saved(
        form, KEPT, **told, now=timezone.now(), changes=form.changes, seen_version=form.seen
    ):
        messages.success(request, f"The self-evaluation {evaluation.years} is saved.")
        return redirect(evaluation)
    wording = Wording(
        f"Write the self-evaluation {evaluation.years}",
        "Save",
        evaluation.get_absolute_url(),
        "A summary is enough. A team that it is shared with reads it as it stands at the time.",
    )
    return school_form_page(request, evaluation.school, form, wording, evaluation)
