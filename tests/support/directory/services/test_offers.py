from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from alliances.membership.services import EndsBeforeItStarts
from partnership.audit.models import Event
from partnership.toolkit.versions import ChangedSince
from support.directory.services import (
    CostsDontAddUp,
    SchoolTwice,
    Share,
    TooManyDays,
    add_offer,
    add_shared_post,
    change_offer,
    change_shared_post,
    end_offer,
)
from tests.factories import (
    AllianceFactory,
    PersonFactory,
    SchoolFactory,
    SchoolOfferFactory,
    SupportAreaFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def share(days, percent, school=None):
    return Share(school or SchoolFactory(), Decimal(days), Decimal(percent))


def shared(*shares):
    return add_shared_post(
        alliance=AllianceFactory(),
        kind="shared",
        title="Teacher of music",
        employer=SchoolFactory(),
        starts_on=date(2026, 9, 1),
        shares=shares,
        by=PersonFactory(),
        now=NOW,
    )


def test_an_offer_is_added_changed_and_ended_and_all_of_it_stays_on_record():
    alliance = AllianceFactory()
    area = SupportAreaFactory(alliance=alliance)
    by = PersonFactory()
    offer = add_offer(
        alliance=alliance,
        school=SchoolFactory(),
        kind="placement",
        title="A morning in Reception",
        starts_on=date(2026, 9, 1),
        by=by,
        now=NOW,
    )

    change_offer(offer=offer, changes={"areas": [area.pk]}, seen_version=1, by=by, now=NOW)
    end_offer(offer=offer, last_day=date(2027, 7, 21), by=by, now=NOW)

    offer.refresh_from_db()
    assert (offer.version, offer.ends_on, list(offer.areas.all())) == (3, date(2027, 7, 21), [area])
    actions = Event.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["offer added", "offer changed", "offer ended"]


def test_the_second_of_two_editors_is_told_and_an_offer_ends_after_it_starts():
    offer = SchoolOfferFactory(version=2)
    by = PersonFactory()

    with pytest.raises(ChangedSince):
        change_offer(offer=offer, changes={"title": "Late"}, seen_version=1, by=by, now=NOW)
    with pytest.raises(EndsBeforeItStarts):
        end_offer(offer=offer, last_day=date(2020, 1, 1), by=by, now=NOW)


@pytest.mark.parametrize(
    ("shares", "refusal"),
    [
        ([("3", 60), ("2.5", 40)], TooManyDays),
        ([("2", 60), ("2", 30)], CostsDontAddUp),
        ([("2", 60), ("2", 50)], CostsDontAddUp),
        ([], CostsDontAddUp),
    ],
)
def test_a_week_has_five_days_and_a_cost_is_borne_whole(shares, refusal):
    with pytest.raises(refusal):
        shared(*[share(*each) for each in shares])


def test_a_school_takes_one_share():
    school = SchoolFactory()

    with pytest.raises(SchoolTwice):
        shared(share(2, 50, school), share(2, 50, school))


def test_shares_are_said_anew_only_where_they_differ():
    first, second = share("2.5", "33.33"), share("2.5", "66.67")
    post = shared(first, second)
    told = {"post": post, "changes": {}, "by": PersonFactory(), "now": NOW}

    same = change_shared_post(shares=[first, second], seen_version=1, **told)
    other = change_shared_post(shares=[share(5, 100)], seen_version=1, **told)

    assert (same.version, other.version) == (1, 2)
    assert list(post.shares.values_list("days_a_week", flat=True)) == [5]
