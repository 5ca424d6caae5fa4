"""What a workhub wants to reach: written down, ordered, looked at again."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.statements import answer
from workhubs.hubs.forms import ObjectiveForm, ProgressForm
from workhubs.hubs.models import Objective, Progress, ProgressNote, WorkhubYear
from workhubs.hubs.permissions import can_edit_workhub
from workhubs.hubs.services import (
    ObjectiveCarried,
    add_objective,
    edit_objective,
    move_objective,
    note_progress,
    remove_objective,
)
from workhubs.hubs.views.finding import form_page, question_page, year_or_404
from workhubs.hubs.views.portrait import TONES

NOTES_SHOWN = 100
CARRIED: Refusals = {
    ObjectiveCarried: ("", "A later year goes on with this objective, so it stays on record.")
}


def _visible_objective(*, person: Person, pk: int, on: date) -> QuerySet[Objective]:
    years = WorkhubYear.objects.visible_to(person, on=on).values("pk")
    objectives = Objective.objects.filter(workhub_year__in=years, pk=pk)
    return objectives.select_related(
        "workhub_year__workhub__alliance", "carried_from__workhub_year__workhub"
    )


def _notes_of(*, objective: Objective) -> QuerySet[ProgressNote]:
    notes = ProgressNote.objects.filter(objective=objective).select_related("noted_by")
    return notes.order_by("-noted_at", "-pk")[:NOTES_SHOWN]


def _objective_or_404(request: PersonRequest, pk: int, *, on: date) -> Objective:
    objective: Objective = found(answer(_visible_objective, person=request.user, pk=pk, on=on))
    return objective


def _to_change(request: PersonRequest, pk: int) -> Objective:
    today = timezone.localdate()
    objective = _objective_or_404(request, pk, on=today)
    require(can_edit_workhub(request.user, objective.workhub_year, today))
    return objective


def objective_add(request: PersonRequest, slug: str, year: AcademicYear) -> HttpResponse:
    """One more objective, with its success measure."""
    now = timezone.now()
    chosen = year_or_404(request.user, slug, year, on=timezone.localdate(now))
    require(can_edit_workhub(request.user, chosen, timezone.localdate(now)))
    form = ObjectiveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        add_objective(workhub_year=chosen, **form.changes, by=request.user, now=now)
        messages.success(request, "Objective added.")
        return redirect(chosen)
    lead = f"Of {chosen.workhub} for {chosen.academic_year}."
    wording = Wording("Add an objective", "Add the objective", chosen.get_absolute_url(), lead)
    return form_page(request, chosen, form, wording)


@require_safe
def objective_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What shall be reached, how it stands, and how it came along."""
    today = timezone.localdate()
    objective = _objective_or_404(request, pk, on=today)
    can_edit = can_edit_workhub(request.user, objective.workhub_year, today)
    form = ProgressForm(objective=objective) if can_edit else None
    return _objective_page(request, objective, form)


def objective_progress(request: PersonRequest, pk: int) -> HttpResponse:
    """Whoever runs the workhub notes how an objective stands now, and what she sees."""
    objective = _to_change(request, pk)
    form = ProgressForm(request.POST if request.method == "POST" else None, objective=objective)
    told = {"objective": objective, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, {}, service=note_progress, **told, **form.changes, seen_version=form.seen
    ):
        label = Progress(form.cleaned_data["progress"]).label.lower()
        messages.success(request, f"Noted: {label}.")
        return redirect("hubs:objective_detail", pk=pk)
    return _objective_page(request, objective, form)


def _objective_page(
    request: PersonRequest, objective: Objective, form: ProgressForm | None
) -> HttpResponse:
    notes = answer(_notes_of, objective=objective)
    context = {
        "objective": objective,
        "workhub_year": objective.workhub_year,
        "notes": [(note, *TONES[Progress(note.progress)]) for note in notes],
        "stands": TONES[Progress(objective.progress)],
        "form": form,
    }
    return render(request, "hubs/objective_detail.html", context)


def objective_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Its words, its success measure and its day."""
    objective = _to_change(request, pk)
    form = ObjectiveForm(request.POST if request.method == "POST" else None, objective=objective)
    told = {"objective": objective, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, {}, service=edit_objective, **told, changes=form.changes, seen_version=form.seen
    ):
        messages.success(request, "Objective saved.")
        return redirect("hubs:objective_detail", pk=pk)
    wording = Wording(
        "Change the objective",
        "Save",
        reverse("hubs:objective_detail", args=[pk]),
        f"Of {objective.workhub_year.workhub} for {objective.workhub_year.academic_year}.",
        acts=((reverse("hubs:objective_remove", args=[pk]), "Remove it"),),
    )
    return form_page(request, objective.workhub_year, form, wording)


@require_POST
def objective_move(request: PersonRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    objective = _to_change(request, pk)
    up = request.POST.get("to") == "up"
    move_objective(objective=objective, up=up, by=request.user, now=timezone.now())
    return redirect(f"{objective.workhub_year.get_absolute_url()}#objectives")


def objective_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take it away with its notes, after a question."""
    objective = _to_change(request, pk)
    workhub_year = objective.workhub_year
    if request.method == "POST":
        try:
            remove_objective(objective=objective, by=request.user, now=timezone.now())
            messages.success(request, "Objective removed.")
        except ObjectiveCarried:
            messages.warning(request, CARRIED[ObjectiveCarried][1])
        return redirect(workhub_year)
    wording = Wording(
        f"Remove the objective “{objective}”?",
        "Remove the objective",
        reverse("hubs:objective_detail", args=[pk]),
        "What was noted of it goes too. An objective that wasn’t reached is better noted as "
        "“Not met”, so that it stays on record.",
    )
    return question_page(request, workhub_year, None, wording)
