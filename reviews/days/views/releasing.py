"""The lead releases the report to the school."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from reviews.days.services.releasing import release_report
from reviews.days.views.finding import FOR_LEAD, review_for
from reviews.days.views.report_acts import ask, done, seen_form, the_report


def report_release(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then make it the school's for good."""
    rights = review_for(request, pk)
    require(rights.may_release, FOR_LEAD)
    form = seen_form(request, the_report(rights))
    if form.is_valid():
        told = {"now": timezone.now(), "seen_version": form.seen}
        return done(request, rights, "Released. It is the school’s report.", release_report, **told)
    lead = (
        "From then on nothing of it changes. It is the school’s own, and its head decides who else "
        "reads it. You and the team read it for ninety days; then the raw notes are deleted."
    )
    title = "Release the report to the school?"
    return ask(request, rights, form, title, "Release it", lead, look="primary")
