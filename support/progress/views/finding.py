"""A page of a programme that has begun: who may see it, and what stands around it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from partnership.people.requests import PersonRequest
from partnership.toolkit.access import NotNow, require
from support.programmes.models import Programme
from support.programmes.permissions import Rights
from support.programmes.views.finding import rights_or_404
from support.progress.parts.tabs import tabs_for
from support.progress.permissions import can_see_course, has_ended, is_alive

PAUSED = "The support is paused: nothing in it can be changed until it goes on."
OVER = "The support is over: it is read, and nothing in it can be changed."


def course_or_404(request: PersonRequest, pk: int) -> Rights:
    """What she may do in a programme; 404 for strangers, 403 for whom its course is none of hers."""
    rights = rights_or_404(request, pk)
    require(can_see_course(rights))
    return rights


def require_now(rights: Rights, allowed: bool, sentence: str = "") -> None:  # noqa: FBT001 reads as `require` does
    """Stop as `require` does, and say so where the support rests or is over."""
    if not allowed and not is_alive(rights):
        is_paused = rights.programme.state == Programme.State.PAUSED
        raise NotNow(PAUSED if is_paused else OVER)
    require(allowed, sentence)


def course_page(
    request: PersonRequest, rights: Rights, template: str, heading: str, tab: str, **more: Any
) -> HttpResponse:
    """A page within the frame of a programme: crumbs, pages beside it, whether it is paused.

    `tab` is the name of the address whose tab is the current one.
    """
    context = {
        "programme": rights.programme,
        "rights": rights,
        "heading": heading,
        "tabs": tabs_for(rights, tab),
        "has_ended": has_ended(rights),
        **more,
    }
    return render(request, template, context)
