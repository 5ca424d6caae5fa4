"""An alliance sets the days of its reminders itself, or goes back to ours."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from partnership.audit.services import record
from partnership.notices.models import ReminderRule, check_offsets
from partnership.notices.timing import Timing, our_timing
from partnership.people.models import Person
from partnership.toolkit.registers import DutyKind
from partnership.toolkit.versions import apply_changes, lock

SAID = ("offsets", "goes_up_after", "waits_for_school")


@transaction.atomic
def time_reminders(
    *,
    alliance_id: int,
    kind: DutyKind,
    offsets: Collection[int],
    goes_up_after: int | None,
    waits_for_school: bool,
    seen_version: int,
    by: Person,
    now: datetime,
) -> ReminderRule:
    """Remind of this kind of duty so in this alliance from now on; what equals ours follows ours.

    Raises ValidationError for days that are too many, too far, or said twice.
    """
    check_offsets(offsets)
    timing = Timing(tuple(sorted(offsets)), goes_up_after, waits_for_school)
    wanted = _fields(timing) | {"is_own": timing != our_timing(kind)}
    rule, _is_new = ReminderRule.objects.get_or_create(
        alliance_id=alliance_id,
        kind=kind.key,
        defaults=_fields(our_timing(kind)) | {"is_own": False, "version": 0, "changed_at": now},
    )
    current = lock(rule, seen_version=seen_version)
    before = {name: getattr(current, name) for name in SAID}
    if any(getattr(current, name) != value for name, value in wanted.items()):
        changed = apply_changes(current, wanted | {"changed_at": now})
        record(
            "reminders timed" if current.is_own else "back to the portal’s days",
            current,
            by=by,
            at=now,
            title=kind.words,
            fields=[name for name in changed if name in SAID],
            values={name: [before[name], wanted[name]] for name in SAID if name in changed},
            alliance_id=alliance_id,
        )
    return current


def _fields(timing: Timing) -> dict[str, object]:
    return {
        "offsets": sorted(timing.offsets),
        "goes_up_after": timing.goes_up_after,
        "waits_for_school": timing.waits_for_school,
    }


def use_our_reminders(
    *, alliance_id: int, kind: DutyKind, seen_version: int, by: Person, now: datetime
) -> ReminderRule:
    """Remind of this kind of duty on our days again, whatever they become."""
    ours = our_timing(kind)
    return time_reminders(
        alliance_id=alliance_id,
        kind=kind,
        offsets=ours.offsets,
        goes_up_after=ours.goes_up_after,
        waits_for_school=ours.waits_for_school,
        seen_version=seen_version,
        by=by,
        now=now,
    )
