"""The schools of an alliance: its list, and a director who adds, changes and ends memberships."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.exporting import MEMBERSHIPS
from alliances.membership.filters import MembershipFilterSet, order_of
from alliances.membership.forms import AddSchoolForm, EndForm, JoinForm, MembershipForm
from alliances.membership.forms.kept import BACKWARDS
from alliances.membership.models import HERE, Alliance, Membership
from alliances.membership.permissions import can_edit_alliance
from alliances.membership.services import (
    EndsBeforeItStarts,
    MemberAlready,
    add_school,
    change_membership,
    end_membership,
    join_fully,
)
from alliances.membership.views.finding import (
    SCHOOLS,
    Refusals,
    Wording,
    alliance_to_run,
    form_page,
    own_alliance,
    past_of,
    question_page,
    saved,
    with_standing,
)
from alliances.schools.models import School
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.exports import export
from partnership.toolkit.pagination import page_of
from partnership.toolkit.spoken_dates import spoken_date

FOUND_AT_ONCE = 25
BELONGS_ALREADY = (
    "This school belongs to the alliance on some of these days already. "
    "End that membership first, or choose other days."
)


def refusals_at(field: str) -> Refusals:
    """Where a form says that the days can't be so."""
    return {MemberAlready: (field, BELONGS_ALREADY), EndsBeforeItStarts: (field, BACKWARDS)}


REFUSALS = refusals_at("starts_on")


def _filtered(request: PersonRequest, alliance: Alliance, today: date) -> MembershipFilterSet:
    memberships = Membership.objects.filter(alliance=alliance).select_related("school")
    return MembershipFilterSet(request.GET, memberships, on=today)


@require_safe
def membership_list(request: PersonRequest, slug: str) -> HttpResponse:
    """Which schools belong, will, or did; its director changes it from here."""
    today = timezone.localdate()
    alliance = own_alliance(request, slug)
    filterset = _filtered(request, alliance, today)
    order = request.GET.get("order", "")
    page = page_of(filterset.qs.order_by(*order_of(order)), request)
    for membership in page:
        with_standing(membership, today)
    context = {
        "alliance": alliance,
        "filterset": filterset,
        "chips": filterset.chips(),
        "page": page,
        "order": order,
        "can_edit": can_edit_alliance(request.user, alliance, today),
    }
    return render(request, "membership/membership_list.html", context)


@require_safe
def membership_export(request: PersonRequest, slug: str, kind: str) -> HttpResponseBase:
    """The list with its filters as a file; it names no person."""
    today = timezone.localdate()
    alliance = own_alliance(request, slug)
    order = order_of(request.GET.get("order", ""))
    found = _filtered(request, alliance, today).qs.order_by(*order).iterator(1_000)
    rows = (with_standing(membership, today) for membership in found)
    name = f"schools-of-{alliance.slug[:60]}"
    return export(kind, name=name, columns=MEMBERSHIPS, rows=rows, on=today)


@require_safe
def membership_find(request: PersonRequest, slug: str) -> HttpResponse:
    """A director looks for the school to add."""
    today = timezone.localdate()
    alliance = alliance_to_run(request, slug, on=today)
    text = request.GET.get("text", "").replace("\x00", "")[:100].strip()
    members = Membership.objects.on_or_after(today).filter(alliance=alliance, school=OuterRef("pk"))
    schools = (
        School.objects.visible_to(request.user).matching(text) if text else School.objects.none()
    )
    rows = schools.exclude(status="Closed").annotate(is_member=Exists(members))
    page = page_of(rows.order_by("search_text", "pk"), request, size=FOUND_AT_ONCE)
    context = {"alliance": alliance, "page": page, "text": text}
    return render(request, "membership/membership_find.html", context)


