"""What of this room passes on when somebody leaves, or when a school becomes another."""

from __future__ import annotations

from alliances.meetings.services.actions import ACTIONS, actions_owned, pass_on_action
from alliances.meetings.services.following import (
    BODIES_LED,
    ITEMS,
    SEATS,
    bodies_led,
    items_presented,
    pass_on_body,
    pass_on_item,
    pass_on_seat,
    seats_held,
    take_back_seat,
)
from alliances.meetings.services.keepers import (
    BODIES_MINUTED,
    MEETINGS_KEPT,
    bodies_minuted,
    meetings_kept,
    pass_on_meeting,
    pass_on_minutes_of,
)
from alliances.meetings.services.passing_on import pass_on_seats, running_seats
from partnership.toolkit.registers import HandoverKind

HANDOVER = (
    HandoverKind(
        key=SEATS,
        words="Seats of one’s own in bodies",
        held=seats_held,
        pass_on=pass_on_seat,
        take_back=take_back_seat,
    ),
    HandoverKind(
        key=BODIES_LED,
        words="Bodies led",
        held=bodies_led,
        pass_on=pass_on_body,
        is_dated=False,
    ),
    HandoverKind(
        key=BODIES_MINUTED,
        words="Groups whose minutes one takes",
        held=bodies_minuted,
        pass_on=pass_on_minutes_of,
        is_dated=False,
    ),
    HandoverKind(
        key=MEETINGS_KEPT,
        words="Meetings to chair or to minute",
        held=meetings_kept,
        pass_on=pass_on_meeting,
        is_dated=False,
    ),
    HandoverKind(
        key=ITEMS,
        words="Items to present at meetings",
        held=items_presented,
        pass_on=pass_on_item,
        is_dated=False,
    ),
    HandoverKind(
        key=ACTIONS,
        words="Actions still to do",
        held=actions_owned,
        pass_on=pass_on_action,
        is_dated=False,
    ),
    HandoverKind(
        key="seats",
        words="Seats in bodies that meet",
        held=running_seats,
        pass_on=pass_on_seats,
        of="school",
    ),
)
