"""What has been done in a programme so far, counted in one SELECT."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from partnership.toolkit.statements import answer
from support.programmes.models import Side
from support.programmes.permissions import Rights
from support.progress.course.gathering import NAMED, row_of, wanted_by
from support.progress.course.terms import keep_terms


@dataclass(frozen=True)
class Facts:
    """Counts and moments, as of a moment, for one reader; what her page can't need is left out."""

    plan_version: int | None
    school_version: int | None
    supporter_version: int | None
    plan_agreed_at: datetime | None
    agree_by: datetime | None
    ending_due_at: datetime | None
    ending_closed_at: datetime | None
    checkback_by: datetime | None
    checkback_given_at: datetime | None
    needs_placement: bool
    ended: frozenset[str]
    gave: frozenset[str] = frozenset()
    visits_planned: int = 0
    visits_held: int = 0
    notes_missing: int = 0
    placements: int = 0
    placements_held: int = 0
    measures: int = 0
    baselines: int = 0
    reviews_closed: int = 0
    exit_strategies: int = 0
    review_pk: int | None = None
    review_term: int | None = None
    review_due_at: datetime | None = None
    review_shown_at: datetime | None = None
    review_differs: bool | None = None
    review_talked_at: datetime | None = None
    review_closed_at: datetime | None = None
    own_action: int | None = None
    own_action_due: datetime | None = None
    own_note: int | None = None
    own_note_by: datetime | None = None
    own_passed: int | None = None
    note_to_check: int | None = None
    note_check_by: datetime | None = None
    concern_to_reply: int | None = None
    checks: int = 0
    checks_given: int = 0
    check_number: int | None = None
    check_due_at: datetime | None = None
    look_again_at: datetime | None = None

    @property
    def is_plan_agreed(self) -> bool:
        """Whether both schools agree to the plan as it stands."""
        return self.plan_version is not None and (
            self.school_version == self.supporter_version == self.plan_version
        )

    @property
    def ended_school(self) -> bool:
        """Whether the supported school has looked back at the whole."""
        return Side.SCHOOL.value in self.ended

    @property
    def ended_supporter(self) -> bool:
        """Whether the supporting school has."""
        return Side.SUPPORTER.value in self.ended

    def has_given(self, side: str | None) -> bool:
        """Whether a side has given its view in the latest review."""
        return str(side) in self.gave


MOMENTS = frozenset(
    name for name, field in Facts.__dataclass_fields__.items() if "datetime" in str(field.type)
)


def facts_of(rights: Rights, now: datetime) -> Facts:
    """What her page can need to know of a programme, and its terms; loaded once for a page."""
    kept: Any = rights.programme
    if "facts_kept" not in kept.__dict__:
        told = {"programme": rights.programme, "person": rights.person, "now": now}
        (row,) = answer(row_of, wanted_by(rights), **told)
        plain, (terms, ended, *said) = row[: len(NAMED)], row[len(NAMED) :]
        known: dict[str, Any] = {"ended": _sides(ended)}
        for each in said:
            known |= _read(each or {})
        kept.facts_kept = Facts(*plain, **known)
        keep_terms(rights.programme, terms)
    found: Facts = kept.facts_kept
    return found


def _read(said: Mapping[str, Any]) -> dict[str, Any]:
    """An object of the database with its moments as such, and sides from their lines."""
    known = {name: _moment(said[name]) if name in MOMENTS else said[name] for name in said}
    return known | {"gave": _sides(said["gave"])} if "gave" in said else known


def _sides(lines: str | None) -> frozenset[str]:
    return frozenset((lines or "").split())


def _moment(said: str | None) -> datetime | None:
    """A moment as JSON says it; SQLite keeps UTC without saying so."""
    if said is None:
        return None
    moment = datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
