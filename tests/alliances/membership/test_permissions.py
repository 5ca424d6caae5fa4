from datetime import date

import pytest

from alliances.membership.models import Alliance, AlliancePost
from alliances.membership.permissions import (
    alliances_of,
    belongs_to,
    can_edit_alliance,
    can_see_alliance,
    can_see_names_in,
    directed_alliances,
    holds_post,
    is_director_of,
)
from tests.factories import (
    AllianceFactory,
    AlliancePostFactory,
    MembershipFactory,
    PersonFactory,
    SchoolPostFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def test_director_runs_her_own_alliance_and_no_other():
    post, other = AlliancePostFactory(), AllianceFactory()

    assert is_director_of(post.person, post.alliance, TODAY)
    assert can_edit_alliance(post.person, post.alliance, TODAY)
    assert not can_edit_alliance(post.person, other, TODAY)
    assert list(directed_alliances(post.person, TODAY)) == [post.alliance]


@pytest.mark.parametrize("kind", sorted(set(AlliancePost.Kind) - {AlliancePost.Kind.DIRECTOR}))
def test_nobody_else_words_it_or_begins_workhubs(kind):
    post = AlliancePostFactory(kind=kind)

    assert holds_post(post.person, post.alliance, [kind], TODAY)
    assert belongs_to(post.person, post.alliance, TODAY)
    assert can_see_names_in(post.person, post.alliance, TODAY)
    assert not can_edit_alliance(post.person, post.alliance, TODAY)
    assert list(directed_alliances(post.person, TODAY)) == []


def test_director_of_yesterday_is_none_today():
    post = AlliancePostFactory(ends_on=date(2026, 11, 21))

    assert not is_director_of(post.person, post.alliance, TODAY)
    assert not can_see_names_in(post.person, post.alliance, TODAY)


def test_people_of_a_member_school_belong():
    membership = MembershipFactory()
    teacher = SchoolPostFactory(school=membership.school, kind="teacher").person
    stranger = SchoolPostFactory().person

    assert belongs_to(teacher, membership.alliance, TODAY)
    assert can_see_names_in(teacher, membership.alliance, TODAY)
    assert list(alliances_of(teacher, TODAY)) == [membership.alliance]
    assert not belongs_to(stranger, membership.alliance, TODAY)
    assert not can_see_names_in(stranger, membership.alliance, TODAY)


def test_people_of_a_school_that_left_do_not():
    membership = MembershipFactory(ends_on=date(2026, 8, 31))
    head = SchoolPostFactory(school=membership.school).person

    assert not belongs_to(head, membership.alliance, TODAY)


def test_portal_staff_see_names_and_change_nothing_here():
    staff, alliance = PersonFactory(staff=True), AllianceFactory()

    assert can_see_names_in(staff, alliance, TODAY)
    assert not can_edit_alliance(staff, alliance, TODAY)


def test_who_may_not_sign_in_may_nothing():
    post = AlliancePostFactory(person=PersonFactory(is_active=False, is_staff=True))

    assert not is_director_of(post.person, post.alliance, TODAY)
    assert not belongs_to(post.person, post.alliance, TODAY)
    assert not can_see_alliance(post.person, post.alliance)
    assert not can_see_names_in(post.person, post.alliance, TODAY)
    assert list(Alliance.objects.visible_to(post.person)) == []
    assert list(directed_alliances(post.person, TODAY)) == []


def test_whoever_signs_in_may_see_every_alliance():
    person, alliance = PersonFactory(), AllianceFactory()

    assert can_see_alliance(person, alliance)
    assert list(Alliance.objects.visible_to(person)) == [alliance]
