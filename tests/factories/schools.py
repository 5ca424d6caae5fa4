import factory
from factory.django import DjangoModelFactory

from alliances.schools.models import Authority, School, SchoolPost
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
