from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from reviews.cycles.models import Cycle
from tests.factories.reviews import (
    CycleHostFactory,
    FrameworkFactory,
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


def typed(form, **other):
    """What a browser sends back of a form as it was shown."""
    shown = {name: form[name].value() for name in form.fields}
    values = {name: "" if value is None else str(value) for name, value in shown.items()}
    framework = shown.get("framework")
    return values | {"framework": str(getattr(framework, "pk", framework) or "")} | other


def test_director_begins_a_cycle_with_sensible_defaults(scene, director):
    framework = FrameworkFactory(alliance=scene.alliance)
    begin = reverse("cycles:cycle_begin", args=["osa"])
    form = director.get(begin).context["form"]

    answer = director.post(begin, typed(form, name="Spring reviews"), follow=True)

    cycle = Cycle.objects.get(name="Spring reviews")
    assert (cycle.year, cycle.team_size, cycle.framework) == (2026, 4, framework)
    assert (cycle.starts_on.weekday(), cycle.starts_on > TODAY, cycle.organiser) == (
        0,
        True,
        scene.director,
    )
    assert "Now add the schools that are reviewed." in answer.text
    assert "Add schools" in answer.text


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"team": "some", "team_size": ""}, "Say how many people are in a team"),
        ({"starts_on": "2026-08-31"}, "Choose a day of the academic year 2026 to 2027"),
        ({"ends_on": "2026-12-01"}, "The last day must not be before the first."),
        ({"ends_time": "08:00"}, "The day must end after it begins."),
        ({"team_size": "0"}, "greater than or equal to 1"),
        ({"year": "1999"}, "Select a valid choice"),
        ({"name": "review DAYS"}, "has a cycle of that name in this year already"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(scene, director, other, sentence):
    begin = reverse("cycles:cycle_begin", args=["osa"])
    form = director.get(begin).context["form"]

    answer = director.post(begin, typed(form, name="New") | other)

    assert sentence in answer.text
    assert Cycle.objects.count() == 1


def test_all_the_others_is_refused_for_more_than_a_dozen_schools(scene, director):
    CycleHostFactory.create_batch(13, cycle=scene.cycle)
    edit = page_of(scene.cycle, "cycle_edit")
    form = director.get(edit).context["form"]

    answer = director.post(edit, typed(form, team="all"))

    assert "works for a dozen schools at most" in answer.text


def test_all_the_others_has_no_number(scene, director):
    edit = page_of(scene.cycle, "cycle_edit")
    form = director.get(edit).context["form"]

    director.post(edit, typed(form, team="all"))

    scene.cycle.refresh_from_db()
    assert scene.cycle.team_size is None


def test_second_of_two_who_change_the_rules_is_shown_both(scene, director):
    edit = page_of(scene.cycle, "cycle_edit")
    form = director.get(edit).context["form"]
    director.post(edit, typed(form, gap_days="14"))

    second = director.post(edit, typed(form, gap_days="3", starts_time="09:00"))

    scene.cycle.refresh_from_db()
    assert scene.cycle.gap_days == 14
    assert "9am" in second.text


def test_cycle_like_the_last_is_a_year_later(scene, director):
    copy = page_of(scene.cycle, "cycle_copy")
    form = director.get(copy).context["form"]

    director.post(copy, typed(form))

    later = Cycle.objects.get(year=2027)
    assert (later.starts_on - scene.cycle.starts_on).days == 364
    assert (later.name, later.gap_days) == (scene.cycle.name, scene.cycle.gap_days)


@pytest.mark.parametrize(
    ("today", "year"),
    [
        ("2026-11-23", 2026),
        ("2027-03-01", 2026),
        ("2027-05-10", 2027),
        ("2027-07-20", 2027),
        ("2027-08-25", 2027),
        ("2027-09-02", 2027),
    ],
)
def test_defaults_can_be_sent_as_they_are_on_any_day(scene, director, time_machine, today, year):
    time_machine.move_to(datetime.fromisoformat(f"{today}T10:00Z"), tick=False)
    director.force_login(scene.director)
    begin = reverse("cycles:cycle_begin", args=["osa"])

    director.post(begin, typed(director.get(begin).context["form"], name="Others"))

    assert Cycle.objects.get(name="Others").year == year


@pytest.mark.parametrize(("older", "newer"), [(2022, 2026), (2025, 2026), (2026, 2027)])
def test_any_older_cycle_can_be_begun_again(scene, director, older, newer):
    years = timedelta(weeks=52 * (2026 - older))
    Cycle.objects.filter(pk=scene.cycle.pk).update(
        year=older,
        starts_on=scene.cycle.starts_on - years,
        ends_on=scene.cycle.ends_on - years,
    )
    copy = page_of(scene.cycle, "cycle_copy")

    director.post(copy, typed(director.get(copy).context["form"], name="Again"))

    assert Cycle.objects.get(name="Again").year == newer
