"""What changed: an answer for each area for development, then given, and opened again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alliances.membership.views.finding import Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found
from reviews.days.forms.checking_back import AnswerForm, GiveForm
from reviews.days.parts.after import areas_with_answers, check_back_if_begun
from reviews.days.services.checking_back import (
    answer_area,
    give_check_back,
    reopen_check_back,
)
from reviews.days.views.after import (
    REFUSALS,
    back_to,
    done,
    form_page,
    question_page,
    review_to_follow_up,
)

PLACE = "check-back"
ABOVE = "days/includes/_area.html"


def area_answer(request: PersonRequest, pk: int, part_pk: int) -> HttpResponse:
    """What changed in one area, for whom, and how the school knows."""
    rights = review_to_follow_up(request, pk)
    areas = areas_with_answers(rights.review)
    area = found([each for each in areas if each.part.pk == part_pk])
    form = AnswerForm(request.POST if request.method == "POST" else None, answer=area.answer)
    told = {"review": rights.review, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=answer_area,
        **told,
        part=area.part,
        facts=form.facts,
        seen_version=form.seen,
    ):
        messages.success(request, "Saved. The lead and the champion read it once all is given.")
        return redirect(back_to(rights, PLACE))
    wording = Wording(f"What changed: {area.name}", "Save", back_to(rights, PLACE))
    return form_page(request, rights, form, wording, above=ABOVE, area=area)


def check_back_give(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what comes next, and that this is what changed."""
    rights = review_to_follow_up(request, pk)
    check_back = check_back_if_begun(rights.review)
    form = GiveForm(request.POST if request.method == "POST" else None, check_back=check_back)
    told = {"review": rights.review, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=give_check_back,
        **told,
        next_steps=form.changes["next_steps"],
        seen_version=form.seen,
    ):
        messages.success(request, "Given. The lead and the champion are told.")
        return redirect(back_to(rights, PLACE))
    lead = "The lead reviewer and the champion are told by mail and read your answers here."
    wording = Wording("Give the check-back", "Give it", back_to(rights, PLACE), lead)
    return form_page(request, rights, form, wording)


def check_back_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, then what changed can be said otherwise."""
    rights = review_to_follow_up(request, pk)
    if request.method == "POST":
        told = {"review": rights.review}
        return done(request, rights, "It is open again.", PLACE, reopen_check_back, **told)
    lead = "It counts as not given, and is owed again, until you give it anew."
    wording = Wording("Open the check-back again?", "Open it", back_to(rights, PLACE), lead)
    return question_page(request, rights, wording)
