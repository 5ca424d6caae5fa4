"""What host and team prepare, and the host's focus, planning meeting and contacts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from reviews.days.course import tasks_before
from reviews.days.forms.preparing import (
    AgreedForm,
    ContactForm,
    FocusForm,
    PlanningForm,
    agreed_values,
    contact_values,
    focus_values,
)
from reviews.days.parts.preparation import files_of, is_after_the_day, named_for, team_lines
from reviews.days.parts.tasks import task_lines
from reviews.days.services.opening import ReviewClosed
from reviews.days.services.preparing import (
    AfterTheDay,
    NoPlanningMeeting,
    arrange_planning,
    call_off_planning,
    name_contacts,
    word_focus,
    write_what_was_agreed,
)
from reviews.days.views.finding import (
    facts_for,
    review_for,
    review_form_page,
    review_page,
    review_question_page,
    review_to_prepare,
)

TAB = "days:preparation"
CLOSED = "The report is released or the day called off by now. Nothing more is prepared."
FOR_BOTH = "The host writes it, or the lead reviewer."
REFUSALS: Refusals = {
    ReviewClosed: ("", CLOSED),
    AfterTheDay: ("day", "The review begins earlier by now. Choose an earlier time."),
    NoPlanningMeeting: ("", "No planning meeting is arranged any more."),
}


@require_safe
def preparation(request: PersonRequest, pk: int) -> HttpResponse:
    """What host and team prepare: what is there, what is missing, whose it is and by when."""
    rights = review_for(request, pk)
    require(rights.sees_preparation)
    review, now = rights.review, timezone.now()
    team = team_lines(rights)
    return review_page(
        request,
        rights,
        "days/preparation.html",
        TAB,
        tasks=task_lines(tasks_before(facts_for(rights)), now),
        files=files_of(review),
        team=team,
        own=next((line for line in team if line.is_hers), None),
        named=named_for(review),
        planning_is_too_late=is_after_the_day(review),
    )


def _told(request: PersonRequest, rights: Any) -> dict[str, Any]:
    return {"review": rights.review, "by": request.user, "now": timezone.now()}


def focus_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """The host says what the team is to look at."""
    rights = review_to_prepare(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = FocusForm(posted, initial=focus_values(rights.review))
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=word_focus,
        seen_version=form.seen,
        **_told(request, rights),
        **form.changes,
    ):
        messages.success(request, "The focus is saved. The team reads it here.")
        return redirect(address(TAB, pk))
    lead = "The team looks at this first, and is told when you change it."
    wording = Wording("Focus and lines of enquiry", "Save", address(TAB, pk), lead)
    return review_form_page(request, rights, form, wording, TAB)


def planning_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """When and where host and team plan the day."""
    rights = review_to_prepare(request, pk)
    form = PlanningForm(request.POST if request.method == "POST" else None, review=rights.review)
    if form.is_valid():
        starts_at, ends_at = form.span
        told = {"starts_at": starts_at, "ends_at": ends_at, "place": form.changes["place"]}
        told |= {"seen_version": form.seen, **_told(request, rights)}
        if saved(form, REFUSALS, service=arrange_planning, **told):
            messages.success(request, "The planning meeting is arranged. Host and team are told.")
            return redirect(address(TAB, pk))
    lead = "Host and team go through focus, timetable and who goes where."
    wording = Wording("Planning meeting", "Arrange it", address(TAB, pk), lead)
    return review_form_page(request, rights, form, wording, TAB)


def planning_call_off(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, and calls the planning meeting off."""
    rights = review_to_prepare(request, pk)
    if request.method == "POST":
        try:
            call_off_planning(**_told(request, rights))
            messages.success(request, "The planning meeting is called off. Host and team are told.")
        except (ReviewClosed, NoPlanningMeeting) as refused:
            messages.warning(request, REFUSALS[type(refused)][1])
        return redirect(address(TAB, pk))
    lead = "Host and team are told, and it goes from their diaries. What was agreed stays here."
    title = "Call off the planning meeting?"
    wording = Wording(title, "Call it off", address(TAB, pk), lead)
    return review_question_page(request, rights, wording, TAB)


def planning_agreed(request: PersonRequest, pk: int) -> HttpResponse:
    """What host and team agreed on: the host writes it, or the lead reviewer."""
    rights = review_for(request, pk)
    require(rights.may_minute_planning, FOR_BOTH)
    posted = request.POST if request.method == "POST" else None
    form = AgreedForm(posted, initial=agreed_values(rights.review))
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=write_what_was_agreed,
        seen_version=form.seen,
        **_told(request, rights),
        **form.changes,
    ):
        messages.success(request, "What was agreed is saved.")
        return redirect(address(TAB, pk))
    lead = "Host and team read it."
    wording = Wording("What the planning meeting agreed", "Save", address(TAB, pk), lead)
    return review_form_page(request, rights, form, wording, TAB)


def contact_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Whom the team rings when a child may be at risk."""
    rights = review_to_prepare(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = ContactForm(posted, initial=contact_values(rights.review))
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=name_contacts,
        seen_version=form.seen,
        **_told(request, rights),
        **form.changes,
    ):
        messages.success(request, "The contacts are saved. They stand beside every page.")
        return redirect(address(TAB, pk))
    lead = "The team rings them; a concern itself never enters the portal."
    wording = Wording("Safeguarding lead and other contacts", "Save", address(TAB, pk), lead)
    return review_form_page(request, rights, form, wording, TAB)
