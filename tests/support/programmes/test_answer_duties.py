from datetime import timedelta

import pytest

from partnership.notices.models import Notice
from partnership.notices.services import plan_reminders
from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from support.programmes.services import ask_for_support, decline_request, refer_school
from tests.factories import AlliancePostFactory
from tests.support.programmes.scene import NOW, make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return make_scene()


def owed(**window):
    rows = all_duties(DutyWindow(kinds=["programmes.answer"], now=NOW, **window))
    return [(d.person_id, d.goes_up_to_id) for d in (Duty(*row) for row in rows)]


def facts(scene, by):
    return {
        "alliance": scene.alliance,
        "school": scene.school,
        "area": scene.area,
        "need": "Writing stands still.",
        "by": by,
        "now": NOW,
    }


def test_every_director_owes_an_answer_until_one_answers(scene):
    chair = AlliancePostFactory(alliance=scene.alliance, kind="chair").person
    other = AlliancePostFactory(alliance=scene.alliance, kind="director").person
    AlliancePostFactory(kind="director")
    programme = ask_for_support(**facts(scene, scene.head))

    both = owed()
    decline_request(programme=programme, answer="No.", by=other, now=NOW)

    assert sorted(both) == sorted([(scene.director.pk, chair.pk), (other.pk, chair.pk)])
    assert owed() == []


def test_who_referred_a_school_answers_it_herself(scene):
    AlliancePostFactory(alliance=scene.alliance, kind="director")
    refer_school(**facts(scene, scene.director))

    assert owed() == [(scene.director.pk, None)]
    assert owed(person_ids=[scene.head.pk]) == []


def test_director_is_reminded_once(scene):
    programme = ask_for_support(**facts(scene, scene.head))
    moment = programme.answer_by - timedelta(hours=6)

    plan_reminders(now=moment)
    plan_reminders(now=moment)

    reminders = Notice.objects.filter(kind="notices.reminder")
    assert [notice.recipient_id for notice in reminders] == [scene.director.pk]
