"""What a file would do to each school: the difference, before it is kept or applied."""

from __future__ import annotations

from dataclasses import dataclass, field

from alliances.schools.register import RefusedRow

Facts = dict[str, tuple[object, object]]


@dataclass(slots=True)
class Entry:
    """A school that the file describes anew: what it would become, fact by fact."""

    kind: str
    line: int
    urn: int
    name: str
    facts: Facts
    predecessor_id: int | None = None
    successor_id: int | None = None

    @property
    def is_new(self) -> bool:
        """Whether the register doesn't have this school yet."""
        return self.kind in ("new", "converted")


@dataclass
class Plan:
    """What to do with each school of a file, as the register stood at one moment."""

    after_import: int
    authority_names: dict[str, str]
    new: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    unchanged: int = 0
    confirmed: list[int] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether the register already says all that the file says, from this or a later day."""
        return not (self.new or self.changed or self.confirmed)


@dataclass(frozen=True, slots=True)
class Step:
    """What a file says of a link between schools, or of a school in a trust or a federation."""

    kind: str
    line: int
    urn: int
    name: str
    facts: dict[str, object]


@dataclass
class Steps:
    """What a file would do to links and groups."""

    steps: list[Step] = field(default_factory=list)
    unchanged: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


@dataclass(frozen=True)
class Imported:
    """What came of an import, or would come of it."""

    new: int
    changed: int
    unchanged: int
    refused: tuple[RefusedRow, ...]
    difference: tuple[Entry | Step, ...] = ()

    def __str__(self) -> str:
        return (
            f"{self.new} new, {self.changed} changed, "
            f"{self.unchanged} unchanged, {len(self.refused)} refused"
        )
