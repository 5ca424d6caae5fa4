"""What is done in a programme while it runs and after."""

from support.progress.services.going_on import NotGoingOn
from support.progress.services.holding import (
    NoteGiven,
    NotHeld,
    NotOverYet,
    hold_visit,
    undo_held,
)
from support.progress.services.noting import (
    CheckedAlready,
    NotComplete,
    NotGiven,
    WrittenElsewhere,
    check_note,
    give_note,
    keep_note,
)
from support.progress.services.placing import (
    HostsItself,
    NotAgreed,
    SaidAlready,
    agree_to_placement,
    cancel_placement,
    hold_placement,
    plan_placement,
    say_learnt,
)
from support.progress.services.promising import (
    NobodysDays,
    PromisedMeanwhile,
    promise_more_days,
)
from support.progress.services.releasing import (
    ReleasedAlready,
    WithdrawnAlready,
    release_note,
    withdraw_release,
)
from support.progress.services.visiting import (
    AnotherVisitor,
    NotPlanned,
    cancel_visit,
    move_visit,
    plan_visit,
)

__all__ = [
    "AnotherVisitor",
    "CheckedAlready",
    "HostsItself",
    "NobodysDays",
    "NotAgreed",
    "NotComplete",
    "NotGiven",
    "NotGoingOn",
    "NotHeld",
    "NotOverYet",
    "NotPlanned",
    "NoteGiven",
    "PromisedMeanwhile",
    "ReleasedAlready",
    "SaidAlready",
    "WithdrawnAlready",
    "WrittenElsewhere",
    "agree_to_placement",
    "cancel_placement",
    "cancel_visit",
    "check_note",
    "give_note",
    "hold_placement",
    "hold_visit",
    "keep_note",
    "move_visit",
    "plan_placement",
    "plan_visit",
    "promise_more_days",
    "release_note",
    "say_learnt",
    "undo_held",
    "withdraw_release",
]
