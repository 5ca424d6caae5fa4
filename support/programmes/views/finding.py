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
from support.programmes.permissions import Rights, rights_in

NAMED = (
    "alliance",
    "school",
    "area",
    "asked_by",
    "director",
    "answered_by",
    "supporting_school",
    "signposted_workhub",
    "signposted_practitioner__person",
    "signposted_alliance",
)


def _visible(*more: str, person: Person, pk: int, on: date) -> QuerySet[Programme]:
    """With the number of the agreement's draft, so that its page needn't ask for it."""
    drafts = Agreement.objects.filter(programme=OuterRef("pk"), state=Agreement.State.DRAFT)
    seen = Programme.objects.visible_to(person, on=on).filter(pk=pk)
    drafted = seen.annotate(draft_number=Subquery(drafts.values("number")[:1]))
    return drafted.select_related(*NAMED, *more)


def rights_or_404(request: PersonRequest, pk: int, *more: str) -> Rights:
    """What she may do with a programme in which she has a part; for others it doesn't exist.

    `more` names what else to load along with it.
    """
    today = timezone.localdate()
    programme = found(answer(_visible, *more, person=request.user, pk=pk, on=today))
    return rights_in(request.user, programme, today)


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
