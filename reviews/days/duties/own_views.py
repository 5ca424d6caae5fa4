"""From the beginning of the day each reviewer owes her own view, as long as it is waited for."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from partnership.toolkit.registers import DutyKind, DutyWindow
from reviews.days.duties.making import kind, of_team
from reviews.days.models import TeamStep

OWN_VIEW = "days.own_view"


def _own_view(window: DutyWindow) -> QuerySet[Any, Any]:
    steps = TeamStep.objects.filter(review__day=OuterRef("day"), person=OuterRef("person"))
    complete = Exists(steps.filter(views_at__isnull=False))
    excused = Exists(steps.filter(excused_at__isnull=False))
    waits = Q(
        ~Q(excused),
        day__starts_at__lte=window.moment,
        day__review__moderated_at=None,
        day__review__notes_deleted_at=None,
    )
    return of_team(window, OWN_VIEW, due="views_by", step="views_at", who=Q(complete) | waits)


OWN_VIEWS: tuple[DutyKind, ...] = (
    kind(
        OWN_VIEW,
        "Complete your own view of a review",
        "one school day after the day",
        _own_view,
        title="Complete your own view of a review",
        url="days:view_list",
        action="Write it",
        is_host=False,
        offsets=(0, 1),
    ),
)
