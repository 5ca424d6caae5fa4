"""Looking through what is held of a school: once a year, and its own contact details any time."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from alliances.schools.forms.details import ContactForm, DetailsForm
from alliances.schools.models import DetailsCheck, School, SchoolPost
from alliances.schools.permissions import (
    can_confirm_details,
    can_edit_contact,
    can_see_details_page,
)
from alliances.schools.services import answer_details, change_contact
from alliances.schools.views.people import rows_of
from partnership.calendar.years import AcademicYear
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.versions import ChangedSince


def _school(request: PersonRequest, urn: int) -> School:
    schools = School.objects.visible_to(request.user)
    return get_object_or_404(schools.select_related("authority", "source", "contact"), urn=urn)


def details_confirm(request: PersonRequest, urn: int) -> HttpResponse:
    """All that is held of a school, and the question whether it is right; staff only read it."""
    school, now = _school(request, urn), timezone.now()
    today = timezone.localdate(now)
    require(can_see_details_page(request.user, school, today))
    can_confirm = can_confirm_details(request.user, school, today)
    form = DetailsForm(request.POST if can_confirm and request.method == "POST" else None)
    if form.is_valid():
        words = form.cleaned_data["words"]
        answer_details(school=school, is_right=form.is_right, words=words, by=request.user, now=now)
        messages.success(request, _said(school, is_right=form.is_right))
        return redirect(school)
    checks = DetailsCheck.objects.filter(school=school).select_related("answered_by")
    posts = SchoolPost.objects.filter(school=school).select_related("person")
    context = {
        "school": school,
        "contact": getattr(school, "contact", None),
        "year": AcademicYear.containing(today),
        "check": checks.order_by("-year").first(),
        "rows": rows_of(posts.ahead(today).by_rank(), today),
        "form": form if can_confirm else None,
    }
    return render(request, "schools/details_confirm.html", context)


def _said(school: School, *, is_right: bool) -> str:
    if is_right:
        return f"The details of {school} are confirmed. Thank you."
    return f"Portal staff are told what is wrong in the details of {school}."


def contact_edit(request: PersonRequest, urn: int) -> HttpResponse:
    """How the school wants to be reached, beside what the register says."""
    school = _school(request, urn)
    require(can_edit_contact(request.user, school, timezone.localdate()))
    form = ContactForm(request.POST if request.method == "POST" else None, school=school)
    if form.is_valid():
        try:
            change_contact(
                school=school,
                changes=form.changes,
                by=request.user,
                now=timezone.now(),
                seen_version=form.cleaned_data["seen_version"],
            )
        except ChangedSince as changed:
            form.show_both(changed)
        else:
            messages.success(request, f"The contact details of {school} are saved.")
            return redirect("schools:details_confirm", urn)
    return render(request, "schools/contact_form.html", {"school": school, "form": form})