def membership_add(request: PersonRequest, slug: str, urn: int) -> HttpResponse:
    """How the school that was found shall belong; as a partner it may join later."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = alliance_to_run(request, slug, on=today)
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    form = AddSchoolForm(request.POST if request.method == "POST" else None, on=today)
    if form.is_valid():
        told = {"alliance": alliance, "school": school, "by": request.user, "now": now}
        if saved(form, REFUSALS, service=add_school, **told, **form.cleaned_data):
            messages.success(request, _said_of_added(school, form.cleaned_data))
            return redirect("membership:membership_list", slug=slug)
    back = reverse("membership:membership_find", args=[slug])
    lead = f"To {alliance}. {school.address}"
    wording = Wording(f"Add {school}", "Add the school", back, lead, place=SCHOOLS)
    return form_page(request, alliance, form, wording)


def _said_of_added(school: School, facts: dict[str, Any]) -> str:
    kind = Membership.Kind(facts["kind"]).label.lower()
    article = "an" if kind == "associate" else "a"
    first = f"{school} is {article} {kind} from {spoken_date(facts['starts_on'])}."
    if facts["joins_on"]:
        return f"{first} It becomes a full member on {spoken_date(facts['joins_on'])}."
    return first


def _membership_or_404(alliance: Alliance, pk: int) -> Membership:
    memberships = Membership.objects.select_related("school", "alliance")
    return get_object_or_404(memberships, alliance=alliance, pk=pk)


def membership_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Kind and days of a membership, and what happened to it."""
    now = timezone.now()
    alliance = alliance_to_run(request, slug, on=timezone.localdate(now))
    membership = _membership_or_404(alliance, pk)
    form = MembershipForm(request.POST if request.method == "POST" else None, membership=membership)
    if form.is_valid():
        told = {"membership": membership, "changes": form.changes, "by": request.user, "now": now}
        told |= {"service": change_membership, "seen_version": form.seen}
        if saved(form, REFUSALS, **told):
            messages.success(request, f"{membership.school} saved.")
            return redirect("membership:membership_list", slug=slug)
    return form_page(
        request, alliance, form, _edit_wording(request, membership, timezone.localdate(now))
    )


def _edit_wording(request: PersonRequest, membership: Membership, today: date) -> Wording:
    slug = membership.alliance.slug
    standing = membership.standing_on(today)
    acts: tuple[tuple[str, str], ...] = ()
    if standing in HERE:
        acts = ((reverse("membership:membership_end", args=[slug, membership.pk]), "Let it leave"),)
        if membership.kind != Membership.Kind.FULL and not membership.ending:
            address = reverse("membership:membership_join", args=[slug, membership.pk])
            acts = ((address, "It becomes a full member"), *acts)
    because = f" Reason: {membership.because}" if membership.because else ""
    return Wording(
        f"{membership.school} in {membership.alliance}",
        "Save",
        reverse("membership:membership_list", args=[slug]),
        f"{standing.label}; {membership.get_kind_display().lower()}.{because}",
        SCHOOLS,
        history=past_of(request, membership),
        acts=acts,
    )


def membership_join(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A partner or associate becomes a full member on a day."""
    now = timezone.now()
    alliance = alliance_to_run(request, slug, on=timezone.localdate(now))
    membership = _membership_or_404(alliance, pk)
    is_open = membership.kind != Membership.Kind.FULL and not membership.ending
    require(is_open, "This membership doesn’t go on to a full one.")
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = {"membership": membership, **form.cleaned_data, "by": request.user, "now": now}
        if saved(form, refusals_at("joins_on"), service=join_fully, **told):
            day = spoken_date(form.cleaned_data["joins_on"])
            messages.success(request, f"{membership.school} is a full member from {day}.")
            return redirect("membership:membership_list", slug=slug)
    wording = Wording(
        f"When does {membership.school} become a full member?",
        "Make it a full member",
        reverse("membership:membership_edit", args=[slug, pk]),
        f"It is {membership.get_kind_display().lower()} until the day before.",
        SCHOOLS,
    )
    return form_page(request, alliance, form, wording)


def membership_end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Asks once more, for the last day and the reason."""
    now = timezone.now()
    alliance = alliance_to_run(request, slug, on=timezone.localdate(now))
    membership = _membership_or_404(alliance, pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = {"membership": membership, **form.cleaned_data, "by": request.user, "now": now}
        if saved(form, refusals_at("last_day"), service=end_membership, **told):
            day = spoken_date(form.cleaned_data["last_day"])
            messages.success(request, f"{membership.school} leaves; {day} is its last day.")
            return redirect("membership:membership_list", slug=slug)
    wording = Wording(
        f"Let {membership.school} leave {alliance}?",
        "Let it leave",
        reverse("membership:membership_edit", args=[slug, pk]),
        "From the day after, its people no longer see what only the alliance’s people see. "
        "What it did stays on record, and it can come back.",
        SCHOOLS,
    )
    return question_page(request, alliance, form, wording)
