"""What of this room passes on when somebody leaves, or when a school becomes another."""

from __future__ import annotations

from partnership.toolkit.registers import HandoverKind
from workhubs.hubs.services.following import (
    WORKHUBS_DEPUTISED,
    WORKHUBS_JOINED,
    WORKHUBS_LED,
    pass_on_deputy,
    pass_on_membership,
    pass_on_workhub,
    said_of_workhub,
    take_back_membership,
    workhubs_deputised,
    workhubs_joined,
    workhubs_led,
)
from workhubs.hubs.services.passing_on import (
    pass_on_places,
    pass_on_topics,
    running_places,
    topics_proposed,
)

HANDOVER = (
    HandoverKind(
        key=WORKHUBS_LED,
        words="Workhubs led",
        held=workhubs_led,
        said=said_of_workhub,
        pass_on=pass_on_workhub,
        is_dated=False,
    ),
    HandoverKind(
        key=WORKHUBS_DEPUTISED,
        words="Workhubs whose deputy one is",
        held=workhubs_deputised,
        said=said_of_workhub,
        pass_on=pass_on_deputy,
        is_dated=False,
    ),
    HandoverKind(
        key=WORKHUBS_JOINED,
        words="Workhubs in which one takes part oneself",
        held=workhubs_joined,
        said=said_of_workhub,
        pass_on=pass_on_membership,
        take_back=take_back_membership,
    ),
    HandoverKind(
        key="workhub_places",
        words="Places in workhubs",
        held=running_places,
        pass_on=pass_on_places,
        of="school",
    ),
    HandoverKind(
        key="workhub_topics",
        words="Topics proposed to workhubs",
        held=topics_proposed,
        pass_on=pass_on_topics,
        of="school",
    ),
)
