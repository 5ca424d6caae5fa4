from datetime import date

import pytest

from partnership.toolkit.registers import Leaver
from support.programmes.services.following import (
    end_part,
    pass_on_programme,
    programmes_directed,
    programmes_named,
    take_back_end,
)
from tests.factories import AlliancePostFactory, PersonFactory, SchoolPostFactory
from tests.factories.support import ProgrammeFactory, ProgrammePersonFactory, SwiftReviewFactory
from tests.support.programmes.scene import NOW, TODAY, make_scene

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 12, 18)


@pytest.fixture
def scene():
    return make_scene()


def leaver(scene, person, by):
    return Leaver(person, scene.school, LAST_DAY, by, TODAY)


def programme_of(scene, **facts):
    told = {"alliance": scene.alliance, "school": scene.school, "area": scene.area}
    return ProgrammeFactory(**told, state="open", answered_at=NOW, **facts)


def test_programmes_of_a_director_who_leaves_pass_on_to_one_who_directs(scene):
    other = AlliancePostFactory(alliance=scene.alliance, kind="director").person
    programme = programme_of(scene, director=scene.director)
    review = SwiftReviewFactory(programme=programme, assessor=scene.director)
    arranged = leaver(scene, scene.director, by=other)

    held = [row[1] for row in programmes_directed(arranged)]
    moved = pass_on_programme(arranged, programme.pk, to=PersonFactory(), now=NOW)
    again = pass_on_programme(arranged, programme.pk, to=other, now=NOW)

    programme.refresh_from_db()
    review.refresh_from_db()
    assert (held, moved, again) == ([programme.pk], 1, 0)
    assert programme.director == review.assessor == other


def test_portal_staff_who_arrange_it_learn_of_no_programme(scene):
    programme = programme_of(scene, director=scene.director)
    ProgrammePersonFactory(programme=programme, person=scene.director)
    arranged = leaver(scene, scene.director, by=PersonFactory(staff=True))

    assert not programmes_directed(arranged).exists()
    assert not programmes_named(arranged).exists()


def test_part_of_somebody_named_ends_with_her_last_day_and_comes_back(scene):
    deputy = SchoolPostFactory(school=scene.school, kind="deputy").person
    named = ProgrammePersonFactory(programme=programme_of(scene), person=deputy)
    arranged = leaver(scene, deputy, by=scene.head)

    held = [row[1] for row in programmes_named(arranged)]
    end_part(arranged, named.pk, to=None, now=NOW)
    named.refresh_from_db()
    ended = named.ends_on
    take_back_end(arranged, named.pk, to=None, until=None, since=NOW, now=NOW)
    named.refresh_from_db()

    assert (held, ended, named.ends_on) == ([named.pk], LAST_DAY, None)
