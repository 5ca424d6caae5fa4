"""Loading an alliance for somebody, and what its people and its directors may do: the two questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from alliances.membership.forms.kept import PlainForm
from alliances.membership.models import TONES, Alliance
from alliances.membership.permissions import can_edit_alliance, can_see_names_in
from partnership.audit.history import History, history_of, wants_whole_history
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.statements import answer
from partnership.toolkit.versions import ChangedSince

Refusals = dict[type[Exception], tuple[str, str]]
FOR_ITS_PEOPLE = "This page is for people of the alliance."
FOR_ITS_DIRECTOR = "This is done by the alliance’s director."


def _visible_alliance(*, person: Person, slug: str) -> QuerySet[Alliance]:
    return Alliance.objects.visible_to(person).filter(slug=slug)


def alliance_for(request: PersonRequest, slug: str) -> Alliance:
    """An alliance that she may see, or 404."""
    alliance: Alliance = found(answer(_visible_alliance, person=request.user, slug=slug))
    return alliance


def own_alliance(request: PersonRequest, slug: str) -> Alliance:
    """An alliance to whose people she belongs, or 404 or 403."""
    alliance = alliance_for(request, slug)
    require(can_see_names_in(request.user, alliance, timezone.localdate()), FOR_ITS_PEOPLE)
    return alliance


def alliance_to_run(request: PersonRequest, slug: str, *, on: date) -> Alliance:
    """An alliance that she directs, or 404 or 403."""
    alliance = alliance_for(request, slug)
    require(can_edit_alliance(request.user, alliance, on), FOR_ITS_DIRECTOR)
    return alliance


@dataclass(frozen=True)
class Place:
    """A list of the alliance that pages stand under."""

    url_name: str
    words: str


SCHOOLS = Place("membership:membership_list", "Schools")
PARTNERS = Place("membership:partner_list", "Partners")
PEOPLE = Place("membership:alliance_people", "Who does what")


@dataclass(frozen=True)
class Wording:
    """What a page with one form says beside its fields."""

    title: str
    button: str
    back: str
    lead: str = ""
    place: Place | None = None
    history: History | None = None
    acts: tuple[tuple[str, str], ...] = ()


def with_standing(belonging: Any, today: date) -> Any:
    """A membership or partner that knows where it stands, and how that looks."""
    belonging.standing = belonging.standing_on(today)
    belonging.tone = TONES[belonging.standing]
    return belonging


def past_of(request: HttpRequest, thing: Model) -> History:
    """What happened to a thing that the page is about."""
    return history_of(thing, whole=wants_whole_history(request.GET))


def form_page(
    request: HttpRequest, alliance: Alliance, form: PlainForm, wording: Wording
) -> HttpResponse:
    """A page of the alliance with one form."""
    context = {"alliance": alliance, "form": form, "wording": wording}
    return render(request, "membership/thing_form.html", context)


def question_page(
    request: HttpRequest, alliance: Alliance, form: PlainForm | None, wording: Wording
) -> HttpResponse:
    """Ask before something is ended; the lead says what follows."""
    context = {"alliance": alliance, "form": form, "wording": wording}
    return render(request, "membership/thing_end.html", context)


def saved(form: PlainForm, refusals: Refusals, **work: Any) -> bool:
    """Run `service` with the rest; where it refuses, say so at the field and return False."""
    service: Callable[..., object] = work.pop("service")
    try:
        service(**work)
    except tuple(refusals) as refused:
        field, sentence = refusals[type(refused)]
        form.add_error(field if field in form.fields else None, sentence)
        return False
    except ChangedSince as changed:
        form.show_both(changed)  # type: ignore[attr-defined]  # only a kept form sees versions
        return False
    return True
