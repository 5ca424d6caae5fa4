"""A director keeps the areas of the alliance's work, and its links to other alliances."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from alliances.membership.forms import AreaForm, LinkForm
from alliances.membership.models import AllianceLink, Area
from alliances.membership.services import (
    LinkedAlready,
    NameTaken,
    add_area,
    change_area,
    link_alliances,
    unlink_alliances,
)
from alliances.membership.views.finding import (
    PEOPLE,
    Refusals,
    Wording,
    alliance_to_run,
    form_page,
    past_of,
    question_page,
    saved,
)
from partnership.people.requests import PersonRequest

AREA: Refusals = {
    NameTaken: ("name", "This alliance has an area of this name already. Choose another name.")
}
LINK: Refusals = {LinkedAlready: ("name", "This link stands already.")}


def _home(slug: str) -> str:
    return reverse("membership:alliance_people", args=[slug])


def area_add(request: PersonRequest, slug: str) -> HttpResponse:
    """A new strand of the alliance's work."""
    now = timezone.now()
    alliance = alliance_to_run(request, slug, on=timezone.localdate(now))
    form = AreaForm(request.POST if request.method == "POST" else None)
    told = {"service": add_area, "alliance": alliance, "by": request.user, "now": now}
    if form.is_valid() and saved(form, AREA, **told, **form.changes):
        messages.success(request, f"{form.changes['name']} added. Now give its lead the post.")
        return redirect(_home(slug))
    lead = f"A strand of {alliance}."
    wording = Wording("Add an area", "Add the area", _home(slug), lead, PEOPLE)
    return form_page(request, alliance, form, wording)


def area_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """An area's words, or its last day."""
    now = timezone.now()
    alliance = alliance_to_run(request, slug, on=timezone.localdate(now))
    area = get_object_or_404(Area.objects.select_related("alliance"), alliance=alliance, pk=pk)
    form = AreaForm(request.POST if request.method == "POST" else None, area=area)
    told = {"service": change_area, "area": area, "by": request.user, "now": now}
    if form.is_valid() and saved(form, AREA, **told, changes=form.changes, seen_version=form.seen):
        messages.success(request, f"{form.changes['name']} saved.")
        return redirect(_home(slug))
    wording = Wording(
        f"Change {area}",
        "Save",
        _home(slug),
        f"An area of {alliance}.",
        PEOPLE,
        history=past_of(request, area),
    )
    return form_page(request, alliance, form, wording)


def link_add(request: PersonRequest, slug: str) -> HttpResponse:
    """What the alliance is, or becomes, to another."""
    now = timezone.now()
    alliance = alliance_to_run(request, slug, on=timezone.localdate(now))
    form = LinkForm(request.POST if request.method == "POST" else None, alliance=alliance)
    told = {"service": link_alliances, "alliance": alliance, "by": request.user, "now": now}
    if form.is_valid() and saved(form, LINK, **told, other=form.other, **form.cleaned_data):
        where = "on both pages" if form.other else "on this alliance’s page"
        messages.success(request, f"The link stands {where} now.")
        return redirect(_home(slug))
    lead = f"{alliance} and an alliance it belongs to, goes over into or works with."
    wording = Wording("Link another alliance", "Link it", _home(slug), lead, PEOPLE)
    return form_page(request, alliance, form, wording)


def link_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Asks once more; either alliance's director may take a link away."""
    now = timezone.now()
    alliance = alliance_to_run(request, slug, on=timezone.localdate(now))
    links = AllianceLink.objects.of(alliance).select_related("alliance", "other")
    link = get_object_or_404(links, pk=pk)
    if request.method == "POST":
        unlink_alliances(link=link, by=request.user, now=now)
        messages.success(request, "The link is gone.")
        return redirect(_home(slug))
    words = f"{link.alliance} {link.get_kind_display()} {link.other or link.name}."
    lead = f"{words} It leaves the pages of both."
    wording = Wording("Take this link away?", "Take it away", _home(slug), lead, PEOPLE)
    return question_page(request, alliance, None, wording)
