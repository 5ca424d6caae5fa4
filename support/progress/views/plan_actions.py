"""The actions of a plan: given, changed, handed on, done, opened again and dropped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alliances.membership.views.finding import Wording, saved
from alliances.schools.owners import references
from partnership.calendar.calendars import dates_for
from partnership.calendar.days import closed_because
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found
from partnership.toolkit.spoken_dates import london_day, spoken_day
from partnership.toolkit.statements import answer
from support.programmes.forms.matching import NoForm
from support.programmes.models import Programme
from support.programmes.permissions import Rights
from support.programmes.views.finding import question_page
from support.progress.forms.plans import ActionForm, DoneForm
from support.progress.models import PlanAction
from support.progress.permissions import can_do_action
from support.progress.services import (
    add_action,
    change_action,
    drop_action,
    finish_action,
    reopen_action,
)
from support.progress.services.taking_part import taking_part_in
from support.progress.views.finding import course_or_404, course_page, require_now
from support.progress.views.objectives import FORM, objective_for
from support.progress.views.plans import PLAN, REFUSALS, plan_at, writing_rights

NOT_YOURS = "An action is done by whose it is, or said to be done by either head."


def _action(*, programme: Programme, pk: int) -> QuerySet[PlanAction]:
    actions = PlanAction.objects.filter(
        pk=pk, objective__programme=programme, objective__dropped_at=None, dropped_at=None
    )
    return actions.select_related("objective", "owner")


def _action_for(rights: Rights, pk: int) -> PlanAction:
    action: PlanAction = found(answer(_action, programme=rights.programme, pk=pk))
    action.objective.programme = rights.programme
    return action


def _form(request: PersonRequest, rights: Rights, action: PlanAction | None = None) -> ActionForm:
    today = timezone.localdate()
    people: list[Person] = list(
        taking_part_in(rights.programme, on=today).order_by("search_name", "pk")
    )
    if action is not None and action.owner not in people:
        people.append(action.owner)
    return ActionForm(
        request.POST if request.method == "POST" else None,
        people=people,
        today=today,
        action=action,
    )


def _page(
    request: PersonRequest, rights: Rights, form: ActionForm | DoneForm, wording: Wording
) -> HttpResponse:
    nouns = {"form": form, "wording": wording}
    return course_page(request, rights, FORM, wording.title, PLAN, **nouns)


def _warn_of_day(request: PersonRequest, programme: Programme, due_at: datetime) -> None:
    """Say that schools are closed that day; it may be meant."""
    dates = dates_for(references([programme.school_id])[programme.school_id])
    day = london_day(due_at)
    if why := closed_because(day, dates):
        words = f"{spoken_day(day)} is {why}. Change the action if another day is better."
        messages.warning(request, words)


def action_add(request: PersonRequest, pk: int, objective_pk: int) -> HttpResponse:
    """Somebody is to do something for an objective until a day."""
    rights, side = writing_rights(request, pk)
    objective = objective_for(rights, objective_pk)
    form = _form(request, rights)
    told: dict[str, Any] = {"objective": objective, "side": side, "by": request.user}
    if form.is_valid() and saved(
        form, REFUSALS, service=add_action, **told, **form.facts, now=timezone.now()
    ):
        messages.success(request, "The action is added, and its owner is told.")
        _warn_of_day(request, rights.programme, form.facts["due_at"])
        return redirect(plan_at(pk, objective_pk))
    lead = f"For the objective “{objective.words}”"
    wording = Wording("Add an action", "Add it", plan_at(pk, objective_pk), lead)
    return _page(request, rights, form, wording)


def action_edit(request: PersonRequest, pk: int, action_pk: int) -> HttpResponse:
    """Say otherwise what is done and until when, or hand it on."""
    rights, side = writing_rights(request, pk)
    action = _action_for(rights, action_pk)
    form = _form(request, rights, action)
    told: dict[str, Any] = {"action": action, "side": side, "by": request.user}
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=change_action,
        **told,
        **form.facts,
        now=timezone.now(),
        seen_version=form.seen,
    ):
        messages.success(request, "The action is saved.")
        if "due_on" in form.changed_data:
            _warn_of_day(request, rights.programme, form.facts["due_at"])
        return redirect(plan_at(pk, action.objective_id))
    lead = "Whoever follows in doing it is told. The other school agrees to the plan again."
    wording = Wording("Change the action", "Save", plan_at(pk, action.objective_id), lead)
    return _page(request, rights, form, wording)


def action_drop(request: PersonRequest, pk: int, action_pk: int) -> HttpResponse:
    """Nobody has to do it any more."""
    rights, side = writing_rights(request, pk)
    action = _action_for(rights, action_pk)
    form = NoForm(request.POST if request.method == "POST" else None)
    told: dict[str, Any] = {"action": action, "side": side, "by": request.user}
    if form.is_valid() and saved(form, REFUSALS, service=drop_action, **told, now=timezone.now()):
        messages.success(request, "The action is dropped. The other school is asked to agree.")
        return redirect(plan_at(pk, action.objective_id))
    lead = f"{action.owner}: {action.words}. The changes of the plan keep it."
    wording = Wording("Drop this action?", "Drop it", plan_at(pk, action.objective_id), lead)
    return question_page(request, rights.programme, form, wording)


def action_done(request: PersonRequest, pk: int, action_pk: int) -> HttpResponse:
    """Say that it is done and what came of it."""
    rights = course_or_404(request, pk)
    action = _action_for(rights, action_pk)
    require_now(rights, can_do_action(rights, action), NOT_YOURS)
    form = DoneForm(request.POST if request.method == "POST" else None)
    told: dict[str, Any] = {"action": action, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, REFUSALS, service=finish_action, **told, **form.cleaned_data
    ):
        messages.success(request, "The action is done.")
        return redirect(plan_at(pk, action.objective_id))
    lead = f"{action.owner}: {action.words}."
    wording = Wording("Say that it is done", "It is done", plan_at(pk, action.objective_id), lead)
    return _page(request, rights, form, wording)


def action_reopen(request: PersonRequest, pk: int, action_pk: int) -> HttpResponse:
    """It isn't done after all."""
    rights = course_or_404(request, pk)
    action = _action_for(rights, action_pk)
    require_now(rights, can_do_action(rights, action), NOT_YOURS)
    form = NoForm(request.POST if request.method == "POST" else None)
    told: dict[str, Any] = {"action": action, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, REFUSALS, service=reopen_action, **told):
        messages.success(request, "The action is open again.")
        return redirect(plan_at(pk, action.objective_id))
    lead = f"{action.owner}: {action.words}. It is owed again, and what was said of it goes."
    wording = Wording("Isn’t it done?", "Open it again", plan_at(pk, action.objective_id), lead)
    return question_page(request, rights.programme, form, wording)
