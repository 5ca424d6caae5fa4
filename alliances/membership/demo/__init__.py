"""The demo's alliances: six of them, with their schools and the invented people who run them."""

from __future__ import annotations

from alliances.membership.demo.stories import STORIES
from alliances.membership.demo.telling import Teller
from partnership.people.demo import OFFICER
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock


def load(clock: DemoClock) -> None:
    """Alliances with schools, posts, areas, partners and pages; some schools come and go."""
    teller = Teller(clock, Person.objects.with_email(OFFICER.email).get())
    schools = sum(teller.tell(story) for story in STORIES)
    teller.link()
    teller.let_schools_come_and_go()
    clock.say(f"{len(STORIES)} alliances with {schools} memberships of schools")
