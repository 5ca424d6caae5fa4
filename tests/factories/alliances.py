from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from alliances.membership.models import (
    Alliance,
    AllianceLink,
    AlliancePost,
    Area,
    Enquiry,
    Membership,
    Partner,
    PublicPage,
)
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


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = Area

    alliance = factory.SubFactory(AllianceFactory)
    name = factory.Sequence(lambda n: f"Area {n}")


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = Partner

    alliance = factory.SubFactory(AllianceFactory)
    name = factory.Sequence(lambda n: f"University {n}")
    organisation = Partner.Organisation.UNIVERSITY
    starts_on = date(2020, 9, 1)


class AllianceLinkFactory(DjangoModelFactory):
    class Meta:
        model = AllianceLink

    alliance = factory.SubFactory(AllianceFactory)
    name = factory.Sequence(lambda n: f"Network {n}")
    kind = AllianceLink.Kind.LINKED


class EnquiryFactory(DjangoModelFactory):
    class Meta:
        model = Enquiry

    alliance = factory.SubFactory(AllianceFactory)
    name = "Vera Visitor"
    email = "vera@visitor.example"
    about = "Our school would like to join."
    token = factory.Sequence(lambda n: f"token-{n}")
    sent_at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    answer_by = datetime(2026, 11, 27, 17, tzinfo=UTC)


class PublicPageFactory(DjangoModelFactory):
    class Meta:
        model = PublicPage

    alliance = factory.SubFactory(AllianceFactory)
    is_open = True
