from datetime import UTC, date, datetime

import pytest

from alliances.schools.cards import own_schools
from tests.factories import PersonFactory, SchoolFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_desk_shows_ones_own_schools_with_their_heads():
    school = SchoolFactory(name="Knowsley Junior School")
    deputy = SchoolPostFactory(school=school, kind="deputy").person
    SchoolPostFactory(school=school, person=deputy, kind="senco")
    SchoolPostFactory(school=school, person__name="Helen Brierley")
    SchoolPostFactory()

    own = own_schools(deputy, None, NOW).context["schools"]

    assert [(each.school, each.posts_in_words, each.heads_in_words) for each in own] == [
        (school, "Deputy headteacher, SENCO", "Helen Brierley")
    ]
    assert len(own[0].people) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_desk_costs_one_query_for_any_number_of_schools(count, django_assert_num_queries):
    person = PersonFactory()
    for _ in range(count):
        SchoolPostFactory(person=person)

    with django_assert_num_queries(1):
        card = own_schools(person, None, NOW)

    assert len(card.context["schools"]) == count


def test_desk_shows_no_school_after_the_last_day():
    post = SchoolPostFactory(ends_on=date(2026, 11, 21))

    assert own_schools(post.person, None, NOW) is None
