"""The timetable of the day, and its parts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from reviews.cycles.models import CycleReviewer, DayPlace
from reviews.days.forms.timetable import MEANWHILE, PartForm, PartnersForm
from reviews.days.models import PUPILS, Review, TimetableEntry
from reviews.days.parts.given_timetable import days_of
from reviews.days.parts.timetable import timetable_of, warnings_for
from reviews.days.permissions import ReviewRights
from reviews.days.services.opening import ReviewClosed
from reviews.days.services.timetabling import (
    PartGone,
    PartsChanged,
    TimetableThere,
    TooManyParts,
    add_part,
    change_part,
    clear_timetable,
    name_partners,
    remove_part,
    use_given_timetable,
)
from reviews.days.views.finding import (
    review_for,
    review_form_page,
    review_page,
    review_question_page,
    review_to_prepare,
)
from reviews.days.views.preparing import CLOSED

TAB, PAGE = "days:preparation", "days:timetable"
REFUSALS: Refusals = {
    ReviewClosed: ("", CLOSED),
    PartGone: ("", "Somebody has removed this part meanwhile. Add it anew."),
    PartsChanged: ("", MEANWHILE),
    TimetableThere: ("", "There are parts already."),
    TooManyParts: ("", "There are 60 parts. Remove one first."),
}


@require_safe
def timetable(request: PersonRequest, pk: int) -> HttpResponse:
    """The parts of the day in their order, what can't be right, and what is missing."""
    rights = review_for(request, pk)
    require(rights.sees_preparation)
    entries = timetable_of(rights.review)
    day = _day(rights)
    return review_page(
        request,
        rights,
        "days/timetable.html",
        TAB,
        entries=entries,
        warnings=warnings_for(entries, day),
        lacking=sum(entry.needs_partner for entry in entries),
    )


def _day(rights: ReviewRights) -> Any:
    day: Any = rights.day
    day.cycle = rights.review.cycle
    return day


def _team(review: Review) -> QuerySet[CycleReviewer]:
    places = DayPlace.objects.filter(day=review.day_id, ended_at=None)
    going = places.exclude(answer=DayPlace.Answer.DECLINED).values("reviewer")
    named = CycleReviewer.objects.filter(pk__in=going).select_related("reviewer__person")
    return named.order_by("reviewer__person__search_name", "pk")


def _told(request: PersonRequest) -> dict[str, Any]:
    return {"by": request.user, "now": timezone.now()}


@require_POST
def timetable_given(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin with the usual parts in one click."""
    rights = review_to_prepare(request, pk)
    try:
        use_given_timetable(review=rights.review, day=_day(rights), **_told(request))
        messages.success(request, "The timetable is begun. Name a partner for each part.")
    except (ReviewClosed, TimetableThere) as refused:
        messages.warning(request, REFUSALS[type(refused)][1])
    return redirect(address(PAGE, pk))


def timetable_clear(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, and removes every part."""
    rights = review_to_prepare(request, pk)
    back = address(PAGE, pk)
    if request.method == "POST":
        try:
            clear_timetable(review=rights.review, **_told(request))
            messages.success(request, "The timetable is empty.")
        except ReviewClosed:
            messages.warning(request, CLOSED)
        return redirect(back)
    lead = "Every part goes, with its partners and who goes. This can’t be undone."
    wording = Wording("Remove the whole timetable?", "Remove it", back, lead)
    return review_question_page(request, rights, wording, TAB)


def entry_add(request: PersonRequest, pk: int) -> HttpResponse:
    """One more part of the day."""
    rights = review_to_prepare(request, pk)
    told: dict[str, Any] = {"days": days_of(rights.review.cycle), "team": _team(rights.review)}
    form = PartForm(request.POST if request.method == "POST" else None, **told)
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=add_part,
        review=rights.review,
        changes=form.changes,
        reviewers=form.going,
        **_told(request),
    ):
        messages.success(request, "The part stands in the timetable.")
        return redirect(address(PAGE, pk))
    wording = Wording("Add a part", "Add it", address(PAGE, pk))
    return review_form_page(request, rights, form, wording, TAB)


def _part(review: Review, pk: int) -> TimetableEntry:
    entry = get_object_or_404(TimetableEntry.objects.filter(review=review), pk=pk)
    entry.review = review
    return entry


def entry_edit(request: PersonRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Say a part anew."""
    rights = review_to_prepare(request, pk)
    entry = _part(rights.review, entry_pk)
    told: dict[str, Any] = {
        "days": days_of(rights.review.cycle),
        "team": _team(rights.review),
        "entry": entry,
    }
    form = PartForm(request.POST if request.method == "POST" else None, **told)
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=change_part,
        entry=entry,
        changes=form.changes,
        reviewers=form.going,
        seen_version=form.seen,
        **_told(request),
    ):
        messages.success(request, "The part is saved.")
        return redirect(address(PAGE, pk))
    remove = (address("days:entry_remove", pk, entry_pk), "Remove it")
    wording = Wording("Change a part", "Save", address(PAGE, pk), entry.title, acts=(remove,))
    return review_form_page(request, rights, form, wording, TAB)


def entry_remove(request: PersonRequest, pk: int, entry_pk: int) -> HttpResponse:
    """Asks once more, and removes a part."""
    rights = review_to_prepare(request, pk)
    entry = _part(rights.review, entry_pk)
    back = address(PAGE, pk)
    if request.method == "POST":
        try:
            remove_part(entry=entry, **_told(request))
            messages.success(request, "The part is gone.")
        except ReviewClosed:
            messages.warning(request, CLOSED)
        return redirect(back)
    lead = "It goes from the timetable of host and team."
    wording = Wording(f"Remove “{entry.title}”?", "Remove it", back, lead)
    return review_question_page(request, rights, wording, TAB)


def partners_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Who of the school goes along, for all parts at once."""
    rights = review_to_prepare(request, pk)
    parts = [
        entry
        for entry in timetable_of(rights.review)
        if entry.kind not in TimetableEntry.WITHOUT_PARTNER
    ]
    form = PartnersForm(request.POST if request.method == "POST" else None, parts=parts)
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=name_partners,
        review=rights.review,
        partners=form.partners,
        seen_versions=form.seen_versions,
        **_told(request),
    ):
        messages.success(request, "The partners are saved.")
        return redirect(address(PAGE, pk))
    lead = f"Who of the school is with the team: a name, or a post. {PUPILS}"
    wording = Wording("Host partners", "Save", address(PAGE, pk), lead)
    return review_form_page(request, rights, form, wording, TAB)
