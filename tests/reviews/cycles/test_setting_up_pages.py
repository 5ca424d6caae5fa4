from datetime import timedelta

import pytest
from django.contrib.admin.sites import site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership.toolkit.registers import search
from reviews.cycles.models import Cycle, PairRule
from reviews.cycles.services.taking_part import add_chosen_reviewers, add_hosts
from tests.factories import AlliancePostFactory, PersonFactory, SchoolFactory
from tests.factories.reviews import (
    CycleFactory,
    CycleHostFactory,
    CycleReviewerFactory,
    PairRuleFactory,
    ReviewerFactory,
    RotaDraftFactory,
)
from tests.reviews.cycles.prepared import NOW, TODAY, make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def scene():
    return make_scene()


@pytest.fixture
def director(scene, client):
    client.force_login(scene.director)
    return client


def page_of(cycle, name, *more):
    return reverse(f"cycles:{name}", args=[cycle.pk, *more])


def test_it_is_her_turn_step_by_step(scene, director):
    page = scene.cycle.get_absolute_url()
    told = {"cycle": scene.cycle, "by": scene.director, "now": NOW}
    turns = [director.get(page).context["top_parts"][0].nouns["turn"].button]
    add_hosts(schools=scene.schools, **told)
    turns.append(director.get(page).context["top_parts"][0].nouns["turn"].button)
    add_chosen_reviewers(reviewers=[], with_heads=True, **told)
    turns.append(director.get(page).context["top_parts"][0].nouns["turn"].button)

    assert turns == ["Add schools", "Add reviewers", "Ask for dates"]


def test_schools_are_searched_for_ticked_and_added_at_once(scene, director):
    add = page_of(scene.cycle, "host_add")
    outside = SchoolFactory(name="Elsewhere School")
    keys = [str(school.pk) for school in scene.schools]

    found = director.post(add, {"text": "example hill", "ticked": keys[:1], "find": "1"})
    nothing = director.post(add, {"text": ""})
    foreign = director.post(add, {"ticked": [str(outside.pk)]})
    nonsense = director.post(add, {"ticked": ["x", "9" * 40]})
    director.post(add, {"ticked": keys})

    assert [(row.name, row.is_ticked) for row in found.context["rows"]] == [
        ("Example Brook Primary School", True),
        ("Example Hill Primary School", False),
    ]
    assert "Tick the schools that are reviewed." in nothing.text
    assert "can no longer be added" in foreign.text
    assert nonsense.status_code == 200
    assert scene.cycle.hosts.count() == 3


def test_all_heads_are_added_with_one_tick(scene, director):
    add_hosts(cycle=scene.cycle, schools=scene.schools, by=scene.director, now=NOW)

    answer = director.post(page_of(scene.cycle, "cycle_reviewer_add"), {"heads": "on"}, follow=True)

    assert "3 people may be sent in this cycle now." in answer.text


def test_reviewer_of_another_alliance_is_not_added(scene, director):
    other = ReviewerFactory()

    answer = director.post(page_of(scene.cycle, "cycle_reviewer_add"), {"ticked": [str(other.pk)]})

    assert "can no longer be added" in answer.text
    assert not scene.cycle.reviewers.exists()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-11-23", "Choose a coming day."),
        ("2027-06-25", "Choose a day before the window of the reviews ends."),
        ("2026-12-07", "Nobody could be asked yet."),
        ("", "Fill this in."),
    ],
)
def test_asking_for_dates_says_what_is_missing(scene, director, day, sentence):
    answer = director.post(page_of(scene.cycle, "cycle_ask"), {"block_on": day})

    assert sentence in answer.text
    assert Cycle.objects.get().state == "preparing"


def test_director_asks_for_dates_and_may_name_another_day(scene, director):
    told = {"cycle": scene.cycle, "by": scene.director, "now": NOW}
    add_hosts(schools=scene.schools, **told)
    add_chosen_reviewers(reviewers=[], with_heads=True, **told)
    ask = page_of(scene.cycle, "cycle_ask")

    director.post(ask, {"block_on": "2026-12-07"})
    again = director.get(ask)
    director.post(ask, {"block_on": "2026-12-11"})

    cycle = Cycle.objects.get()
    assert (cycle.state, f"{cycle.block_by:%d %H}") == ("asking", "11 17")
    assert "Give more time, or less" in again.text


def test_organiser_is_named_by_her_name_whatever_its_capitals(scene, director):
    name = page_of(scene.cycle, "organiser_name")

    unknown = director.post(name, {"person": "Nobody Known"})
    director.post(name, {"person": "HEAD 1"})

    assert "Nobody of the alliance is called “Nobody Known”" in unknown.text
    assert scene.cycle.people.get().person == scene.heads[1]


def test_whom_the_director_named_organises_but_names_nobody_and_calls_nothing_off(scene, client):
    person = PersonFactory()
    scene.cycle.people.create(person=person, starts_on=TODAY, named_by=scene.director)
    client.force_login(person)
    names = ("host_add", "cycle_edit", "organiser_name", "cycle_call_off", "cycle_copy")

    seen = {name: client.get(page_of(scene.cycle, name)).status_code for name in names}

    assert list(seen.values()) == [200, 200, 403, 403, 403]


