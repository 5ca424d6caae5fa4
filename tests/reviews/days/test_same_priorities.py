from datetime import date, timedelta

import pytest

from reviews.days.parts.matches import matches_of
from reviews.days.services.matching import hide_priorities, show_priorities
from tests.factories.alliances import AllianceFactory, MembershipFactory
from tests.factories.days import PriorityFactory
from tests.factories.schools import SchoolPostFactory
from tests.reviews.days.own_school import NOW, TODAY, make_acting, make_host, make_neighbour

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(time_machine):
    time_machine.move_to(NOW, tick=False)
    made = make_host()
    show_priorities(evaluation=made.evaluation, by=made.head, now=NOW)
    return made


def found(host, on=TODAY):
    areas = matches_of(host.evaluation, on)
    return {area: [match.school for match in matches] for area, matches in areas if matches}


def test_schools_of_the_same_alliance_whose_heads_show_the_same_area_are_found(host):
    alliance = host.review.cycle.alliance
    near = make_neighbour(alliance)
    make_neighbour(alliance, shown=False)
    make_neighbour(alliance, "attendance")
    make_neighbour(alliance, year=2025)
    make_neighbour(AllianceFactory())

    assert found(host) == {"Writing": [near.school.name]}

    [(_, [match])] = matches_of(host.evaluation, TODAY)
    assert (match.head, match.mail) == (near.matching_by.name, near.matching_by.email)


def test_an_area_that_stands_twice_finds_each_school_once(host):
    PriorityFactory(evaluation=host.evaluation, area="writing", title="Spelling")
    near = make_neighbour(host.review.cycle.alliance)
    PriorityFactory(evaluation=near, area="writing", title="Handwriting")

    assert found(host) == {"Writing": [near.school.name]}


def test_it_ends_when_the_school_leaves_the_alliance_or_who_showed_them_the_school(host):
    alliance = host.review.cycle.alliance
    left, lost = make_neighbour(alliance), make_neighbour(alliance)
    left.school.memberships.update(ends_on=TODAY, starts_on=date(2020, 9, 1), ending="leaves")
    lost.school.posts.update(ends_on=TODAY)
    SchoolPostFactory(school=lost.school, starts_on=TODAY + timedelta(days=1))

    assert found(host) == {"Writing": sorted([left.school.name, lost.school.name])}
    assert found(host, TODAY + timedelta(days=1)) == {}


def test_who_acts_for_a_head_in_reviews_shows_them_too(host):
    near = make_neighbour(host.review.cycle.alliance, shown=False)
    head = near.school.posts.get().person
    deputy = make_acting(near.school, head)
    show_priorities(evaluation=near, by=deputy, now=NOW)

    assert [
        match.head for _, matches in matches_of(host.evaluation, TODAY) for match in matches
    ] == [head.name]

    hide_priorities(evaluation=near, by=head, now=NOW)
    hide_priorities(evaluation=near, by=head, now=NOW)

    assert found(host) == {}


def test_the_page_shows_others_only_while_ones_own_are_shown(client, host):
    near = make_neighbour(host.review.cycle.alliance)
    page = f"/reviews/schools/{host.school.urn}/2026/same-priorities/"
    client.force_login(host.head)

    shown = client.get(page).text
    hidden = client.post(f"{page}hide/", follow=True).text
    again = client.post(f"{page}show/", follow=True).text

    assert [near.school.name in words for words in (shown, hidden, again)] == [True, False, True]
    assert [near.matching_by.email in words for words in (shown, hidden, again)] == [
        True,
        False,
        True,
    ]
    assert "A title that stays at home" not in shown + again


def test_the_page_says_that_who_showed_them_is_gone(client, host):
    near = make_neighbour(host.review.cycle.alliance)
    show_priorities(evaluation=host.evaluation, by=near.matching_by, now=NOW)
    client.force_login(host.head)

    page = client.get(f"/reviews/schools/{host.school.urn}/2026/same-priorities/").text

    assert "Your priorities aren’t shown any more." in page
    assert near.school.name not in page


@pytest.mark.parametrize("count", [1, 3])
def test_one_school_or_three_cost_the_same_queries(client, host, count, django_assert_num_queries):
    for _ in range(count):
        near = make_neighbour(host.review.cycle.alliance)
        MembershipFactory(alliance=AllianceFactory(), school=near.school)
    page = f"/reviews/schools/{host.school.urn}/2026/same-priorities/"
    client.force_login(host.head)
    client.get(page)

    with django_assert_num_queries(5):
        client.get(page)
