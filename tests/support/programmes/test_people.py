from datetime import timedelta

import pytest
from django.urls import reverse

from partnership.audit.models import Event
from partnership.notices.models import Notice
from support.programmes.models import EligibilityCheck, Programme, ProgrammePerson
from support.programmes.services import (
    NamedAlready,
    check_eligibility,
    end_naming,
    name_person,
)
from support.programmes.services.checking import Finding
from tests.factories import PersonFactory, SchoolFactory, SchoolPostFactory
from tests.factories.support import (
    PractitionerFactory,
    ProgrammeFactory,
    ProgrammePersonFactory,
    StrandFactory,
)
from tests.support.programmes.scene import NOW, TODAY, make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def scene():
    return make_scene()


@pytest.fixture
def programme(scene):
    return ProgrammeFactory(
        alliance=scene.alliance, school=scene.school, area=scene.area, asked_by=scene.head
    )


def page_of(client, person, programme):
    client.force_login(person)
    return client.get(programme.get_absolute_url())


def address(name, programme, *more):
    return reverse(f"programmes:{name}", args=[programme.pk, *more])


def test_head_names_somebody_of_her_school_who_then_sees_the_programme(scene, programme, client):
    deputy = SchoolPostFactory(school=scene.school, kind="deputy", person__name="Dev Patel").person
    before = page_of(client, deputy, programme).status_code
    client.force_login(scene.head)

    client.post(address("person_name", programme), {"person": "dev patel"})

    assert (before, page_of(client, deputy, programme).status_code) == (404, 200)
    assert ProgrammePerson.objects.get().side == "school"
    assert [notice.recipient_id for notice in Notice.objects.all()] == [deputy.pk]


def test_head_names_nobody_of_another_school_and_the_director_may(scene, programme, client):
    somebody = PersonFactory(name="Elsewhere Person")
    other = SchoolFactory()
    SchoolPostFactory(school=other, person=somebody, kind="head")
    other.memberships.create(alliance=scene.alliance, starts_on=TODAY)
    typed = {"person": somebody.name}

    client.force_login(scene.head)
    refused = client.post(address("person_name", programme), typed)
    client.force_login(scene.director)
    client.post(address("person_name", programme), typed)

    assert "Nobody in the school is called" in refused.text
    assert ProgrammePerson.objects.get().side == "director"


def test_somebody_is_named_once_on_a_side(scene, programme):
    told = {"programme": programme, "person": PersonFactory(), "side": "school"}
    name_person(**told, by=scene.head, now=NOW)

    with pytest.raises(NamedAlready):
        name_person(**told, by=scene.head, now=NOW)


@pytest.mark.parametrize("days", [0, 5])
def test_who_is_no_longer_named_sees_nothing_from_that_moment(scene, programme, days):
    named = ProgrammePersonFactory(programme=programme, starts_on=TODAY - timedelta(days=days))
    seen = Programme.objects.visible_to(named.person, on=TODAY)
    before = seen.exists()

    end_naming(named=named, by=scene.head, now=NOW)

    assert (before, seen.all().exists()) == (True, False)


def test_each_side_ends_its_own_and_anybody_her_own_part(scene, programme, client):
    named = ProgrammePersonFactory(programme=programme, side="school", starts_on=TODAY)
    end = address("person_end", programme, named.pk)

    client.force_login(scene.director)
    refused = client.post(end).status_code
    client.force_login(named.person)
    done = client.post(end)

    assert (refused, done.url) == (403, "/support/")
    assert not ProgrammePerson.objects.exists()


def test_page_names_those_who_take_part_and_a_practitioner_only_herself(scene, programme, client):
    practitioners = [PractitionerFactory(alliance=scene.alliance) for _ in range(2)]
    for practitioner in practitioners:
        StrandFactory(programme=programme, practitioner=practitioner)
    ProgrammePersonFactory(programme=programme, person__name="Named Person", starts_on=TODAY)
    names = [str(practitioner.person) for practitioner in practitioners]

    whole = page_of(client, scene.director, programme).text
    own = page_of(client, practitioners[0].person, programme).text

    assert all(name in whole for name in [*names, "Named Person", "Yusuf Iqbal"])
    assert [name in own for name in names] == [True, False]
    assert "Named Person" not in own
    assert "What happened here" not in own


def test_watchlist_is_the_readers_own(scene, programme, client):
    client.force_login(scene.director)

    client.post(address("programme_watch", programme), {"watch": "yes"})
    on = client.get("/support/?whose=watched").text
    client.post(address("programme_watch", programme), {"watch": "no"})

    assert "Example Hill Primary School" in on
    assert not programme.watchers.exists()


def test_page_says_whose_turn_it_is(scene, programme, client):
    director = page_of(client, scene.director, programme)
    head = page_of(client, scene.head, programme)

    assert director.context["next_step"].button == "Answer the request"
    assert head.context["next_step"] is None


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_however_many_take_part(
    scene, programme, client, django_assert_num_queries, count
):
    for _ in range(count):
        ProgrammePersonFactory(programme=programme, starts_on=TODAY)
        EligibilityCheck.objects.create(
            programme=programme, rule="A", is_met=True, checked_by=scene.head, checked_at=NOW
        )
    client.force_login(scene.director)

    with django_assert_num_queries(5):
        client.get(programme.get_absolute_url())


def test_each_check_of_eligibility_is_kept(scene, programme):
    told = {"programme": programme, "by": scene.director, "now": NOW}
    first, second = Finding("Member", is_met=True), Finding("Willing", is_met=False, because="Asks")

    check_eligibility(findings=[first, second], **told)
    check_eligibility(findings=[first, Finding("Willing", is_met=True)], **told)

    rows = EligibilityCheck.objects.order_by("pk").values_list("rule", "is_met")
    assert list(rows) == [("Member", True), ("Willing", False), ("Willing", True)]
    assert Event.objects.filter(action="eligibility checked").count() == 2


def test_director_checks_the_alliances_rules_and_the_school_reads_the_history(
    scene, programme, client
):
    client.force_login(scene.director)
    refused = client.post(address("eligibility_check", programme), {"met_0": "no"})

    client.post(address("eligibility_check", programme), {"met_0": "yes", "met_1": ""})

    assert "because_0" in refused.context["form"].errors
    assert EligibilityCheck.objects.get().rule == "The school belongs to the alliance"
    client.force_login(scene.head)
    history = client.get(address("programme_history", programme)).text
    assert "Eligibility checked" in history
    assert "The school belongs to the alliance" in history
