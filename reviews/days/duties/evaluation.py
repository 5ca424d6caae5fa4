"""What the host owes first: its self-evaluation and priorities, shared with the team."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from partnership.toolkit.registers import DutyWindow
from reviews.days.duties.making import ORGANISER, kind, of_host

SHARE = "days.share_evaluation"


def _to_share(window: DutyWindow) -> QuerySet[Any, Any]:
    return of_host(window, SHARE, due="evaluation_by", done="shared_at", is_before=True)


EVALUATION = (
    kind(
        SHARE,
        words="Share your self-evaluation",
        due="5pm on the fifteenth school day before the review",
        rows=_to_share,
        title="Share your self-evaluation and priorities with the team",
        url="days:evaluation_shared",
        action="Share it",
        is_host=True,
        is_before=True,
        offsets=(-10, -2, 0, 2),
        goes_up_after=5,
        goes_up_to=ORGANISER,
    ),
)
