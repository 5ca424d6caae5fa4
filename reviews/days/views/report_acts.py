"""What is done with a report: loading it for that, and saying what is now true or why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import NotNow, require
from partnership.toolkit.addresses import address
from partnership.toolkit.versions import ChangedSince
from reviews.days.forms.reports import SeenForm
from reviews.days.models import Report, ReportPart
from reviews.days.parts.report import report_in
from reviews.days.permissions import ReviewRights
from reviews.days.services.checking import (
    AnsweredAlready,
    CommentGone,
    CommentsOpen,
    NothingToSend,
)
from reviews.days.services.releasing import StillChecking
from reviews.days.services.report_parts import PartGone
from reviews.days.services.reporting import (
    CheckedAlready,
    DraftedAlready,
    NoReport,
    NotModerated,
    NotSent,
    ReleasedAlready,
    SentAlready,
)
from reviews.days.views.finding import FOR_TEAM, review_for, review_question_page

TAB = "days:report_detail"
MEANWHILE = "Somebody changed the report meanwhile. Read it as it stands, then say so again."
NOT_OPEN = "The report is released, or isn’t begun yet: nothing of it changes now."
REFUSALS: Refusals = {
    AnsweredAlready: ("", "Somebody has answered this comment already."),
    CheckedAlready: ("", "The host has said that the report is accurate, so its words stand."),
    CommentGone: ("", "The host has taken this comment back."),
    CommentsOpen: ("", "There are comments that nobody has answered. Look at them first."),
    DraftedAlready: ("", "Somebody has drafted the report already."),
    NoReport: ("", "There is no report any more. Draft it first."),
    NotModerated: ("", "The team talks about its findings again. End the moderation first."),
    NothingToSend: ("", "The report says nothing yet. Add a part first."),
    NotSent: ("", "The host doesn’t have the report yet."),
    PartGone: ("", "Somebody has removed this part meanwhile."),
    ReleasedAlready: ("", "The report is released meanwhile, so nothing of it changes any more."),
    SentAlready: ("", "The host has the report already."),
    StillChecking: ("", "The host still has time to check the report."),
}


def report_to_word(request: PersonRequest, pk: int) -> tuple[ReviewRights, Report]:
    """A report of her team's, as long as it may be worded, or 404 or 403."""
    rights = review_for(request, pk)
    require(rights.is_team, FOR_TEAM)
    if not rights.may_draft:
        raise NotNow(NOT_OPEN)
    return rights, the_report(rights)


def the_report(rights: ReviewRights) -> Report:
    """The report of a review, or 404."""
    report = report_in(rights.review)
    if report is None:
        raise Http404
    return report


def the_part(rights: ReviewRights, part: int) -> ReportPart:
    """One part of the report, or 404."""
    parts = ReportPart.objects.filter(report=the_report(rights)).select_related("theme")
    return get_object_or_404(parts, pk=part)


def back_to(rights: ReviewRights, anchor: str = "") -> str:
    """The report's address, at one of its parts."""
    place = address(TAB, rights.review.day_id)
    return f"{place}#{anchor}" if anchor else place


def done(
    request: PersonRequest,
    rights: ReviewRights,
    sentence: str,
    work: Callable[..., Any],
    /,
    **told: Any,
) -> HttpResponse:
    """Run a service, say what is now true or why not, and go back to the report."""
    try:
        work(review=rights.review, by=request.user, **told)
    except tuple(REFUSALS) as refused:
        messages.error(request, REFUSALS[type(refused)][1])
    except ChangedSince:
        messages.error(request, MEANWHILE)
    else:
        messages.success(request, sentence)
    return redirect(back_to(rights))


def kept(
    request: PersonRequest, rights: ReviewRights, form: Any, work: Callable[..., Any], **told: Any
) -> bool:
    """Run a service for a form; where it refuses, its words stand above what was typed."""
    return saved(form, REFUSALS, service=work, review=rights.review, by=request.user, **told)


def seen_form(request: HttpRequest, report: Report) -> SeenForm:
    """Which version she has read: the page that she comes from says so in the address."""
    if request.method == "POST":
        return SeenForm(request.POST)
    seen = request.GET.get("seen", "")
    is_number = seen.isascii() and seen.isdigit() and len(seen) < len(str(2**31))
    return SeenForm(initial={"seen_version": int(seen) if is_number else report.version})


def ask(
    request: PersonRequest,
    rights: ReviewRights,
    form: Any,
    title: str,
    button: str,
    lead: str,
    look: str = "danger",
) -> HttpResponse:
    """Ask before it is done."""
    wording = Wording(title, button, back_to(rights), lead)
    return review_question_page(request, rights, wording, TAB, form=form, look=look)
