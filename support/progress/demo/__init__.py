"""The demo's support that runs: a programme in each term, one that rests, and some that ended."""

from __future__ import annotations

from django.db import transaction

from partnership.toolkit.registers import DemoClock
from support.progress.demo.beginning import Beginning
from support.progress.demo.ending import tell_ending
from support.progress.demo.outline import COURSES
from support.progress.demo.telling import CourseTeller


@transaction.atomic
def load(clock: DemoClock) -> None:
    """Each programme from its request to where it stands now."""
    beginning = Beginning(clock)
    for turn, course in enumerate(COURSES):
        programme = beginning.begin(course, turn)
        teller = CourseTeller(clock, programme, course)
        teller.tell(beginning.head_of(programme.school), beginning.supporter_of(programme))
        tell_ending(teller)
    clock.say(f"{len(COURSES)} programmes of support that run, rest or are over")
