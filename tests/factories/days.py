import uuid
from datetime import UTC, datetime, time

import factory
from factory.django import DjangoModelFactory

from reviews.days.models import (
    AgreedLabel,
    Agreement,
    CheckBack,
    CheckBackAnswer,
    Crossing,
    Finding,
    Note,
    Priority,
    Report,
    ReportComment,
    ReportConsent,
    ReportPart,
    Review,
    ReviewAction,
    ReviewFile,
    ReviewPerson,
    SelfEvaluation,
    TeamStep,
    TimetableEntry,
    View,
    Workshop,
)
from tests.factories.people import PersonFactory
from tests.factories.reviews import AT, JudgementFactory, ReviewDayFactory, ThemeFactory
from tests.factories.schools import SchoolFactory, SchoolPostFactory


class SelfEvaluationFactory(DjangoModelFactory):
    class Meta:
        model = SelfEvaluation

    school = factory.SubFactory(SchoolFactory)
    year = 2026
    context = "One form of entry, in the middle of the town."
    going_well = "Pupils read widely and talk about what they read."
    to_improve = "Writing at length in other subjects."
    evidence = "Learning walks and books in every term."
    changed_at = AT


class PriorityFactory(DjangoModelFactory):
    class Meta:
        model = Priority

    evaluation = factory.SubFactory(SelfEvaluationFactory)
    place = factory.Sequence(lambda n: n + 1)
    area = Priority.Area.WRITING
    title = "Writing at length in every subject"


class ReviewFactory(DjangoModelFactory):
    class Meta:
        model = Review

    class Params:
        shared = factory.Trait(
            evaluation=factory.SubFactory(
                SelfEvaluationFactory, school=factory.SelfAttribute("..school")
            ),
            shared_at=AT,
        )
        prepared = factory.Trait(
            shared=True,
            focus="How well do pupils write at length?",
            lines="Writing in Year 2\nWriting in Year 5",
            focus_at=AT,
            files_at=AT,
            planning_at=AT,
            planning_starts_at=AT,
            timetable_at=AT,
            contact_name="Jo Firth",
            contact_telephone="0161 496 0123",
            contact_at=AT,
        )
        moderated = factory.Trait(prepared=True, moderated_at=AT)
        released = factory.Trait(moderated=True, released_at=AT)

    day = factory.SubFactory(ReviewDayFactory)
    host = factory.SelfAttribute("day.host")
    cycle = factory.SelfAttribute("day.cycle")
    school = factory.SelfAttribute("day.school")


class ReviewPersonFactory(DjangoModelFactory):
    class Meta:
        model = ReviewPerson

    review = factory.SubFactory(ReviewFactory)
    person = factory.LazyAttribute(
        lambda named: SchoolPostFactory(school=named.review.school, kind="teacher").person
    )
    named_by = factory.SubFactory(PersonFactory)
    named_at = AT


class ReviewFileFactory(DjangoModelFactory):
    class Meta:
        model = ReviewFile

    review = factory.SubFactory(ReviewFactory)
    title = factory.Sequence(lambda n: f"Document {n}")
    file = factory.django.FileField(filename="plan.pdf", data=b"%PDF-1.7 plan")
    name = "plan.pdf"
    kind = "pdf"
    content_type = "application/pdf"
    size = 13
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    added_by = factory.SubFactory(PersonFactory)
    added_at = AT


class TimetableEntryFactory(DjangoModelFactory):
    class Meta:
        model = TimetableEntry

    review = factory.SubFactory(ReviewFactory)
    starts_time = time(9)
    ends_time = time(10)
    kind = TimetableEntry.Kind.WALK
    title = "Learning walk, Years 1 and 2"
    partner = "Anna Kershaw, deputy headteacher"


class TeamStepFactory(DjangoModelFactory):
    class Meta:
        model = TeamStep

    review = factory.SubFactory(ReviewFactory)
    person = factory.SubFactory(PersonFactory)


