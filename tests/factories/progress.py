from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from support.progress.models import (
    Concern,
    Ending,
    FinalView,
    Measure,
    MeasureValue,
    NoteRelease,
    Objective,
    ObjectiveRating,
    Pause,
    Placement,
    Plan,
    PlanAction,
    SustainCheck,
    TermReview,
    TermView,
    Visit,
    VisitNote,
)
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory
from tests.factories.support import ProgrammeFactory, SupportAreaFactory

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 17, tzinfo=UTC)


class OfProgramme(DjangoModelFactory):
    class Meta:
        abstract = True

    programme = factory.SubFactory(ProgrammeFactory)


class PlanFactory(OfProgramme):
    class Meta:
        model = Plan

    begun_by = factory.SubFactory(PersonFactory)
    begun_at = AT
    changed_at = AT
    agree_by = LATER


class ObjectiveFactory(OfProgramme):
    class Meta:
        model = Objective

    area = factory.SubFactory(
        SupportAreaFactory, alliance=factory.SelfAttribute("..programme.alliance")
    )
    focus = Objective.Focus.TEACHING
    words = factory.Sequence(lambda n: f"Teachers model writing each day, {n}")
    success = "Seen in four of five visits"
    position = factory.Sequence(lambda n: n)


class PlanActionFactory(DjangoModelFactory):
    class Meta:
        model = PlanAction

    objective = factory.SubFactory(ObjectiveFactory)
    words = "Plan the first two weeks together"
    owner = factory.SubFactory(PersonFactory)
    given_by = factory.SubFactory(PersonFactory)
    given_at = AT
    due_at = LATER


class PauseFactory(OfProgramme):
    class Meta:
        model = Pause

    because = "The head is away."
    paused_by = factory.SubFactory(PersonFactory)
    paused_at = AT
    look_again_at = LATER


class VisitFactory(OfProgramme):
    class Meta:
        model = Visit

    visitor = factory.SubFactory(PersonFactory)
    purpose = "Books of Year 5"
    starts_at = datetime(2026, 11, 26, 9, tzinfo=UTC)
    ends_at = datetime(2026, 11, 26, 15, tzinfo=UTC)
    days = 1
    planned_by = factory.SubFactory(PersonFactory)
    planned_at = AT
    changed_at = AT


class VisitNoteFactory(DjangoModelFactory):
    class Meta:
        model = VisitNote

    visit = factory.SubFactory(VisitFactory)
    with_whom = "English lead"
    seen = "Two lessons in Year 5."
    agreed = "Model writing on Mondays."
    written_by = factory.SubFactory(PersonFactory)
    saved_at = AT


class NoteReleaseFactory(DjangoModelFactory):
    class Meta:
        model = NoteRelease

    note = factory.SubFactory(VisitNoteFactory)
    layer = NoteRelease.Layer.DIRECTOR
    given_by = factory.SubFactory(PersonFactory)
    given_at = AT


class PlacementFactory(OfProgramme):
    class Meta:
        model = Placement

    who = "Teacher of Year 4"
    host = factory.SubFactory(SchoolFactory)
    focus = "How writing is modelled"
    starts_at = datetime(2026, 12, 7, 9, tzinfo=UTC)
    ends_at = datetime(2026, 12, 8, 15, tzinfo=UTC)
    days = 2
    planned_by = factory.SubFactory(PersonFactory)
    planned_at = AT
    agree_by = LATER
    changed_at = AT


class TermReviewFactory(OfProgramme):
    class Meta:
        model = TermReview

    term = 1
    opened_at = AT
    due_at = LATER


class TermViewFactory(DjangoModelFactory):
    class Meta:
        model = TermView

    review = factory.SubFactory(TermReviewFactory)
    side = "school"
    written_by = factory.SubFactory(PersonFactory)
    saved_at = AT


class ObjectiveRatingFactory(DjangoModelFactory):
    class Meta:
        model = ObjectiveRating

    view = factory.SubFactory(TermViewFactory)
    objective = factory.SubFactory(ObjectiveFactory)
    course = "on_course"


class MeasureFactory(OfProgramme):
    class Meta:
        model = Measure

    kind = Measure.Kind.WRITING
    year_group = "6"
    position = factory.Sequence(lambda n: n)
    added_by = factory.SubFactory(PersonFactory)
    added_at = AT


class MeasureValueFactory(DjangoModelFactory):
    class Meta:
        model = MeasureValue

    measure = factory.SubFactory(MeasureFactory)
    point = 0
    actual = 58
    cohort = 30
    entered_by = factory.SubFactory(PersonFactory)
    entered_at = AT


class ConcernFactory(OfProgramme):
    class Meta:
        model = Concern

    words = "Meetings are called off the day before."
    raised_by = factory.SubFactory(PersonFactory)
    raised_at = AT
    side = "director"
    reply_by = LATER


class FinalViewFactory(OfProgramme):
    class Meta:
        model = FinalView

    side = "school"
    written_by = factory.SubFactory(PersonFactory)
    saved_at = AT


class EndingFactory(OfProgramme):
    class Meta:
        model = Ending

    opened_at = AT
    due_at = LATER


class SustainCheckFactory(OfProgramme):
    class Meta:
        model = SustainCheck

    number = 1
    due_at = LATER
