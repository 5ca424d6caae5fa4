"""Themes of a cycle without names, counted so that no school can be told.

Schools that let their reports count stand in the order in which each first did, in groups of five
that never change. A group counts while all five agree, and says of each theme one of two things:
at least three of its reports name it, or fewer do. Whoever knows her own report can tell nothing
of another’s from that, whichever of the two it is. Counting the first ten anew once the first
five were shown, or another school in the place of one that withdrew, would tell: what is seen
before and after differs by few. So a school that agrees again comes back to its own group, and
what a page shows follows from the groups’ words alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from partnership.toolkit.registers.columns import Lines, Stamp
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, Theme
from reviews.days.models import Meaning, ReportConsent

GROUP = 5
MOST_OF_GROUP = 3
MOST, FEW = "Most schools", "Half of the schools or fewer"
PARTS = "review__report__parts"


class Said(NamedTuple):
    """A consent that was given: whose, whether it holds, and what the report names, a line each.

    A line, or cell, is the key of a theme, a colon and what the report says of it.
    """

    review: int
    is_let: bool
    names: str | None


@dataclass(frozen=True)
class ThemeLine:
    """A theme of the framework, with a band for each meaning."""

    name: str
    bands: dict[str, str]

    @property
    def shown(self) -> list[tuple[str, str]]:
        """Each meaning with its band, in their order."""
        return [(str(meaning.label), self.bands[meaning]) for meaning in Meaning]


@dataclass(frozen=True)
class Themes:
    """How many groups of five schools count, and what is said of each theme; or nothing yet."""

    groups: int
    lines: list[ThemeLine]

    @property
    def schools(self) -> int:
        """How many schools count."""
        return GROUP * self.groups


def cells_of_groups(said: Sequence[tuple[int, bool, str | None]]) -> list[set[str]]:
    """For each group that counts, what most of its five reports name.

    Rows may come as the database gives them: a thousand are taken apart faster than renamed.
    """
    named = {review: set((names or "").splitlines()) for review, _is_let, names in said}
    let = {review for review, is_let, _names in said if is_let}
    order = list(named)
    groups = [order[at : at + GROUP] for at in range(0, len(order), GROUP)]
    whole = [group for group in groups if len(group) == GROUP and let.issuperset(group)]
    return [_most([named[review] for review in group]) for group in whole]


def _most(reports: Iterable[set[str]]) -> set[str]:
    counts = Counter(chain.from_iterable(reports))
    return {cell for cell, count in counts.items() if count >= MOST_OF_GROUP}


def themes_in(groups: Sequence[set[str]], themes: Iterable[tuple[int, str]]) -> Themes:
    """What is shown: most schools, where most of the groups say so."""
    if not groups:
        return Themes(0, [])
    counts = Counter(chain.from_iterable(groups))
    lines = [
        ThemeLine(
            name, {each: _band(counts[f"{pk}:{each.value}"], len(groups)) for each in Meaning}
        )
        for pk, name in themes
    ]
    return Themes(len(groups), lines)


def _band(saying: int, groups: int) -> str:
    return MOST if 2 * saying > groups else FEW


def _said(*, cycle: int) -> QuerySet[ReportConsent, Any]:
    consents = ReportConsent.objects.filter(
        audience=ReportConsent.Audience.THEMES,
        review__cycle=cycle,
        review__released_at__isnull=False,
    )
    is_let = ExpressionWrapper(Q(withdrawn_at__isnull=True), output_field=BooleanField())
    names = Lines(Stamp(F(f"{PARTS}__theme"), F(f"{PARTS}__meaning")))
    rows = consents.annotate(is_let=is_let, names=names).order_by("given_at", "pk")
    return rows.values_list("review", "is_let", "names")


def _themes(*, framework: int) -> QuerySet[Theme, Any]:
    themes = Theme.objects.filter(framework=framework).order_by("place", "pk")
    return themes.values_list("pk", "name")


def themes_of(cycle: Cycle) -> Themes:
    """As they stand now."""
    if cycle.framework_id is None:
        return Themes(0, [])
    said = answer(_said, cycle=cycle.pk)
    return themes_in(cells_of_groups(said), answer(_themes, framework=cycle.framework_id))
