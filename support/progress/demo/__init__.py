"""The demo's support that runs: a programme in each term, one that rests, and some that ended."""

from __future__ import annotations

from django.db import transaction

from partnership.toolkit.registers import DemoClock
from support.progress.demo.beginning import Beginning
from support.progress.demo.outline import COURSES


@transaction.atomic
def load(clock: DemoClock) -> None:
    """Each programme from its request to where it stands now."""
    beginning = Beginning(clock)
    for turn, course in enumerate(COURSES):
        beginning.begin(course, turn)
    clock.say(f"{len(COURSES)} programmes of support that run, rest or are over")
