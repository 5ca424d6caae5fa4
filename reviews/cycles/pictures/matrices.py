"""Who visits whom: a line for each school that sends somebody, a column for each host."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reviews.cycles.pictures.shapes import HostSchool, Scene, Visitor, Visits

Pair = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    """What one school does at another: `kind` is own, lead, visit or empty."""

    kind: str = ""
    is_mutual: bool = False
    count: int = 0

    @property
    def look(self) -> str:
        """How it looks."""
        if self.kind == "own":
            return "is-self"
        if self.is_mutual:
            return "is-soon"
        return f"is-{self.kind}" if self.kind else ""

    @property
    def sign(self) -> str:
        """What stands in it."""
        letter = {"lead": "L", "visit": "V"}.get(self.kind, "")
        several = str(self.count) if self.count > 1 else ""
        return f"{letter}{several}{'⇄' if self.is_mutual else ''}"

    @property
    def words(self) -> str:
        """The same, read out."""
        said = {"own": "own school", "lead": "leads", "visit": "visits"}.get(self.kind, "")
        several = f" with {self.count} people" if self.count > 1 else ""
        return f"{said}{several}{', and is visited' if self.is_mutual else ''}"


@dataclass(frozen=True)
class Row:
    """A school that sends somebody, or somebody without a school, and how many days out that makes."""

    name: str
    cells: tuple[Cell, ...]
    days_out: int


@dataclass(frozen=True)
class Matrix:
    """All that the table shows."""

    hosts: tuple[HostSchool, ...]
    rows: tuple[Row, ...]
    has_mutual: bool


def mutual_pairs(scene: Scene, days: Sequence[Visits]) -> set[Pair]:
    """Pairs of host schools that visit each other, the smaller key first."""
    went = {
        (home, scene.hosts[each.host].school_id)
        for each in days
        for key in each.everybody
        if (home := scene.visitors[key].school_id) is not None
    }
    return {(one, other) for one, other in went if one < other and (other, one) in went}


def matrix(scene: Scene, days: Sequence[Visits]) -> Matrix:
    """Schools that host come first, in the order of the columns; then all others that send somebody."""
    with_day = {each.host for each in days}
    hosts = tuple(h for h in scene.hosts.values() if h.is_standing or h.id in with_day)
    pairs = set() if scene.is_all_others else mutual_pairs(scene, days)
    went = Counter(
        (_home(scene.visitors[key]), each.host) for each in days for key in each.everybody
    )
    leads = {(_home(scene.visitors[each.lead]), each.host) for each in days if each.lead}
    homes = {f"school:{host.school_id}": host.short for host in hosts}
    others = {_home(v): v.school or v.name for v in scene.visitors.values()}
    used = {home for home, _host in went}
    more = sorted((name, home) for home, name in others.items() if home in used - homes.keys())
    lines = [*homes.items(), *((home, name) for name, home in more)]
    rows = tuple(
        Row(
            name=name,
            cells=tuple(_cell(home, host, went, leads, pairs) for host in hosts),
            days_out=sum(count for (of, _host), count in went.items() if of == home)
            * scene.days_each,
        )
        for home, name in lines
    )
    return Matrix(hosts, rows, has_mutual=bool(pairs))


def _home(visitor: Visitor) -> str:
    if visitor.school_id is None:
        return f"person:{visitor.person_id}"
    return f"school:{visitor.school_id}"


def _cell(
    home: str,
    host: HostSchool,
    went: Counter[tuple[str, str]],
    leads: set[tuple[str, str]],
    pairs: set[Pair],
) -> Cell:
    if home == f"school:{host.school_id}":
        return Cell("own")
    count = went[home, host.id]
    if not count:
        return Cell()
    kind = "lead" if (home, host.id) in leads else "visit"
    own = int(home.removeprefix("school:")) if home.startswith("school:") else 0
    key = (min(own, host.school_id), max(own, host.school_id))
    return Cell(kind, is_mutual=key in pairs, count=count)
