"""With a part of the report something begins in another room; the head words what goes across."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect

from alliances.membership.views.finding import Wording
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import hand_over
from partnership.toolkit.statements import answer
from reviews.days.forms.bridging import BridgeForm
from reviews.days.models import ReportPart
from reviews.days.parts.crossings import PART, finding, ways_from
from reviews.days.views.finding import report_for, review_form_page

TAB = "days:report_detail"
FOR_ITS_HEAD = "This is done by the host’s headteacher, or whoever acts for the head in reviews."
NO_WAY = (
    "There is nothing that you can begin with this part: your alliances give no support and have "
    "no workhub for it, or you don’t speak for the school there."
)
NEXT = "Next comes the form that your words go into. Nothing is sent before you send that form."


def _part(*, review: int, part: int) -> QuerySet[ReportPart]:
    return ReportPart.objects.filter(pk=part, report__review=review).select_related("theme")


def bridge(request: PersonRequest, pk: int, part: int) -> HttpResponse:
    """The finding stands above to look at; what she writes below goes on to the other form."""
    rights = report_for(request, pk)
    require(rights.may_begin_elsewhere, FOR_ITS_HEAD)
    chosen: ReportPart = found(answer(_part, review=rights.review.pk, part=part))
    alliance = rights.review.cycle.alliance.slug
    ways = ways_from(chosen, request.user, alliance)
    if not ways:
        messages.info(request, NO_WAY)
        return redirect(TAB, pk)
    form = BridgeForm(request.POST if request.method == "POST" else None, ways=ways)
    if form.is_valid():
        words = form.cleaned_data["words"]
        origin = hand_over(PART, chosen.pk, words, by=request.user)
        return redirect(
            form.chosen.url(finding(form.chosen, request.user, alliance, words, origin))
        )
    title = ways[0].words if len(ways) == 1 else "Begin something with this finding"
    wording = Wording(title, "Go on to the form", address(TAB, pk), NEXT)
    nouns = {"part": chosen, "above": "days/includes/_bridge_above.html"}
    return review_form_page(request, rights, form, wording, TAB, **nouns)
