"""A programme's page: while it begins its own steps, afterwards what the rooms above show of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.registers import cards_for, keyed_cards_for, origins_of
from support.programmes.bridges import FROM_FINDING
from support.programmes.parts import AFTER, SIDE, Part, main_parts, next_step, shown
from support.programmes.permissions import Rights, can_see_history, can_see_programme
from support.programmes.views.finding import rights_or_404

COURSE, COURSE_SIDE, COURSE_TURN = "programme", "programme_side", "programme_turn"
COURSE_TOP = "programme_top"


def _cards(place: str, rights: Rights, now: datetime) -> list[Part]:
    cards = cards_for(place, rights, rights.programme, now)
    return [Part(card.template, card.context) for card in cards]


def _turn(rights: Rights, now: datetime) -> Any:
    """What waits on the reader: a step of the beginning, or else of what the rooms above offer."""
    if (step := next_step(rights, now)) is not None or rights.programme.signed_at is None:
        return step
    cards = keyed_cards_for(COURSE_TURN, rights, rights.programme, now)
    return next((card.context["turn"] for card in cards.values()), None)


@require_safe
def programme_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """How far the support for a school has come, as far as she may know."""
    rights = rights_or_404(request, pk)
    require(can_see_programme(request.user, rights.programme))
    now = timezone.now()
    turn = _turn(rights, now)
    has_begun = rights.programme.signed_at is not None
    course = _cards(COURSE, rights, now) if has_begun else []
    if course:
        side = [*_cards(COURSE_SIDE, rights, now), *shown(AFTER, rights, now)]
    else:
        side = shown(SIDE, rights, now)
    context = {
        "programme": rights.programme,
        "next_step": turn,
        "can_see_history": can_see_history(rights),
        "has_begun": bool(course),
        "top_parts": _cards(COURSE_TOP, rights, now) if course else [],
        "main_parts": course or main_parts(rights, now),
        "side_parts": side,
        "origins": _origins(rights, now),
    }
    return render(request, "programmes/programme_detail.html", context)


def _origins(rights: Rights, now: datetime) -> list[tuple[str, str]]:
    """Where it began, for those who may see that."""
    programme = rights.programme
    if not programme.has_origin:
        return []
    return origins_of(rights.person, kind=FROM_FINDING, thing_id=programme.pk, now=now)


@require_safe
def programme_beginning(request: PersonRequest, pk: int) -> HttpResponse:
    """How a programme that has begun came about: request, review, support found, agreement."""
    rights = rights_or_404(request, pk)
    require(can_see_programme(request.user, rights.programme))
    if rights.programme.signed_at is None:
        return redirect(rights.programme)
    now = timezone.now()
    context = {"programme": rights.programme, "main_parts": main_parts(rights, now)}
    return render(request, "programmes/programme_beginning.html", context)
