"""Accepting or declining a visit: on the day's page, on the desk, and from the mail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from alliances.membership.views.finding import Wording
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from reviews.cycles.forms.days import DeclineForm
from reviews.cycles.links import read_token
from reviews.cycles.models import DayPlace
from reviews.cycles.permissions import answers_place
from reviews.cycles.services.answering import NoLongerAsked, answer_visit, refuse_if_lapsed
from reviews.cycles.views.day_finding import day_for, day_form_page

SAID = {
    DayPlace.Answer.ACCEPTED: "You have accepted the visit",
    DayPlace.Answer.DECLINED: "You have declined the visit",
}
NO_SUCH_LINK = "This link is not whole. Copy all of it from the mail, or open the mail’s button."
HERSELF = "Everybody answers for herself."


def _said(request: HttpRequest) -> DayPlace.Answer | None:
    said = request.POST.get("answer", "")
    return next((each for each in SAID if each.value == said), None)


def _own_place(request: PersonRequest, pk: int, place_pk: int) -> DayPlace:
    """Her own place in the team of a day that she may see."""
    _rights, day = day_for(request, pk)
    places = DayPlace.objects.filter(pk=place_pk, day=day).select_related("person")
    place: DayPlace = found(list(places))
    require(answers_place(request.user, place), HERSELF)
    place.day = day
    return place


def _way_back(request: HttpRequest, fallback: str) -> str:
    wished = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wished, allowed_hosts=None)
    return wished if is_ours and wished.startswith("/") else fallback


@require_POST
def place_answer(request: PersonRequest, pk: int, place_pk: int) -> HttpResponse:
    """Accept or decline with one click."""
    place = _own_place(request, pk, place_pk)
    said = _said(request)
    if said is None:
        messages.error(request, "Choose accept or decline.")
        return redirect(place.day)
    try:
        answer_visit(place=place, answer=said, by=request.user, now=timezone.now())
    except NoLongerAsked as lapsed:
        messages.error(request, str(lapsed))
    else:
        messages.success(request, f"{SAID[said]}.")
    return redirect(_way_back(request, place.day.get_absolute_url()))


def place_decline(request: PersonRequest, pk: int, place_pk: int) -> HttpResponse:
    """A no with a reason that nobody but she ever reads."""
    place = _own_place(request, pk, place_pk)
    data = request.POST if request.method == "POST" else None
    form = DeclineForm(data, initial={"because": place.because})
    if form.is_valid():
        declined = DayPlace.Answer.DECLINED
        told = {"because": form.cleaned_data["because"], "by": request.user}
        try:
            answer_visit(place=place, answer=declined, now=timezone.now(), **told)
        except NoLongerAsked as lapsed:
            messages.error(request, str(lapsed))
        else:
            messages.success(request, f"{SAID[declined]}.")
        return redirect(place.day)
    wording = Wording(
        title="Decline the visit",
        button="Decline",
        back=place.day.get_absolute_url(),
        lead="The organisers are told that you can’t come, and ask somebody else.",
    )
    return day_form_page(request, place.day, form, wording)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _lapsed(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    page = render(request, "cycles/answer_lapsed.html", {"sentence": sentence}, status=status)
    return _private(page)


def _asked(token: str) -> DayPlace | None:
    """The place that a mail's link is about, if she who is asked still signs in."""
    places = DayPlace.objects.filter(pk=read_token(token) or 0, person__is_active=True)
    return places.select_related("person", "day__cycle__alliance", "day__school").first()


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def place_answer_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail: a GET shows the day without the school and changes nothing; a POST answers.

    The signed token is what allows it. Browsers that tell no referrer post "Origin: null", which the
    check against forgery would refuse; nobody can forge what needs the token.
    """
    place = _asked(token)
    if place is None:
        return _lapsed(request, NO_SUCH_LINK, status=404)
    said = _said(request) if request.method == "POST" else None
    now = timezone.now()
    try:
        if said is not None:
            place = answer_visit(place=place, answer=said, by=place.person, now=now)
        refuse_if_lapsed(place, now=now)
    except NoLongerAsked as lapsed:
        return _lapsed(request, str(lapsed), status=410)
    context = {"place": place, "day": place.day, "said": SAID[said] if said else ""}
    return _private(render(request, "cycles/answer_by_mail.html", context))
