from datetime import date

import pytest

from alliances.schools.models import School, SchoolPost
from alliances.schools.permissions import (
    can_import_register,
    can_see_school,
    can_see_school_posts,
    is_head,
    is_head_of,
    schools_of,
    works_at,
)
from tests.factories import PersonFactory, SchoolFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("kind", SchoolPost.HEADS)
def test_head_in_whatever_form_speaks_for_the_school(kind):
    post = SchoolPostFactory(kind=kind)

    assert is_head_of(post.person, post.school, TODAY)
    assert is_head(post.person, TODAY)


@pytest.mark.parametrize("kind", sorted(set(SchoolPost.Kind) - set(SchoolPost.HEADS)))
def test_others_do_not_speak_for_the_school(kind):
    post = SchoolPostFactory(kind=kind)

    assert not is_head_of(post.person, post.school, TODAY)
    assert not is_head(post.person, TODAY)
    assert works_at(post.person, post.school, TODAY)


def test_head_of_one_school_is_not_head_of_another():
    post = SchoolPostFactory()

    assert not is_head_of(post.person, SchoolFactory(), TODAY)
    assert not works_at(post.person, SchoolFactory(), TODAY)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "holds"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (date(2026, 11, 23), None, False),
        (None, date(2026, 11, 21), False),
    ],
)
def test_post_counts_from_its_first_to_its_last_day(starts_on, ends_on, holds):
    post = SchoolPostFactory(starts_on=starts_on, ends_on=ends_on)

    assert is_head_of(post.person, post.school, TODAY) is holds
    assert list(schools_of(post.person, TODAY)) == ([post.school] if holds else [])


def test_who_may_not_sign_in_may_nothing():
    post = SchoolPostFactory(person=PersonFactory(is_active=False))

    assert not is_head_of(post.person, post.school, TODAY)
    assert not is_head(post.person, TODAY)
    assert not works_at(post.person, post.school, TODAY)
    assert not can_see_school(post.person, post.school)
    assert not can_see_school_posts(post.person, post.school)
    assert list(School.objects.visible_to(post.person)) == []
    assert list(schools_of(post.person, TODAY)) == []


def test_whoever_signs_in_may_see_every_school_and_its_posts():
    person, school = PersonFactory(), SchoolFactory()

    assert can_see_school(person, school)
    assert can_see_school_posts(person, school)
    assert list(School.objects.visible_to(person)) == [school]


def test_only_portal_staff_import_the_register():
    assert can_import_register(PersonFactory(staff=True))
    assert not can_import_register(PersonFactory())
    assert not can_import_register(PersonFactory(staff=True, is_active=False))
