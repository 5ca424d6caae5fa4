"""Planning a visit, changing what is planned, calling it off, and saying that it was held."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alliances.meetings.views.days import typed_in, wants_look
from alliances.membership.views.finding import Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.addresses import address
from partnership.toolkit.spoken_dates import spoken_day, spoken_span
from support.directory.services import NotEnoughDays
from support.programmes.permissions import Rights
from support.programmes.views.finding import question_page
from support.progress.clashes import DayLook, look_at_visit
from support.progress.forms.visits import BecauseForm, HeldForm, VisitForm, visitors_of
from support.progress.models import Held, Visit
from support.progress.permissions import (
    can_change_visit,
    can_plan_visit,
    plans_own_visits_only,
)
from support.progress.services import (
    cancel_visit,
    hold_visit,
    move_visit,
    plan_visit,
    undo_held,
)
from support.progress.views.finding import course_page, require_now
from support.progress.views.visiting import REFUSALS, course_rights, too_few, visit_for

NOT_YOURS = "A visit is changed by whoever comes, by either head and by the director."
TAB = "progress:visit_list"
NO_LONGER = "This visit is no longer planned."


def _form(request: PersonRequest, rights: Rights, visit: Visit | None = None) -> VisitForm:
    today = timezone.localdate()
    only = rights.person if plans_own_visits_only(rights) else None
    return VisitForm(
        typed_in(request),
        programme=rights.programme,
        visitors=visitors_of(rights.programme, on=today, only=only),
        today=today,
        visit=visit,
    )


def _look(
    request: PersonRequest, rights: Rights, form: VisitForm, visit: Visit | None = None
) -> DayLook | None:
    """What speaks against the day that was typed; nothing is said twice to who goes on anyway."""
    if not form.is_valid() or "despite" in request.POST:
        return None
    if visit is not None and not {"day", "starts", "ends", "who"} & set(form.changed_data):
        return None
    look = look_at_visit(
        form.span,
        programme=rights.programme,
        visitor=form.visitor.person,
        reader=request.user,
        today=timezone.localdate(),
        besides=visit,
    )
    return look if look.warnings or wants_look(request) else None


def _page(
    request: PersonRequest, rights: Rights, form: VisitForm, wording: Wording, look: DayLook | None
) -> HttpResponse:
    nouns = {
        "form": form,
        "wording": wording,
        "look": look,
        "has_visitors": bool(form.visitors),
    }
    template = "progress/visit_form.html"
    return course_page(request, rights, template, wording.title, TAB, **nouns)


def visit_plan(request: PersonRequest, pk: int) -> HttpResponse:
    """Say who comes and when; what speaks against the day is shown before it is kept."""
    rights = course_rights(request, pk)
    require_now(rights, can_plan_visit(rights), NOT_YOURS)
    form = _form(request, rights)
    look = _look(request, rights, form)
    told = {"programme": rights.programme, "by": request.user, "now": timezone.now()}
    if (
        look is None
        and form.is_valid()
        and saved(form, REFUSALS, service=plan_visit, facts=form.facts, **told)
    ):
        day = spoken_day(form.cleaned_data["day"])
        messages.success(request, f"The visit on {day} is planned, and those concerned are told.")
        return redirect("progress:visit_list", pk)
    back = address("progress:visit_list", pk)
    lead = f"To {rights.programme.school}. Visitor and head are told, and find it in their diaries."
    return _page(request, rights, form, Wording("Plan a visit", "Plan it", back, lead), look)


def visit_edit(request: PersonRequest, pk: int, visit_pk: int) -> HttpResponse:
    """Another time, visitor or purpose, as long as it is planned."""
    rights, visit = visit_for(request, pk, visit_pk)
    require_now(rights, can_change_visit(rights, visit), NOT_YOURS)
    if visit.state != Held.PLANNED:
        messages.warning(request, NO_LONGER)
        return redirect(visit)
    form = _form(request, rights, visit)
    look = _look(request, rights, form, visit)
    if look is None and form.is_valid() and _moved(request, form, visit):
        messages.success(request, "The visit is changed.")
        return redirect(visit)
    lead = "A new time or visitor is told to those concerned, and their calendars follow."
    wording = Wording("Change the visit", "Save", visit.get_absolute_url(), lead)
    return _page(request, rights, form, wording, look)


def _moved(request: PersonRequest, form: VisitForm, visit: Visit) -> bool:
    told = {"by": request.user, "now": timezone.now(), "seen_version": form.seen}
    return saved(form, REFUSALS, service=move_visit, visit=visit, facts=form.facts, **told)


def visit_cancel(request: PersonRequest, pk: int, visit_pk: int) -> HttpResponse:
    """Call it off, saying why."""
    rights, visit = visit_for(request, pk, visit_pk)
    require_now(rights, can_change_visit(rights, visit), NOT_YOURS)
    form = BecauseForm(request.POST if request.method == "POST" else None)
    told: dict[str, Any] = {"visit": visit, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, REFUSALS, service=cancel_visit, **told, **form.cleaned_data):
        messages.success(request, "The visit is cancelled, and those concerned are told.")
        return redirect("progress:visit_list", pk)
    lead = f"{_said(visit)} It stays in the list as cancelled. Those concerned are told."
    wording = Wording("Cancel this visit?", "Cancel it", visit.get_absolute_url(), lead)
    return question_page(request, rights.programme, form, wording)


def visit_held(request: PersonRequest, pk: int, visit_pk: int) -> HttpResponse:
    """Say that it was held, and how long it was; its days are counted once."""
    rights, visit = visit_for(request, pk, visit_pk)
    require_now(rights, can_change_visit(rights, visit), NOT_YOURS)
    form = HeldForm(
        request.POST if request.method == "POST" else None,
        initial={"days": str(visit.days.normalize())},
    )
    if form.is_valid() and _held(request, form, visit):
        messages.success(request, "The visit is said to be held. Its note is due now.")
        return redirect(visit)
    counted = "Its days are counted as given." if visit.strand_id else "It takes no days."
    lead = f"{_said(visit)} {counted}"
    wording = Wording("Was this visit held?", "Yes, it was held", visit.get_absolute_url(), lead)
    return question_page(request, rights.programme, form, wording)


def _held(request: PersonRequest, form: HeldForm, visit: Visit) -> bool:
    told = {"visit": visit, "by": request.user, "now": timezone.now()}
    try:
        return saved(form, REFUSALS, service=hold_visit, **told, days=form.cleaned_data["days"])
    except NotEnoughDays as refused:
        form.add_error("days", too_few(refused))
        return False


def visit_unheld(request: PersonRequest, pk: int, visit_pk: int) -> HttpResponse:
    """It wasn't held after all: its days can be given another time."""
    rights, visit = visit_for(request, pk, visit_pk)
    require_now(rights, can_change_visit(rights, visit), NOT_YOURS)
    form = BecauseForm(request.POST if request.method == "POST" else None)
    told: dict[str, Any] = {"visit": visit, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, REFUSALS, service=undo_held, **told, **form.cleaned_data):
        messages.success(
            request, "The visit is planned again. Move it to its new day, or cancel it."
        )
        return redirect(visit)
    lead = f"{_said(visit)} Its days are promised again; the ledger keeps both lines."
    wording = Wording("Was it not held?", "It wasn’t held", visit.get_absolute_url(), lead)
    return question_page(request, rights.programme, form, wording)


def _said(visit: Visit) -> str:
    return f"{visit.visitor}, {spoken_span(visit.starts_at, visit.ends_at)}: {visit.purpose}."