def test_pair_rule_is_added_and_dropped(scene, director):
    host = CycleHostFactory(cycle=scene.cycle)
    reviewer = CycleReviewerFactory(cycle=scene.cycle)
    pair = {"reviewer": str(reviewer.pk), "host": str(host.pk), "is_never": "no"}

    director.post(page_of(scene.cycle, "pair_rule_add"), pair)
    rule = PairRule.objects.get()
    director.post(page_of(scene.cycle, "pair_rule_end", rule.pk))

    assert (rule.is_never, PairRule.objects.exists()) == (False, False)


def test_why_a_school_was_taken_out_is_read_by_organisers_alone(scene, client):
    cycle = CycleFactory(alliance=scene.alliance, state="asking", opened_at=NOW)
    CycleHostFactory(cycle=cycle, school=scene.schools[0])
    CycleHostFactory(cycle=cycle, left_at=NOW, left_because="It closes")
    seen = []
    for person in (scene.director, scene.heads[0]):
        client.force_login(person)
        seen.append("It closes" in client.get(page_of(cycle, "host_list")).text)

    assert seen == [True, False]


def test_list_is_narrowed_by_year_stage_and_alliance(scene, director):
    CycleFactory(alliance=scene.alliance, name="Older days", year=2025, state="finished")
    other = AlliancePostFactory(person=scene.director, kind="director").alliance
    CycleFactory(alliance=other, name="Other days")
    cycle_list = reverse("cycles:cycle_list")

    def names(query):
        page = director.get(f"{cycle_list}?{query}")
        return [cycle.name for cycle, _tone in page.context["rows"]]

    assert names("") == ["Other days", "Review days", "Older days"]
    assert names("year=2025") == ["Older days"]
    assert names("state=preparing&alliance=osa") == ["Review days"]
    assert "No cycle matches." in director.get(f"{cycle_list}?state=cancelled").text


def test_empty_list_says_the_next_step_to_each(scene, client):
    Cycle.objects.all().delete()
    seen = {}
    for person in (scene.director, scene.heads[0]):
        client.force_login(person)
        seen[person.name] = client.get(reverse("cycles:cycle_list")).text

    assert "There is no cycle of review days yet." in seen[scene.director.name]
    assert "Begin a cycle" in seen[scene.director.name]
    assert "You have no part in a cycle of review days." in seen[scene.heads[0].name]
    assert "Begin a cycle" not in seen[scene.heads[0].name]


def test_search_finds_a_cycle_for_who_has_a_part_in_it(scene):
    found = {
        person.name: [each.title for each in search(person, "review oldham", limit=5, on=TODAY)]
        for person in (scene.director, scene.heads[0])
    }

    assert found == {scene.director.name: ["Review days"], scene.heads[0].name: []}


def test_admin_shows_stage_and_dates_alone(scene, client):
    CycleHostFactory(cycle=scene.cycle, school__name="Hidden Primary School")
    client.force_login(PersonFactory(is_staff=True, is_superuser=True))

    shown = site.get_model_admin(Cycle).fields

    assert shown == (
        "alliance",
        "years",
        "state",
        "made_at",
        "opened_at",
        "block_by",
        "published_at",
        "ended_at",
    )


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_long(scene, director, count):
    cycle = scene.cycle
    for _ in range(count):
        CycleHostFactory(cycle=cycle)
        PairRuleFactory(cycle=cycle)
        CycleFactory(alliance=scene.alliance)
    costs = {
        reverse("cycles:cycle_list"): 6,
        page_of(cycle, "host_list"): 4,
        page_of(cycle, "cycle_reviewer_list"): 4,
        page_of(cycle, "pair_rule_list"): 4,
        page_of(cycle, "host_add"): 4,
        page_of(cycle, "cycle_reviewer_add"): 4,
        page_of(cycle, "cycle_edit"): 5,
    }
    for page in costs:
        director.get(page)

    seen = {}
    for page in costs:
        with CaptureQueriesContext(connection) as queries:
            director.get(page)
        seen[page] = len(queries)

    assert seen == costs


def test_organiser_draws_up_when_all_dates_are_there_or_time_is_up_then_looks_at_the_draft(
    scene, director
):
    cycle = CycleFactory(
        alliance=scene.alliance,
        state="asking",
        opened_at=NOW,
        block_by=NOW + timedelta(days=5),
    )
    host = CycleHostFactory(cycle=cycle)
    page = cycle.get_absolute_url()

    def button():
        parts = [part.nouns for part in director.get(page).context["top_parts"]]
        return [nouns["turn"].button for nouns in parts if "turn" in nouns]

    seen = [button()]
    host.dates_given_at = NOW
    host.save()
    seen.append(button())
    host.dates_given_at = None
    host.save()
    Cycle.objects.filter(pk=cycle.pk).update(block_by=NOW - timedelta(days=1))
    seen.append(button())
    RotaDraftFactory(cycle=cycle, number=2)
    seen.append(button())

    assert seen == [[], ["Draw up a rota"], ["Draw up a rota"], ["Look at draft 2"]]
