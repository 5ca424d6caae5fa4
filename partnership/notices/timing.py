"""When each kind of duty is reminded of: on our days, or on those that an alliance has set."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from partnership.notices.models import ReminderRule
from partnership.toolkit.registers import Duty, DutyKind, duty_kinds


@dataclass(frozen=True)
class Timing:
    """Days from the deadline on which a duty is reminded of and goes up.

    What would have been due before `since`, when an alliance changed its days, is not made up for.
    """

    offsets: tuple[int, ...]
    goes_up_after: int | None
    waits_for_school: bool
    since: datetime | None = None

    @property
    def first(self) -> int:
        """The earliest day, seen from the deadline."""
        return min((*self.offsets, 0))

    @property
    def last(self) -> int:
        """The latest day, seen from the deadline."""
        return max((*self.offsets, self.goes_up_after or 0))

    @property
    def reminded(self) -> str:
        """The days of the reminders in words."""
        return ", ".join(day_words(offset) for offset in self.offsets) or "never"


def day_words(offset: int) -> str:
    """A day, seen from the deadline."""
    if offset == 0:
        return "when due"
    days = f"{abs(offset)} day" + ("" if abs(offset) == 1 else "s")
    return f"{days} before" if offset < 0 else f"{days} after"


def goes_up_words(kind: DutyKind, timing: Timing) -> str:
    """When and to whom what nobody does goes up."""
    if timing.goes_up_after is None:
        return "no"
    return f"{day_words(timing.goes_up_after)}, to {kind.goes_up_to}"


def our_timing(kind: DutyKind) -> Timing:
    """The days that hold where no alliance says otherwise."""
    return Timing(kind.offsets, kind.goes_up_after, kind.waits_for_school)


def timing_of(rule: ReminderRule) -> Timing:
    """What a rule says; one that went back to ours says when."""
    kind = duty_kinds()[rule.kind]
    if not rule.is_own:
        return replace(our_timing(kind), since=rule.changed_at)
    goes_up_after = rule.goes_up_after if kind.goes_up_to else None
    return Timing(tuple(rule.offsets), goes_up_after, rule.waits_for_school, rule.changed_at)


class Timings:
    """What holds for every duty: the rules of alliances, and our days for all others."""

    def __init__(self, rules: Collection[ReminderRule]) -> None:
        """Forget rules about what no room offers to alliances any more."""
        kinds = duty_kinds()
        self._ours = {key: our_timing(kind) for key, kind in kinds.items()}
        self._own = {
            (rule.alliance_id, rule.kind): timing_of(rule)
            for rule in rules
            if rule.kind in kinds and kinds[rule.kind].in_alliance
        }

    def of(self, duty: Duty) -> Timing:
        """What holds for one duty."""
        own = self._own.get((duty.alliance_id or 0, duty.kind))
        return self._ours[duty.kind] if own is None else own

    def __iter__(self) -> Iterator[Timing]:
        """Each of them, to see how far they reach."""
        yield from self._ours.values()
        yield from self._own.values()

    @property
    def our_last(self) -> int:
        """The latest of our days."""
        return max((timing.last for timing in self._ours.values()), default=0)


def all_timings() -> Timings:
    """What holds everywhere, in one query."""
    return Timings(ReminderRule.objects.all())


def timings_in(alliance_ids: Collection[int]) -> Timings:
    """What holds in some alliances; no query without any."""
    if not alliance_ids:
        return Timings([])
    return Timings(ReminderRule.objects.filter(alliance_id__in=alliance_ids))


def timed_kinds() -> list[DutyKind]:
    """Every kind of duty whose days an alliance may set."""
    return [kind for kind in duty_kinds().values() if kind.in_alliance]


def rule_for(alliance_id: int, kind: DutyKind) -> ReminderRule:
    """The rule as it stands, with our days where the alliance has none of its own; kept or not."""
    rule = ReminderRule.objects.filter(alliance_id=alliance_id, kind=kind.key).first()
    if rule is None:
        rule = ReminderRule(alliance_id=alliance_id, kind=kind.key, is_own=False, version=0)
    if not rule.is_own:
        rule.offsets = list(kind.offsets)
        rule.goes_up_after = kind.goes_up_after
        rule.waits_for_school = kind.waits_for_school
    return rule
