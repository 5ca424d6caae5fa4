from datetime import date

import factory
from factory.django import DjangoModelFactory

from alliances.membership.models import Alliance, AlliancePost, Membership
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory


class AllianceFactory(DjangoModelFactory):
    class Meta:
        model = Alliance

    name = factory.Sequence(lambda n: f"Alliance {n}")
    slug = factory.Sequence(lambda n: f"alliance-{n}")
    kind = Alliance.Kind.HEADS_ASSOCIATION


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    alliance = factory.SubFactory(AllianceFactory)
    school = factory.SubFactory(SchoolFactory)
    starts_on = date(2020, 9, 1)


class AlliancePostFactory(DjangoModelFactory):
    class Meta:
        model = AlliancePost

    alliance = factory.SubFactory(AllianceFactory)
    person = factory.SubFactory(PersonFactory)
    kind = AlliancePost.Kind.DIRECTOR
