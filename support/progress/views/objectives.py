"""The objectives of a plan: added, worded otherwise, dropped; and a community that serves them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found
from partnership.toolkit.addresses import address
from partnership.toolkit.statements import answer
from support.directory.models import SupportArea
from support.programmes.models import Programme, Strand
from support.programmes.permissions import Rights
from support.programmes.views.finding import question_page
from support.progress.forms.communities import CommunityForm
from support.progress.forms.plans import ObjectiveForm, objective_values
from support.progress.forms.visits import BecauseForm
from support.progress.models import Objective
from support.progress.permissions import can_begin_community
from support.progress.services import (
    add_objective,
    begin_community,
    change_objective,
    drop_objective,
)
from support.progress.services.taking_part import taking_part_in
from support.progress.views.finding import course_or_404, course_page, require_now
from support.progress.views.plans import PLAN, REFUSALS, plan_at, writing_rights
from workhubs.hubs.services import NameTaken

FOR_THE_DIRECTOR = "Learning communities are begun by the alliance’s director."
FORM = "progress/plan_form.html"
OF_COMMUNITIES: Refusals = {
    **REFUSALS,
    NameTaken: ("name", "The alliance has a workhub of this name already. Choose another name."),
}


def _objective(*, programme: Programme, pk: int) -> QuerySet[Objective]:
    objectives = Objective.objects.filter(programme=programme, pk=pk, dropped_at=None)
    return objectives.select_related("area")


def objective_for(rights: Rights, pk: int) -> Objective:
    """An objective that is worked on, or 404."""
    objective: Objective = found(answer(_objective, programme=rights.programme, pk=pk))
    objective.programme = rights.programme
    return objective


def _strands(programme: Programme, objective: Objective | None) -> list[Strand]:
    """What may serve an objective: strands that stand, and those that serve it; `serves` says which."""
    through = Objective.strands.through.objects
    serves = through.filter(strand=OuterRef("pk"), objective=objective.pk if objective else 0)
    strands = Strand.objects.filter(programme=programme).annotate(serves=Exists(serves))
    offered = strands.filter(Q(released_at=None) | Q(serves=True))
    return list(offered.select_related("practitioner__person").order_by("pk"))


def _form(request: PersonRequest, rights: Rights, objective: Objective | None) -> ObjectiveForm:
    programme = rights.programme
    kept = objective.area_id if objective else programme.area_id
    areas = SupportArea.objects.filter(
        Q(is_retired=False) | Q(pk=kept), alliance=programme.alliance_id
    )
    strands = _strands(programme, objective)
    serving = [strand for strand in strands if getattr(strand, "serves", False)]
    usual = {"area": str(programme.area_id)}
    return ObjectiveForm(
        request.POST if request.method == "POST" else None,
        initial=objective_values(objective, serving) if objective else usual,
        areas=list(areas.order_by("name", "pk")),
        strands=strands,
    )


def _page(request: PersonRequest, rights: Rights, form: Any, wording: Wording) -> HttpResponse:
    nouns = {"form": form, "wording": wording}
    return course_page(request, rights, FORM, wording.title, PLAN, **nouns)


def objective_add(request: PersonRequest, pk: int) -> HttpResponse:
    """One more objective of the plan."""
    rights, side = writing_rights(request, pk)
    form = _form(request, rights, None)
    told: dict[str, Any] = {"programme": rights.programme, "side": side, "by": request.user}
    if form.is_valid() and saved(
        form, REFUSALS, service=add_objective, **told, facts=form.facts, now=timezone.now()
    ):
        messages.success(request, "The objective is added. The other school is asked to agree.")
        return redirect(plan_at(pk))
    lead = "Both schools and the director read it. Actions come next: who does what until when."
    return _page(request, rights, form, Wording("Add an objective", "Add it", plan_at(pk), lead))


def objective_edit(request: PersonRequest, pk: int, objective_pk: int) -> HttpResponse:
    """Word an objective otherwise; the other school agrees again."""
    rights, side = writing_rights(request, pk)
    objective = objective_for(rights, objective_pk)
    form = _form(request, rights, objective)
    told: dict[str, Any] = {"objective": objective, "side": side, "by": request.user}
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=change_objective,
        **told,
        facts=form.facts,
        now=timezone.now(),
        seen_version=form.seen,
    ):
        messages.success(request, "The objective is saved.")
        return redirect(plan_at(pk, objective_pk))
    lead = "Whatever you change, the other school reads beside what stood before, and agrees again."
    back = plan_at(pk, objective_pk)
    return _page(request, rights, form, Wording("Change the objective", "Save", back, lead))


def objective_drop(request: PersonRequest, pk: int, objective_pk: int) -> HttpResponse:
    """Work on an objective no longer, saying why."""
    rights, side = writing_rights(request, pk)
    objective = objective_for(rights, objective_pk)
    form = BecauseForm(request.POST if request.method == "POST" else None)
    told: dict[str, Any] = {"objective": objective, "side": side, "by": request.user}
    if form.is_valid() and saved(
        form, REFUSALS, service=drop_objective, **told, **form.cleaned_data, now=timezone.now()
    ):
        messages.success(request, "The objective is dropped. The other school is asked to agree.")
        return redirect(plan_at(pk))
    lead = (
        f"“{objective.words}” Its open actions are dropped with it; what was done and rated stays. "
        "It can’t be taken up again, only added anew."
    )
    back = plan_at(pk, objective_pk)
    wording = Wording("Drop this objective?", "Drop it", back, lead)
    return question_page(request, rights.programme, form, wording)


def community_begin(request: PersonRequest, pk: int) -> HttpResponse:
    """Found a learning community that serves the plan."""
    rights = course_or_404(request, pk)
    require_now(rights, can_begin_community(rights), FOR_THE_DIRECTOR)
    now = timezone.now()
    today = timezone.localdate(now)
    people = taking_part_in(rights.programme, on=today).order_by("search_name", "pk")
    form = CommunityForm(
        request.POST if request.method == "POST" else None,
        people=list(people),
        school=rights.programme.school.name,
        today=today,
    )
    told: dict[str, Any] = {"programme": rights.programme, "by": request.user, "now": now}
    if form.is_valid() and saved(
        form, OF_COMMUNITIES, service=begin_community, **told, **form.facts
    ):
        messages.success(request, "The learning community is begun. Its lead invites schools.")
        return redirect(plan_at(pk))
    lead = (
        "It is a workhub like others: schools of the alliance see it. Nothing on its pages says "
        "that it serves a plan."
    )
    back = address(PLAN, pk)
    wording = Wording("Begin a learning community", "Begin it", back, lead)
    return _page(request, rights, form, wording)
