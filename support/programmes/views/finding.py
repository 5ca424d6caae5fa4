"""Loading a programme for somebody, what she may do with it, and pages with one form about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alliances.membership.views.finding import Wording
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found
from partnership.toolkit.statements import answer
from support.programmes.models import Agreement, Programme
from support.programmes.permissions import Rights, rights_from, with_ways

NAMED = ("alliance", "school", "area", "director", "supporting_school")
SHOWN = (
    *(column.attname for column in Programme._meta.concrete_fields),
    "alliance__name",
    "alliance__slug",
    "school__name",
    "school__urn",
    "area__name",
    "director__name",
    "supporting_school__name",
    "supporting_school__urn",
)


def _with_rights(*more: str, person: Person, pk: int, on: date) -> QuerySet[Programme]:
    """With the number of the agreement's draft, so that its page needn't ask for it."""
    drafts = Agreement.objects.filter(programme=OuterRef("pk"), state=Agreement.State.DRAFT)
    asked = with_ways(Programme.objects.filter(pk=pk), person, on)
    drafted = asked.annotate(draft_number=Subquery(drafts.values("number")[:1]))
    shown = (column for column in SHOWN if column.partition("__")[0] not in more)
    return drafted.select_related(*NAMED, *more).only(*shown, *more)


def rights_or_404(request: PersonRequest, pk: int, *more: str) -> Rights:
    """What she may do with a programme in which she has a part; for others it doesn't exist.

    It comes with the names of what it is about; `more` says of what to load all.
    """
    on = timezone.localdate()
    programme = found(answer(_with_rights, *more, person=request.user, pk=pk, on=on))
    rights = rights_from(request.user, programme)
    return found([rights] if rights.ways else [])


def form_page(
    request: HttpRequest, programme: Programme, form: Any, wording: Wording, **more: Any
) -> HttpResponse:
    """A page about a programme with one form; `above` names a template that stands over it."""
    context = {"programme": programme, "form": form, "wording": wording, "above": "", **more}
    return render(request, "programmes/thing_form.html", context)


def question_page(
    request: HttpRequest, programme: Programme, form: Any, wording: Wording
) -> HttpResponse:
    """Ask before something ends or goes; the lead says what follows."""
    context = {"programme": programme, "form": form, "wording": wording}
    return render(request, "programmes/thing_end.html", context)
