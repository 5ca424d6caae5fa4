import pytest
import time_machine
from django.urls import reverse

from partnership.audit.models import Event
from support.programmes.services import ask_for_support
from tests.factories import PersonFactory, SchoolPostFactory
from tests.factories.support import ProgrammeFactory
from tests.support.programmes.scene import NOW, make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    with time_machine.travel(NOW, tick=False):
        yield make_scene()


@pytest.fixture
def programme(scene):
    return ask_for_support(
        alliance=scene.alliance,
        school=scene.school,
        area=scene.area,
        need="A secret need",
        by=scene.head,
        now=NOW,
    )


def test_search_finds_a_programme_for_those_alone_who_take_part(scene, programme, client):
    governor = SchoolPostFactory(school=scene.school, kind="chair_of_governors").person

    def finds(person):
        client.force_login(person)
        return programme.get_absolute_url() in client.get("/search/?q=example+hill").text

    people = [scene.head, scene.director, governor, PersonFactory(staff=True)]
    assert [finds(person) for person in people] == [True, True, False, False]


@pytest.mark.parametrize("page", ["home:desk", "schools:school_detail"])
def test_desk_and_school_page_show_a_programme_to_those_who_take_part(
    scene, programme, client, page
):
    deputy = SchoolPostFactory(school=scene.school, kind="deputy").person
    url = reverse(page, args=[scene.school.urn] if "school" in page else [])

    def sees(person):
        client.force_login(person)
        return programme.get_absolute_url() in client.get(url).text

    assert [sees(person) for person in (scene.head, scene.director, deputy)] == [True, True, False]


def test_portal_staff_see_stage_and_dates_and_nothing_else(scene, programme, client):
    client.force_login(PersonFactory(staff=True))
    pages = [
        reverse("admin:programmes_programme_changelist"),
        reverse("admin:programmes_programme_change", args=[programme.pk]),
        reverse("admin:programmes_programme_history", args=[programme.pk]),
        reverse("admin:audit_event_changelist"),
    ]

    shown = "".join(client.get(page).text for page in pages)

    assert "Asked" in shown
    assert shown.count("In confidence") >= 2
    assert scene.school.name not in shown
    assert scene.head.name not in shown
    assert "secret" not in shown
    assert Event.objects.get(action="support asked for").school_id is None


@pytest.mark.parametrize("count", [1, 3])
def test_admin_costs_the_same_for_one_programme_and_for_three(
    client, count, django_assert_num_queries
):
    ProgrammeFactory.create_batch(count)
    client.force_login(PersonFactory(staff=True))
    page = reverse("admin:programmes_programme_changelist")
    client.get(page)

    with django_assert_num_queries(4):
        assert len(client.get(page).context["cl"].result_list) == count
