from datetime import date

import pytest

from alliances.schools.models import School, SchoolPost
from alliances.schools.permissions import (
    can_import_register,
    can_see_school,
    is_head,
    is_head_of,
    posts_seen,
    schools_of,
    works_at,
)
from tests.factories import (
    AlliancePostFactory,
    MembershipFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
)

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
    assert list(posts_seen(post.person, TODAY)) == []
    assert list(School.objects.visible_to(post.person)) == []
    assert list(schools_of(post.person, TODAY)) == []


def test_whoever_signs_in_may_see_every_school():
    person, school = PersonFactory(), SchoolFactory()

    assert can_see_school(person, school)
    assert list(School.objects.visible_to(person)) == [school]


def test_strangers_see_who_heads_a_school_and_who_chairs_its_governors_but_no_other_post():
    school = SchoolFactory()
    posts = [
        SchoolPostFactory(school=school, kind=kind)
        for kind in ("head", "chair_of_governors", "safeguarding_lead", "deputy")
    ]
    stranger = SchoolPostFactory().person
    MembershipFactory(school=school)

    seen = posts_seen(stranger, TODAY).filter(school=school).order_by("pk")

    assert list(seen) == posts[:2]


@pytest.mark.parametrize("way", ["school", "alliance", "office", "staff"])
def test_colleagues_people_of_the_alliance_and_portal_staff_see_every_post(way):
    lead = SchoolPostFactory(kind="safeguarding_lead")
    alliance = MembershipFactory(school=lead.school).alliance
    readers = {
        "school": lambda: SchoolPostFactory(school=lead.school, kind="teacher").person,
        "alliance": lambda: (
            SchoolPostFactory(school=MembershipFactory(alliance=alliance).school).person
        ),
        "office": lambda: AlliancePostFactory(alliance=alliance).person,
        "staff": lambda: PersonFactory(staff=True),
    }

    assert lead in posts_seen(readers[way](), TODAY)


def test_who_has_left_the_alliance_sees_its_posts_no_longer():
    lead = SchoolPostFactory(kind="safeguarding_lead")
    alliance = MembershipFactory(school=lead.school).alliance
    left = MembershipFactory(alliance=alliance, ends_on=date(2020, 9, 2)).school

    assert lead not in posts_seen(SchoolPostFactory(school=left).person, TODAY)


def test_only_portal_staff_import_the_register():
    assert can_import_register(PersonFactory(staff=True))
    assert not can_import_register(PersonFactory())
    assert not can_import_register(PersonFactory(staff=True, is_active=False))
