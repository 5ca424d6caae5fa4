"""The plan of a programme: read, begun, agreed to, and what was changed in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.membership.views.finding import Refusals
from partnership.people.requests import PersonRequest
from partnership.toolkit.addresses import address
from partnership.toolkit.pagination import page_of
from partnership.toolkit.versions import ChangedSince
from support.programmes.models import Side
from support.programmes.permissions import Rights
from support.progress.models import Plan
from support.progress.permissions import can_begin_community, can_write_plan, planning_side
from support.progress.rows.plans import (
    STATES,
    ObjectiveLine,
    changes_across,
    changes_in,
    communities_of,
    narrowed,
    needs_of,
    objectives_of,
    plan_of,
    tallies_of,
)
from support.progress.services import (
    ActionOpen,
    ActionSettled,
    BegunAlready,
    NeitherTeachingNorLeadership,
    NoPlan,
    NotGoingOn,
    NothingToAgree,
    ObjectiveDropped,
    TakesNoPart,
    agree_plan,
    begin_plan,
)
from support.progress.views.finding import course_or_404, course_page, require_now

PLAN = "progress:plan_detail"
FOR_THE_HEADS = "The plan is written by the two heads, and by who acts for the supported one."
REFUSALS: Refusals = {
    ActionOpen: ("", "The action isn’t said to be done."),
    ActionSettled: ("", "The action was done or dropped meanwhile. Look at the plan."),
    BegunAlready: ("", "The other school has begun the plan meanwhile. It stands here."),
    NeitherTeachingNorLeadership: (
        "",
        "The plan can’t be agreed yet: no objective is about teaching or leadership.",
    ),
    NoPlan: ("", "Begin the plan first."),
    NotGoingOn: ("", "The support is paused or over: nothing in it can be changed now."),
    NothingToAgree: ("", "The plan can’t be agreed yet: it has no objective."),
    ObjectiveDropped: ("", "Somebody dropped this objective meanwhile. Look at the plan."),
    TakesNoPart: ("owner", "She has no part in the programme any more. Choose somebody else."),
}
READ_AGAIN = "The plan was changed since you opened it. Read what is new, then agree."


def plan_at(pk: int, objective: int | None = None) -> str:
    """The address of a plan, or of one objective in it."""
    there = address(PLAN, pk)
    return f"{there}#objective-{objective}" if objective else there


def writing_rights(request: PersonRequest, pk: int) -> tuple[Rights, str]:
    """What she may do, and for which school she writes; 403 for whoever doesn't write the plan."""
    rights = course_or_404(request, pk)
    side = planning_side(rights)
    require_now(rights, side is not None and can_write_plan(rights), FOR_THE_HEADS)
    return rights, str(side)


@require_safe
def plan_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What both schools work on, who does what, and whether both have agreed to it."""
    rights = course_or_404(request, pk)
    plan = plan_of(rights)
    nouns = {
        "plan": plan,
        "can_write": can_write_plan(rights),
        **(_nouns(rights, plan, request.GET.get("actions", "")) if plan else {}),
    }
    return course_page(request, rights, "progress/plan_detail.html", "The plan", PLAN, **nouns)


def _shown(rights: Rights, objectives: list[ObjectiveLine], asked: str) -> dict[str, Any]:
    """Every objective, or those whose actions are open, late or done; what may be done with them."""
    state = asked if asked in STATES else ""
    shown = narrowed(objectives, state) if state else objectives
    may_finish = any(line.may_finish for each in shown for line in each.actions)
    return {
        "objectives": shown,
        "state": state,
        "tallies": tallies_of(objectives),
        "can_act": may_finish or can_write_plan(rights),
    }


def _nouns(rights: Rights, plan: Plan, asked: str) -> dict[str, Any]:
    now = timezone.now()
    objectives = objectives_of(rights, now)
    side = planning_side(rights)
    needs = needs_of(objectives)
    waits = side is not None and can_write_plan(rights) and not plan.is_agreed_by(side)
    is_read_by = side is not None and not plan.is_agreed_by(side)
    return {
        **_shown(rights, objectives, asked),
        "needs": needs,
        "sides": _sides(rights, plan),
        "changes": changes_across(plan, side) if side is not None and is_read_by else [],
        "can_agree": waits and not needs,
        "waits_for_other": side is not None and plan.is_agreed_by(side) and not plan.is_agreed,
        "is_late": not plan.is_agreed and plan.agree_by < now,
        "communities": communities_of(rights),
        "can_begin_community": can_begin_community(rights),
    }


def _sides(rights: Rights, plan: Plan) -> list[dict[str, Any]]:
    """Both schools, and whether each agrees to the plan as it stands."""
    programme = rights.programme
    agreed: list[tuple[Any, ...]] = [
        (Side.SCHOOL, programme.school, plan.school_agreed_by, plan.school_agreed_at),
        (
            Side.SUPPORTER,
            programme.supporting_school,
            plan.supporter_agreed_by,
            plan.supporter_agreed_at,
        ),
    ]
    return [
        {"school": school, "by": by, "at": at, "is_agreed": plan.is_agreed_by(side)}
        for side, school, by, at in agreed
    ]


@require_POST
def plan_begin(request: PersonRequest, pk: int) -> HttpResponse:
    """Open an empty plan, and write its first objective."""
    rights, side = writing_rights(request, pk)
    try:
        begin_plan(programme=rights.programme, side=side, by=request.user, now=timezone.now())
    except tuple(REFUSALS) as refused:
        messages.warning(request, REFUSALS[type(refused)][1])
        return redirect(plan_at(pk))
    messages.success(request, "The plan is begun, and the other school is told.")
    return redirect("progress:objective_add", pk)


@require_POST
def plan_agree(request: PersonRequest, pk: int) -> HttpResponse:
    """Agree for one's school to the plan as it was read."""
    rights, side = writing_rights(request, pk)
    typed = request.POST.get("seen_version", "")
    seen = int(typed) if typed.isascii() and typed.isdigit() else 0
    told: dict[str, Any] = {"programme": rights.programme, "by": request.user}
    try:
        agree_plan(side=side, seen_version=seen, now=timezone.now(), **told)
    except ChangedSince:
        messages.warning(request, READ_AGAIN)
    except tuple(REFUSALS) as refused:
        messages.warning(request, REFUSALS[type(refused)][1])
    else:
        messages.success(request, "Your school agrees to the plan as it stands.")
    return redirect(plan_at(pk))


@require_safe
def plan_changes(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything that was changed in the plan, by whom and when."""
    rights = course_or_404(request, pk)
    page = page_of(changes_in(rights.programme), request)
    template = "progress/plan_changes.html"
    return course_page(request, rights, template, "Changes of the plan", PLAN, page=page)
