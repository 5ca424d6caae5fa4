"""Entering what an inspection said, and taking a wrong entry back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from alliances.schools.forms.inspections import InspectionForm
from alliances.schools.models import School
from alliances.schools.models.inspections import FRAMEWORKS, Inspection
from alliances.schools.permissions import can_enter_inspections
from alliances.schools.services import InspectionKnown, enter_inspection, take_inspection_back
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require


def inspection_add(request: PersonRequest, urn: int) -> HttpResponse:
    """First the framework, then the day and a word for each of its areas."""
    today = timezone.localdate()
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    require(can_enter_inspections(request.user, school, today))
    framework = request.GET.get("framework", "")
    if framework not in FRAMEWORKS:
        context = {"school": school, "frameworks": FRAMEWORKS.items()}
        return render(request, "schools/inspection_framework.html", context)
    posted = request.POST if request.method == "POST" else None
    form = InspectionForm(posted, framework=framework, today=today)
    if form.is_valid():
        try:
            enter_inspection(
                school=school,
                framework=framework,
                inspected_on=form.cleaned_data["inspected_on"],
                results=form.results,
                by=request.user,
                now=timezone.now(),
            )
        except InspectionKnown:
            form.add_error("inspected_on", "This inspection has been entered already.")
        else:
            messages.success(request, "The inspection is entered.")
            return redirect(school)
    context = {"school": school, "form": form, "framework": FRAMEWORKS[framework]}
    return render(request, "schools/inspection_form.html", context)


def inspection_remove(request: PersonRequest, urn: int, pk: int) -> HttpResponse:
    """Ask once, then take it back."""
    school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
    require(can_enter_inspections(request.user, school, timezone.localdate()))
    inspection = get_object_or_404(Inspection, school=school, pk=pk)
    if request.method == "POST":
        take_inspection_back(inspection=inspection, by=request.user, now=timezone.now())
        messages.success(request, "The inspection is taken back.")
        return redirect(school)
    context = {"school": school, "inspection": inspection}
    return render(request, "schools/inspection_remove.html", context)
