"""Placements: planned by one side, agreed by two heads, held, and what was learnt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.views.finding import Wording, saved
from alliances.schools.permissions import is_head_of
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.addresses import address
from support.directory.services import NotEnoughDays
from support.programmes.forms.matching import NoForm
from support.programmes.models import Strand
from support.programmes.permissions import Rights, rights_in
from support.programmes.views.finding import form_page
from support.progress.forms.placements import (
    LearntForm,
    PlacementDaysForm,
    PlacementForm,
    PromiseForm,
    days_of,
)
from support.progress.forms.visits import BecauseForm
from support.progress.models import Held, Placement
from support.progress.permissions import (
    can_place,
    can_promise_days,
    can_say_learnt,
    is_alive,
    is_open_to,
)
from support.progress.services import (
    agree_to_placement,
    cancel_placement,
    hold_placement,
    move_placement,
    plan_placement,
    promise_more_days,
    say_learnt,
)
from support.progress.services.placing import HOST, SCHOOL
from support.progress.views.finding import require_now
from support.progress.views.visiting import REFUSALS, course_rights, too_few

FOR_THE_HEADS = "Placements are planned by the two heads and the director."
FOR_BOTH = "The heads of the two schools of the placement agree to it."


@dataclass(frozen=True)
class Part:
    """A placement and what the reader has to do with it; who hosts sees it and nothing else."""

    placement: Placement
    rights: Rights
    heads_host: bool

    @property
    def sees_programme(self) -> bool:
        """Whether she has a part in the programme, too."""
        return is_open_to(self.rights)

    @property
    def sides(self) -> list[str]:
        """For which schools she may agree."""
        school = [SCHOOL] if self.rights.may_write_for_school else []
        return [*school, *([HOST] if self.heads_host else [])]

    @property
    def is_planned(self) -> bool:
        """Whether anything of it can still be changed."""
        return self.placement.state == Held.PLANNED and is_alive(self.rights)

    @property
    def can_agree(self) -> bool:
        """Whether her word is missing."""
        missing = {SCHOOL: self.placement.school_agreed_at, HOST: self.placement.host_agreed_at}
        return self.is_planned and any(missing[side] is None for side in self.sides)

    @property
    def can_move(self) -> bool:
        """The same, as long as the terms of support run."""
        return self.can_cancel and self.placement.programme.is_running()

    @property
    def can_cancel(self) -> bool:
        """Either school's head, and who plans placements in the programme."""
        return self.is_planned and (bool(self.sides) or can_place(self.rights))


def _part(request: PersonRequest, pk: int) -> Part:
    today = timezone.localdate()
    named = ("host", "programme__school", "programme__alliance", "school_agreed_by")
    placements = Placement.objects.select_related(*named, "host_agreed_by", "planned_by")
    placement = get_object_or_404(placements, pk=pk)
    rights = rights_in(request.user, placement.programme, today)
    heads_host = is_head_of(request.user, placement.host, today)
    part = Part(placement, rights, heads_host)
    found([part] if rights.ways or heads_host else [])
    require(heads_host or part.sees_programme, FOR_BOTH)
    return part


def placement_plan(request: PersonRequest, pk: int) -> HttpResponse:
    """Who goes where and why; a head who plans it has agreed for her school by that."""
    rights = course_rights(request, pk)
    require_now(rights, can_place(rights), FOR_THE_HEADS)
    now = timezone.now()
    programme, today = rights.programme, timezone.localdate(now)
    form = PlacementForm(
        request.POST if request.method == "POST" else None,
        alliance=programme.alliance,
        today=today,
    )
    if form.is_valid() and _planned(request, rights, form):
        messages.success(request, "The placement is planned. Both heads agree to it next.")
        return redirect("progress:visit_list", pk)
    lead = "The host’s head learns your school’s name and what stands here: nothing else of it."
    wording = Wording("Plan a placement", "Ask the host", address("progress:visit_list", pk), lead)
    above = "progress/includes/_schools_list.html"
    return form_page(request, programme, form, wording, above=above)


def _planned(request: PersonRequest, rights: Rights, form: PlacementForm) -> bool:
    now = timezone.now()
    facts = form.facts
    agrees_for = [SCHOOL] if rights.may_write_for_school else []
    if is_head_of(request.user, facts["host"], timezone.localdate(now)):
        agrees_for.append(HOST)
    told: dict[str, Any] = {"programme": rights.programme, "facts": facts, "by": request.user}
    return saved(form, REFUSALS, service=plan_placement, **told, agrees_for=agrees_for, now=now)


