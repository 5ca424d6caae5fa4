"""The host checks the report: she comments, the team answers, and she says that it is accurate."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from alliances.membership.views.finding import Wording
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import NotNow, require
from reviews.days.forms.reports import AnswerForm, CommentForm
from reviews.days.models import Report, ReportComment
from reviews.days.parts.report import words_about
from reviews.days.permissions import ReviewRights
from reviews.days.services.checking import (
    CommentGone,
    answer_comment,
    comment_on,
    say_accurate,
    take_comment_back,
)
from reviews.days.views.finding import kept_if_gone, review_for, review_form_page
from reviews.days.views.report_acts import (
    NOT_OPEN,
    REFUSALS,
    TAB,
    ask,
    back_to,
    done,
    kept,
    report_to_word,
    seen_form,
    the_report,
)

NOT_THERE = "The report says this no longer. Look at it as it stands, then comment again."
FOR_HEAD = "This is said by the host’s headteacher, or by whoever acts for the head in reviews."


def _to_check(request: PersonRequest, pk: int) -> tuple[ReviewRights, Report]:
    """A report that the host has, for whoever checks it; until it is sent there is none."""
    rights = review_for(request, pk)
    require(rights.speaks_for_host, FOR_HEAD)
    if not rights.may_check:
        raise NotNow(NOT_OPEN)
    report = the_report(rights)
    if report.sent_at is None:
        raise Http404
    return rights, report


def comment_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what isn't accurate: in a part or one of its sentences, or in the whole."""
    rights, report = _to_check(request, pk)
    about = request.GET.get("about", "")
    part, words = words_about(report, about)
    if about and not words:
        raise NotNow(NOT_THERE)
    form = CommentForm(request.POST if request.method == "POST" else None, about=words)
    if form.is_valid() and kept(
        request, rights, form, comment_on, now=timezone.now(), **form.said_of(part)
    ):
        messages.success(request, "The team has your comment and answers it.")
        return redirect(back_to(rights, f"part-{part.pk}" if part is not None else ""))
    lead = "The team answers each comment, and says whether the report changes."
    if report.checked_at is not None:
        lead += " You have said that the report is accurate; a comment takes that back."
    wording = Wording("What isn’t accurate?", "Send the comment", back_to(rights), lead)
    above = "days/includes/_report_quoted.html" if words else ""
    return review_form_page(request, rights, form, wording, TAB, above=above, quoted=words)


def _comment(report: Report, pk: int) -> ReportComment:
    return get_object_or_404(ReportComment.objects.select_related("part"), pk=pk, report=report)


def comment_remove(request: PersonRequest, pk: int, comment: int) -> HttpResponse:
    """Ask, then take a comment back."""
    rights, report = _to_check(request, pk)
    found = _comment(report, comment)
    if request.method == "POST":
        told = {"comment": found, "now": timezone.now()}
        return done(request, rights, "Your comment is taken back.", take_comment_back, **told)
    lead = f"“{found.words}” It goes, and the team doesn’t answer it."
    return ask(request, rights, None, "Take the comment back?", "Take it back", lead)


def comment_answer(request: PersonRequest, pk: int, comment: int) -> HttpResponse:
    """Answer a comment, and word what it is about anew where it is right."""
    rights, report = report_to_word(request, pk)
    with kept_if_gone(request, REFUSALS[CommentGone][1]):
        found = _comment(report, comment)
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, part=found.part)
    told = {"comment": found, "now": timezone.now()}
    if form.is_valid() and kept(request, rights, form, answer_comment, **told, **form.said):
        messages.success(request, "Answered. The host reads your answer.")
        return redirect(back_to(rights, f"comment-{found.pk}"))
    wording = Wording("Answer a comment of the host’s", "Answer", back_to(rights))
    above = "days/includes/_comment_above.html"
    return review_form_page(request, rights, form, wording, TAB, above=above, comment=found)


def report_accurate(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then keep that the report is accurate as it stands."""
    rights, report = _to_check(request, pk)
    form = seen_form(request, report)
    if form.is_valid():
        told = {"now": timezone.now(), "seen_version": form.seen}
        sentence = "You have said that the report is accurate. Its lead releases it to you next."
        return done(request, rights, sentence, say_accurate, **told)
    lead = "Its words stand from then on, and the lead reviewer releases it to your school."
    title = "Is the report accurate?"
    return ask(request, rights, form, title, "It is accurate", lead, look="primary")
