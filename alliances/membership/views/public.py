"""The public page of an alliance, and its director who words it and switches it on."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.forms import PublicPageForm
from alliances.membership.models import Alliance, Area, Membership, PublicPage
from alliances.membership.permissions import can_edit_alliance
from alliances.membership.services import edit_public_page
from alliances.membership.surroundings import around
from alliances.membership.views.finding import Wording, alliance_to_run, form_page, past_of, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found
from partnership.toolkit.statements import answer


def _pages(*, slug: str) -> QuerySet[PublicPage]:
    return PublicPage.objects.filter(alliance__slug=slug).select_related("alliance")


def _members(*, alliance: Alliance, on: date) -> QuerySet[Membership]:
    members = Membership.objects.on(on).filter(alliance=alliance).select_related("school")
    return members.order_by("school__search_text", "pk")


def _areas(*, alliance: Alliance, on: date) -> QuerySet[Area]:
    areas = Area.objects.filter(alliance=alliance)
    return (areas.filter(closed_on=None) | areas.filter(closed_on__gte=on)).order_by("name", "pk")


def _open_page(request: HttpRequest, slug: str, today: date) -> PublicPage:
    """The page when everybody may read it; its director sees it before."""
    page: PublicPage = found(answer(_pages, slug=slug))
    person = request.user
    is_hers = person.is_authenticated and can_edit_alliance(person, page.alliance, today)
    return found([page] if page.is_open or is_hers else [])


@login_not_required
@require_safe
def public_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Public facts alone: what the alliance says of itself, its schools and its partners."""
    today = timezone.localdate()
    page = _open_page(request, slug, today)
    told = {"alliance": page.alliance, "on": today}
    context = {
        "page": page,
        "alliance": page.alliance,
        "members": answer(_members, **told),
        "areas": answer(_areas, **told),
        "around": around(page.alliance, today),
        "today": today,
    }
    return render(request, "membership/public_page.html", context)


def public_page_edit(request: PersonRequest, slug: str) -> HttpResponse:
    """The director words the page, and opens or closes it."""
    now = timezone.now()
    alliance = alliance_to_run(request, slug, on=timezone.localdate(now))
    pages = PublicPage.objects.filter(alliance=alliance)
    page = pages.first() or PublicPage(alliance=alliance, version=0)
    form = PublicPageForm(request.POST if request.method == "POST" else None, page=page)
    told = {"service": edit_public_page, "alliance": alliance, "by": request.user, "now": now}
    if form.is_valid() and saved(form, {}, **told, changes=form.changes, seen_version=form.seen):
        is_open = form.changes["is_open"]
        state = "Everybody may read it now." if is_open else "Only you see it for now."
        messages.success(request, f"Public page saved. {state}")
        return redirect("membership:public_page", slug=slug)
    wording = Wording(
        f"Public page of {alliance}",
        "Save",
        alliance.get_absolute_url(),
        "Everybody can read this page once you open it. It names no person.",
        history=past_of(request, page) if page.pk else None,
        acts=((reverse("membership:public_page", args=[slug]), "See the page"),) if page.pk else (),
    )
    return form_page(request, alliance, form, wording)
