"""A workhub's page, and making and changing one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.meetings.models import OFFICE_POSTS
from alliances.membership.models import Alliance, AlliancePost
from partnership.audit.history import wants_whole_history
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.versions import ChangedSince
from workhubs.hubs.forms import EditWorkhubForm, NewWorkhubForm
from workhubs.hubs.models import WorkhubYear
from workhubs.hubs.permissions import (
    can_create_some_workhub,
    can_create_workhub,
    can_edit_workhub,
    can_see_workhub,
)
from workhubs.hubs.services import NameTaken, create_workhub, edit_workhub
from workhubs.hubs.views.finding import year_or_404, years_of
from workhubs.hubs.views.portrait import may_close, portrait


@require_safe
def workhub_detail(request: PersonRequest, slug: str) -> HttpResponse:
    """This year of a workhub, or the latest that it had."""
    this_year = AcademicYear.containing(timezone.localdate())
    years = years_of(request.user, slug, on=timezone.localdate())
    begun = [year for year in years if year.year <= this_year.start]
    return _shown(request, begun[0] if begun else found(years), years)


@require_safe
def workhub_year(request: PersonRequest, slug: str, year: AcademicYear) -> HttpResponse:
    """What a workhub is for in one year, who takes part, and its meetings."""
    years = years_of(request.user, slug, on=timezone.localdate())
    return _shown(request, found([each for each in years if each.year == year.start]), years)


def _shown(
    request: PersonRequest, chosen: WorkhubYear, years: Sequence[WorkhubYear]
) -> HttpResponse:
    require(can_see_workhub(request.user, chosen))
    others = [year for year in years if year.pk != chosen.pk]
    whole = wants_whole_history(request.GET)
    context = portrait(chosen, others, request.user, now=timezone.now(), whole=whole)
    return render(request, "hubs/workhub_detail.html", context)


def _alliance_for_new(person: Person, slug: str, *, on: date) -> Alliance | list[Alliance]:
    """The alliance asked for, or the only one she may create in, or those to choose from."""
    posts = AlliancePost.objects.on(on).filter(person=person, kind__in=OFFICE_POSTS)
    hers = Alliance.objects.visible_to(person).filter(pk__in=posts.values("alliance"))
    if slug:
        return get_object_or_404(Alliance.objects.of_person(person, on=on), slug=slug)
    alliances = list(hers.order_by("name", "pk"))
    return alliances[0] if len(alliances) == 1 else alliances


def workhub_new(request: PersonRequest) -> HttpResponse:
    """A new workhub of an alliance; which one is asked first where she runs several."""
    now = timezone.now()
    today = timezone.localdate(now)
    require(can_create_some_workhub(request.user, today), "An alliance’s office creates workhubs.")
    alliance = _alliance_for_new(request.user, request.GET.get("alliance", ""), on=today)
    if isinstance(alliance, list):
        return render(request, "hubs/workhub_new_where.html", {"alliances": alliance})
    require(can_create_workhub(request.user, alliance, today))
    typed = request.POST if request.method == "POST" else None
    form = NewWorkhubForm(typed, alliance=alliance, on=today)
    if form.is_valid():
        try:
            created = create_workhub(
                alliance=alliance, year=form.first_year, **form.changes, by=request.user, now=now
            )
        except NameTaken as taken:
            form.refuse_name(str(taken))
        else:
            messages.success(request, f"{created.workhub} created. Now invite its schools.")
            return redirect(created)
    return render(request, "hubs/workhub_new.html", {"form": form, "alliance": alliance})


def workhub_edit(request: PersonRequest, slug: str, year: AcademicYear) -> HttpResponse:
    """Change the name, lead, priority and aims; two editors are shown both versions."""
    now = timezone.now()
    today = timezone.localdate(now)
    chosen = year_or_404(request.user, slug, year, on=today)
    require(can_edit_workhub(request.user, chosen, today))
    typed = request.POST if request.method == "POST" else None
    form = EditWorkhubForm(typed, alliance=chosen.workhub.alliance, on=today, workhub_year=chosen)
    if form.is_valid() and _saved(request, form, chosen):
        messages.success(request, "Workhub saved.")
        return redirect(chosen)
    context = {
        "form": form,
        "workhub_year": chosen,
        "can_close": may_close(chosen, request.user, on=today) and not chosen.is_over(today),
    }
    return render(request, "hubs/workhub_edit.html", context)


def _saved(request: PersonRequest, form: EditWorkhubForm, chosen: WorkhubYear) -> bool:
    """Whether it could be saved; if not, the form says why."""
    try:
        edit_workhub(
            workhub_year=chosen,
            changes=form.changes,
            by=request.user,
            now=timezone.now(),
            seen_version=form.cleaned_data["seen_version"],
        )
    except NameTaken as taken:
        form.refuse_name(str(taken))
    except ChangedSince:
        form.show_both()
    return form.is_valid()
