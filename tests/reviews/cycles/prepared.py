from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from tests.factories import (
    AllianceFactory,
    AlliancePostFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
)
from tests.factories.reviews import CycleFactory

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PLACES = ("Brook", "Hill", "Meadow")


@dataclass
class Scene:
    """An alliance of three schools with their heads, its director, and a cycle in preparation."""

    alliance: Any
    director: Any
    schools: Any
    heads: Any
    cycle: Any


def make_scene(count=3):
    alliance = AllianceFactory(name="Oldham Schools Alliance", slug="osa")
    director = PersonFactory(name="Amina Hussain")
    AlliancePostFactory(alliance=alliance, person=director, kind="director")
    schools, heads = [], []
    for number, place in enumerate(PLACES[:count]):
        school = SchoolFactory(name=f"Example {place} Primary School")
        MembershipFactory(alliance=alliance, school=school)
        post = SchoolPostFactory(school=school, person__name=f"Head {number}", kind="head")
        schools.append(school)
        heads.append(post.person)
    cycle = CycleFactory(alliance=alliance, name="Review days", organiser=director)
    return Scene(alliance, director, schools, heads, cycle)
