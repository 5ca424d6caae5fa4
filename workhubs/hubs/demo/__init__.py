"""The demo's workhubs: Oldham's twelve over two years, and one each in two other alliances."""

from __future__ import annotations

from alliances.membership.models import Alliance
from partnership.toolkit.registers import DemoClock
from workhubs.hubs.demo.stories import ELSEWHERE, OLDHAM
from workhubs.hubs.demo.telling import Teller


def load(clock: DemoClock) -> None:
    """Workhubs with their schools, invitations and meetings, all made by services."""
    oldham = Alliance.objects.get(slug="oldham-schools-alliance")
    teller = Teller(clock, oldham)
    for turn, story in enumerate(OLDHAM):
        teller.tell(story, turn, years=2)
    for turn, (slug, story) in enumerate(ELSEWHERE):
        Teller(clock, Alliance.objects.get(slug=slug)).tell(story, turn + len(OLDHAM), years=1)
    clock.say(f"{len(OLDHAM) + len(ELSEWHERE)} workhubs")
