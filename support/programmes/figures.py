"""How many programmes there are, told so that no number points at a school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from partnership.toolkit.statements import answer
from support.programmes.models import Programme, Stage

FEWEST_TOLD = 5
ELSEWHERE = "Every other area"
COLUMNS = ("stage", "area__name")
GROUPS: tuple[tuple[str, tuple[Stage, ...]], ...] = (
    (
        "Asked, or in swift review",
        (Stage.ASKED, Stage.OWN_VIEW, Stage.ASSESSMENT, Stage.REPLY, Stage.JUDGEMENT),
    ),
    ("Support is being found or agreed", (Stage.MATCHING, Stage.AGREEMENT, Stage.SIGNING)),
    (
        "Running, followed up or watched",
        (Stage.RUNNING, Stage.PAUSED, Stage.FOLLOWED, Stage.WATCHED),
    ),
)


@dataclass(frozen=True)
class Figure:
    """One line: what is counted, and how many."""

    words: str
    count: int


@dataclass(frozen=True)
class Figures:
    """What may be told; `total` is None where it is too few."""

    total: int | None
    by_stage: list[Figure]
    by_area: list[Figure]


def told(counts: Iterable[tuple[str, int]]) -> list[Figure]:
    """Lines under five are left out, and one more where a single one could be worked out."""
    lines = list(counts)
    hidden = {words for words, count in lines if count < FEWEST_TOLD}
    if len(hidden) == 1:
        shown = [(count, words) for words, count in lines if words not in hidden]
        hidden |= {words for _count, words in sorted(shown)[:1]}
    return [Figure(words, count) for words, count in lines if words not in hidden]


def _counted(*, alliance: int) -> QuerySet[Programme, Any]:
    standing = Programme.objects.standing().filter(alliance=alliance).with_stage()
    return standing.order_by().values_list(*COLUMNS)


def figures_of(alliance_id: int) -> Figures:
    """What stands now, by how far it has come and by area."""
    rows = answer(_counted, alliance=alliance_id)
    stages = Counter(stage for stage, _area in rows)
    areas = Counter(area for _stage, area in rows)
    groups = ((words, sum(stages[each] for each in group)) for words, group in GROUPS)
    total = len(rows) if len(rows) >= FEWEST_TOLD else None
    return Figures(total, told(groups), told([*sorted(areas.items()), (ELSEWHERE, 0)]))
