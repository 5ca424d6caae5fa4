"""A director keeps areas, links to other alliances, and partners outside schools."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from alliances.membership.forms import AreaForm, EndForm, LinkForm, PartnerForm
from alliances.membership.forms.kept import BACKWARDS
from alliances.membership.models import AllianceLink, Area, Partner
from alliances.membership.services import (
    EndsBeforeItStarts,
    LinkedAlready,
    NameTaken,
    PartnerAlready,
    add_area,
    add_partner,
    change_area,
    change_partner,
    end_partner,
    link_alliances,
    unlink_alliances,
)
from alliances.membership.views.finding import (
    Refusals,
    Wording,
    alliance_to_run,
    form_page,
    past_of,
    question_page,
    saved,
)
from partnership.people.requests import PersonRequest
from partnership.toolkit.spoken_dates import spoken_date

AREA: Refusals = {
    NameTaken: ("name", "This alliance has an area of this name already. Choose another name.")
}
PARTNER: Refusals = {
    PartnerAlready: ("name", "An organisation of this name is a partner already."),
    EndsBeforeItStarts: ("ends_on", BACKWARDS),
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
    wording = Wording("Add an area", "Add the area", _home(slug), f"A strand of {alliance}.")
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
    wording = Wording("Link another alliance", "Link it", _home(slug), lead)
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
    wording = Wording("Take this link away?", "Take it away", _home(slug), lead)
    return question_page(request, alliance, None, wording)


def partner_add(request: PersonRequest, slug: str) -> HttpResponse:
    """An organisation outside schools joins."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = alliance_to_run(request, slug, on=today)
    form = PartnerForm(request.POST if request.method == "POST" else None, on=today)
    told = {"service": add_partner, "alliance": alliance, "by": request.user, "now": now}
    if form.is_valid() and saved(form, PARTNER, **told, **form.changes):
        messages.success(request, f"{form.changes['name']} is a partner now.")
        return redirect(_home(slug))
    wording = Wording("Add a partner", "Add the partner", _home(slug), "From outside schools.")
    return form_page(request, alliance, form, wording)


def partner_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What a partner is and brings, whom to ask for, and its days."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = alliance_to_run(request, slug, on=today)
    partners = Partner.objects.select_related("alliance")
    partner = get_object_or_404(partners, alliance=alliance, pk=pk)
    form = PartnerForm(request.POST if request.method == "POST" else None, partner=partner)
    told = {"service": change_partner, "partner": partner, "by": request.user, "now": now}
    if form.is_valid() and saved(
        form, PARTNER, **told, changes=form.changes, seen_version=form.seen
    ):
        messages.success(request, f"{form.changes['name']} saved.")
        return redirect(_home(slug))
    because = f" Reason: {partner.because}" if partner.because else ""
    lead = f"{partner.standing_on(today).label}; a partner of {alliance}.{because}"
    end = (reverse("membership:partner_end", args=[slug, pk]), "It leaves")
    wording = Wording(
        f"Change {partner}",
        "Save",
        _home(slug),
        lead,
        history=past_of(request, partner),
        acts=(end,),
    )
    return form_page(request, alliance, form, wording)


def partner_end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Asks once more, for the last day and the reason."""
    now = timezone.now()
    alliance = alliance_to_run(request, slug, on=timezone.localdate(now))
    partner = get_object_or_404(Partner, alliance=alliance, pk=pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    told = {"service": end_partner, "partner": partner, "by": request.user, "now": now}
    refusals: Refusals = {EndsBeforeItStarts: ("last_day", BACKWARDS)}
    if form.is_valid() and saved(form, refusals, **told, **form.cleaned_data):
        day = spoken_date(form.cleaned_data["last_day"])
        messages.success(request, f"{partner} leaves; {day} is its last day.")
        return redirect(_home(slug))
    back = reverse("membership:partner_edit", args=[slug, pk])
    lead = "What it did stays on record, and it can come back."
    wording = Wording(f"Let {partner} leave {alliance}?", "Let it leave", back, lead)
    return question_page(request, alliance, form, wording)
