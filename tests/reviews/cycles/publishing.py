from datetime import UTC, date, datetime

from reviews.cycles.models import DayPlace
from tests.factories.reviews import (
    CycleFactory,
    CycleHostFactory,
    CycleReviewerFactory,
    RotaDraftFactory,
    TrainingFactory,
)
from tests.factories.schools import SchoolPostFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 30, 9, tzinfo=UTC)


def make_cycle(count=3, **told):
    """So many schools whose heads host and review."""
    told = {"state": "asking", "opened_at": NOW, "team_size": 2, **told}
    cycle = CycleFactory(**told)
    hosts, reviewers = [], []
    for _ in range(count):
        host = CycleHostFactory(cycle=cycle)
        post = SchoolPostFactory(school=host.school)
        reviewer = CycleReviewerFactory(
            cycle=cycle, reviewer__person=post.person, reviewer__school=host.school
        )
        TrainingFactory(reviewer=reviewer.reviewer)
        hosts.append(host)
        reviewers.append(reviewer)
    return cycle, hosts, reviewers


def day_of(host, on, lead, *team):
    return {
        "host": str(host.pk),
        "date": on.isoformat(),
        "lead": str(lead.pk),
        "team": [str(each.pk) for each in team],
    }


def draft_of(cycle, *days, at=NOW, unfilled=(), **told):
    unfilled = [{"host": str(host.pk), "reason": "Nobody is free."} for host in unfilled]
    told = {"asked_at": at, "began_at": at, **told}
    return RotaDraftFactory(cycle=cycle, days=list(days), unfilled=unfilled, **told)


def going(cycle):
    """Host, day, lead and team as they stand."""
    found = {}
    places = DayPlace.objects.filter(day__cycle=cycle, ended_at=None).select_related("day")
    for place in places.exclude(answer="declined").exclude(day__state="cancelled"):
        date_of, lead, team = found.get(place.day.host_id, (place.day.day, None, frozenset()))
        if place.is_lead:
            lead = place.reviewer_id
        else:
            team |= {place.reviewer_id}
        found[place.day.host_id] = (date_of, lead, team)
    return found


JAN, FEB, MAR = date(2027, 1, 20), date(2027, 2, 10), date(2027, 3, 10)
