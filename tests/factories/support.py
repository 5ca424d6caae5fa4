from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from support.directory.models import (
    CapacityAccount,
    Designation,
    HomeConsent,
    OutsideExpert,
    Practitioner,
    SchoolOffer,
    SharedPost,
    SupportArea,
    SupportRules,
)
from support.programmes.models import (
    Agreement,
    Declaration,
    DeclarationAsked,
    Programme,
    ProgrammePerson,
    ReviewView,
    Signature,
    Strand,
    SwiftReview,
)
from tests.factories.alliances import AllianceFactory
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory


class SupportRulesFactory(DjangoModelFactory):
    class Meta:
        model = SupportRules

    alliance = factory.SubFactory(AllianceFactory)


class DesignationFactory(DjangoModelFactory):
    class Meta:
        model = Designation

    alliance = factory.SubFactory(AllianceFactory)
    name = factory.Sequence(lambda n: f"Designation {n}")


class SupportAreaFactory(DjangoModelFactory):
    class Meta:
        model = SupportArea

    alliance = factory.SubFactory(AllianceFactory)
    name = factory.Sequence(lambda n: f"Area of support {n}")


class PractitionerFactory(DjangoModelFactory):
    class Meta:
        model = Practitioner

    alliance = factory.SubFactory(AllianceFactory)
    person = factory.SubFactory(PersonFactory)
    home_school = factory.SubFactory(SchoolFactory)
    phases = ["primary"]
    days_a_year = 15
    starts_on = date(2026, 9, 1)
    search_text = factory.LazyAttribute(lambda made: made.person.name.casefold())


class HomeConsentFactory(DjangoModelFactory):
    class Meta:
        model = HomeConsent

    practitioner = factory.SubFactory(PractitionerFactory)
    school = factory.SelfAttribute("practitioner.home_school")
    given_by = factory.SubFactory(PersonFactory)
    given_at = datetime(2026, 9, 2, 9, tzinfo=UTC)
    days_a_year = 15
    starts_on = date(2026, 9, 1)
    ends_on = date(2027, 8, 31)


class CapacityAccountFactory(DjangoModelFactory):
    class Meta:
        model = CapacityAccount

    practitioner = factory.SubFactory(PractitionerFactory)
    school = factory.SelfAttribute("practitioner.home_school")
    year = 2026
    offered = 15


class SchoolOfferFactory(DjangoModelFactory):
    class Meta:
        model = SchoolOffer

    alliance = factory.SubFactory(AllianceFactory)
    school = factory.SubFactory(SchoolFactory)
    kind = SchoolOffer.Kind.PLACEMENT
    title = factory.Sequence(lambda n: f"Offer {n}")
    starts_on = date(2026, 9, 1)


class OutsideExpertFactory(DjangoModelFactory):
    class Meta:
        model = OutsideExpert

    alliance = factory.SubFactory(AllianceFactory)
    kind = OutsideExpert.Kind.SUPPLIER
    name = factory.Sequence(lambda n: f"Supplier {n}")
    starts_on = date(2026, 9, 1)


class SharedPostFactory(DjangoModelFactory):
    class Meta:
        model = SharedPost

    alliance = factory.SubFactory(AllianceFactory)
    kind = SharedPost.Kind.SHARED
    title = factory.Sequence(lambda n: f"Shared post {n}")
    employer = factory.SubFactory(SchoolFactory)
    starts_on = date(2026, 9, 1)


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    alliance = factory.SubFactory(AllianceFactory)
    school = factory.SubFactory(SchoolFactory)
    area = factory.SubFactory(SupportAreaFactory, alliance=factory.SelfAttribute("..alliance"))
    need = "Writing in Years 5 and 6 is not where we want it."
    outcomes = "Teachers model writing each day."
    asked_by = factory.SubFactory(PersonFactory)
    asked_at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    answer_by = datetime(2026, 11, 9, 16, tzinfo=UTC)


class ProgrammePersonFactory(DjangoModelFactory):
    class Meta:
        model = ProgrammePerson

    programme = factory.SubFactory(ProgrammeFactory)
    person = factory.SubFactory(PersonFactory)
    side = "school"
    starts_on = date(2026, 11, 2)
    named_by = factory.SubFactory(PersonFactory)


class SwiftReviewFactory(DjangoModelFactory):
    class Meta:
        model = SwiftReview

    programme = factory.SubFactory(ProgrammeFactory)
    assessor = factory.SubFactory(PersonFactory)
    due_at = datetime(2026, 11, 27, 16, tzinfo=UTC)


class ReviewViewFactory(DjangoModelFactory):
    class Meta:
        model = ReviewView

    review = factory.SubFactory(SwiftReviewFactory)
    side = "school"
    written_by = factory.SubFactory(PersonFactory)


class StrandFactory(DjangoModelFactory):
    class Meta:
        model = Strand

    programme = factory.SubFactory(ProgrammeFactory)
    kind = Strand.Kind.COACHING
    practitioner = factory.SubFactory(PractitionerFactory)
    brokered_by = factory.SubFactory(PersonFactory)
    brokered_at = datetime(2026, 11, 12, 9, tzinfo=UTC)


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement

    programme = factory.SubFactory(ProgrammeFactory)
    number = 1
    drafted_by = factory.SubFactory(PersonFactory)
    drafted_at = datetime(2026, 11, 13, 9, tzinfo=UTC)


class SignatureFactory(DjangoModelFactory):
    class Meta:
        model = Signature

    agreement = factory.SubFactory(AgreementFactory)
    side = "director"


class DeclarationAskedFactory(DjangoModelFactory):
    class Meta:
        model = DeclarationAsked

    programme = factory.SubFactory(ProgrammeFactory)
    person = factory.SubFactory(PersonFactory)
    side = "school"
    asked_at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    due_at = datetime(2026, 11, 30, 17, tzinfo=UTC)


class DeclarationFactory(DjangoModelFactory):
    class Meta:
        model = Declaration

    programme = factory.SubFactory(ProgrammeFactory)
    person = factory.SubFactory(PersonFactory)
    side = "school"
    has_conflict = False
    declared_at = datetime(2026, 11, 24, 9, tzinfo=UTC)
