from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from alliances.meetings.models import Body
from tests.factories.meetings import BodyFactory
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory
from workhubs.hubs.models import (
    JoinRequest,
    Objective,
    Progress,
    ProgressNote,
    TopicProposal,
    Workhub,
    WorkhubPerson,
    WorkhubSchool,
    WorkhubYear,
)


class WorkhubFactory(DjangoModelFactory):
    class Meta:
        model = Workhub

    name = factory.Sequence(lambda n: f"Workhub {n}")
    slug = factory.Sequence(lambda n: f"workhub-{n}")
    body = factory.SubFactory(
        BodyFactory, kind=Body.Kind.WORKHUB, name=factory.SelfAttribute("..name")
    )
    alliance = factory.SelfAttribute("body.alliance")


class WorkhubYearFactory(DjangoModelFactory):
    class Meta:
        model = WorkhubYear

    workhub = factory.SubFactory(WorkhubFactory)
    year = 2026


class WorkhubSchoolFactory(DjangoModelFactory):
    class Meta:
        model = WorkhubSchool

    class Params:
        joined = factory.Trait(
            joined_on=date(2026, 9, 10), answered_at=datetime(2026, 9, 10, 9, tzinfo=UTC)
        )

    workhub_year = factory.SubFactory(WorkhubYearFactory)
    school = factory.SubFactory(SchoolFactory)
    invited_by = factory.SubFactory(PersonFactory)
    invited_at = datetime(2026, 9, 1, 9, tzinfo=UTC)
    answer_by = datetime(2026, 9, 15, 16, tzinfo=UTC)


class JoinRequestFactory(DjangoModelFactory):
    class Meta:
        model = JoinRequest

    workhub_year = factory.SubFactory(WorkhubYearFactory)
    school = factory.SubFactory(SchoolFactory)
    why = "We have tried the same, and would like to compare."
    requested_by = factory.SubFactory(PersonFactory)
    requested_at = datetime(2026, 11, 18, 9, tzinfo=UTC)
    answer_by = datetime(2026, 11, 25, 17, tzinfo=UTC)


class TopicProposalFactory(DjangoModelFactory):
    class Meta:
        model = TopicProposal

    workhub_year = factory.SubFactory(WorkhubYearFactory)
    school = factory.SubFactory(SchoolFactory)
    topic = "Writing at length"
    about = "Our books are thin after Christmas."
    proposed_by = factory.SubFactory(PersonFactory)
    proposed_at = datetime(2026, 11, 18, 9, tzinfo=UTC)
    answer_by = datetime(2026, 12, 2, 17, tzinfo=UTC)


class WorkhubPersonFactory(DjangoModelFactory):
    class Meta:
        model = WorkhubPerson

    workhub_year = factory.SubFactory(WorkhubYearFactory)
    person = factory.SubFactory(PersonFactory)
    brings = "tutor at the university"
    starts_on = date(2026, 9, 1)


class ObjectiveFactory(DjangoModelFactory):
    class Meta:
        model = Objective

    workhub_year = factory.SubFactory(WorkhubYearFactory)
    position = factory.Sequence(lambda n: n + 1)
    words = factory.Sequence(lambda n: f"Objective {n}")


class ProgressNoteFactory(DjangoModelFactory):
    class Meta:
        model = ProgressNote

    objective = factory.SubFactory(ObjectiveFactory)
    progress = Progress.ON_TRACK
    seen = "Seven of eleven schools do it."
    noted_by = factory.SubFactory(PersonFactory)
    noted_at = datetime(2026, 11, 12, 16, tzinfo=UTC)
