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
COLUMNS = ("stage", "area__name")
GROUPS: tuple[tuple[str, tuple[Stage, ...]], ...] = (
    ("Asked, not answered yet", (Stage.ASKED,)),
    ("In swift review", (Stage.OWN_VIEW, Stage.ASSESSMENT, Stage.REPLY, Stage.JUDGEMENT)),
    ("Support is being found", (Stage.MATCHING,)),
    ("Agreement written or signed", (Stage.AGREEMENT, Stage.SIGNING)),
    ("Running", (Stage.RUNNING,)),
    ("Watched", (Stage.WATCHED,)),
)


@dataclass(frozen=True)
class Figure:
    """One line: what is counted, and how many; None where it is too few to be told."""

    words: str
    count: int | None


def told(counts: Iterable[tuple[str, int]]) -> list[Figure]:
    """Numbers under five are left out, and one more where a single one could be worked out."""
    lines = list(counts)
    hidden = {words for words, count in lines if count < FEWEST_TOLD}
    if len(hidden) == 1:
        shown = [(count, words) for words, count in lines if words not in hidden]
        hidden |= {words for _count, words in sorted(shown)[:1]}
    return [Figure(words, None if words in hidden else count) for words, count in lines]


def _counted(*, alliance: int) -> QuerySet[Programme, Any]:
    standing = Programme.objects.standing().filter(alliance=alliance).with_stage()
    return standing.order_by().values_list(*COLUMNS)


def figures_of(alliance_id: int) -> tuple[list[Figure], list[Figure]]:
    """What stands now, by how far it has come and by area."""
    rows = answer(_counted, alliance=alliance_id)
    stages = Counter(stage for stage, _area in rows)
    areas = Counter(area for _stage, area in rows)
    by_stage = told((words, sum(stages[each] for each in group)) for words, group in GROUPS)
    return by_stage, told(sorted(areas.items()))
