"""The demo's support: example schools at every step, from the request to the signed agreement."""

from __future__ import annotations

from django.db import transaction

from partnership.toolkit.registers import DemoClock
from support.programmes.demo.enquiries import tell_enquiries
from support.programmes.demo.stories import ANSWERED_OTHERWISE, STORIES
from support.programmes.demo.telling import SupportTeller


@transaction.atomic
def load(clock: DemoClock) -> None:
    """Requests in each stage, some answered otherwise, and what visitors wrote."""
    teller = SupportTeller(clock)
    for turn, story in enumerate(STORIES):
        teller.tell(story, turn)
    for other in ANSWERED_OTHERWISE:
        teller.answer_otherwise(other)
    enquiries = tell_enquiries(clock)
    count = len(STORIES) + len(ANSWERED_OTHERWISE)
    clock.say(f"{count} requests for support at every step, {enquiries} enquiries from visitors")
