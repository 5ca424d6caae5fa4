from datetime import UTC, date, datetime

import pytest

from alliances.membership.models import AlliancePost
from alliances.membership.services.following import ALLIANCE_POSTS, pass_on_alliance_post
from alliances.schools.services import held_by
from partnership.toolkit.registers import END, PASS, STAY, Leaver
from tests.factories import AlliancePostFactory, PersonFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LAST_DAY = date(2026, 12, 18)
DAY_AFTER = date(2026, 12, 19)


def held(leaver, key):
    return {kind.key: things for kind, things in held_by(leaver)}.get(key, [])


@pytest.fixture
def school_post():
    return SchoolPostFactory()


def leaver_of(post, by=None):
    return Leaver(post.person, post.school, LAST_DAY, by or post.person, NOW.date())


def test_director_or_staff_give_her_post_to_whoever_follows(school_post):
    post = AlliancePostFactory(person=school_post.person, kind="chair", description="Chairs.")
    director = AlliancePostFactory(alliance=post.alliance).person
    successor = PersonFactory()
    leaver = leaver_of(school_post, by=director)

    (thing,) = held(leaver, ALLIANCE_POSTS)
    pass_on_alliance_post(leaver, thing.key, to=successor, now=NOW)

    after = AlliancePost.objects.on(DAY_AFTER).get(kind="chair")
    assert thing.choices == (STAY, END, PASS)
    assert (after.person, after.description, after.starts_on) == (successor, "Chairs.", DAY_AFTER)
    assert AlliancePost.objects.on(LAST_DAY).get(kind="chair") == post


def test_director_passes_on_her_own_post_which_never_just_ends(school_post):
    post = AlliancePostFactory(person=school_post.person, kind="director")
    successor = PersonFactory()
    leaver = leaver_of(school_post)

    (thing,) = held(leaver, ALLIANCE_POSTS)
    pass_on_alliance_post(leaver, thing.key, to=successor, now=NOW)

    assert thing.choices == (STAY, PASS)
    assert [each.person for each in AlliancePost.objects.on(DAY_AFTER)] == [successor]
    assert AlliancePost.objects.on(LAST_DAY).get() == post


def test_who_holds_the_post_already_holds_it_once(school_post):
    post = AlliancePostFactory(person=school_post.person, kind="chair")
    successor = AlliancePostFactory(alliance=post.alliance, kind="chair").person

    pass_on_alliance_post(leaver_of(school_post), post.pk, to=successor, now=NOW)

    assert AlliancePost.objects.on(DAY_AFTER).count() == 1


def test_head_of_another_decides_nothing_about_an_alliance(school_post):
    AlliancePostFactory(person=school_post.person, kind="chair")

    assert held(leaver_of(school_post, by=PersonFactory()), ALLIANCE_POSTS) == []


def test_what_is_gone_is_left_alone(school_post):
    assert pass_on_alliance_post(leaver_of(school_post), 1, to=None, now=NOW) == 0
