"""The schools that are reviewed in a cycle: the list, more of them, and one fewer."""

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
from reviews.cycles.forms.cycles import MOST_FOR_ALL, TOO_MANY_FOR_ALL
from reviews.cycles.forms.people import BecauseForm, HostsForm
from reviews.cycles.models import CycleHost
from reviews.cycles.services.cycles import CycleOver
from reviews.cycles.services.taking_part import HasADay, NotAMember, add_hosts, take_host_out
from reviews.cycles.views.finding import question_page, rights_or_404, rights_to_organise

ADDING: Refusals = {
    NotAMember: ("ticked", "One of these schools has left the alliance. Look again and tick anew."),
    CycleOver: ("ticked", "The cycle was finished or called off meanwhile."),
}
LEAVING: Refusals = {
    HasADay: (
        "because",
        (
            "A review day is planned there. Call it off, or plan the rota anew without the school; "
            "then take it out."
        ),
    ),
    CycleOver: ("because", "The cycle was finished or called off meanwhile."),
}


@require_safe
def host_list(request: PersonRequest, pk: int) -> HttpResponse:
    """By name; why a school was taken out is for who organises the cycle."""
    rights = rights_or_404(request, pk)
    require(bool(rights.ways))
    hosts = CycleHost.objects.filter(cycle=rights.cycle).select_related("school")
    if not rights.is_organiser:
        hosts = hosts.filter(left_at=None)
    context = {
        "cycle": rights.cycle,
        "page": page_of(hosts.order_by("school__name", "pk"), request),
        "is_organiser": rights.is_organiser,
        "may_organise": rights.may_organise,
    }
    return render(request, "cycles/host_list.html", context)


def host_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Tick as many as are reviewed, at once."""
    cycle = rights_to_organise(request, pk).cycle
    now = timezone.now()
    sent = request.POST if request.method == "POST" else None
    form = HostsForm(sent, cycle=cycle, on=timezone.localdate(now))
    told = {"service": add_hosts, "cycle": cycle, "by": request.user, "now": now}
    is_sent = sent is not None and "find" not in sent
    if is_sent and form.is_complete() and saved(form, ADDING, **told, schools=form.chosen):
        count = len(form.chosen)
        said = f"{count} school{'s are' if count > 1 else ' is'} reviewed too."
        messages.success(request, said)
        standing = cycle.hosts.filter(left_at=None).count()
        if cycle.team_size is None and standing > MOST_FOR_ALL:
            messages.warning(request, TOO_MANY_FOR_ALL)
        return redirect(cycle)
    context = {
        "cycle": cycle,
        "form": form,
        "rows": form.offered(),
        "back": address("cycles:host_list", cycle.pk),
    }
    return render(request, "cycles/host_add.html", context)


def host_end(request: PersonRequest, pk: int, host_pk: int) -> HttpResponse:
    """Take a school out, with a reason for who organises."""
    cycle = rights_to_organise(request, pk).cycle
    hosts = CycleHost.objects.filter(cycle=cycle, left_at=None).select_related("school", "cycle")
    host = get_object_or_404(hosts, pk=host_pk)
    form = BecauseForm(request.POST if request.method == "POST" else None)
    told = {"service": take_host_out, "host": host, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, LEAVING, **told, **form.cleaned_data):
        messages.success(request, f"{host} is no longer reviewed in this cycle.")
        return redirect("cycles:host_list", cycle.pk)
    wording = Wording(
        f"Take {host} out?",
        "Take it out",
        address("cycles:host_list", cycle.pk),
        "It isn’t reviewed in this cycle, and its dates are no longer asked for. Its head may still "
        "be sent to others. You can add it again.",
    )
    return question_page(request, cycle, form, wording)
