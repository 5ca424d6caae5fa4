"""A cycle of three schools, each of which lends its head, all trained to lead."""

from datetime import date
from types import SimpleNamespace

from tests.factories import PersonFactory, SchoolFactory
from tests.factories.alliances import AlliancePostFactory
from tests.factories.reviews import (
    CycleFactory,
    CycleHostFactory,
    CycleReviewerFactory,
    ReviewerFactory,
    TrainingFactory,
)

NAMES = ("Acorn", "Beech", "Cedar", "Damson", "Elm", "Fir")


def make_cycle(schools=3, **facts):
    """The window is one school week in January 2027, unless said otherwise."""
    settings = {
        "team_size": 1,
        "gap_days": 1,
        "starts_on": date(2027, 1, 11),
        "ends_on": date(2027, 1, 15),
    }
    cycle = CycleFactory(**settings | facts)
    director = AlliancePostFactory(alliance=cycle.alliance, kind="director").person
    hosts, reviewers = [], []
    for name in NAMES[:schools]:
        school = SchoolFactory(name=f"{name} Primary School")
        hosts.append(CycleHostFactory(cycle=cycle, school=school))
        reviewer = ReviewerFactory(
            alliance=cycle.alliance, school=school, person=PersonFactory(name=f"{name} Head")
        )
        TrainingFactory(reviewer=reviewer)
        reviewers.append(CycleReviewerFactory(cycle=cycle, reviewer=reviewer))
    return SimpleNamespace(cycle=cycle, director=director, hosts=hosts, reviewers=reviewers)
