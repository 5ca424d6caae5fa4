"""The school decides who else reads its report."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alliances.membership.views.finding import Wording
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from reviews.days.models import ReportConsent
from reviews.days.parts.readers import CLOSED, OPENED, readers_of
from reviews.days.parts.report import consents_of
from reviews.days.permissions import ReviewRights
from reviews.days.services.consenting import (
    GivenAlready,
    NotGiven,
    give_consent,
    withdraw_consent,
)
from reviews.days.views.finding import report_for, review_page, review_question_page

TAB = "days:report_detail"
FOR_HEAD = "This is decided by the school’s headteacher, or by whoever releases its reports."
KEPT = (
    "From that moment on page, PDF and list are closed to them. That there was a consent stays on "
    "record."
)
Audience = ReportConsent.Audience


def _to_decide(request: PersonRequest, pk: int) -> ReviewRights:
    """The released report of her school, or 404 or 403."""
    rights = report_for(request, pk)
    require(rights.may_consent, FOR_HEAD)
    return rights


def report_readers(request: PersonRequest, pk: int) -> HttpResponse:
    """Who else may read the report now, and whose consent that was."""
    rights = _to_decide(request, pk)
    consents = consents_of(rights.review)
    nouns = {
        "readers": readers_of(consents),
        "past": [consent for consent in consents if consent.withdrawn_at is not None],
    }
    return review_page(request, rights, "days/report_readers.html", TAB, **nouns)


def _audience(audience: str) -> Audience:
    if audience not in Audience.values:
        raise Http404
    return Audience(audience)


def consent_give(request: PersonRequest, pk: int, audience: str) -> HttpResponse:
    """Ask, then let an audience read the report."""
    rights, who = _to_decide(request, pk), _audience(audience)
    back = address("days:report_readers", pk)
    if request.method == "POST":
        now = timezone.now()
        try:
            give_consent(review=rights.review, audience=who, by=request.user, now=now)
        except GivenAlready:
            messages.info(request, "Your consent is there already.")
        else:
            messages.success(request, "Your consent is kept. You can take it back at any time.")
        return redirect(back)
    title, lead = OPENED[who]
    wording = Wording(title, "Give consent", back, lead)
    return review_question_page(request, rights, wording, TAB, look="primary")


def consent_withdraw(request: PersonRequest, pk: int, audience: str) -> HttpResponse:
    """Ask, then take the consent back; it counts at once."""
    rights, who = _to_decide(request, pk), _audience(audience)
    back = address("days:report_readers", pk)
    if request.method == "POST":
        now = timezone.now()
        try:
            withdraw_consent(review=rights.review, audience=who, by=request.user, now=now)
        except NotGiven:
            messages.info(request, "There is no consent to take back.")
        else:
            messages.success(request, "The consent is taken back, and counts no more.")
        return redirect(back)
    wording = Wording(CLOSED[who], "Take it back", back, KEPT)
    return review_question_page(request, rights, wording, TAB)
