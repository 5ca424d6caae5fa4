from datetime import UTC, date, datetime

import pytest

from alliances.membership.cards import alliances_of_school, own_alliances
from tests.factories import (
    AllianceFactory,
    AlliancePostFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def own(person):
    card = own_alliances(person, None, NOW)
    return [(each.name, each.address, each.words) for each in card.context["alliances"]]


def test_desk_shows_ones_alliances_with_all_ones_posts():
    north = AllianceFactory(name="North", slug="north")
    east = AllianceFactory(name="East", slug="east")
    head = SchoolPostFactory()
    MembershipFactory(alliance=north, school=head.school)
    MembershipFactory(alliance=east, school=head.school)
    AlliancePostFactory(alliance=north, person=head.person, kind="chair")
    MembershipFactory(alliance=AllianceFactory(name="Other"))

    assert own(head.person) == [
        ("East", "/alliances/east/", "Headteacher"),
        ("North", "/alliances/north/", "Chair; Headteacher"),
    ]


def test_desk_leaves_out_what_has_ended_or_not_begun():
    head = SchoolPostFactory()
    MembershipFactory(school=head.school, ends_on=date(2026, 8, 31))
    MembershipFactory(school=head.school, starts_on=date(2027, 9, 1))
    AlliancePostFactory(person=head.person, ends_on=date(2026, 8, 31))
    gone = SchoolPostFactory(ends_on=date(2026, 8, 31))
    MembershipFactory(school=gone.school)

    assert own_alliances(head.person, None, NOW) is None
    assert own_alliances(gone.person, None, NOW) is None


@pytest.mark.parametrize("count", [1, 3])
def test_desk_costs_one_query_for_any_number_of_alliances(count, django_assert_num_queries):
    head = SchoolPostFactory()
    for _ in range(count):
        MembershipFactory(school=head.school)
        AlliancePostFactory(person=head.person)

    with django_assert_num_queries(1):
        card = own_alliances(head.person, None, NOW)

    assert len(card.context["alliances"]) == 2 * count


def test_page_of_a_school_shows_its_alliances_of_today():
    membership = MembershipFactory()
    MembershipFactory(school=membership.school, ends_on=date(2021, 7, 31))

    card = alliances_of_school(PersonFactory(), membership.school, NOW)

    assert card.context["memberships"] == [membership]


def test_page_of_a_school_in_no_alliance_shows_no_panel():
    assert alliances_of_school(PersonFactory(), SchoolFactory(), NOW) is None
