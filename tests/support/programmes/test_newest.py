from datetime import UTC, date, datetime, timedelta

import pytest

from support.programmes.models import newest_seen_by
from tests.factories import AlliancePostFactory, PersonFactory
from tests.factories.support import ProgrammeFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 2)
ASKED_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def programmes_of(post, count):
    return [
        ProgrammeFactory(alliance=post.alliance, asked_at=ASKED_AT - timedelta(days=number))
        for number in range(count)
    ]


def test_director_of_two_alliances_finds_the_newest_of_both():
    director = PersonFactory()
    first, second = (AlliancePostFactory(person=director) for _ in range(2))
    ProgrammeFactory()
    of_first, of_second = programmes_of(first, 4), programmes_of(second, 3)

    newest = newest_seen_by(director, on=DAY, most=2)

    assert {*newest} >= {*of_first[:2], *of_second[:2]}
    assert {*newest} <= {*of_first[:2], *of_second}


def test_what_is_over_hides_nothing_that_still_stands():
    post = AlliancePostFactory()
    over, *standing = programmes_of(post, 3)
    over.state = "finished"
    over.save()

    assert {*newest_seen_by(post.person, on=DAY, most=2)} == {*standing}
