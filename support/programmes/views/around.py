"""What the pages of matching ask for: who may open them, and what the school needs."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.utils import timezone

from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from support.directory.suggesting import Surroundings, surroundings_of
from support.programmes.gating import SUPPORTED, conflicted_in
from support.programmes.models import Programme, ReviewNeed, Stage
from support.programmes.permissions import Rights
from support.programmes.views.finding import rights_or_404

FOR_THE_ALLIANCE = "The alliance’s director does this, or whom she names."
NOT_MATCHING = "Support isn’t being found for this programme now. Look at its page."


def rights_to_direct(request: PersonRequest, pk: int) -> Rights:
    """What the director, or whom she names, may do with a programme that stands."""
    rights = rights_or_404(request, pk)
    require(rights.may_direct, FOR_THE_ALLIANCE)
    return rights


def is_being_matched(request: PersonRequest, programme: Programme) -> bool:
    """Whether support is being found now; where not, the next page says so."""
    is_now = programme.stage_now == Stage.MATCHING and programme.approach in SUPPORTED
    if not is_now:
        messages.info(request, NOT_MATCHING)
    return is_now


def areas_needed(programme: Programme) -> dict[int, str]:
    """The area that was asked for, then those that the review found; their names by key."""
    needs = ReviewNeed.objects.filter(view__review__programme=programme)
    found = needs.order_by("area__name", "area").values_list("area", "area__name")
    return {programme.area_id: programme.area.name} | dict(found)


def around_programme(
    programme: Programme, areas: dict[int, str], *, area: int | None = None, on: date | None = None
) -> Surroundings:
    """The school's need; `area` puts another than the one asked for first."""
    return surroundings_of(
        programme.school,
        area=area or programme.area_id,
        areas=areas,
        on=on or timezone.localdate(),
        conflicted=conflicted_in(programme),
    )