@require_safe
def placement_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Who goes where, who agreed, and what was learnt."""
    part = _part(request, pk)
    now = timezone.now()
    placement = part.placement
    is_over = placement.ends_at <= now
    can_say = can_say_learnt(part.rights) and placement.learnt_at is None
    may_hold = bool(part.sides) or can_place(part.rights)
    context = {
        "part": part,
        "placement": placement,
        "programme": placement.programme,
        "is_over": is_over,
        "can_say_held": part.is_planned and placement.is_agreed and is_over and may_hold,
        "can_say_learnt": can_say and placement.state == Held.HELD,
    }
    return render(request, "progress/placement_detail.html", context)


def _question(request: PersonRequest, part: Part, form: Any, wording: Wording) -> HttpResponse:
    context = {"part": part, "placement": part.placement, "form": form, "wording": wording}
    return render(request, "progress/placement_question.html", context)


def placement_agree(request: PersonRequest, pk: int) -> HttpResponse:
    """A head agrees for her school."""
    part = _part(request, pk)
    require(bool(part.sides), FOR_BOTH)
    placement = part.placement
    form = NoForm(request.POST if request.method == "POST" else None)
    told = {"placement": placement, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, REFUSALS, service=agree_to_placement, **told, agrees_for=part.sides
    ):
        messages.success(request, "You agree to the placement.")
        return redirect(placement)
    words = Wording("Agree to this placement?", "Agree", placement.get_absolute_url())
    return _question(request, part, form, words)


def placement_move(request: PersonRequest, pk: int) -> HttpResponse:
    """Other days; both heads agree anew."""
    part = _part(request, pk)
    require(part.can_move, FOR_THE_HEADS)
    placement = part.placement
    form = PlacementDaysForm(
        request.POST if request.method == "POST" else None,
        initial=days_of(placement),
        today=timezone.localdate(),
    )
    told: dict[str, Any] = {"placement": placement, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, REFUSALS, service=move_placement, **told, when=form.when, agrees_for=part.sides
    ):
        messages.success(request, "The placement is on these days. Both heads agree to them.")
        return redirect(placement)
    lead = "Both heads agree to the new days; who moves it agrees for her school by that."
    words = Wording("Move this placement?", "Move it", placement.get_absolute_url(), lead)
    return _question(request, part, form, words)


def placement_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Call it off, or decline to host, saying why."""
    part = _part(request, pk)
    require(bool(part.sides) or can_place(part.rights), FOR_THE_HEADS)
    placement = part.placement
    form = BecauseForm(request.POST if request.method == "POST" else None)
    told: dict[str, Any] = {"placement": placement, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, REFUSALS, service=cancel_placement, **told, **form.cleaned_data
    ):
        messages.success(request, "The placement is cancelled, and both heads are told.")
        return redirect(placement)
    lead = "Both heads are told, and read why."
    words = Wording("Cancel this placement?", "Cancel it", placement.get_absolute_url(), lead)
    return _question(request, part, form, words)


def placement_held(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that it was held; the school that sent somebody says what was learnt."""
    part = _part(request, pk)
    require(bool(part.sides) or can_place(part.rights), FOR_THE_HEADS)
    placement = part.placement
    typed = request.POST if request.method == "POST" else None
    says_learnt = can_say_learnt(part.rights)
    form = LearntForm(typed) if says_learnt else NoForm(typed)
    service: Any = say_learnt if says_learnt else hold_placement
    told: dict[str, Any] = {"placement": placement, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, REFUSALS, service=service, **told, **form.cleaned_data):
        messages.success(request, "Kept: the placement was held.")
        return redirect(placement)
    title = "What was learnt" if says_learnt else "Was this placement held?"
    words = Wording(title, "Keep it" if says_learnt else "Yes", placement.get_absolute_url())
    return _question(request, part, form, words)


def days_promise(request: PersonRequest, pk: int, strand_pk: int) -> HttpResponse:
    """The director promises more days of a practitioner's strand."""
    rights = course_rights(request, pk)
    require_now(
        rights, can_promise_days(rights), "More days are promised by the alliance’s director."
    )
    strands = Strand.objects.filter(programme=pk, released_at=None, practitioner__isnull=False)
    strand = get_object_or_404(strands.select_related("practitioner__person"), pk=strand_pk)
    strand.programme = rights.programme
    form = PromiseForm(
        request.POST if request.method == "POST" else None,
        promised=dict(strand.years.values_list("year", "days")),
        today=timezone.localdate(),
    )
    if form.is_valid() and _promised(request, form, strand):
        messages.success(request, "The days are promised, and those concerned are told.")
        return redirect("progress:visit_list", pk)
    giver = strand.practitioner
    lead = f"{strand.get_kind_display()} with {giver}."
    back = address("progress:visit_list", pk)
    wording = Wording("Promise more days", "Promise them", back, lead)
    return form_page(request, rights.programme, form, wording)


def _promised(request: PersonRequest, form: PromiseForm, strand: Strand) -> bool:
    told = {"strand": strand, "by": request.user, "now": timezone.now()}
    try:
        return saved(form, REFUSALS, service=promise_more_days, **told, **form.cleaned_data)
    except NotEnoughDays as refused:
        form.add_error("days", f"{too_few(refused).partition('.')[0]}.")
        return False
