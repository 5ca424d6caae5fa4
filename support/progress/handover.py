"""What of this room passes on or ends when somebody leaves, or a school becomes another."""

from __future__ import annotations

from partnership.toolkit.registers import HandoverKind
from support.progress.services.handing_on import (
    PLAN_ACTIONS,
    pass_on_plan_action,
    plan_actions_owned,
    said_of_action,
)
from support.progress.services.passing_on import (
    PLACEMENTS,
    VISITS,
    none_shown,
    pass_on_placements,
    pass_on_visit,
    said_of_visit,
    visits_planned,
)

HANDOVER = (
    HandoverKind(
        key=VISITS,
        words="Support visits to come",
        held=visits_planned,
        pass_on=pass_on_visit,
        is_dated=False,
        said=said_of_visit,
    ),
    HandoverKind(
        key=PLAN_ACTIONS,
        words="Actions of support plans",
        held=plan_actions_owned,
        pass_on=pass_on_plan_action,
        is_dated=False,
        said=said_of_action,
    ),
    HandoverKind(
        key=PLACEMENTS,
        words="Colleagues of other schools to host",
        held=none_shown,
        pass_on=pass_on_placements,
        of="school",
    ),
)
