"""The priorities of a school's development plan in a year."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from reviews.days.forms.evaluations import PriorityForm
from reviews.days.models import Priority, SelfEvaluation
from reviews.days.services.evaluating import TeamReadsIt
from reviews.days.services.prioritising import (
    add_priority,
    change_priority,
    move_priority,
    remove_priority,
)
from reviews.days.views.own_school import (
    own_evaluation,
    own_priority,
    school_form_page,
    school_question_page,
)

GONE = "It was removed meanwhile, so nothing was changed."
REMOVED: Refusals = {ObjectDoesNotExist: ("", GONE)}
LAST_ONE = (
    "The team of a review reads this, and it is the only priority. Add another first, or take the "
    "self-evaluation back from the team."
)


def _list_of(evaluation: SelfEvaluation) -> str:
    return f"{evaluation.get_absolute_url()}#priorities"


def priority_add(request: PersonRequest, urn: int, year: int) -> HttpResponse:
    """One more, below the others."""
    evaluation = own_evaluation(request, urn, year)
    form = PriorityForm(request.POST if request.method == "POST" else None)
    told = {"service": add_priority, "evaluation": evaluation, "by": request.user}
    if form.is_valid() and saved(form, {}, **told, now=timezone.now(), **form.changes):
        messages.success(request, f"“{form.changes['title']}” is added.")
        return redirect(_list_of(evaluation))
    lead = f"Of the school development plan (SDP) {evaluation.years}."
    wording = Wording("Add a priority", "Add it", _list_of(evaluation), lead)
    return school_form_page(request, evaluation.school, form, wording, evaluation)


def priority_edit(request: PersonRequest, urn: int, year: int, pk: int) -> HttpResponse:
    """Another area or other words."""
    priority = own_priority(request, urn, year, pk)
    evaluation = priority.evaluation
    sent = request.POST if request.method == "POST" else None
    form = PriorityForm(sent, priority=priority)
    told = {"service": change_priority, "priority": priority, "by": request.user}
    if form.is_valid() and saved(
        form, REMOVED, **told, now=timezone.now(), changes=form.changes, seen_version=form.seen
    ):
        messages.success(request, f"“{form.changes['title']}” is saved.")
        return redirect(_list_of(evaluation))
    lead = f"Of the school development plan (SDP) {evaluation.years}."
    wording = Wording("Change the priority", "Save", _list_of(evaluation), lead)
    return school_form_page(request, evaluation.school, form, wording, evaluation)


@require_POST
def priority_move(request: PersonRequest, urn: int, year: int, pk: int) -> HttpResponse:
    """One place up or down."""
    priority = own_priority(request, urn, year, pk)
    up = request.POST.get("move") != "down"
    try:
        move_priority(priority=priority, up=up, by=request.user, now=timezone.now())
    except Priority.DoesNotExist:
        messages.error(request, GONE)
    else:
        messages.success(request, f"“{priority}” moved {'up' if up else 'down'}.")
    return redirect(_list_of(priority.evaluation))


def priority_remove(request: PersonRequest, urn: int, year: int, pk: int) -> HttpResponse:
    """Asks once more."""
    priority = own_priority(request, urn, year, pk)
    evaluation = priority.evaluation
    if request.method == "POST":
        try:
            remove_priority(priority=priority, by=request.user, now=timezone.now())
        except Priority.DoesNotExist:
            messages.error(request, GONE)
        except TeamReadsIt:
            messages.error(request, LAST_ONE)
        else:
            messages.success(request, f"“{priority}” is removed.")
        return redirect(_list_of(evaluation))
    lead = f"“{priority}” leaves the priorities of {evaluation.years}; other years keep theirs."
    wording = Wording("Remove this priority?", "Remove it", _list_of(evaluation), lead)
    return school_question_page(request, evaluation, wording)
