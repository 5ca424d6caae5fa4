from datetime import timedelta

import pytest
import time_machine

from partnership.audit.models import Event
from tests.factories import (
    AlliancePostFactory,
    PersonFactory,
    SchoolFactory,
    SchoolPostFactory,
    StrandFactory,
    SupportAreaFactory,
    SwiftReviewFactory,
)
from tests.factories.support import AgreementFactory, PractitionerFactory, ProgrammeFactory
from tests.support.programmes.scene import NOW, make_scene

pytestmark = pytest.mark.django_db

CASELOAD = "/support/"


@pytest.fixture
def scene():
    with time_machine.travel(NOW, tick=False):
        yield make_scene()


def programme_of(scene, name="", **facts):
    school = SchoolFactory(name=name) if name else scene.school
    told = {"alliance": scene.alliance, "school": school, "asked_at": NOW, "answer_by": NOW}
    area = facts.pop("area", None) or SupportAreaFactory(alliance=scene.alliance)
    return ProgrammeFactory(**{**told, "area": area, **facts})


def schools(response):
    assert response.status_code == 200
    return [case.school for case in response.context["cases"]]


def seen_by(client, person, query=""):
    client.force_login(person)
    return schools(client.get(f"{CASELOAD}{query}"))


@pytest.mark.parametrize("count", [1, 3])
def test_caseload_costs_the_same_for_one_programme_and_for_three(
    scene, client, django_assert_num_queries, count
):
    for number in range(count):
        programme_of(scene, f"Example {number}")
    client.force_login(scene.director)

    with django_assert_num_queries(3):
        plain = client.get(CASELOAD)
    with django_assert_num_queries(3):
        chosen = client.get(f"{CASELOAD}?whose=team&stage=asked&order=due")
    with django_assert_num_queries(4):
        narrowed = client.get(f"{CASELOAD}?whose=team&text=example&order=due&late=on")

    assert len(schools(plain)) == len(schools(chosen)) == count
    assert len(schools(narrowed)) == 0


def test_each_finds_the_programmes_in_which_she_has_a_part_and_nobody_else_any(scene, client):
    supporting = SchoolFactory(name="Strong School")
    supporter = SchoolPostFactory(school=supporting, kind="head").person
    practitioner = PractitionerFactory(alliance=scene.alliance, home_school=supporting)
    governor = SchoolPostFactory(school=scene.school, kind="chair_of_governors").person
    other = programme_of(scene, "Example Vale")
    StrandFactory(programme=other, practitioner=practitioner)
    programme_of(scene, supporting_school=supporting)

    found = {
        "director": seen_by(client, scene.director),
        "head": seen_by(client, scene.head),
        "supporter": seen_by(client, supporter),
        "practitioner": seen_by(client, practitioner.person),
        "governor": seen_by(client, governor),
        "chair": seen_by(client, AlliancePostFactory(alliance=scene.alliance, kind="chair").person),
        "officer": seen_by(client, PersonFactory(staff=True)),
    }

    both = ["Example Hill Primary School", "Example Vale"]
    assert {who: sorted(names) for who, names in found.items()} == {
        "director": both,
        "head": both[:1],
        "supporter": both,
        "practitioner": both[1:],
        "governor": [],
        "chair": [],
        "officer": [],
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Asked", "Judged", "Late", "Mine", "Watched"]),
        ("?whose=mine", ["Late", "Mine"]),
        ("?whose=team", ["Asked", "Judged", "Late", "Mine", "Watched"]),
        ("?whose=watched", ["Mine"]),
        ("?stage=matching", ["Judged"]),
        ("?stage=ended", ["Over"]),
        ("?state=over", ["Over"]),
        ("?state=any", ["Asked", "Judged", "Late", "Mine", "Over", "Watched"]),
        ("?approach=supportive", ["Judged"]),
        ("?supporter=strong", ["Judged"]),
        ("?late=on", ["Late"]),
        ("?text=mine", ["Mine"]),
        ("?order=school&state=nonsense", ["Asked", "Judged", "Late", "Mine", "Watched"]),
    ],
)
def test_caseload_is_narrowed(scene, client, query, found):
    later = NOW + timedelta(days=3)
    strong = SchoolFactory(name="Strong School")
    gone = dict.fromkeys(("answered_at", "own_view_at", "assessed_at", "replied_at"), NOW)
    programme_of(scene, "Asked", answer_by=later)
    programme_of(
        scene,
        "Judged",
        state="open",
        **gone,
        judged_at=NOW,
        approach="supportive",
        supporting_school=strong,
    )
    late = programme_of(scene, "Late", state="open", answered_at=NOW)
    SwiftReviewFactory(programme=late, assessor=scene.director, due_at=NOW - timedelta(days=1))
    mine = programme_of(scene, "Mine", director=scene.director, answer_by=later)
    mine.watchers.add(scene.director)
    programme_of(scene, "Watched", state="watched", watch_on=later.date())
    programme_of(scene, "Over", state="declined")
    client.force_login(scene.director)

    assert sorted(schools(client.get(f"{CASELOAD}{query}"))) == found


def test_what_waits_for_signatures_too_long_is_late_and_what_is_rewritten_is_not(scene, client):
    gone = dict.fromkeys(("answered_at", "assessed_at", "replied_at", "judged_at"), NOW)
    for name, sent_at in (("Signing", NOW), ("Being rewritten", None)):
        programme = programme_of(scene, name, state="open", **gone, sent_at=sent_at)
        AgreementFactory(programme=programme, state="sent", sign_by=NOW - timedelta(hours=1))

    area = str(scene.area.pk)

    assert seen_by(client, scene.director, "?late=on") == ["Signing"]
    assert seen_by(client, scene.director, "?late=on&text=signing") == ["Signing"]
    assert seen_by(client, scene.director, f"?late=on&alliance=osa&area={area}") == []


def test_nobody_finds_out_a_judgement_by_asking_for_it(scene, client):
    supporting = SchoolFactory()
    supporter = SchoolPostFactory(school=supporting, kind="head").person
    programme_of(scene, supporting_school=supporting, state="open", approach="interventionist")

    assert seen_by(client, supporter) == ["Example Hill Primary School"]
    assert seen_by(client, supporter, "?approach=interventionist") == []


def test_file_holds_what_the_list_shows_and_nothing_that_was_said(scene, client):
    programme_of(scene, need="A secret need", answer="A secret answer", approach="supportive")
    client.force_login(scene.head)

    csv = b"".join(client.get("/support/export.csv")).decode()

    assert "Example Hill Primary School" in csv
    assert "secret" not in csv
    assert "Supportive" not in csv
    assert Event.objects.filter(action="exported", title="Support programmes").exists()


def test_file_of_a_stranger_is_empty(scene, client):
    programme_of(scene)
    client.force_login(SchoolPostFactory(school=scene.school, kind="chair_of_governors").person)

    lines = b"".join(client.get("/support/export.csv")).decode().splitlines()

    assert len(lines) == 1


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("director", "No school is being supported"),
        ("head", "Your school has no support programme."),
        ("stranger", "You have no part in a support programme."),
    ],
)
def test_empty_caseload_says_what_comes_next(scene, client, who, words):
    client.force_login(getattr(scene, who, None) or PersonFactory())

    assert words in client.get(CASELOAD).text
