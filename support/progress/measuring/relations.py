"""How figures follow from each other: a whole from its parts, a gap from its two sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from support.progress.measuring.figures import (
    ALL,
    DISADVANTAGED,
    OTHERS,
    PAIRS,
    WHOLE_SCHOOL,
    Figure,
)

Name = int | tuple[str, ...]
Equation = dict[Name, Fraction]
ONE = Fraction(1)
ELSEWHERE = "elsewhere"


@dataclass
class Relations:
    """All figures of one point and the equations between them.

    A figure stands under its key; one that nobody entered but that would follow from others, such
    as that of the pupils who are in none of the years told, stands under a name. `cohorts` says
    how many pupils each counts, None where that isn't known. What all pupils of a year reached is
    taken as known from elsewhere, where it isn't entered.
    """

    figures: dict[int, Figure]
    cohorts: dict[Name, int | None] = field(default_factory=dict)
    wholes: list[tuple[Name, list[Name]]] = field(default_factory=list)
    gaps: list[Equation] = field(default_factory=list)
    published: set[Name] = field(default_factory=set)

    @property
    def equations(self) -> list[Equation]:
        """Each as a sum that is nothing."""
        sums = [{whole: ONE} | dict.fromkeys(parts, -ONE) for whole, parts in self.wholes]
        return [*sums, *self.gaps]

    def size(self, name: Name) -> int | None:
        """How many pupils a figure counts, as far as that is known."""
        return self.cohorts.get(name)

    def left_of(self, whole: Name, parts: Iterable[Name]) -> int | None:
        """How many pupils of a whole are in none of its parts."""
        sizes = [self.size(whole), *(self.size(part) for part in parts)]
        if None in sizes:
            return None
        first, *rest = (size or 0 for size in sizes)
        return first - sum(rest)


class Family:
    """The figures of one measure by year group and group of pupils, entered or not."""

    def __init__(self, relations: Relations, name: str, gaps: list[Figure]) -> None:
        """Begin without any figure."""
        self.relations = relations
        self.name = name
        self.gaps = gaps
        self.entered: dict[tuple[str, str], Figure] = {}

    @property
    def years(self) -> list[str]:
        """The year groups with any figure."""
        return sorted({year for year, _group in self.entered})

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The ways in which it is parted."""
        groups = {group for _year, group in self.entered} | ({DISADVANTAGED} & self._gap_groups())
        return [pair for pair in PAIRS if not groups.isdisjoint(pair)]

    def _gap_groups(self) -> set[str]:
        years = set(self.years)
        return {DISADVANTAGED} if any(gap.year in years for gap in self.gaps) else set()

    def at(self, year: str, group: str) -> Name:
        """The key of what was entered, or the name of what wasn't."""
        figure = self.entered.get((year, group))
        return figure.key if figure else ("rest", self.name, year, group)

    def relate(self) -> None:
        """Say how its figures hang together."""
        for year in self.years:
            for one, other in self.pairs:
                self._part(year, one, other)
        if WHOLE_SCHOOL in self.years and len(self.years) > 1:
            self._sum_years()
        for gap in self.gaps:
            if gap.year in self.years:
                self._part_gap(gap)

    def _part(self, year: str, one: str, other: str) -> None:
        """All are two parts together, and no part is larger than all."""
        cohorts, left_of = self.relations.cohorts, self.relations.left_of
        whole, a, b = (self.at(year, group) for group in (ALL, one, other))
        sizes = cohorts.get(a), cohorts.get(b)
        if cohorts.get(whole) is None and None not in sizes:
            cohorts[whole] = sum(size or 0 for size in sizes)
        most = cohorts.get(whole)
        for part, rest in ((a, b), (b, a)):
            size = cohorts.get(part)
            if size is not None and most is not None:
                cohorts[part] = min(size, most)
            elif not isinstance(part, int):
                cohorts[part] = left_of(whole, [rest])
        self.relations.wholes.append((whole, [a, b]))
        if not isinstance(whole, int):
            self.relations.published.add(whole)

    def _sum_years(self) -> None:
        """The whole school is its years together, and whoever is in none of those told."""
        years = [year for year in self.years if year != WHOLE_SCHOOL]
        groups = [ALL, *(group for pair in self.pairs for group in pair)]
        parts = {group: [self.at(year, group) for year in years] for group in groups}
        wholes = {group: self.at(WHOLE_SCHOOL, group) for group in groups}
        left = {group: self.relations.left_of(wholes[group], parts[group]) for group in groups}
        has_more = any(each is not None and each > 0 for each in left.values())
        elsewhere: dict[str, list[Name]] = {
            group: [(ELSEWHERE, self.name, group)] if has_more and left[group] != 0 else []
            for group in groups
        }
        for group in groups:
            for name in elsewhere[group]:
                self.relations.cohorts[name] = left[group]
            self.relations.wholes.append((wholes[group], [*parts[group], *elsewhere[group]]))

    def _part_gap(self, gap: Figure) -> None:
        """The gap is what the others reach less what disadvantaged pupils reach.

        Nobody says of which figure it is the gap, so it may be of each of the same year.
        """
        cohorts = self.relations.cohorts
        whole, behind, ahead = (self.at(gap.year, each) for each in (ALL, DISADVANTAGED, OTHERS))
        if cohorts.get(gap.key) is None:
            sizes = [cohorts.get(side) for side in (behind, ahead)]
            known = [size for size in sizes if size is not None]
            cohorts[gap.key] = min(known) if len(known) == len(sizes) else None
        if cohorts.get(behind) is None and not isinstance(behind, int):
            cohorts[behind] = gap.cohort
        if cohorts.get(ahead) is None and not isinstance(ahead, int):
            cohorts[ahead] = self.relations.left_of(whole, [behind])
        less, more = (Fraction(1, cohorts.get(side) or 1) for side in (behind, ahead))
        self.relations.gaps.append({gap.key: ONE, ahead: -more, behind: less})


def relations_of(figures: Iterable[Figure]) -> Relations:
    """How the figures of one point hang together."""
    relations = Relations({figure.key: figure for figure in figures})
    relations.cohorts.update({key: each.cohort for key, each in relations.figures.items()})
    gaps = [figure for figure in relations.figures.values() if figure.is_gap]
    families: dict[str, dict[tuple[str, str], Figure]] = defaultdict(dict)
    for figure in relations.figures.values():
        if not figure.is_gap:
            families[figure.family].setdefault((figure.year, figure.group), figure)
    for name, entered in families.items():
        family = Family(relations, name, gaps)
        family.entered = entered
        family.relate()
    _size_what_follows(relations)
    return relations


def _size_what_follows(relations: Relations) -> None:
    """Count the pupils of figures that nobody entered where a whole or its other parts say it."""
    is_more_known = True
    while is_more_known:
        is_more_known = False
        for whole, parts in relations.wholes:
            unsized = [name for name in (whole, *parts) if relations.size(name) is None]
            if len(unsized) != 1 or isinstance(unsized[0], int):
                continue
            (name,) = unsized
            size = relations.left_of(whole, [part for part in parts if part != name])
            if name == whole:
                size = sum(relations.size(part) or 0 for part in parts)
            if size is not None and size >= 0:
                relations.cohorts[name] = size
                is_more_known = True
