"""The director lets a programme rest, lets it go on, or ends it before its time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from support.programmes.permissions import Rights
from support.programmes.views.finding import form_page, question_page, rights_or_404
from support.progress.forms.pausing import PauseForm, ResumeForm, StopForm
from support.progress.permissions import can_pause, can_resume, can_stop
from support.progress.services import (
    NotPaused,
    NotUnderWay,
    pause_programme,
    resume_programme,
    stop_programme,
)

FOR_THE_ALLIANCE = "The alliance’s director does this, or whom she names."
REFUSALS: Refusals = {
    NotUnderWay: ("because", "The programme is paused or over already. Look at its page."),
    NotPaused: ("words", "The programme isn’t paused any more. Look at its page."),
}


def _told(request: PersonRequest, rights: Rights) -> dict[str, Any]:
    return {"programme": rights.programme, "by": request.user, "now": timezone.now()}


def programme_pause(request: PersonRequest, pk: int) -> HttpResponse:
    """Why it rests, and until when nobody looks."""
    rights = rights_or_404(request, pk)
    require(rights.is_of_alliance, FOR_THE_ALLIANCE)
    programme = rights.programme
    if not can_pause(rights):
        messages.info(request, "Only support that is under way can be paused.")
        return redirect(programme)
    form = PauseForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if form.is_valid():
        work = _told(request, rights) | {
            "because": form.cleaned_data["because"],
            "look_again_at": form.look_again_at,
        }
        if saved(form, REFUSALS, service=pause_programme, **work):
            messages.success(request, "The programme is paused. Everybody in it is told.")
            return redirect(programme)
    wording = Wording(
        "Pause the programme",
        "Pause it",
        programme.get_absolute_url(),
        "Everything stays to be read. Nothing is asked of anybody, and nothing is changed, until "
        "you let it go on. Visits that are planned stay in the diary: move or cancel them first.",
    )
    return form_page(request, programme, form, wording)


def programme_resume(request: PersonRequest, pk: int) -> HttpResponse:
    """It goes on where it was."""
    rights = rights_or_404(request, pk)
    require(rights.is_of_alliance, FOR_THE_ALLIANCE)
    programme = rights.programme
    if not can_resume(rights):
        messages.info(request, "The programme isn’t paused.")
        return redirect(programme)
    form = ResumeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        work = _told(request, rights) | {"words": form.cleaned_data["words"]}
        if saved(form, REFUSALS, service=resume_programme, **work):
            messages.success(request, "The programme goes on. Everybody in it is told.")
            return redirect(programme)
    wording = Wording(
        "Let the programme go on",
        "Let it go on",
        programme.get_absolute_url(),
        "It goes on where it was. What fell due in the meantime is asked for again.",
    )
    return form_page(request, programme, form, wording)


def programme_stop(request: PersonRequest, pk: int) -> HttpResponse:
    """It ends early, after a question: nothing brings it back."""
    rights = rights_or_404(request, pk)
    require(rights.is_of_alliance, FOR_THE_ALLIANCE)
    programme = rights.programme
    if not can_stop(rights):
        messages.info(request, "The programme is over already, or its terms are.")
        return redirect(programme)
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        work = _told(request, rights) | {"because": form.cleaned_data["because"]}
        if saved(form, REFUSALS, service=stop_programme, **work):
            messages.success(request, "The support has ended. Everybody in it is told.")
            return redirect(programme)
    wording = Wording(
        "End the support early",
        "End it",
        programme.get_absolute_url(),
        "Visits and placements that are planned are called off, days that were promised and not "
        "given are free again, and nothing more is written. It can’t be taken back: to pause is "
        "enough where the school needs time.",
    )
    return question_page(request, programme, form, wording)