class NoteFactory(DjangoModelFactory):
    class Meta:
        model = Note

    review = factory.SubFactory(ReviewFactory)
    author = factory.SubFactory(PersonFactory)
    key = factory.LazyFunction(uuid.uuid4)
    activity = "Learning walk"
    text = factory.Sequence(lambda n: f"Evidence {n}: books show drafts and edits.")
    written_at = datetime(2027, 1, 20, 10, tzinfo=UTC)
    received_at = datetime(2027, 1, 20, 10, 1, tzinfo=UTC)
    changed_at = datetime(2027, 1, 20, 10, 1, tzinfo=UTC)


class ViewFactory(DjangoModelFactory):
    class Meta:
        model = View

    review = factory.SubFactory(ReviewFactory)
    author = factory.SubFactory(PersonFactory)
    theme = factory.SubFactory(ThemeFactory)
    strengths = "Teachers check what pupils know."
    development = "Feedback comes late."
    saved_at = AT


class FindingFactory(DjangoModelFactory):
    class Meta:
        model = Finding

    review = factory.SubFactory(ReviewFactory)
    meaning = "strength"
    words = "Pupils write with purpose in every subject."
    written_by = factory.SubFactory(PersonFactory)
    written_at = AT
    changed_at = AT


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement

    finding = factory.SubFactory(FindingFactory)
    person = factory.SubFactory(PersonFactory)
    agreed_at = AT


class AgreedLabelFactory(DjangoModelFactory):
    class Meta:
        model = AgreedLabel

    review = factory.SubFactory(ReviewFactory)
    theme = factory.SubFactory(ThemeFactory)
    judgement = factory.SubFactory(JudgementFactory)
    given_by = factory.SubFactory(PersonFactory)
    given_at = AT


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = Report

    class Params:
        sent = factory.Trait(sent_at=AT, check_by=datetime(2027, 2, 10, 17, tzinfo=UTC))

    review = factory.SubFactory(ReviewFactory, moderated=True)
    opening = "The team was made welcome."
    drafted_by = factory.SubFactory(PersonFactory)
    drafted_at = AT
    changed_at = AT


class ReportPartFactory(DjangoModelFactory):
    class Meta:
        model = ReportPart

    report = factory.SubFactory(ReportFactory)
    meaning = "development"
    place = factory.Sequence(lambda n: n + 1)
    words = "Give feedback while pupils can still use it."


class ReportCommentFactory(DjangoModelFactory):
    class Meta:
        model = ReportComment

    report = factory.SubFactory(ReportFactory, sent=True)
    quoted = "Feedback comes late."
    words = "Feedback is given in the lesson in Years 1 to 4."
    said_by = factory.SubFactory(PersonFactory)
    said_at = AT


class ReportConsentFactory(DjangoModelFactory):
    class Meta:
        model = ReportConsent

    review = factory.SubFactory(ReviewFactory, released=True)
    audience = ReportConsent.Audience.GOVERNORS
    given_by = factory.SubFactory(PersonFactory)
    given_at = AT


class WorkshopFactory(DjangoModelFactory):
    class Meta:
        model = Workshop

    review = factory.SubFactory(ReviewFactory, released=True)
    champion = factory.SubFactory(PersonFactory)
    asked_at = AT


class ReviewActionFactory(DjangoModelFactory):
    class Meta:
        model = ReviewAction

    review = factory.SubFactory(ReviewFactory, released=True)
    words = "Agree how feedback is given in every year group"
    made_by = factory.SubFactory(PersonFactory)
    made_at = AT


class CheckBackFactory(DjangoModelFactory):
    class Meta:
        model = CheckBack

    review = factory.SubFactory(ReviewFactory, released=True)
    due_at = datetime(2027, 4, 30, 17, tzinfo=UTC)


class CheckBackAnswerFactory(DjangoModelFactory):
    class Meta:
        model = CheckBackAnswer

    check_back = factory.SubFactory(CheckBackFactory)
    part = factory.SubFactory(ReportPartFactory)
    extent = CheckBackAnswer.Extent.SOME
    changed = "Pupils use feedback in the same lesson."


class CrossingFactory(DjangoModelFactory):
    class Meta:
        model = Crossing

    part = factory.SubFactory(ReportPartFactory)
    kind = "directory.offer"
    thing_id = 1
    made_by = factory.SubFactory(PersonFactory)
    made_at = AT
