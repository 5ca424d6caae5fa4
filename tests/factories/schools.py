from datetime import UTC, date, datetime, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from alliances.schools.models import (
    Authority,
    Delegation,
    Departure,
    Inspection,
    ProposedChange,
    RegisterUpdate,
    School,
    SchoolLink,
    SchoolPost,
)
from tests.factories.people import PersonFactory


class AuthorityFactory(DjangoModelFactory):
    class Meta:
        model = Authority
        django_get_or_create = ("code",)

    code = "353"
    name = "Oldham"


class SchoolFactory(DjangoModelFactory):
    class Meta:
        model = School

    urn = factory.Sequence(lambda n: 100_000 + n)
    name = factory.Sequence(lambda n: f"School {n} Primary School")
    authority = factory.SubFactory(AuthorityFactory)
    phase = "Primary"
    type = "Community school"
    status = "Open"
    town = "Oldham"
    postcode = "OL1 3QU"


class SchoolPostFactory(DjangoModelFactory):
    class Meta:
        model = SchoolPost

    school = factory.SubFactory(SchoolFactory)
    person = factory.SubFactory(PersonFactory)
    kind = SchoolPost.Kind.HEAD
    words = factory.LazyAttribute(
        lambda post: "Mathematics" if post.kind in SchoolPost.WORDED else ""
    )


class RegisterUpdateFactory(DjangoModelFactory):
    class Meta:
        model = RegisterUpdate

    name = "edubasealldata20250717.csv"
    sha256 = "0" * 64
    published_on = date(2025, 7, 17)
    state = RegisterUpdate.State.WAITING
    brought_by = factory.SubFactory(PersonFactory, staff=True)
    brought_at = datetime(2026, 11, 20, 9, tzinfo=UTC)


class ProposedChangeFactory(DjangoModelFactory):
    class Meta:
        model = ProposedChange

    update = factory.SubFactory(RegisterUpdateFactory)
    kind = ProposedChange.Kind.CHANGED
    line = factory.Sequence(lambda n: n + 2)
    urn = factory.LazyFunction(lambda: str(SchoolFactory().urn))
    name = "Delph Primary School"
    facts = {"website": ["www.delph.example", "delph.example"]}


class SchoolLinkFactory(DjangoModelFactory):
    class Meta:
        model = SchoolLink

    predecessor_urn = factory.LazyFunction(lambda: SchoolFactory().urn)
    successor_urn = factory.LazyFunction(lambda: SchoolFactory(type="Academy converter").urn)
    kind = "Predecessor"
    linked_on = date(2026, 9, 1)
    waits = True


class DelegationFactory(DjangoModelFactory):
    class Meta:
        model = Delegation

    kind = Delegation.Kind.REPLIES
    given_at = datetime(2026, 9, 7, 9, tzinfo=UTC)
    starts_on = date(2020, 9, 7)
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=60))


class DepartureFactory(DjangoModelFactory):
    class Meta:
        model = Departure

    last_day = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=26))
    arranged_by = factory.SelfAttribute("person")
    arranged_at = datetime(2026, 9, 7, 9, tzinfo=UTC)


class InspectionFactory(DjangoModelFactory):
    class Meta:
        model = Inspection
        skip_postgeneration_save = True

    school = factory.SubFactory(SchoolFactory)
    framework = "ofsted_2025"
    inspected_on = date(2026, 3, 10)
    entered_by = factory.SubFactory(PersonFactory, staff=True)
    entered_at = datetime(2026, 4, 20, 9, tzinfo=UTC)

    @factory.post_generation
    def results(inspection, create, extracted, **_):  # noqa: N805 factory-boy passes what it made
        for area, grade in (extracted or {"Inclusion": "Strong standard"}).items():
            inspection.results.create(area=area, grade=grade)
