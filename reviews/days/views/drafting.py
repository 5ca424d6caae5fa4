"""The team drafts the report, words it, puts its parts in order, and sends it to the host."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.membership.views.finding import Wording
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from reviews.days.forms.reports import PartForm, ReportForm
from reviews.days.services.checking import send_report
from reviews.days.services.report_parts import (
    PartGone,
    add_part,
    change_part,
    move_part,
    remove_part,
)
from reviews.days.services.reporting import draft_report, word_report
from reviews.days.views.finding import (
    FOR_LEAD,
    FOR_TEAM,
    kept_if_gone,
    review_for,
    review_form_page,
)
from reviews.days.views.report_acts import (
    REFUSALS,
    TAB,
    ask,
    back_to,
    done,
    kept,
    report_to_word,
    seen_form,
    the_part,
    the_report,
)


@require_POST
def report_begin(request: PersonRequest, pk: int) -> HttpResponse:
    """Draft the report from the findings, in one click."""
    rights = review_for(request, pk)
    require(rights.may_draft, FOR_TEAM)
    sentence = "Drafted from your findings. The host doesn’t see it yet."
    return done(request, rights, sentence, draft_report, now=timezone.now())


def report_begin_again(request: PersonRequest, pk: int) -> HttpResponse:
    """Leave the draft and begin anew from the findings."""
    rights, _report = report_to_word(request, pk)
    if request.method == "POST":
        sentence = "Drafted anew from your findings."
        return done(request, rights, sentence, draft_report, now=timezone.now(), again=True)
    lead = "What the draft says is lost. It begins with your findings as they are agreed now."
    return ask(request, rights, None, "Draft the report again?", "Draft it again", lead)


def report_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """What stands before and after the parts."""
    rights, report = report_to_word(request, pk)
    form = ReportForm(request.POST if request.method == "POST" else None, report=report)
    told = {"now": timezone.now()}
    if form.is_valid() and kept(
        request, rights, form, word_report, **told, changes=form.changes, seen=form.seen
    ):
        messages.success(request, "Opening and closing are saved.")
        return redirect(back_to(rights))
    wording = Wording("Opening and closing of the report", "Save", back_to(rights))
    return review_form_page(request, rights, form, wording, TAB)


def part_add(request: PersonRequest, pk: int) -> HttpResponse:
    """A part that no finding gave."""
    rights, _report = report_to_word(request, pk)
    data = request.POST if request.method == "POST" else None
    form = PartForm(data, framework=rights.review.cycle.framework_id)
    if form.is_valid() and kept(
        request, rights, form, add_part, said=form.changes, now=timezone.now()
    ):
        messages.success(request, "Added to the report.")
        return redirect(back_to(rights))
    wording = Wording("Add to the report", "Add it", back_to(rights))
    return review_form_page(request, rights, form, wording, TAB)


def part_edit(request: PersonRequest, pk: int, part: int) -> HttpResponse:
    """What one part says."""
    rights, _report = report_to_word(request, pk)
    with kept_if_gone(request, REFUSALS[PartGone][1]):
        found = the_part(rights, part)
    data = request.POST if request.method == "POST" else None
    form = PartForm(data, framework=rights.review.cycle.framework_id, part=found)
    told = {"part": found, "now": timezone.now()}
    if form.is_valid() and kept(
        request, rights, form, change_part, **told, changes=form.changes, seen_version=form.seen
    ):
        messages.success(request, "This part of the report is saved.")
        return redirect(back_to(rights, f"part-{found.pk}"))
    wording = Wording("Word a part of the report", "Save", back_to(rights, f"part-{found.pk}"))
    return review_form_page(request, rights, form, wording, TAB)


def part_remove(request: PersonRequest, pk: int, part: int) -> HttpResponse:
    """Ask, then take a part out of the report."""
    rights, _report = report_to_word(request, pk)
    found = the_part(rights, part)
    if request.method == "POST":
        told = {"part": found, "now": timezone.now()}
        return done(request, rights, "Removed from the report.", remove_part, **told)
    lead = f"“{found.words}” The finding stays in the moderation; comments on this part stay below."
    return ask(request, rights, None, "Remove this part of the report?", "Remove it", lead)


@require_POST
def part_move(request: PersonRequest, pk: int, part: int) -> HttpResponse:
    """One place up or down among the parts of its kind."""
    rights, _report = report_to_word(request, pk)
    found = the_part(rights, part)
    told = {"part": found, "up": request.POST.get("to") == "up", "now": timezone.now()}
    return done(request, rights, "The parts stand in their new order.", move_part, **told)


def report_send(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then give the report to the host to check."""
    rights = review_for(request, pk)
    require(rights.may_release, FOR_LEAD)
    form = seen_form(request, the_report(rights))
    if form.is_valid():
        told = {"now": timezone.now(), "seen_version": form.seen}
        return done(request, rights, "Sent. The host’s head checks it now.", send_report, **told)
    lead = (
        "The host’s headteacher reads it from now on, and has five school days to say what isn’t "
        "accurate. You can still change its words, until the host says that it is accurate."
    )
    title = "Send the report to the host?"
    return ask(request, rights, form, title, "Send it", lead, look="primary")
