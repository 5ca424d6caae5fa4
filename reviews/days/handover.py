"""What of reviews passes on or ends when somebody leaves, or a school becomes another."""

from __future__ import annotations

from partnership.toolkit.registers import HandoverKind
from reviews.days.services.leaving import (
    ACTIONS,
    NAMED,
    WORKSHOPS,
    actions_owned,
    end_help,
    give_up_workshop,
    pass_on_action,
    reviews_helped,
    said_of_action,
    workshops_led,
)
from reviews.days.services.succeeding import SCHOOLS, none_shown, pass_on_reviews

HANDOVER = (
    HandoverKind(
        key=WORKSHOPS,
        words="Workshops after reviews; their schools ask somebody else",
        held=workshops_led,
        pass_on=give_up_workshop,
        is_dated=False,
    ),
    HandoverKind(
        key=ACTIONS,
        words="Actions after reviews of the school",
        held=actions_owned,
        pass_on=pass_on_action,
        is_dated=False,
        said=said_of_action,
    ),
    HandoverKind(
        key=NAMED,
        words="Reviews of the school that the leaver helps with",
        held=reviews_helped,
        pass_on=end_help,
        is_dated=False,
    ),
    HandoverKind(
        key=SCHOOLS,
        words="Self-evaluations and reviews",
        held=none_shown,
        pass_on=pass_on_reviews,
        of="school",
    ),
)
