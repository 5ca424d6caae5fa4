"""The list of alliances, the page of one, and wording it anew."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.filters import AllianceFilterSet
from alliances.membership.forms import AllianceForm
from alliances.membership.models import Alliance, AlliancePost, Membership
from alliances.membership.permissions import (
    can_edit_alliance,
    can_see_alliance,
    can_see_names_in,
)
from alliances.membership.services import edit_alliance
from alliances.membership.surroundings import around, with_titles
from partnership.audit.history import History, history_of, wants_whole_history
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.answers import Answers
from partnership.toolkit.pagination import page_of
from partnership.toolkit.registers import cards_for
from partnership.toolkit.statements import answer
from partnership.toolkit.versions import ChangedSince

MEMBER_COLUMNS = (
    *("kind", "starts_on", "ends_on", "means_to_join", "ending", "alliance_id"),
    *(f"school__{name}" for name in ("urn", "name", "town", "phase")),
)


@require_safe
def alliance_list(request: PersonRequest) -> HttpResponse:
    """All alliances by name, each with how many schools it has today."""
    today = timezone.localdate()
    alliances = Alliance.objects.visible_to(request.user).with_school_count(on=today)
    filterset = AllianceFilterSet(request.GET, queryset=alliances)
    page = page_of(filterset.qs.order_by("name", "pk"), request)
    context = {"filterset": filterset, "page": page, "is_in_use": filterset.is_in_use}
    return render(request, "membership/alliance_list.html", context)


def _visible_alliance(*, person: Person, slug: str) -> QuerySet[Alliance]:
    return Alliance.objects.visible_to(person).filter(slug=slug)


def _posts_in(
    with_names: bool,  # noqa: FBT001 another SELECT
    *,
    alliance: Alliance,
    on: date,
) -> QuerySet[AlliancePost]:
    posts = AlliancePost.objects.on(on).filter(alliance=alliance).select_related("area").by_rank()
    return posts.select_related("person") if with_names else posts


def _members_of(*, alliance: Alliance, on: date) -> QuerySet[Membership]:
    memberships = Membership.objects.on(on).filter(alliance=alliance)
    with_school = memberships.select_related("school").only(*MEMBER_COLUMNS)
    return with_school.order_by("school__name", "pk")


@require_safe
def alliance_detail(request: PersonRequest, slug: str) -> HttpResponse:
    """What an alliance says of itself and its schools; for its own people also who runs it."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = found(answer(_visible_alliance, person=request.user, slug=slug))
    require(can_see_alliance(request.user, alliance))
    can_edit = alliance.is_directed = can_edit_alliance(request.user, alliance, today)
    can_see_names = can_edit or can_see_names_in(request.user, alliance, today)
    context = {
        "alliance": alliance,
        "posts": with_titles(answer(_posts_in, can_see_names, alliance=alliance, on=today)),
        "page": page_of(Answers(_members_of, alliance=alliance, on=today), request),
        "around": around(alliance, today),
        "today": today,
        "can_see_names": can_see_names,
        "can_edit": can_edit,
        "can_word_mails": can_edit or request.user.is_staff,
        "cards": cards_for("alliance", request.user, alliance, now) if can_see_names else [],
        "history": history_of(alliance, whole=wants_whole_history(request.GET))
        if can_edit
        else History(),
    }
    return render(request, "membership/alliance_detail.html", context)


def alliance_edit(request: PersonRequest, slug: str) -> HttpResponse:
    """The director words the alliance anew."""
    now = timezone.now()
    alliance = get_object_or_404(Alliance.objects.visible_to(request.user), slug=slug)
    require(
        can_edit_alliance(request.user, alliance, timezone.localdate(now)),
        "Only the alliance’s director words this page.",
    )
    form = AllianceForm(request.POST if request.method == "POST" else None, alliance=alliance)
    if form.is_valid():
        try:
            alliance = edit_alliance(
                alliance=alliance,
                changes=form.changes,
                seen_version=form.cleaned_data["seen_version"],
                by=request.user,
                now=now,
            )
        except ChangedSince as changed:
            form.show_both(changed)
        else:
            messages.success(request, f"{alliance.name} saved.")
            return redirect(alliance)
    context = {"alliance": alliance, "form": form}
    return render(request, "membership/alliance_form.html", context)
