"""Who may be sent in a cycle: the list, more of them, and one fewer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from partnership.toolkit.pagination import page_of
from reviews.cycles.forms.people import BecauseForm, ReviewersForm
from reviews.cycles.models import Cycle, CycleReviewer
from reviews.cycles.services.cycles import CycleOver
from reviews.cycles.services.taking_part import (
    HasADay,
    add_chosen_reviewers,
    take_reviewer_out,
)
from reviews.cycles.views.finding import question_page, rights_or_404, rights_to_organise

ADDING: Refusals = {CycleOver: ("ticked", "The cycle was finished or called off meanwhile.")}
LEAVING: Refusals = {
    HasADay: (
        "because",
        (
            "A visit is planned with this reviewer. Change that team, or plan the rota anew without the "
            "reviewer; then take the reviewer out."
        ),
    ),
    CycleOver: ("because", "The cycle was finished or called off meanwhile."),
}


@require_safe
def cycle_reviewer_list(request: PersonRequest, pk: int) -> HttpResponse:
    """By name; why somebody was taken out is for who organises the cycle."""
    rights = rights_or_404(request, pk)
    require(bool(rights.ways))
    going = CycleReviewer.objects.filter(cycle=rights.cycle)
    going = going.select_related("reviewer__person", "reviewer__school")
    if not rights.is_organiser:
        going = going.filter(left_at=None)
    context = {
        "cycle": rights.cycle,
        "page": page_of(going.order_by("reviewer__person__search_name", "pk"), request),
        "is_organiser": rights.is_organiser,
        "may_organise": rights.may_organise,
    }
    return render(request, "cycles/cycle_reviewer_list.html", context)


def _added(form: ReviewersForm, cycle: Cycle, request: PersonRequest) -> bool:
    told = {"service": add_chosen_reviewers, "cycle": cycle, "by": request.user}
    chosen = {"reviewers": form.chosen, "with_heads": form.cleaned_data["heads"]}
    return saved(form, ADDING, **told, **chosen, now=timezone.now())


def cycle_reviewer_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Tick reviewers of the pool, or all heads of the schools at once."""
    rights = rights_to_organise(request, pk)
    cycle = rights.cycle
    sent = request.POST if request.method == "POST" else None
    form = ReviewersForm(sent, cycle=cycle, on=timezone.localdate())
    is_sent = sent is not None and "find" not in sent
    if is_sent and form.is_complete() and _added(form, cycle, request):
        standing = cycle.reviewers.filter(left_at=None).count()
        people = "person" if standing == 1 else "people"
        messages.success(request, f"{standing} {people} may be sent in this cycle now.")
        return redirect(cycle)
    context = {
        "cycle": cycle,
        "form": form,
        "rows": form.offered(),
        "back": address("cycles:cycle_reviewer_list", cycle.pk),
        "may_keep": rights.is_director,
    }
    return render(request, "cycles/cycle_reviewer_add.html", context)


def cycle_reviewer_end(request: PersonRequest, pk: int, reviewer_pk: int) -> HttpResponse:
    """Take a reviewer out, with a reason for who organises."""
    cycle = rights_to_organise(request, pk).cycle
    going = CycleReviewer.objects.filter(cycle=cycle, left_at=None)
    reviewer = get_object_or_404(going.select_related("reviewer__person", "cycle"), pk=reviewer_pk)
    form = BecauseForm(request.POST if request.method == "POST" else None)
    told = {"service": take_reviewer_out, "reviewer": reviewer, "by": request.user}
    if form.is_valid() and saved(form, LEAVING, **told, **form.cleaned_data, now=timezone.now()):
        messages.success(request, f"{reviewer} is no longer sent in this cycle.")
        return redirect("cycles:cycle_reviewer_list", cycle.pk)
    wording = Wording(
        f"Take {reviewer} out?",
        "Take out",
        address("cycles:cycle_reviewer_list", cycle.pk),
        "Nobody sends this person in this cycle. The entry among the alliance’s reviewers stays, "
        "and you can add the person again.",
    )
    return question_page(request, cycle, form, wording)
