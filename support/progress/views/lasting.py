"""Looking back at the whole, saying whether it lasts, and letting others read of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from support.programmes.permissions import Rights
from support.programmes.views.finding import form_page
from support.progress.course.ratings import meanings
from support.progress.forms.endings import CheckbackForm, FinalViewForm, StoryForm, SustainForm
from support.progress.models import Ending, FinalView, SustainCheck
from support.progress.permissions import (
    can_answer_story,
    can_check_whether_it_lasts,
    can_give_final_view,
    can_name_story,
    final_side,
)
from support.progress.services import (
    CheckGiven,
    FinalViewGiven,
    LookedBackAlready,
    NamedAlready,
    NoFinalReview,
    NotGoingOn,
    NotNamed,
    TooEarlyToCheck,
    answer_story,
    give_sustain_check,
    keep_final_view,
    look_back,
    name_story,
)
from support.progress.views.endings import RESTING, TAB
from support.progress.views.finding import course_or_404, require_now

FOR_THE_HEADS = "The two heads look back at the whole, when the support comes to its end."
FOR_THE_SCHOOL = "The supported head does this, once the terms of support are over."
FOR_THOSE_WHO_HELPED = "The director or the supporting head does this, once the terms are over."
FOR_THE_HEAD = "The supported head alone decides this."
GIVEN_ALREADY = "Your school’s final view is given already."
REFUSALS: Refusals = {
    NotGoingOn: ("", RESTING),
    NoFinalReview: ("", "The final review is not open."),
    FinalViewGiven: ("", GIVEN_ALREADY),
    CheckGiven: ("", "This was said already."),
    TooEarlyToCheck: ("", "This is asked towards the end of the term. Say it then."),
    LookedBackAlready: ("", "This was said already."),
    NamedAlready: ("", "It is named already."),
    NotNamed: ("", "Nobody has named it."),
}


def final_view(request: PersonRequest, pk: int) -> HttpResponse:
    """One school looks back at the whole, before it sees how the other does."""
    rights = course_or_404(request, pk)
    require_now(rights, can_give_final_view(rights), FOR_THE_HEADS)
    get_object_or_404(Ending, programme=pk, closed_at=None)
    side = final_side(rights)
    own = FinalView.objects.filter(programme=pk, side=side or "").first()
    if own is not None and own.given_at is not None:
        messages.info(request, GIVEN_ALREADY)
        return redirect(TAB, pk)
    is_given = request.POST.get("then") != "draft"
    typed = request.POST if request.method == "POST" else None
    form = FinalViewForm(typed, view=own, is_given=is_given)
    if form.is_valid() and _kept(request, form, rights, is_given=is_given):
        said = "Your final view is given." if is_given else "Kept as a draft."
        messages.success(request, said)
        return redirect(TAB, pk)
    context = {
        "programme": rights.programme,
        "form": form,
        "meanings": meanings(),
        "back": address(TAB, pk),
    }
    return render(request, "progress/final_form.html", context)


def _kept(request: PersonRequest, form: FinalViewForm, rights: Rights, *, is_given: bool) -> bool:
    return saved(
        form,
        REFUSALS,
        service=keep_final_view,
        programme=rights.programme,
        side=final_side(rights),
        changes=form.changes,
        is_given=is_given,
        by=request.user,
        now=timezone.now(),
        seen_version=form.seen,
    )


def sustain_give(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """The supported school says whether what was reached still stands."""
    rights = course_or_404(request, pk)
    require_now(rights, can_check_whether_it_lasts(rights), FOR_THE_SCHOOL)
    check = get_object_or_404(SustainCheck, programme=pk, number=number)
    form = SustainForm(request.POST if request.method == "POST" else None)
    wording = Wording(
        f"Does it last? {check}",
        "Say so",
        address(TAB, pk),
        "Both schools and the director read it. It is said once.",
    )
    work = {"service": give_sustain_check, "number": number}
    return _said(
        request, rights, form, wording, "Thank you. Both schools and the director read it.", work
    )


def checkback_give(request: PersonRequest, pk: int) -> HttpResponse:
    """The supported head says what the support changed."""
    rights = course_or_404(request, pk)
    require_now(rights, can_check_whether_it_lasts(rights), FOR_THE_SCHOOL)
    form = CheckbackForm(request.POST if request.method == "POST" else None)
    lead = "What changed, for whom, and with what evidence. It is said once."
    wording = Wording("What did the support change?", "Say so", address(TAB, pk), lead)
    return _said(
        request, rights, form, wording, "Thank you. It stands on this page.", {"service": look_back}
    )


def story_name(request: PersonRequest, pk: int) -> HttpResponse:
    """Whoever gave support or directs it says why others should read of it."""
    rights = course_or_404(request, pk)
    require(can_name_story(rights), FOR_THOSE_WHO_HELPED)
    form = StoryForm(request.POST if request.method == "POST" else None)
    lead = "Nothing is written or shown before the supported head agrees, and she may take it back."
    wording = Wording("Name it for a case study", "Ask the school", address(TAB, pk), lead)
    return _said(
        request, rights, form, wording, "The supported head decides.", {"service": name_story}
    )


def _said(
    request: PersonRequest,
    rights: Rights,
    form: Any,
    wording: Wording,
    done: str,
    work: dict[str, Any],
) -> HttpResponse:
    """A page with one form about the end: save it, say so, go back to the end."""
    told = {"programme": rights.programme, "by": request.user, "now": timezone.now(), **work}
    if form.is_valid() and saved(form, REFUSALS, **told, **form.cleaned_data):
        messages.success(request, done)
        return redirect(wording.back)
    return form_page(request, rights.programme, form, wording)


@require_POST
def story_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """The supported head agrees, refuses, or changes her mind."""
    rights = course_or_404(request, pk)
    require(can_answer_story(rights), FOR_THE_HEAD)
    agrees = request.POST.get("answer") == "yes"
    told: dict[str, Any] = {
        "programme": rights.programme,
        "by": request.user,
        "now": timezone.now(),
    }
    try:
        answer_story(agrees=agrees, **told)
        said = (
            "Your school agrees to be a case study." if agrees else "There will be no case study."
        )
        messages.success(request, said)
    except (NotGoingOn, NotNamed) as refused:
        messages.warning(request, REFUSALS[type(refused)][1])
    return redirect(TAB, pk)
