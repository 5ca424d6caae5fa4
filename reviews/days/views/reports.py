"""The report as each of its readers finds it: on the page, on paper, and in the list of reports."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.audit.services import record_export
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.documents import pdf, pdf_response
from partnership.toolkit.pagination import page_of
from reviews.days.filters import ReportFilter
from reviews.days.models import Report, Review, moments
from reviews.days.parts.crossings import with_begun
from reviews.days.parts.report import (
    ReportState,
    comments_of,
    consents_of,
    labels_of,
    report_in,
    sections_of,
)
from reviews.days.parts.report_print import report_facts
from reviews.days.permissions import ReviewRights, can_read_words
from reviews.days.views.finding import NOT_RELEASED, private, report_page_for, review_page

TAB = "days:report_detail"


@private
@require_safe
def report_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Each reads what is hers to read at this moment, and is told whose turn it is."""
    rights = report_page_for(request, pk)
    require(rights.sees_draft or rights.is_host_side or rights.reads_report, NOT_RELEASED)
    report = report_in(rights.review)
    comments = comments_of(report) if rights.reads_comments else []
    open_count = sum(comment.answered_at is None for comment in comments)
    state = ReportState(rights, report, open_count, timezone.now())
    nouns = {"report": report, "state": state, **_words(state, comments)}
    if rights.is_host_side and rights.is_released:
        nouns["consents"] = [
            consent for consent in consents_of(rights.review) if consent.withdrawn_at is None
        ]
    return review_page(request, rights, "days/report_detail.html", TAB, **nouns)


def _words(state: ReportState, comments: list[Any]) -> dict[str, Any]:
    """What the report says, for whoever reads it; comments on what is gone stand below it."""
    if state.report is None or not state.reads_words:
        return {"sections": [], "labels": [], "further": [], "consents": []}
    sections = sections_of(state.report, comments)
    if state.rights.is_released:
        parts = [part for section in sections for part in section.parts]
        with_begun(parts, state.rights, state.now)
    return {
        "sections": sections,
        "labels": labels_of(state.rights.review),
        "further": [comment for comment in comments if comment.part_id is None],
        "consents": [],
    }


@require_safe
def report_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """The report on paper, for whoever reads it on the page; its taking is audited."""
    rights = report_page_for(request, pk)
    report = _to_read(rights)
    now = timezone.now()
    facts = report_facts(
        rights.review, report, sections_of(report), labels_of(rights.review), now=now
    )
    record_export(of="The report of a review", kind="pdf", by=request.user, at=now)
    return pdf_response(pdf("days/report.typ", facts, at=now), name=f"review-report-{pk}")


def _to_read(rights: ReviewRights) -> Report:
    report = report_in(rights.review)
    if report is None or not can_read_words(rights, report):
        raise PermissionDenied(NOT_RELEASED)
    return report


def _filterset(request: PersonRequest) -> ReportFilter:
    told = moments(timezone.now())
    seen = Review.objects.with_report_for(request.user, **told).filter(day__isnull=False)
    seen = seen.select_related("day", "school", "cycle__alliance")
    ordered = seen.order_by("-released_at", "-pk")
    return ReportFilter(request.GET, ordered, person=request.user, told=told)


@private
@require_safe
def report_list(request: PersonRequest) -> HttpResponse:
    """Every released report that she may read, the newest first."""
    require(request.user.is_active)
    filterset = _filterset(request)
    page = page_of(filterset.qs, request)
    context = {"filterset": filterset, "chips": list(filterset.chips()), "page": page}
    return render(request, "days/report_list.html", context)
