import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alliances.membership.models import Membership
from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.answers import Answers
from partnership.toolkit.statements import _statement, answer
from tests.factories.alliances import MembershipFactory
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db


def members_on(*, day, town):
    members = Membership.objects.on(day).filter(school__town=town)
    return members.select_related("school").order_by("pk")


def posts_of(*, person):
    return SchoolPost.objects.filter(person=person, person__pk=person.pk).order_by("pk")


def test_a_statement_is_composed_once_and_answers_for_every_value(django_assert_num_queries):
    early = MembershipFactory(starts_on=date(2020, 9, 1), ends_on=date(2021, 8, 31))
    late = MembershipFactory(starts_on=date(2022, 9, 1))
    MembershipFactory(school=SchoolFactory(town="Royton"))
    composed = []

    def compose(*, day, town):
        composed.append(day)
        return members_on(day=day, town=town)

    with django_assert_num_queries(3):
        found = [
            answer(compose, day=day, town="Oldham")
            for day in (date(2021, 1, 12), date(2023, 1, 12), date(2019, 1, 12))
        ]
        towns = [each.school.town for rows in found for each in rows]

    assert found == [[early], [late], []]
    assert towns == ["Oldham", "Oldham"]
    assert len(composed) == 1


def test_a_person_stands_for_her_key_and_her_traits():
    posts = SchoolPostFactory.create_batch(2)

    def seen(*, person):
        return School.objects.visible_to(person).order_by("pk")

    assert [answer(posts_of, person=post.person) for post in posts] == [[posts[0]], [posts[1]]]
    assert len(answer(seen, person=PersonFactory())) == 2
    assert answer(seen, person=PersonFactory(invited_only=True)) == []


def test_rows_have_no_column_that_they_are_only_ordered_by():
    schools = [SchoolFactory(name=name, town="Oldham") for name in ("Beal", "Alder")]

    def places(*, town):
        found = School.objects.filter(town=town).order_by("name", "pk")
        return found.values_list("urn", "town").distinct()

    assert answer(places, town="Oldham") == [(each.urn, "Oldham") for each in reversed(schools)]


def test_another_shape_is_another_statement():
    schools = SchoolFactory.create_batch(3)

    def first(count, *, town):
        return School.objects.filter(town=town).order_by("pk")[:count]

    assert answer(first, 1, town="Oldham") == schools[:1]
    assert answer(first, 2, town="Oldham") == schools[:2]


def test_tuples_and_prefetched_rows_come_as_from_a_queryset():
    post = SchoolPostFactory()

    def pairs(*, town):
        return School.objects.filter(town=town).values_list("pk", "name")

    def with_posts(*, town):
        return School.objects.filter(town=town).prefetch_related("posts")

    (school,) = answer(with_posts, town="Oldham")

    assert answer(pairs, town="Oldham") == [(post.school.pk, post.school.name)]
    assert list(school.posts.all()) == [post]


def test_no_row_has_a_key_that_the_database_cannot_count_to():
    def of_urn(*, urn):
        return School.objects.filter(urn=urn)

    assert answer(of_urn, urn=SchoolFactory().urn) != []
    assert answer(of_urn, urn=10**20) == []


def test_rows_are_asked_for_when_they_are_sliced(django_assert_num_queries):
    schools = SchoolFactory.create_batch(3)

    def of_town(*, town):
        return School.objects.filter(town=town).order_by("pk")

    with django_assert_num_queries(1):
        rows = Answers(of_town, town="Oldham")[1:3]

    assert rows == schools[1:]


def test_what_was_told_cannot_be_computed_with():
    def by_label(*, day):
        return Person.objects.filter(name=f"Born on {day}")

    def next_day(*, day):
        return members_on(day=day.replace(year=2030), town="Oldham")

    with pytest.raises(TypeError, match="day is told each time"):
        answer(by_label, day=date(2027, 1, 12))
    with pytest.raises(AttributeError, match="replace"):
        answer(next_day, day=date(2027, 1, 12))


@pytest.mark.postgresql
def test_a_statement_that_reads_the_clock_is_refused():
    def today(*, town):
        return members_on(day=timezone.localdate(), town=town)

    with pytest.raises(TypeError, match="today reads the clock"):
        answer(today, town="Oldham")


@pytest.mark.postgresql
def test_what_never_changes_stands_in_the_select_and_what_is_told_has_one_place():
    def said_of(*, person, day):
        posts = SchoolPost.objects.on(day).filter(person=person, school__name="100% O'Hara\\s")
        return posts.exclude(person=person, kind="deputy").order_by("pk")

    post = SchoolPostFactory(school=SchoolFactory(name="100% O'Hara\\s"), kind="head")
    told = {"person": post.person, "day": date(2026, 11, 22)}

    with CaptureQueriesContext(connection) as queries:
        found = answer(said_of, **told)

    statement = _statement(said_of, (), told)
    names = set(re.findall(r"%\((\w+)\)s", statement.named))
    assert found == [post]
    assert names == {"person", "day"}
    assert "%s" not in statement.named
    assert len(queries) == 1
