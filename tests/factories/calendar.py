from datetime import UTC, date, datetime, timedelta

import factory

from alliances.schools.owners import AUTHORITIES, SCHOOLS_KEY
from partnership.calendar.models import DiaryFeed
from partnership.calendar.services import Settled, settle_year
from partnership.toolkit.registers.owners import owner_kinds
from tests.factories.people import PersonFactory

HALF_TERMS = {
    1: (date(2026, 9, 2), date(2026, 10, 23)),
    2: (date(2026, 11, 2), date(2026, 12, 18)),
    3: (date(2027, 1, 4), date(2027, 2, 12)),
    4: (date(2027, 2, 22), date(2027, 3, 25)),
    5: (date(2027, 4, 12), date(2027, 5, 28)),
    6: (date(2027, 6, 7), date(2027, 7, 21)),
}
INSET_DAYS = {date(2026, 9, 2): "", date(2027, 1, 4): "Phonics"}


def half_terms_of(year):
    """The same half terms in another academic year, on the same weekdays."""
    moved = timedelta(days=364 * (year.start - 2026))
    return {number: (first + moved, last + moved) for number, (first, last) in HALF_TERMS.items()}


def authority_owner(authority):
    return owner_kinds()[AUTHORITIES].find_many([authority.code])[authority.code]


def school_owner(school):
    return owner_kinds()[SCHOOLS_KEY].find_many([str(school.urn)])[str(school.urn)]


def settle(owner, half_terms=None, inset_days=None, *, year=2026, by=None, **settled):
    """The authority of the tests settles 2026 to 2027 like so."""
    spans = HALF_TERMS | (half_terms or {})
    days = INSET_DAYS if inset_days is None else inset_days
    return settle_year(
        owner=owner,
        year=year,
        settled=Settled(spans, days, **settled),
        by=by,
        now=datetime(2026, 11, 22, 9, tzinfo=UTC),
    )


class DiaryFeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DiaryFeed

    person = factory.SubFactory(PersonFactory)
    secret = factory.Sequence(lambda n: f"secret-of-feed-{n}")
    made_at = datetime(2026, 11, 1, 9, tzinfo=UTC)
