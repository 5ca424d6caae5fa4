"""Members propose what to talk about, and those who make the agenda settle it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.meetings.forms import DeclineForm, ProposalForm, TakeForm
from alliances.meetings.models import Body, ProposedItem
from alliances.meetings.permissions import (
    can_propose_items,
    can_settle_proposal,
    can_withdraw_proposal,
)
from alliances.meetings.services import (
    NotNow,
    decline_proposal,
    propose_item,
    take_proposal,
    withdraw_proposal,
)
from alliances.meetings.views.finding import body_for
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.statements import answer


def proposals_of(body: Body, person: Person, *, may_run: bool) -> list[Any]:
    """What waits to be settled: all of it for who runs the meetings, one's own for others."""
    rows = answer(_waiting, may_run, body=body, person=person)
    for proposal in rows:
        proposal.is_mine = proposal.proposed_by_id == person.pk
    return rows


def _waiting(may_run: bool, *, body: int, person: int) -> QuerySet[ProposedItem]:  # noqa: FBT001 a shape
    waiting = ProposedItem.objects.filter(body=body, settled_at=None)
    if not may_run:
        waiting = waiting.filter(proposed_by=person)
    return waiting.select_related("proposed_by").order_by("proposed_at", "pk")


def _proposal_for(request: PersonRequest, pk: int) -> ProposedItem:
    """A proposal to a body that she may see: her own, or any for who runs its meetings."""
    told = {"person": request.user, "on": timezone.localdate(), "pk": pk}
    proposal: ProposedItem = found(answer(_visible, **told))
    return proposal


def _visible(*, person: Person, on: date, pk: int) -> QuerySet[ProposedItem]:
    runs = Body.objects.run_by(person, on=on).values("pk")
    own = ProposedItem.objects.filter(pk=pk, proposed_by=person).values("pk")
    run = ProposedItem.objects.filter(pk=pk, body__in=runs).values("pk")
    proposals = ProposedItem.objects.filter(pk__in=own.union(run, all=True))
    return proposals.select_related("body__alliance", "proposed_by")


def proposal_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Something to talk about, for those who make the agenda."""
    body = body_for(request, pk)
    require(can_propose_items(request.user, body, timezone.localdate()))
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        propose_item(body=body, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, "Proposed. Those who make the agenda see it; you are told.")
        return redirect(body)
    return render(request, "meetings/proposal_new.html", {"form": form, "body": body})


def proposal_take(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose the meeting whose agenda takes it."""
    proposal = _proposal_for(request, pk)
    require(can_settle_proposal(request.user, proposal, timezone.localdate()))
    typed = request.POST if request.method == "POST" else None
    form = TakeForm(typed, body=proposal.body)
    if form.is_valid():
        meeting, now = form.cleaned_data["meeting"], timezone.now()
        try:
            take_proposal(proposal=proposal, meeting=meeting, by=request.user, now=now)
        except NotNow as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, f"“{proposal.title}” stands on the agenda.")
        return redirect(meeting)
    context = {"form": form, "proposal": proposal, "body": proposal.body}
    return render(request, "meetings/proposal_take.html", context)


def proposal_decline(request: PersonRequest, pk: int) -> HttpResponse:
    """Not for this group, with a reason."""
    proposal = _proposal_for(request, pk)
    require(can_settle_proposal(request.user, proposal, timezone.localdate()))
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        because, now = form.cleaned_data["because"], timezone.now()
        try:
            decline_proposal(proposal=proposal, because=because, by=request.user, now=now)
        except NotNow as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, f"“{proposal.title}” is declined. Who proposed it is told.")
        return redirect(proposal.body)
    context = {"form": form, "proposal": proposal, "body": proposal.body}
    return render(request, "meetings/proposal_decline.html", context)


@require_POST
def proposal_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one's own proposal back."""
    proposal = _proposal_for(request, pk)
    require(can_withdraw_proposal(request.user, proposal), "Only who proposed it takes it back.")
    try:
        withdraw_proposal(proposal=proposal, by=request.user, now=timezone.now())
    except NotNow as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "You have taken your proposal back.")
    return redirect(proposal.body)
