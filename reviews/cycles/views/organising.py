"""Whom the director names to organise a cycle, and what organisers say of pairs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.views.finding import (
    FOR_ITS_DIRECTOR,
    Refusals,
    Wording,
    saved,
)
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from partnership.toolkit.pagination import page_of
from reviews.cycles.forms.people import OrganiserForm, PairRuleForm
from reviews.cycles.models import CyclePerson, PairRule
from reviews.cycles.permissions import can_name_organisers
from reviews.cycles.services.cycles import CycleOver
from reviews.cycles.services.organising import (
    NamedAlready,
    SameSchool,
    drop_pair_rule,
    end_organising,
    name_organiser,
    set_pair_rule,
)
from reviews.cycles.views.finding import (
    FOR_ORGANISERS,
    form_page,
    question_page,
    rights_or_404,
    rights_to_organise,
)

OVER = "The cycle was finished or called off meanwhile."
NAMING: Refusals = {
    NamedAlready: ("person", "This person organises the cycle already."),
    CycleOver: ("person", OVER),
}
PAIRING: Refusals = {
    SameSchool: ("host", "Nobody is sent to the own school anyway. Choose another school."),
    CycleOver: ("host", OVER),
}


def organiser_name(request: PersonRequest, pk: int) -> HttpResponse:
    """The director names somebody of the alliance."""
    rights = rights_or_404(request, pk)
    require(can_name_organisers(rights), FOR_ITS_DIRECTOR)
    cycle, now = rights.cycle, timezone.now()
    form = OrganiserForm(
        request.POST if request.method == "POST" else None,
        alliance_id=cycle.alliance_id,
        on=timezone.localdate(now),
    )
    told = {"service": name_organiser, "cycle": cycle, "by": request.user, "now": now}
    if form.is_valid() and saved(form, NAMING, **told, person=form.cleaned_data["person"]):
        person = form.cleaned_data["person"]
        messages.success(request, f"{person} may organise it now, and is told so by mail.")
        return redirect(cycle)
    wording = Wording(
        "Name somebody to organise it",
        "Name this person",
        cycle.get_absolute_url(),
        "Somebody who adds schools and reviewers, draws up the rota and publishes it, as you do. "
        "Only you call the cycle off.",
    )
    return form_page(request, cycle, form, wording, above="cycles/includes/_people_to_name.html")


def organiser_end(request: PersonRequest, pk: int, named_pk: int) -> HttpResponse:
    """The director ends it; so does she herself."""
    rights = rights_or_404(request, pk)
    now = timezone.now()
    people = CyclePerson.objects.on(timezone.localdate(now)).filter(cycle=pk)
    named = get_object_or_404(people.select_related("person", "cycle"), pk=named_pk)
    is_herself = named.person_id == request.user.pk and rights.may_organise
    require(is_herself or can_name_organisers(rights), FOR_ITS_DIRECTOR)
    if request.method == "POST":
        end_organising(named=named, by=request.user, now=now)
        messages.success(request, f"{named.person} no longer organises it.")
        return redirect("cycles:cycle_list") if is_herself else redirect(rights.cycle)
    wording = Wording(
        f"Let {named.person} no longer organise it?",
        "End it",
        rights.cycle.get_absolute_url(),
        "What was done stays. As head or reviewer the person goes on as before.",
    )
    return question_page(request, rights.cycle, None, wording)


@require_safe
def pair_rule_list(request: PersonRequest, pk: int) -> HttpResponse:
    """Which reviewers are not, or better not, sent to which schools; for who organises alone."""
    rights = rights_or_404(request, pk)
    require(rights.is_organiser, FOR_ORGANISERS)
    rules = PairRule.objects.filter(cycle=rights.cycle)
    rules = rules.select_related("reviewer__reviewer__person", "host__school")
    order = ("reviewer__reviewer__person__search_name", "host__school__name", "pk")
    context = {
        "cycle": rights.cycle,
        "page": page_of(rules.order_by(*order), request),
        "may_organise": rights.may_organise,
    }
    return render(request, "cycles/pair_rule_list.html", context)


def pair_rule_add(request: PersonRequest, pk: int) -> HttpResponse:
    """One more, or another word on the same two."""
    cycle = rights_to_organise(request, pk).cycle
    going = cycle.reviewers.filter(left_at=None)
    going = going.select_related("reviewer__person", "cycle")
    hosts = cycle.hosts.filter(left_at=None).select_related("school")
    form = PairRuleForm(
        request.POST if request.method == "POST" else None,
        reviewers=list(going.order_by("reviewer__person__search_name", "pk")),
        hosts=list(hosts.order_by("school__name", "pk")),
    )
    told = {"service": set_pair_rule, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, PAIRING, **told, **form.pair):
        messages.success(request, "The rule stands. Drafts drawn up from now on keep to it.")
        return redirect("cycles:pair_rule_list", cycle.pk)
    wording = Wording(
        "Add a rule for a pair",
        "Add the rule",
        address("cycles:pair_rule_list", cycle.pk),
        "For what you know and the rules don’t. What reviewers say themselves counts anyway, and "
        "only they read why.",
    )
    return form_page(request, cycle, form, wording)


def pair_rule_end(request: PersonRequest, pk: int, rule_pk: int) -> HttpResponse:
    """Asks once more."""
    cycle = rights_to_organise(request, pk).cycle
    rules = PairRule.objects.filter(cycle=cycle)
    rule = get_object_or_404(
        rules.select_related("reviewer__reviewer__person", "host__school", "cycle"), pk=rule_pk
    )
    if request.method == "POST":
        drop_pair_rule(rule=rule, by=request.user, now=timezone.now())
        messages.success(request, "The rule is gone.")
        return redirect("cycles:pair_rule_list", cycle.pk)
    wording = Wording(
        f"Drop the rule for {rule.reviewer} and {rule.host}?",
        "Drop the rule",
        address("cycles:pair_rule_list", cycle.pk),
        "In drafts drawn up from now on the two may meet as any others.",
    )
    return question_page(request, cycle, None, wording)
