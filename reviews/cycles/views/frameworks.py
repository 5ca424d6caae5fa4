"""An alliance's frameworks: the list, one version, and what becomes of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.membership.models import Alliance
from alliances.membership.views.finding import FOR_ITS_DIRECTOR, Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from partnership.toolkit.pagination import page_of
from reviews.cycles.forms.frameworks import BeginFrameworkForm
from reviews.cycles.models import Framework
from reviews.cycles.permissions import (
    can_edit_framework,
    can_read_frameworks,
    can_word_frameworks,
)
from reviews.cycles.services.frameworks import (
    NameTaken,
    NextBegunAlready,
    NothingToLookAt,
    begin_framework,
    give_up_framework,
    renew_framework,
    settle_framework,
)
from reviews.cycles.views.finding import (
    alliance_of_frameworks,
    framework_or_404,
    framework_page,
    framework_question,
)

TAKEN: Refusals = {
    NameTaken: (
        "name",
        (
            "The alliance has a framework of that name already. Choose another name, or begin the next "
            "version of that one."
        ),
    )
}
SETTLED = "This version is settled: its words don’t change. Begin the next version."


@require_safe
def framework_list(request: PersonRequest, slug: str) -> HttpResponse:
    """By name, the newest version of each on top; drafts for the director."""
    alliance = alliance_of_frameworks(request, slug)
    today = timezone.localdate()
    require(can_read_frameworks(request.user, alliance, today))
    frameworks = Framework.objects.visible_to(request.user, on=today).filter(alliance=alliance)
    context = {
        "alliance": alliance,
        "page": page_of(frameworks.order_by("name", "-number", "pk"), request),
        "can_word": can_word_frameworks(request.user, alliance, today),
    }
    return render(request, "cycles/framework_list.html", context)


@require_safe
def framework_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """All its words; a draft's with the ways to change them."""
    framework = framework_or_404(request, pk)
    today = timezone.localdate()
    require(can_read_frameworks(request.user, framework.alliance, today))
    context = {
        "framework": framework,
        "themes": list(framework.themes.order_by("place", "pk")),
        "judgements": list(framework.judgements.order_by("place", "pk")),
        "can_edit": can_edit_framework(request.user, framework, today),
        "can_word": can_word_frameworks(request.user, framework.alliance, today),
    }
    return render(request, "cycles/framework_detail.html", context)


def _older(alliance: Alliance) -> list[Framework]:
    settled = Framework.objects.filter(alliance=alliance, settled_at__isnull=False)
    return list(settled.order_by("name", "-number", "pk"))


def framework_begin(request: PersonRequest, slug: str) -> HttpResponse:
    """From one that comes with the portal, from an older version, or empty."""
    alliance = alliance_of_frameworks(request, slug)
    now = timezone.now()
    require(can_word_frameworks(request.user, alliance, timezone.localdate(now)), FOR_ITS_DIRECTOR)
    sent = request.POST if request.method == "POST" else None
    form = BeginFrameworkForm(sent, older=_older(alliance))
    told = {"service": begin_framework, "alliance": alliance, "by": request.user, "now": now}
    if form.is_valid() and saved(form, TAKEN, **told, **form.words):
        begun = get_object_or_404(Framework, alliance=alliance, name=form.words["name"])
        messages.success(request, f"{begun.name} is begun. Word it, then settle it.")
        return redirect(begun)
    wording = Wording(
        "Begin a framework",
        "Begin it",
        address("cycles:framework_list", slug),
        "What reviews look at, in your alliance’s words. Nobody else sees it until you settle it.",
    )
    return framework_page(request, alliance, form, wording)


def framework_settle(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more: afterwards the words stand."""
    framework = framework_or_404(request, pk)
    now = timezone.now()
    require(can_edit_framework(request.user, framework, timezone.localdate(now)), SETTLED)
    if request.method == "POST":
        try:
            settle_framework(framework=framework, by=request.user, now=now)
        except NothingToLookAt:
            messages.error(request, "Add a theme first: a review looks at something.")
        else:
            messages.success(request, f"{framework} is settled. Cycles may use it now.")
        return redirect(framework)
    wording = Wording(
        f"Settle {framework}?",
        "Settle it",
        framework.get_absolute_url(),
        "Its words don’t change after that; whoever wants other words begins the next version. "
        "All people of the alliance may read it.",
    )
    return framework_question(request, framework, wording)


@require_POST
def framework_renew(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin the next version; where it is begun already, go there."""
    framework = framework_or_404(request, pk)
    now = timezone.now()
    require(
        can_word_frameworks(request.user, framework.alliance, timezone.localdate(now)),
        FOR_ITS_DIRECTOR,
    )
    require(not framework.is_draft, "This version is still worded. Settle it first.")
    try:
        begun = renew_framework(framework=framework, by=request.user, now=now)
    except NextBegunAlready as already:
        messages.info(request, "The next version is being worded already: here it is.")
        return redirect(already.draft)
    messages.success(request, f"Version {begun.number} is begun with the words of this one.")
    return redirect(begun)


def framework_retire(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more: a draft is thrown away, what is settled isn't chosen any more."""
    framework = framework_or_404(request, pk)
    now = timezone.now()
    alliance = framework.alliance
    require(can_word_frameworks(request.user, alliance, timezone.localdate(now)), FOR_ITS_DIRECTOR)
    is_draft = framework.is_draft
    if request.method == "POST":
        give_up_framework(framework=framework, by=request.user, now=now)
        what = "thrown away" if is_draft else "given up; cycles that use it keep it"
        messages.success(request, f"{framework} is {what}.")
        return redirect("cycles:framework_list", alliance.slug)
    title, button, lead = (
        (f"Throw {framework} away?", "Throw it away", "All that was worded in it is lost.")
        if is_draft
        else (
            f"Give {framework} up?",
            "Give it up",
            "No new cycle can choose it. Cycles that use it keep it, and it stays to be read.",
        )
    )
    wording = Wording(title, button, framework.get_absolute_url(), lead)
    return framework_question(request, framework, wording)
