"""The pack for the day: a page to print, and the same as PDF."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.audit.services import record_export
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.documents import pdf, pdf_response
from reviews.days.permissions import ReviewRights
from reviews.days.printing import pack_facts, pack_of
from reviews.days.views.finding import review_for, review_page

TAB = "days:preparation"


def _prepared(request: PersonRequest, pk: int) -> ReviewRights:
    rights = review_for(request, pk)
    require(rights.sees_preparation)
    return rights


@require_safe
def pack(request: PersonRequest, pk: int) -> HttpResponse:
    """All that host and team take along, on one page to be printed."""
    rights = _prepared(request, pk)
    return review_page(request, rights, "days/pack.html", TAB, pack=pack_of(rights))


@require_safe
def pack_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    """The same as PDF; that it was taken is audited, without the school's name."""
    rights = _prepared(request, pk)
    now = timezone.now()
    facts = pack_facts(pack_of(rights), now=now)
    record_export(of="The pack of a review day", kind="pdf", by=request.user, at=now)
    return pdf_response(pdf("days/pack.typ", facts, at=now), name=f"review-day-{pk}")
