"""The swift review: two views, the head's reply, the judgement."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from support.directory.models import SupportArea
from support.programmes.forms.reviews import JudgementForm, ReplyForm, ViewForm
from support.programmes.models import Programme, ReviewView, Stage
from support.programmes.parts.review import meanings, ratings_of, views_for
from support.programmes.permissions import Rights
from support.programmes.services import (
    NotTheTurn,
    judge_review,
    keep_view,
    look_again,
    reply_to_review,
)
from support.programmes.views.finding import rights_or_404

NOT_NOW = "The review stands at another step now. Look at its page."
REFUSALS: Refusals = {NotTheTurn: ("", NOT_NOW)}
FOR_THE_SCHOOL = "The head of the supported school does this, or who acts for her."
FOR_THE_ALLIANCE = "The alliance’s director does this, or whom she names."
GIVEN = {
    "school": "Your view is given. The assessor writes hers next.",
    "assessor": "The assessor’s view is given. The head reads it and replies before it counts.",
}


def review_own_view(request: PersonRequest, pk: int) -> HttpResponse:
    """The school says first how it sees itself."""
    rights = rights_or_404(request, pk)
    require(rights.may_write_for_school, FOR_THE_SCHOOL)
    wording = Wording(
        "How do you see your school?",
        "Give this view",
        rights.programme.get_absolute_url(),
        "Your own view comes first; the assessor reads it only once you give it.",
    )
    return _view_page(request, rights, ReviewView.Side.SCHOOL, Stage.OWN_VIEW, wording)


def review_assess(request: PersonRequest, pk: int) -> HttpResponse:
    """The assessor writes hers beside the school's."""
    rights = rights_or_404(request, pk)
    require(rights.is_of_alliance, FOR_THE_ALLIANCE)
    wording = Wording(
        "The assessor’s view",
        "Give this view",
        rights.programme.get_absolute_url(),
        "The head reads it and replies before anything is decided.",
    )
    return _view_page(request, rights, ReviewView.Side.ASSESSOR, Stage.ASSESSMENT, wording)


def _view_page(
    request: PersonRequest, rights: Rights, side: str, stage: Stage, wording: Wording
) -> HttpResponse:
    programme = rights.programme
    if programme.stage_now != stage:
        messages.info(request, NOT_NOW)
        return redirect(programme)
    shown = views_for(rights)
    own = next((each for each in shown if each.view.side == side), None)
    is_given = request.POST.get("then") != "draft"
    form = ViewForm(
        request.POST if request.method == "POST" else None,
        areas=_areas(programme),
        view=own.view if own else None,
        needs={need.area_id: need.words for need in own.needs} if own else {},
        is_given=is_given,
    )
    if form.is_valid() and _kept(request, form, programme, side, is_given=is_given):
        messages.success(request, GIVEN[side] if is_given else "Kept as a draft.")
        return redirect(programme)
    others = [each for each in shown if each.view.side != side]
    context = {
        "programme": programme,
        "form": form,
        "wording": wording,
        "meanings": meanings(),
        "others": others,
        "ratings": ratings_of(others) if others else [],
    }
    return render(request, "programmes/review_view_form.html", context)


def _kept(
    request: PersonRequest, form: ViewForm, programme: Programme, side: str, *, is_given: bool
) -> bool:
    return saved(
        form,
        REFUSALS,
        service=keep_view,
        programme=programme,
        side=side,
        changes=form.said,
        needs=form.needs,
        is_given=is_given,
        by=request.user,
        now=timezone.now(),
        seen_version=form.seen,
    )


def _areas(programme: Programme) -> list[tuple[int, str]]:
    areas = SupportArea.objects.in_use().filter(alliance=programme.alliance_id)
    return list(areas.order_by("name", "pk").values_list("pk", "name"))


def review_reply(request: PersonRequest, pk: int) -> HttpResponse:
    """The head has read both views and replies."""
    rights = rights_or_404(request, pk)
    require(rights.may_write_for_school, FOR_THE_SCHOOL)
    if rights.programme.stage_now != Stage.REPLY:
        return _moved_on(request, rights)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    told = {"programme": rights.programme, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, REFUSALS, service=reply_to_review, **told, **form.cleaned_data
    ):
        messages.success(request, "Your reply stands beside the review. The director decides next.")
        return redirect(rights.programme)
    lead = "Read both views below. Nothing counts before you have replied."
    return _answer_page(request, rights, form, "Reply to the review", "Send the reply", lead)


def review_judge(request: PersonRequest, pk: int) -> HttpResponse:
    """The director decides the approach, with reasons."""
    rights = rights_or_404(request, pk)
    require(rights.is_of_alliance, FOR_THE_ALLIANCE)
    if rights.programme.stage_now != Stage.JUDGEMENT:
        return _moved_on(request, rights)
    now = timezone.now()
    typed = request.POST if request.method == "POST" else None
    form = JudgementForm(typed, today=timezone.localdate(now))
    told = {"programme": rights.programme, "by": request.user, "now": now}
    if form.is_valid() and saved(form, REFUSALS, service=judge_review, **told, **form.cleaned_data):
        label = Programme.Approach(form.cleaned_data["approach"]).label
        messages.success(request, f"Decided: {label.lower()}. The school is told.")
        return redirect(rights.programme)
    lead = "By both views and the head’s reply."
    return _answer_page(request, rights, form, "Decide the approach", "Decide", lead)


def _answer_page(
    request: PersonRequest,
    rights: Rights,
    form: ReplyForm | JudgementForm,
    title: str,
    button: str,
    lead: str,
) -> HttpResponse:
    views = views_for(rights)
    context = {
        "programme": rights.programme,
        "form": form,
        "wording": Wording(title, button, rights.programme.get_absolute_url(), lead),
        "part": {
            "programme": rights.programme,
            "review": views[0].view.review if views and rights.programme.replied_at else None,
            "views": views,
            "ratings": ratings_of(views),
            "meanings": meanings(),
        },
    }
    return render(request, "programmes/review_answer_form.html", context)


def _moved_on(request: PersonRequest, rights: Rights) -> HttpResponse:
    messages.info(request, NOT_NOW)
    return redirect(rights.programme)


def review_again(request: PersonRequest, pk: int) -> HttpResponse:
    """What was watched is judged afresh, after a question."""
    rights = rights_or_404(request, pk)
    require(rights.is_of_alliance, FOR_THE_ALLIANCE)
    programme = rights.programme
    if programme.state != Programme.State.WATCHED:
        return _moved_on(request, rights)
    if request.method == "POST":
        try:
            look_again(programme=programme, by=request.user, now=timezone.now())
        except NotTheTurn:
            return _moved_on(request, rights)
        return redirect(reverse("programmes:review_judge", args=[pk]))
    context = {"programme": programme, "back": programme.get_absolute_url()}
    return render(request, "programmes/review_again.html", context)
