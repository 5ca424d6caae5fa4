"""Concerns: pages for the director and the two heads, and for nobody else."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from support.programmes.permissions import Rights
from support.programmes.views.finding import form_page, rights_or_404
from support.progress.forms.concerns import (
    ConcernForm,
    ConcernReplyForm,
    ConcernResolveForm,
    ConcernStepForm,
)
from support.progress.models import Concern
from support.progress.permissions import (
    can_raise_concern,
    can_reply_to_concern,
    can_resolve_concern,
    can_see_concerns,
    can_settle_concern,
    concern_side,
)
from support.progress.services import (
    NoReplyAsked,
    NotGoingOn,
    ResolvedAlready,
    add_step,
    raise_concern,
    reply_to_concern,
    resolve_concern,
)
from support.progress.views.finding import course_page

TAB = "progress:concern_list"
FOR_THREE = "Only the director and the two heads read this."
REFUSALS: Refusals = {
    NotGoingOn: ("", "The support is over: its concerns are read, and nothing is added."),
    ResolvedAlready: ("", "The concern is resolved already."),
    NoReplyAsked: ("", "The head has replied already."),
}
ONE_OF_THREE = "The director and the two heads read it, and nobody else."


def _concerned(request: PersonRequest, pk: int) -> Rights:
    rights = rights_or_404(request, pk)
    require(can_see_concerns(rights), FOR_THREE)
    return rights


def _concern(rights: Rights, pk: int) -> Concern:
    concerns = Concern.objects.select_related("raised_by", "replied_by", "resolved_by")
    return get_object_or_404(concerns, programme=rights.programme, pk=pk)


@require_safe
def concern_list(request: PersonRequest, pk: int) -> HttpResponse:
    """Every concern, the latest first."""
    rights = _concerned(request, pk)
    concerns = rights.programme.concerns.select_related("raised_by")
    now = timezone.now()
    return course_page(
        request,
        rights,
        "progress/concern_list.html",
        "Concerns",
        TAB,
        concerns=list(concerns.order_by("-raised_at", "-pk")),
        can_raise=can_raise_concern(rights),
        now=now,
    )


def concern_raise(request: PersonRequest, pk: int) -> HttpResponse:
    """One of the three says what stands in the way."""
    rights = _concerned(request, pk)
    require(can_raise_concern(rights), FOR_THREE)
    form = ConcernForm(request.POST if request.method == "POST" else None)
    told = {"programme": rights.programme, "by": request.user, "now": timezone.now()}
    side = concern_side(rights)
    if form.is_valid() and saved(
        form, REFUSALS, service=raise_concern, side=side, **told, **form.cleaned_data
    ):
        messages.success(request, "The other two are told that there is news, not what it is.")
        return redirect(TAB, pk)
    wording = Wording("Raise a concern", "Raise it", address(TAB, pk), ONE_OF_THREE)
    return form_page(request, rights.programme, form, wording)


@require_safe
def concern_detail(request: PersonRequest, pk: int, concern_pk: int) -> HttpResponse:
    """The concern, the head's reply beside it, and what was done."""
    rights = _concerned(request, pk)
    concern = _concern(rights, concern_pk)
    is_open = concern.resolved_at is None
    steps = concern.steps.select_related("taken_by").order_by("taken_at", "pk")
    return course_page(
        request,
        rights,
        "progress/concern_detail.html",
        "Concern",
        TAB,
        concern=concern,
        steps=list(steps),
        asks_reply=concern.side != "school",
        is_late=concern.replied_at is None and concern.reply_by < timezone.now(),
        can_reply=is_open and can_reply_to_concern(rights, concern),
        can_step=is_open and can_settle_concern(rights),
        can_resolve=is_open and can_resolve_concern(rights, concern),
    )


def concern_reply(request: PersonRequest, pk: int, concern_pk: int) -> HttpResponse:
    """The supported head says how she sees it."""
    rights = _concerned(request, pk)
    concern = _concern(rights, concern_pk)
    require(can_reply_to_concern(rights, concern), "The supported head replies, once.")
    form = ConcernReplyForm(request.POST if request.method == "POST" else None)
    back = address("progress:concern_detail", pk, concern_pk)
    told = {"concern": concern, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, REFUSALS, service=reply_to_concern, **told, **form.cleaned_data
    ):
        messages.success(request, "Your reply stands beside the concern.")
        return redirect(back)
    wording = Wording("Reply to the concern", "Send the reply", back, ONE_OF_THREE)
    above = "progress/includes/_concern_words.html"
    return form_page(request, rights.programme, form, wording, above=above, concern=concern)


def concern_step(request: PersonRequest, pk: int, concern_pk: int) -> HttpResponse:
    """One of the three writes what was done."""
    rights = _concerned(request, pk)
    concern = _concern(rights, concern_pk)
    require(can_settle_concern(rights), FOR_THREE)
    form = ConcernStepForm(request.POST if request.method == "POST" else None)
    back = address("progress:concern_detail", pk, concern_pk)
    told = {"concern": concern, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, REFUSALS, service=add_step, **told, **form.cleaned_data):
        messages.success(request, "Written down.")
        return redirect(back)
    wording = Wording("What was done?", "Write it down", back, ONE_OF_THREE)
    return form_page(request, rights.programme, form, wording)


def concern_resolve(request: PersonRequest, pk: int, concern_pk: int) -> HttpResponse:
    """The director, or whoever raised it, says how it ended."""
    rights = _concerned(request, pk)
    concern = _concern(rights, concern_pk)
    require(can_resolve_concern(rights, concern), "The director does this, or who raised it.")
    form = ConcernResolveForm(request.POST if request.method == "POST" else None)
    back = address("progress:concern_detail", pk, concern_pk)
    told = {"concern": concern, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, REFUSALS, service=resolve_concern, **told, **form.cleaned_data
    ):
        messages.success(request, "The concern is resolved.")
        return redirect(back)
    wording = Wording("How was it resolved?", "Resolve it", back, "Nothing is added after this.")
    return form_page(request, rights.programme, form, wording)
