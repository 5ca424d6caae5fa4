"""Each objective of a programme with how its actions stand and how the latest review rates it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject

from partnership.toolkit.registers.columns import Lines
from partnership.toolkit.statements import answer
from support.programmes.models import Programme
from support.programmes.permissions import Rights
from support.progress.course.facts import facts_of
from support.progress.models import Objective, ObjectiveRating, PlanAction


class Aim(NamedTuple):
    """An objective, also one that was dropped; `ratings` are each side, its writer and the word."""

    pk: int
    words: str
    focus: str
    dropped_at: datetime | None
    still_open: int = 0
    late: int = 0
    done: int = 0
    ratings: tuple[tuple[str, str, str], ...] = ()


def aims_of(rights: Rights, now: datetime) -> list[Aim]:
    """What the plan and the three views of a programme's page show; loaded once for it.

    Nothing is rated before all views are shown.
    """
    kept: Any = rights.programme
    if "aims_kept" not in kept.__dict__:
        facts = facts_of(rights, now)
        review = facts.review_pk if facts.review_shown_at is not None else None
        told = {"programme": rights.programme, "now": now, "review": review or 0}
        rows = answer(_rows, review is not None, **told)
        kept.aims_kept = [_aim(*row) for row in rows]
    found: list[Aim] = kept.aims_kept
    return found


def _rows(
    is_rated: bool,  # noqa: FBT001 a shape of the SELECT
    *,
    programme: Programme,
    now: datetime,
    review: Any,
) -> QuerySet[Objective, Any]:
    of_it = {"objective": OuterRef("pk")}
    still_open = Q(done_at=None, dropped_at=None)
    actions = PlanAction.objects.filter(**of_it).order_by().values("objective")
    counts = JSONObject(
        still_open=Count("pk", filter=still_open),
        late=Count("pk", filter=still_open & Q(due_at__lt=now)),
        done=Count("pk", filter=Q(done_at__isnull=False)),
    )
    said = {"said_actions": Subquery(actions.annotate(said=counts).values("said"))}
    if is_rated:
        given = ObjectiveRating.objects.filter(
            view__review=review, view__given_at__isnull=False, **of_it
        )
        line = JSONObject(side="view__side", name="view__written_by__name", course="course")
        lines = Lines(Cast(line, TextField()))
        grouped = given.order_by().values("objective").annotate(said=lines)
        said["said_ratings"] = Subquery(grouped.values("said"))
    rows = Objective.objects.filter(programme=programme).annotate(**said)
    return rows.order_by("position", "pk").values_list(*Aim._fields[:4], *said)


def _aim(pk: int, words: str, focus: str, dropped_at: datetime | None, *said: Any) -> Aim:
    actions, *lines = said
    ratings = (json.loads(line) for line in _lines(*lines))
    rated = tuple((each["side"], each["name"], each["course"]) for each in ratings)
    return Aim(pk, words, focus, dropped_at, **(actions or {}), ratings=rated)


def _lines(said: str | None = None) -> Sequence[str]:
    return said.split("\n") if said else ()
