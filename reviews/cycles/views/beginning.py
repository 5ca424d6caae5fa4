"""A cycle is begun, alone or like an earlier one, and its rules change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from alliances.membership.models import Alliance
from alliances.membership.views.finding import (
    FOR_ITS_DIRECTOR,
    Refusals,
    Wording,
    alliance_for,
    saved,
)
from partnership.calendar.terms import term_containing
from partnership.calendar.years import AcademicYear
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from reviews.cycles.forms.cycles import RULES, BeginCycleForm, RulesForm, rules_of
from reviews.cycles.models import Cycle, Framework
from reviews.cycles.permissions import can_begin_cycle
from reviews.cycles.services.cycles import CycleOver, NameTaken, begin_cycle, change_cycle
from reviews.cycles.views.finding import form_page, rights_or_404, rights_to_organise

REFUSALS: Refusals = {
    NameTaken: (
        "name",
        "The alliance has a cycle of that name in this year already. Choose another name.",
    ),
    CycleOver: ("name", "The cycle was finished or called off meanwhile; its rules stay."),
}
LEAD = (
    "Who visits whom, and when, is worked out later from these rules. Until you ask for dates, only "
    "you and whom you name see the cycle; nobody is told."
)
LIKE = (
    "Its schools, reviewers, organisers and rules for pairs come with it, as far as they still "
    "belong to the alliance. Nobody is told until you ask for dates."
)
WEEKS_TO_PREPARE = 6
USUAL_TEAM = 4
JUNE, SEPTEMBER = 6, 9


def _usual_rules(alliance: Alliance, today: date) -> dict[str, Any]:
    """A window that leaves time to ask for dates, to the end of June; from June on in the next year."""
    in_time = today + timedelta(weeks=WEEKS_TO_PREPARE)
    if JUNE <= in_time.month < SEPTEMBER:
        in_time = date(in_time.year, SEPTEMBER, 15)
    first = max(in_time, term_containing(in_time).starts_on)
    first += timedelta(days=-first.weekday() % 7)
    year = AcademicYear.containing(first)
    plain = Cycle()
    usual = {name: getattr(plain, name) for name in RULES if name != "framework"}
    in_use = Framework.objects.in_use().filter(alliance=alliance).order_by("-settled_at", "pk")
    return usual | {
        "year": year.start,
        "team_size": USUAL_TEAM,
        "starts_on": first,
        "ends_on": date(year.start + 1, JUNE, 30),
        "framework": in_use.first(),
    }


def _rules_like(cycle: Cycle, today: date) -> dict[str, Any]:
    """The same rules a year later, or this year where it is older, on the same weekdays."""
    this_year = AcademicYear.containing(today).start
    years = min(max(1, this_year - cycle.year), this_year + 1 - cycle.year)
    later = timedelta(weeks=52 * years)
    moved = {"starts_on": cycle.starts_on + later, "ends_on": cycle.ends_on + later}
    return rules_of(cycle) | moved | {"year": cycle.year + years}


def _begin(
    request: PersonRequest, alliance: Alliance, rules: dict[str, Any], like: Cycle | None
) -> HttpResponse:
    now = timezone.now()
    form = BeginCycleForm(
        request.POST if request.method == "POST" else None,
        frameworks=Framework.objects.in_use().filter(alliance=alliance).order_by("name", "-number"),
        today=timezone.localdate(now),
        in_year=rules["year"],
        rules=rules,
    )
    told = {"service": begin_cycle, "alliance": alliance, "like": like, "by": request.user}
    if form.is_valid() and saved(form, REFUSALS, **told, rules=form.rules, now=now):
        cycle = Cycle.objects.exclude(state=Cycle.State.CANCELLED).get(
            alliance=alliance, year=form.rules["year"], name=form.rules["name"]
        )
        what = "Now look at who takes part." if like else "Now add the schools that are reviewed."
        messages.success(request, f"{cycle} is begun. {what}")
        return redirect(cycle)
    title = f"Begin another cycle like {like}" if like else "Begin a cycle of review days"
    back = like.get_absolute_url() if like else address("cycles:cycle_list")
    wording = Wording(title, "Begin the cycle", back, LIKE if like else LEAD)
    context = {"alliance": alliance, "cycle": like, "form": form, "wording": wording}
    return render(request, "cycles/cycle_begin.html", context)


def cycle_begin(request: PersonRequest, slug: str) -> HttpResponse:
    """A new cycle of an alliance."""
    alliance = alliance_for(request, slug)
    today = timezone.localdate()
    require(can_begin_cycle(request.user, alliance, today), FOR_ITS_DIRECTOR)
    return _begin(request, alliance, _usual_rules(alliance, today), None)


def cycle_copy(request: PersonRequest, pk: int) -> HttpResponse:
    """A new cycle with hosts, reviewers and rules of an earlier one."""
    cycle = rights_or_404(request, pk).cycle
    today = timezone.localdate()
    require(can_begin_cycle(request.user, cycle.alliance, today), FOR_ITS_DIRECTOR)
    return _begin(request, cycle.alliance, _rules_like(cycle, today), cycle)


def cycle_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Other rules; a published rota stays until it is planned anew."""
    cycle = rights_to_organise(request, pk).cycle
    kept = Framework.objects.in_use() | Framework.objects.filter(pk=cycle.framework_id or 0)
    form = RulesForm(
        request.POST if request.method == "POST" else None,
        frameworks=kept.filter(alliance=cycle.alliance_id).order_by("name", "-number"),
        in_year=cycle.year,
        host_count=cycle.hosts.filter(left_at=None).count(),
        rules=rules_of(cycle),
    )
    told = {"service": change_cycle, "cycle": cycle, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, REFUSALS, **told, changes=form.rules, seen_version=form.seen
    ):
        messages.success(request, "The rules are saved. Drafts drawn up from now on keep to them.")
        return redirect(cycle)
    lead = (
        "The published rota stays as it is; a draft drawn up from now on keeps to the new rules."
        if cycle.has_rota
        else "The rota will keep to these."
    )
    wording = Wording("Change the rules", "Save the rules", cycle.get_absolute_url(), lead)
    return form_page(request, cycle, form, wording)
