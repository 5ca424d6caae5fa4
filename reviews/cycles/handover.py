"""What of this room passes on or ends when somebody leaves, or a school becomes another."""

from __future__ import annotations

from partnership.toolkit.registers import HandoverKind
from reviews.cycles.services.leaving import REVIEWING, end_entry, entries_held
from reviews.cycles.services.passing_on import (
    CYCLES,
    HOSTS,
    VISITS,
    cycles_organised,
    none_shown,
    pass_on_cycle,
    pass_on_hosts,
    pass_on_visit,
    said_of_visit,
    visits_to_come,
)

HANDOVER = (
    HandoverKind(
        key=VISITS,
        words="Review days to come",
        held=visits_to_come,
        pass_on=pass_on_visit,
        is_dated=False,
        said=said_of_visit,
    ),
    HandoverKind(
        key=REVIEWING,
        words="Reviewing other schools; dates that were blocked go with the leaver",
        held=entries_held,
        pass_on=end_entry,
        is_dated=False,
    ),
    HandoverKind(
        key=CYCLES,
        words="Cycles of review days looked after",
        held=cycles_organised,
        pass_on=pass_on_cycle,
        is_dated=False,
    ),
    HandoverKind(
        key=HOSTS,
        words="Review days that the school hosts",
        held=none_shown,
        pass_on=pass_on_hosts,
        of="school",
    ),
)
