"""Loading a cycle for somebody, what she may do with it, and pages with one form about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alliances.membership.models import Alliance
from alliances.membership.views.finding import Wording
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, Framework
from reviews.cycles.permissions import CycleRights, rights_in_cycle

NAMED = ("alliance", "framework", "organiser")
FOR_ORGANISERS = "This is done by the director, or whoever organises the cycle."


def _visible(*, person: Person, pk: int, on: date) -> QuerySet[Cycle]:
    seen = Cycle.objects.visible_to(person, on=on).filter(pk=pk)
    return seen.select_related(*NAMED)


def rights_or_404(request: PersonRequest, pk: int) -> CycleRights:
    """What she may do with a cycle in which she has a part; for others it doesn't exist."""
    today = timezone.localdate()
    cycle = found(answer(_visible, person=request.user, pk=pk, on=today))
    return rights_in_cycle(request.user, cycle, today)


def rights_to_organise(request: PersonRequest, pk: int) -> CycleRights:
    """A cycle that she organises and that lives, or 404 or 403."""
    rights = rights_or_404(request, pk)
    require(rights.may_organise, FOR_ORGANISERS)
    return rights


def form_page(
    request: HttpRequest, cycle: Cycle, form: Any, wording: Wording, **more: Any
) -> HttpResponse:
    """A page about a cycle with one form; `above` names a template that stands over it."""
    context = {"cycle": cycle, "form": form, "wording": wording, "above": "", **more}
    return render(request, "cycles/thing_form.html", context)


def question_page(request: HttpRequest, cycle: Cycle, form: Any, wording: Wording) -> HttpResponse:
    """Ask before something ends or goes; the lead says what follows."""
    context = {"cycle": cycle, "form": form, "wording": wording}
    return render(request, "cycles/thing_end.html", context)


def _of_person(*, person: Person, slug: str, on: date) -> QuerySet[Alliance]:
    return Alliance.objects.of_person(person, on=on).filter(slug=slug)


def alliance_of_frameworks(request: PersonRequest, slug: str) -> Alliance:
    """An alliance to which she belongs; for others, portal staff included, it has no frameworks."""
    told = {"person": request.user, "slug": slug, "on": timezone.localdate()}
    alliance: Alliance = found(answer(_of_person, **told))
    return alliance


def _seen_framework(*, person: Person, pk: int, on: date) -> QuerySet[Framework]:
    seen = Framework.objects.visible_to(person, on=on).filter(pk=pk)
    return seen.select_related("alliance", "follows", "made_by")


def framework_or_404(request: PersonRequest, pk: int) -> Framework:
    """A framework that she may read, drafts included where she may word them."""
    told = {"person": request.user, "pk": pk, "on": timezone.localdate()}
    framework: Framework = found(answer(_seen_framework, **told))
    return framework


def framework_page(
    request: HttpRequest, alliance: Alliance, form: Any, wording: Wording
) -> HttpResponse:
    """A page about an alliance's frameworks with one form."""
    context = {"alliance": alliance, "form": form, "wording": wording}
    return render(request, "cycles/framework_form.html", context)


def framework_question(
    request: HttpRequest, framework: Framework, wording: Wording
) -> HttpResponse:
    """Ask before something of a framework ends, goes or stands for good."""
    context = {"alliance": framework.alliance, "framework": framework, "wording": wording}
    return render(request, "cycles/framework_end.html", context)
