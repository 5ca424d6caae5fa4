from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from partnership.calendar.days import is_school_day
from partnership.calendar.years import AcademicYear
from tests.factories.alliances import AllianceFactory, AlliancePostFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import (
    CycleFactory,
    CycleHostFactory,
    CycleReviewerFactory,
    DayPlaceFactory,
    ReviewDayFactory,
    ReviewerFactory,
    TrainingFactory,
)
from tests.journeys.test_every_page import RULES
from tests.journeys.world import school_with_head

NARROW = "document.documentElement.scrollWidth <= window.innerWidth"
SCHOOLS = (
    ("Delph Primary School", "Anna Kershaw"),
    ("Diggle School", "Martin O’Neill"),
    ("Greenfield Primary School", "Farah Siddiqui"),
    ("Uppermill Infants", "Tom Whitehead"),
)


@dataclass
class Saddleworth:
    """An alliance with its director, whose heads are all trained to lead reviews."""

    alliance: Any
    director: Any
    schools: list[Any]
    heads: list[Any]
    pool: list[Any]


def saddleworth(count=3):
    alliance = AllianceFactory(name="Saddleworth Schools Alliance", slug="saddleworth")
    director = PersonFactory(name="Amina Hussain")
    AlliancePostFactory(alliance=alliance, person=director, kind="director")
    made = Saddleworth(alliance, director, [], [], [])
    for school_name, head_name in SCHOOLS[:count]:
        school, head = school_with_head(alliance, school_name, head_name)
        reviewer = ReviewerFactory(alliance=alliance, person=head, school=school)
        TrainingFactory(reviewer=reviewer, entered_by=director)
        made.schools.append(school)
        made.heads.append(head)
        made.pool.append(reviewer)
    return made


def open_weeks(count):
    """The first Monday, two months from now or later, that begins so many weeks without a holiday."""
    monday = timezone.localdate() + timedelta(days=60)
    monday += timedelta(days=-monday.weekday() % 7)
    while not all(
        is_school_day(monday + timedelta(weeks=week, days=day))
        for week in range(count)
        for day in range(5)
    ):
        monday += timedelta(weeks=1)
    return monday


def cycle_of(world, *, starts_on, ends_on, state="published", **facts):
    """Each school hosts and each head may be sent; all have given their dates."""
    now = timezone.now()
    facts |= {"published_at": now - timedelta(days=1)} if state == "published" else {}
    given = {"dates_given_at": now - timedelta(days=2)}
    cycle = CycleFactory(
        alliance=world.alliance,
        organiser=world.director,
        name="Review days of Saddleworth",
        state=state,
        year=AcademicYear.containing(starts_on).start,
        starts_on=starts_on,
        ends_on=ends_on,
        opened_at=now - timedelta(days=9),
        block_by=now + timedelta(days=5),
        **facts,
    )
    for school, reviewer in zip(world.schools, world.pool, strict=True):
        CycleHostFactory(cycle=cycle, school=school, **given)
        CycleReviewerFactory(cycle=cycle, reviewer=reviewer, **given)
    return cycle


def publish(cycle, *dates: date, teams):
    """The hosts' days in their order; of each team, reviewers by their place, the first leads."""
    now = timezone.now()
    hosts = list(cycle.hosts.order_by("pk"))
    reviewers = list(cycle.reviewers.select_related("reviewer__person").order_by("pk"))
    made = []
    for host, day, team in zip(hosts, dates, teams, strict=False):
        made.append(ReviewDayFactory(cycle=cycle, host=host, day=day, published_at=now))
        for number in team:
            DayPlaceFactory(
                day=made[-1],
                reviewer=reviewers[number],
                is_lead=number == team[0],
                asked_at=now,
                answer_by=now + timedelta(days=7),
            )
    return made


class Eyes:
    """What is wrong with the pages that people come by."""

    def __init__(self):
        self.found = []

    def read(self, person):
        """All her words, once the page is looked at."""
        answer = Axe().run(person.page, options=RULES).response
        self.found += [(person.page.url, fault["id"]) for fault in answer["violations"]]
        if not person.page.evaluate(NARROW):
            self.found.append((person.page.url, "wider than the screen"))
        return person.words


def letter_to(person, letters):
    (found,) = [letter for letter in letters if letter.to == [person.email]]
    return found
