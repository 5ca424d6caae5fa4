from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from reviews.cycles.models import (
    BlockedDay,
    CannotReview,
    Cycle,
    CycleHost,
    CyclePerson,
    CycleReviewer,
    DayPlace,
    Framework,
    Judgement,
    PairRule,
    ReviewDay,
    Reviewer,
    RotaChange,
    RotaDraft,
    Theme,
    Training,
)
from tests.factories.alliances import AllianceFactory
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


class FrameworkFactory(DjangoModelFactory):
    class Meta:
        model = Framework

    alliance = factory.SubFactory(AllianceFactory)
    name = factory.Sequence(lambda n: f"Framework {n}")
    evidence = "Learning walk\nWork scrutiny"
    made_by = factory.SubFactory(PersonFactory)
    made_at = AT
    settled_at = AT


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    framework = factory.SubFactory(FrameworkFactory)
    place = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Theme {n}")
    prompts = "What do pupils remember?\nHow do teachers check?"


class JudgementFactory(DjangoModelFactory):
    class Meta:
        model = Judgement

    framework = factory.SubFactory(FrameworkFactory)
    place = factory.Sequence(lambda n: n + 1)
    label = factory.Sequence(lambda n: f"Label {n}")


class ReviewerFactory(DjangoModelFactory):
    class Meta:
        model = Reviewer

    alliance = factory.SubFactory(AllianceFactory)
    person = factory.SubFactory(PersonFactory)
    school = factory.SubFactory(SchoolFactory)
    starts_on = date(2026, 9, 1)


class TrainingFactory(DjangoModelFactory):
    class Meta:
        model = Training

    reviewer = factory.SubFactory(ReviewerFactory)
    kind = Training.Kind.LEAD
    trained_on = date(2026, 9, 10)
    entered_by = factory.SubFactory(PersonFactory)
    entered_at = AT


class CannotReviewFactory(DjangoModelFactory):
    class Meta:
        model = CannotReview

    reviewer = factory.SubFactory(ReviewerFactory)
    school = factory.SubFactory(SchoolFactory)
    why = CannotReview.Why.GOVERNOR
    said_by = factory.SelfAttribute("reviewer.person")
    said_at = AT


class BlockedDayFactory(DjangoModelFactory):
    class Meta:
        model = BlockedDay

    person = factory.SubFactory(PersonFactory)
    day = date(2027, 1, 12)
    blocked_by = factory.SelfAttribute("person")
    blocked_at = AT


class CycleFactory(DjangoModelFactory):
    class Meta:
        model = Cycle

    alliance = factory.SubFactory(AllianceFactory)
    year = 2026
    name = factory.Sequence(lambda n: f"Review days {n}")
    team_size = 2
    starts_on = date(2027, 1, 11)
    ends_on = date(2027, 6, 25)
    organiser = factory.SubFactory(PersonFactory)
    made_by = factory.SelfAttribute("organiser")
    made_at = AT


class CycleHostFactory(DjangoModelFactory):
    class Meta:
        model = CycleHost

    cycle = factory.SubFactory(CycleFactory)
    school = factory.SubFactory(SchoolFactory)


class CycleReviewerFactory(DjangoModelFactory):
    class Meta:
        model = CycleReviewer

    cycle = factory.SubFactory(CycleFactory)
    reviewer = factory.SubFactory(
        ReviewerFactory, alliance=factory.SelfAttribute("..cycle.alliance")
    )


class CyclePersonFactory(DjangoModelFactory):
    class Meta:
        model = CyclePerson

    cycle = factory.SubFactory(CycleFactory)
    person = factory.SubFactory(PersonFactory)
    starts_on = date(2026, 9, 1)
    named_by = factory.SelfAttribute("cycle.organiser")


class PairRuleFactory(DjangoModelFactory):
    class Meta:
        model = PairRule

    cycle = factory.SubFactory(CycleFactory)
    reviewer = factory.SubFactory(CycleReviewerFactory, cycle=factory.SelfAttribute("..cycle"))
    host = factory.SubFactory(CycleHostFactory, cycle=factory.SelfAttribute("..cycle"))
    said_by = factory.SelfAttribute("cycle.organiser")
    said_at = AT


class RotaDraftFactory(DjangoModelFactory):
    class Meta:
        model = RotaDraft

    cycle = factory.SubFactory(CycleFactory)
    alliance = factory.SelfAttribute("cycle.alliance")
    number = factory.Sequence(lambda n: n + 1)
    state = RotaDraft.State.FOUND
    status = RotaDraft.Status.OPTIMAL
    objective = 0
    bound = 0
    asked_by = factory.SelfAttribute("cycle.organiser")
    asked_at = AT


class ReviewDayFactory(DjangoModelFactory):
    class Meta:
        model = ReviewDay

    cycle = factory.SubFactory(CycleFactory)
    host = factory.SubFactory(CycleHostFactory, cycle=factory.SelfAttribute("..cycle"))
    school = factory.SelfAttribute("host.school")
    day = date(2027, 1, 20)
    last_day = factory.SelfAttribute("day")
    starts_at = factory.LazyAttribute(
        lambda made: datetime(made.day.year, made.day.month, made.day.day, 8, 30, tzinfo=UTC)
    )
    ends_at = factory.LazyAttribute(
        lambda made: datetime(
            made.last_day.year, made.last_day.month, made.last_day.day, 15, 30, tzinfo=UTC
        )
    )
    published_at = AT
    changed_at = AT


class DayPlaceFactory(DjangoModelFactory):
    class Meta:
        model = DayPlace

    day = factory.SubFactory(ReviewDayFactory)
    reviewer = factory.SubFactory(CycleReviewerFactory, cycle=factory.SelfAttribute("..day.cycle"))
    person = factory.SelfAttribute("reviewer.reviewer.person")
    asked_at = AT
    answer_by = datetime(2026, 11, 9, 17, tzinfo=UTC)


class RotaChangeFactory(DjangoModelFactory):
    class Meta:
        model = RotaChange

    cycle = factory.SubFactory(CycleFactory)
    kind = RotaChange.Kind.PUBLISHED
    made_by = factory.SelfAttribute("cycle.organiser")
    made_at = AT
