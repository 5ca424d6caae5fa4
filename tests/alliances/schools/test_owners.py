from datetime import date

import pytest

from alliances.membership.models import AlliancePost
from alliances.schools.closures import closures_of, next_open_days
from alliances.schools.models import SchoolCalendar, SchoolPost
from partnership.calendar.permissions import can_edit_year
from partnership.toolkit.registers.owners import (
    Reference,
    followed_by,
    owner_of,
    references_of_people,
    references_of_schools,
)
from partnership.toolkit.versions import ChangedSince
from tests.factories import (
    AlliancePostFactory,
    AuthorityFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
)
from tests.factories.calendar import authority_owner, school_owner, settle

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
MONDAY_OF_HALF_TERM = date(2026, 10, 26)


def test_owners_are_found_by_what_stands_in_addresses():
    school, person = SchoolFactory(), PersonFactory()
    settle(authority_owner(school.authority))

    found = owner_of(person, "schools", str(school.urn))

    assert found == school_owner(school)
    assert found.above == owner_of(person, "authorities", school.authority.code)
    for kind, key in (("schools", "x"), ("schools", "9" * 30), ("authorities", "x"), ("x", "y")):
        assert owner_of(person, kind, key) is None


def test_heads_settle_their_schools_dates_and_nobody_else():
    post = SchoolPostFactory()
    deputy = SchoolPostFactory(school=post.school, kind=SchoolPost.Kind.DEPUTY).person
    gone = SchoolPostFactory(school=post.school, ends_on=date(2026, 8, 31)).person
    owner = school_owner(post.school)

    assert can_edit_year(post.person, owner, TODAY)
    assert not can_edit_year(deputy, owner, TODAY)
    assert not can_edit_year(gone, owner, TODAY)
    assert not can_edit_year(post.person, school_owner(SchoolFactory()), TODAY)
    assert not can_edit_year(post.person, owner.above, TODAY)


def test_directors_settle_the_dates_of_authorities_their_alliance_has_schools_in():
    post = AlliancePostFactory()
    chair = AlliancePostFactory(alliance=post.alliance, kind=AlliancePost.Kind.CHAIR).person
    school = MembershipFactory(alliance=post.alliance).school
    elsewhere = AuthorityFactory(code="330", name="Birmingham")
    owner = authority_owner(school.authority)

    assert can_edit_year(post.person, owner, TODAY)
    assert not can_edit_year(chair, owner, TODAY)
    assert not can_edit_year(post.person, authority_owner(elsewhere), TODAY)
    assert not can_edit_year(post.person, school_owner(school), TODAY)


def test_a_person_lives_by_the_calendar_of_the_school_she_heads(django_assert_num_queries):
    person = PersonFactory()
    SchoolPostFactory(person=person, kind=SchoolPost.Kind.GOVERNOR)
    headed = SchoolPostFactory(person=person).school
    settle(school_owner(headed), inset_days={})

    with django_assert_num_queries(1):
        followed = followed_by(person, TODAY)

    assert (followed.kind, followed.key, followed.name) == ("schools", str(headed.urn), headed.name)
    assert followed.reference == school_owner(headed).reference


def test_a_director_without_a_school_lives_by_her_alliances_authority():
    post = AlliancePostFactory()
    school = MembershipFactory(alliance=post.alliance).school
    settle(authority_owner(school.authority))

    followed = followed_by(post.person, TODAY)

    assert (followed.kind, followed.key, followed.name) == ("authorities", "353", "Oldham")
    assert followed.reference == authority_owner(school.authority).reference
    assert followed_by(PersonFactory(), TODAY) is None


@pytest.mark.parametrize("count", [1, 3])
def test_closures_of_several_schools_cost_the_same(django_assert_num_queries, count):
    schools = SchoolFactory.create_batch(count)
    settle(authority_owner(schools[0].authority))
    settle(school_owner(schools[0]), inset_days={date(2026, 12, 4): "Maths"})
    elsewhere = SchoolFactory(authority=AuthorityFactory(code="330", name="Birmingham"))
    days = [MONDAY_OF_HALF_TERM, date(2026, 12, 4), date(2026, 12, 3)]
    ids = [school.pk for school in (*schools, elsewhere)]

    with django_assert_num_queries(3):
        found = closures_of(ids, days)
    with django_assert_num_queries(1):
        assert closures_of(ids, days) == found

    said = {place: closure.words for place, closure in found.items()}
    assert said == {
        **{(school.pk, MONDAY_OF_HALF_TERM): "in half term" for school in schools},
        (schools[0].pk, date(2026, 12, 4)): "an INSET day (Maths)",
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_next_days_on_which_no_school_is_closed_cost_the_same(django_assert_num_queries, count):
    schools = SchoolFactory.create_batch(count)
    settle(authority_owner(schools[0].authority))
    settle(school_owner(schools[0]), inset_days={date(2026, 11, 3): "Maths"})
    ids = [school.pk for school in schools]

    with django_assert_num_queries(3):
        found = next_open_days(ids, first=date(2026, 10, 23), count=4)

    assert found == [
        date(2026, 10, 23),
        date(2026, 11, 2),
        date(2026, 11, 4),
        date(2026, 11, 5),
    ]
    assert closures_of(ids, found) == {}


def test_without_schools_only_weekends_and_bank_holidays_are_closed():
    found = next_open_days([], first=date(2026, 12, 24), count=3)

    assert found == [date(2026, 12, 24), date(2026, 12, 29), date(2026, 12, 30)]


def test_two_heads_of_a_school_who_settle_its_first_dates_at_once_are_told():
    school = SchoolFactory()
    before = school_owner(school)
    settle(before)

    with pytest.raises(ChangedSince):
        settle(before, inset_days={})
    assert SchoolCalendar.objects.get().school == school
    assert str(SchoolCalendar.objects.get()) == f"Term dates of school {school.pk}"


def test_references_of_no_schools_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert references_of_schools([]) == {}


def test_people_live_by_the_dates_of_their_schools_where_these_are_the_same(
    django_assert_num_queries,
):
    school = SchoolFactory()
    settle(authority_owner(school.authority))
    own = SchoolFactory(authority=school.authority)
    settle(school_owner(own), inset_days={})
    one, two, both, gone, none = [PersonFactory() for _ in range(5)]
    SchoolPostFactory(person=one, school=school)
    SchoolPostFactory(person=two, school=school)
    SchoolPostFactory(person=two, school=SchoolFactory(authority=school.authority))
    for each in (school, own):
        SchoolPostFactory(person=both, school=each)
    SchoolPostFactory(person=gone, school=own, ends_on=date(2026, 8, 31))
    people = [person.pk for person in (one, two, both, gone, none)]

    with django_assert_num_queries(1):
        found = references_of_people(people, TODAY)

    above = authority_owner(school.authority).reference
    expected = Reference(above_id=above.own_id, above_version=above.own_version)
    assert found == {one.pk: expected, two.pk: expected}
