"""Loading what a school says of itself, for its head and whoever acts for her in reviews."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alliances.membership.views.finding import Wording
from alliances.schools.models import School
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.statements import answer
from reviews.days.models import Priority, SelfEvaluation
from reviews.days.permissions import can_write_evaluation

FOR_HEAD = "This is for the school’s headteacher, and whoever acts for the head in reviews."


def _school(*, person: Person, urn: int) -> QuerySet[School]:
    return School.objects.visible_to(person).filter(urn=urn)


def own_school(request: PersonRequest, urn: int) -> School:
    """A school that she speaks for in reviews; to others nothing is said of what it has written."""
    school: School = found(answer(_school, person=request.user, urn=urn))
    require(can_write_evaluation(request.user, school, timezone.localdate()), FOR_HEAD)
    return school


def _evaluation(*, person: Person, urn: int, year: int, on: date) -> QuerySet[SelfEvaluation]:
    seen = SelfEvaluation.objects.visible_to(person, on=on).filter(school__urn=urn, year=year)
    return seen.select_related("school", "written_by", "matching_by")


def own_evaluation(request: PersonRequest, urn: int, year: int) -> SelfEvaluation:
    """The school's of a year; for whoever doesn't speak for the school there is none."""
    told = {"person": request.user, "urn": urn, "year": year, "on": timezone.localdate()}
    evaluation: SelfEvaluation = found(answer(_evaluation, **told))
    return evaluation


def _priority(*, person: Person, pk: int, on: date) -> QuerySet[Priority]:
    seen = SelfEvaluation.objects.visible_to(person, on=on).values("pk")
    rows = Priority.objects.filter(pk=pk, evaluation__in=seen)
    return rows.select_related("evaluation__school")


def own_priority(request: PersonRequest, urn: int, year: int, pk: int) -> Priority:
    """A priority of the school's in a year, or 404."""
    told = {"person": request.user, "pk": pk, "on": timezone.localdate()}
    rows = [
        each
        for each in answer(_priority, **told)
        if (each.evaluation.school.urn, each.evaluation.year) == (urn, year)
    ]
    priority: Priority = found(rows)
    return priority


def school_form_page(
    request: HttpRequest,
    school: School,
    form: Any,
    wording: Wording,
    evaluation: SelfEvaluation | None = None,
) -> HttpResponse:
    """A page with one form about what a school says of itself."""
    nouns = {"school": school, "evaluation": evaluation, "form": form, "wording": wording}
    return render(request, "days/school_form.html", nouns)


def school_question_page(
    request: HttpRequest, evaluation: SelfEvaluation, wording: Wording
) -> HttpResponse:
    """Ask before something of it goes."""
    nouns = {"school": evaluation.school, "evaluation": evaluation, "wording": wording}
    return render(request, "days/school_end.html", nouns)
