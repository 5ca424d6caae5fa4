"""How an alliance gives support: the rules for all to read, the director's pages to keep them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import F, QuerySet, Value
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.membership.models import Alliance
from alliances.membership.models.alliances import lines_of
from alliances.membership.services import NameTaken
from alliances.membership.views.finding import (
    FOR_ITS_DIRECTOR,
    FOR_ITS_PEOPLE,
    Refusals,
    Wording,
    alliance_for,
    past_of,
    saved,
)
from partnership.audit.history import History
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from support.directory.forms import AreaForm, DesignationForm, RulesForm
from support.directory.models import Designation, SupportArea, SupportRules
from support.directory.permissions import can_keep_directory, can_read_directory_of
from support.directory.services import (
    add_designation,
    add_support_area,
    change_designation,
    change_rules,
    change_support_area,
    open_support,
)
from support.directory.views.finding import Crumbs, form_page

TAKEN: Refusals = {NameTaken: ("name", "The alliance has this in its list already.")}
WEIGHTS = (
    "weighs_specialism",
    "weighs_phase",
    "weighs_context",
    "weighs_distance",
    "weighs_days",
)


def alliance_to_keep(request: PersonRequest, slug: str) -> Alliance:
    """An alliance whose directory she keeps, or 404 or 403."""
    alliance = alliance_for(request, slug)
    require(can_keep_directory(request.user, alliance, timezone.localdate()), FOR_ITS_DIRECTOR)
    return alliance


def _crumbs(alliance: Alliance) -> Crumbs:
    return ((reverse("directory:rules_detail", args=[alliance.slug]), f"Rules of {alliance}"),)


def _weights(rules: SupportRules) -> list[tuple[str, int]]:
    """What counts in a match, in words, with its points."""
    named: dict[str, Any] = {field.name: field for field in SupportRules._meta.fields}
    return [(str(named[name].verbose_name), getattr(rules, name)) for name in WEIGHTS]


def _lists(alliance: Alliance) -> tuple[list[Any], list[Any]]:
    """Designations and areas, those in use first, in one query."""
    titles = Designation.objects.filter(alliance=alliance).annotate(what=Value("title"))
    areas = SupportArea.objects.filter(alliance=alliance).annotate(
        what=Value("area"), short=Value("")
    )
    columns = ("what", "pk", "name", "in_short", "is_retired")
    rows: QuerySet[Any, Any] = (
        titles.annotate(in_short=F("short"))
        .values_list(*columns)
        .union(areas.annotate(in_short=F("short")).values_list(*columns), all=True)
    )
    found = sorted(rows, key=lambda row: (row[4], row[2].casefold()))
    return [row for row in found if row[0] == "title"], [row for row in found if row[0] == "area"]


@require_safe
def rules_detail(request: PersonRequest, slug: str) -> HttpResponse:
    """How an alliance gives support, for all of its people."""
    today = timezone.localdate()
    alliance = alliance_for(request, slug)
    can_keep = can_keep_directory(request.user, alliance, today)
    require(can_keep or can_read_directory_of(request.user, alliance, today), FOR_ITS_PEOPLE)
    rules = SupportRules.objects.filter(alliance=alliance).first()
    titles, areas = _lists(alliance)
    context = {
        "alliance": alliance,
        "rules": rules,
        "eligibility": lines_of(rules.eligibility) if rules else [],
        "diligence": lines_of(rules.diligence) if rules else [],
        "weights": _weights(rules) if rules else [],
        "points": sum(points for _words, points in _weights(rules)) if rules else 0,
        "designations": titles,
        "areas": areas,
        "can_keep": can_keep,
        "history": past_of(request, rules) if rules and can_keep else History(),
    }
    return render(request, "directory/rules_detail.html", context)


@require_POST
def support_open(request: PersonRequest, slug: str) -> HttpResponse:
    """The director lets her alliance begin to give support."""
    alliance = alliance_to_keep(request, slug)
    open_support(alliance=alliance, by=request.user, now=timezone.now())
    messages.success(request, "Support has begun, with the usual rules and lists. Make them yours.")
    return redirect("directory:rules_detail", slug=slug)


def rules_edit(request: PersonRequest, slug: str) -> HttpResponse:
    """Days to answer, what is asked for, and what counts in a match."""
    alliance = alliance_to_keep(request, slug)
    rules = get_object_or_404(SupportRules, alliance=alliance)
    form = RulesForm(request.POST if request.method == "POST" else None, rules=rules)
    told = {"service": change_rules, "rules": rules, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, {}, **told, changes=form.changes, seen_version=form.seen):
        messages.success(request, "Rules of support saved.")
        return redirect("directory:rules_detail", slug=slug)
    back = reverse("directory:rules_detail", args=[slug])
    wording = Wording("Change the rules of support", "Save the rules", back, f"Of {alliance}.")
    return form_page(request, form, wording, _crumbs(alliance))


def designation_add(request: PersonRequest, slug: str) -> HttpResponse:
    """A title more that practitioners may carry."""
    form = DesignationForm(request.POST if request.method == "POST" else None)
    return _line_added(
        request, slug, form, add_designation, ("Add a designation", "Add the designation")
    )


def area_add(request: PersonRequest, slug: str) -> HttpResponse:
    """An area more in which schools may ask for help."""
    form = AreaForm(request.POST if request.method == "POST" else None)
    return _line_added(request, slug, form, add_support_area, ("Add an area", "Add the area"))


def designation_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Name a title anew, or give it no longer."""
    alliance = alliance_to_keep(request, slug)
    line = get_object_or_404(
        Designation.objects.select_related("alliance"), alliance=alliance, pk=pk
    )
    form = DesignationForm(request.POST if request.method == "POST" else None, line=line)
    told = {"service": change_designation, "designation": line}
    return _line_changed(request, line, form, told)


def area_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Name an area anew, or let it be chosen no longer."""
    alliance = alliance_to_keep(request, slug)
    line = get_object_or_404(
        SupportArea.objects.select_related("alliance"), alliance=alliance, pk=pk
    )
    form = AreaForm(request.POST if request.method == "POST" else None, line=line)
    return _line_changed(request, line, form, {"service": change_support_area, "area": line})


def _line_added(
    request: PersonRequest,
    slug: str,
    form: DesignationForm | AreaForm,
    service: Any,
    words: tuple[str, str],
) -> HttpResponse:
    alliance = alliance_to_keep(request, slug)
    told = {"service": service, "alliance": alliance, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, TAKEN, **told, **form.changes):
        messages.success(request, f"“{form.changes['name']}” can be chosen now.")
        return redirect("directory:rules_detail", slug=slug)
    back = reverse("directory:rules_detail", args=[slug])
    return form_page(request, form, Wording(*words, back), _crumbs(alliance))


def _line_changed(
    request: PersonRequest,
    line: Designation | SupportArea,
    form: DesignationForm | AreaForm,
    told: dict[str, Any],
) -> HttpResponse:
    slug = line.alliance.slug
    told = {**told, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, TAKEN, **told, changes=form.changes):
        messages.success(request, f"“{form.changes['name']}” saved.")
        return redirect("directory:rules_detail", slug=slug)
    back = reverse("directory:rules_detail", args=[slug])
    wording = Wording(f"Change “{line}”", "Save", back, history=past_of(request, line))
    return form_page(request, form, wording, _crumbs(line.alliance))
