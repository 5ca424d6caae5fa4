"""People of the host's school whom its head names for a review."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from reviews.days.forms.preparing import NameForm
from reviews.days.models import ReviewPerson
from reviews.days.permissions import ReviewRights
from reviews.days.services.naming import (
    CannotBeNamed,
    NamedAlready,
    end_naming,
    name_person,
    nameable,
)
from reviews.days.views.finding import review_for, review_form_page, review_question_page
from reviews.days.views.preparing import TAB

FOR_HEAD = "The host’s headteacher names who helps."
REFUSALS: Refusals = {
    CannotBeNamed: (
        "person",
        "No longer of the school, or asked to review it. Choose somebody else.",
    ),
    NamedAlready: ("person", "Named already. Choose somebody else."),
}


def _naming(request: PersonRequest, pk: int) -> ReviewRights:
    rights = review_for(request, pk)
    require(rights.may_name_people, FOR_HEAD)
    return rights


def person_name(request: PersonRequest, pk: int) -> HttpResponse:
    """The head lets somebody of the school help to prepare, and read the released report."""
    rights = _naming(request, pk)
    people = nameable(rights.review, on=timezone.localdate())
    form = NameForm(request.POST if request.method == "POST" else None, people=people)
    back = f"{address(TAB, pk)}#people"
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=name_person,
        review=rights.review,
        by=request.user,
        now=timezone.now(),
        **form.cleaned_data,
    ):
        messages.success(request, f"{form.cleaned_data['person']} helps now, and is told.")
        return redirect(back)
    lead = "They prepare with you, and read the report once it is released."
    wording = Wording("Name somebody of your school", "Name", back, lead)
    return review_form_page(request, rights, form, wording, TAB)


def person_end(request: PersonRequest, pk: int, named_pk: int) -> HttpResponse:
    """Asks once more, and ends it."""
    rights = _naming(request, pk)
    every = ReviewPerson.objects.filter(review=rights.review, ended_at=None)
    named = get_object_or_404(every.select_related("person"), pk=named_pk)
    named.review = rights.review
    back = f"{address(TAB, pk)}#people"
    if request.method == "POST":
        end_naming(named=named, by=request.user, now=timezone.now())
        messages.success(request, f"{named.person} no longer helps.")
        return redirect(back)
    lead = "From now on nothing of this review is shown to this person. You may name them again."
    wording = Wording(f"End it for {named.person}?", "End it", back, lead)
    return review_question_page(request, rights, wording, TAB)
