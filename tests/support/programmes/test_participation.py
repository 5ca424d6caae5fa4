from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from partnership.toolkit.registers import ParticipationWindow, participation_of
from tests.factories import (
    CapacityAccountFactory,
    PersonFactory,
    SchoolPostFactory,
    StrandFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def delivered(strand, days, *, at=NOW):
    account = CapacityAccountFactory(practitioner=strand.practitioner, year=at.year)
    account.entries.create(
        kind="delivered", days=Decimal(days), strand_id=strand.pk, key=f"k{strand.pk}", made_at=at
    )


def taken(school):
    return [
        (part.words, part.given, part.received)
        for part in participation_of(ParticipationWindow(school.pk, 2026))
    ]


def test_day_counts_as_given_by_the_one_school_and_received_by_the_other():
    strand = StrandFactory()
    delivered(strand, "1.5")
    delivered(StrandFactory(practitioner__home_school=strand.programme.school), "2")
    delivered(StrandFactory(programme=strand.programme), "4", at=datetime(2025, 10, 1, tzinfo=UTC))

    assert taken(strand.programme.school) == [("Days of support", Decimal(2), Decimal("1.5"))]
    assert taken(strand.practitioner.home_school) == [
        ("Days of support", Decimal("1.5"), Decimal(0))
    ]


def test_only_its_head_is_told_what_a_school_received(client):
    strand = StrandFactory()
    delivered(strand, "1.5", at=timezone.now())
    school = strand.programme.school
    head = SchoolPostFactory(school=school, kind="head").person
    others = [SchoolPostFactory(school=school, kind="teacher").person, PersonFactory(staff=True)]

    told = {}
    for person in (head, *others):
        client.force_login(person)
        page = client.get(f"/directory/schools/{school.urn}/days/").content.decode()
        told[person] = "0 days given, 1.5 received" in page

    assert told == {head: True, others[0]: False, others[1]: False}
