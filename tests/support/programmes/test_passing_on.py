from datetime import UTC, date, datetime

import pytest

from alliances.schools.services.converting import accept_conversion
from alliances.schools.views.register import school_handovers
from support.directory.models import Practitioner
from support.programmes.models import Programme
from tests.factories import (
    AgreementFactory,
    CapacityAccountFactory,
    HomeConsentFactory,
    PersonFactory,
    PractitionerFactory,
    ProgrammeFactory,
    SchoolFactory,
    SchoolLinkFactory,
    SchoolOfferFactory,
    SharedPostFactory,
    SignatureFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
FIRST_DAY = date(2027, 1, 1)


@pytest.fixture
def before():
    return SchoolFactory(name="Ash School")


@pytest.fixture
def after():
    return SchoolFactory(name="Ash Academy", opened_on=FIRST_DAY)


def convert(before, after):
    link = SchoolLinkFactory(
        predecessor_urn=before.urn, successor_urn=after.urn, linked_on=FIRST_DAY
    )
    return accept_conversion(link=link, by=PersonFactory(staff=True), now=NOW)


def test_directory_goes_on_with_the_school_after(before, after):
    entry = PractitionerFactory(home_school=before)
    over = PractitionerFactory(home_school=before, ends_on=date(2026, 10, 1))
    consent = HomeConsentFactory(practitioner=entry)
    account = CapacityAccountFactory(practitioner=entry)
    offer = SchoolOfferFactory(school=before)
    post = SharedPostFactory(employer=before)
    share = post.shares.create(school=before, days_a_week=2, cost_percent=40)

    moved = convert(before, after)

    for thing in (entry, over, consent, account, offer, post, share):
        thing.refresh_from_db()
    assert entry.home_school == consent.school == account.school == offer.school == after
    assert post.employer == share.school == after
    assert over.home_school == before
    assert moved["People in directories of support"] == 1
    assert list(Practitioner.objects.matching("ash academy")) == [entry]


def test_programme_goes_on_and_nobody_else_is_told(before, after):
    received = ProgrammeFactory(school=before)
    given = ProgrammeFactory(supporting_school=before)
    over = ProgrammeFactory(school=before, state="finished")
    place = SignatureFactory(
        agreement=AgreementFactory(programme=received), side="school", school=before
    )

    moved = convert(before, after)

    for thing in (received, given, over, place):
        thing.refresh_from_db()
    assert (received.school, given.supporting_school, over.school) == (after, after, before)
    assert place.school == after
    kinds = [kind for kind in school_handovers() if kind.key == "programmes.of_school"]
    assert [moved[kind.words] for kind in kinds] == [0]
    assert [kind.held(after).count() for kind in kinds] == [0]


def test_programme_stays_where_the_school_after_has_that_area_open(before, after):
    programme = ProgrammeFactory(school=before)
    ProgrammeFactory(school=after, area=programme.area, alliance=programme.alliance)

    convert(before, after)

    assert Programme.objects.filter(school=before).get() == programme
