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
from tests.factories.support import SupportAreaFactory, SupportRulesFactory

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@dataclass
class Scene:
    """An alliance that gives support, a school of it, its head, and the director."""

    alliance: Any
    school: Any
    head: Any
    director: Any
    area: Any


def make_scene():
    alliance = AllianceFactory(name="Oldham Schools Alliance", slug="osa")
    SupportRulesFactory(alliance=alliance)
    school = SchoolFactory(name="Example Hill Primary School")
    MembershipFactory(alliance=alliance, school=school)
    head, director = PersonFactory(name="Yusuf Iqbal"), PersonFactory(name="Amina Hussain")
    SchoolPostFactory(school=school, person=head, kind="head")
    AlliancePostFactory(alliance=alliance, person=director, kind="director")
    area = SupportAreaFactory(alliance=alliance, name="Writing")
    return Scene(alliance, school, head, director, area)
