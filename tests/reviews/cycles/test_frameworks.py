import pytest
from django.urls import reverse

from partnership.audit.models import Event
from partnership.toolkit.versions import ChangedSince
from reviews.cycles.framing import GIVEN, is_inspectorates
from reviews.cycles.models import Framework, Judgement, Theme
from reviews.cycles.services.frameworks import (
    NameTaken,
    NextBegunAlready,
    NothingToLookAt,
    NotSettled,
    SettledAlready,
    begin_framework,
    give_up_framework,
    renew_framework,
    settle_framework,
)
from reviews.cycles.services.wording import (
    HasItAlready,
    add_worded,
    change_framework,
    change_worded,
    move_worded,
    remove_worded,
)
from tests.factories.reviews import CycleFactory, FrameworkFactory, JudgementFactory, ThemeFactory
from tests.reviews.cycles.prepared import NOW, make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def scene():
    return make_scene(1)


@pytest.fixture
def draft(scene):
    return FrameworkFactory(alliance=scene.alliance, name="Ours", settled_at=None)


def actions():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


@pytest.mark.parametrize("key", sorted(GIVEN))
def test_what_comes_with_the_portal_is_copied_and_gives_no_inspectorates_grade(scene, key):
    given = GIVEN[key]

    begun = begin_framework(
        alliance=scene.alliance, name=given.name, given=given, by=scene.director, now=NOW
    )

    names = [theme.name for theme in begun.themes.order_by("place")]
    labels = [each.label for each in begun.judgements.order_by("place")]
    assert names == [theme.name for theme in given.themes]
    assert labels == [label for label, _meaning in given.judgements]
    assert not any(is_inspectorates(label) for label in labels)
    assert (begun.is_draft, begun.evidence_kinds, actions()) == (
        True,
        list(given.evidence),
        ["framework begun"],
    )


def test_enquiry_gives_no_labels_and_the_estimates_are_four():
    assert (len(GIVEN["enquiry"].judgements), len(GIVEN["estimates"].judgements)) == (0, 4)


@pytest.mark.parametrize("label", ["Good", " outstanding ", "Requires  Improvement.", "Secure"])
def test_label_of_an_inspectorate_is_refused_in_a_sentence(scene, draft, client, label):
    client.force_login(scene.director)

    answer = client.post(
        reverse("cycles:worded_add", args=[draft.pk, "labels"]), {"label": label, "meaning": ""}
    )

    assert "This is how an inspectorate grades" in answer.text
    assert not Judgement.objects.exists()


def test_framework_of_an_alliance_has_its_name_once(scene, draft):
    with pytest.raises(NameTaken):
        begin_framework(alliance=scene.alliance, name="OURS", by=scene.director, now=NOW)


def test_empty_one_needs_a_name_and_a_theme_before_it_is_settled(scene, client):
    client.force_login(scene.director)
    begin = reverse("cycles:framework_begin", args=["osa"])

    unnamed = client.post(begin, {"begin": "empty", "name": ""})
    client.post(begin, {"begin": "empty", "name": "Ours"})
    framework = Framework.objects.get()
    settled = client.post(reverse("cycles:framework_settle", args=[framework.pk]), follow=True)

    assert "Give it a name that the alliance will know it by." in unnamed.text
    assert "Add a theme first" in settled.text
    with pytest.raises(NothingToLookAt):
        settle_framework(framework=framework, by=scene.director, now=NOW)


def test_settled_words_never_change(scene, draft):
    theme, label = ThemeFactory(framework=draft), JudgementFactory(framework=draft)
    told = {"by": scene.director, "now": NOW}
    settle_framework(framework=draft, **told)

    for act in (
        lambda: change_framework(framework=draft, changes={"summary": "Other"}, **told),
        lambda: add_worded(kind=Theme, framework=draft, name="New", **told),
        lambda: change_worded(thing=theme, changes={"name": "Other"}, **told),
        lambda: change_worded(thing=label, changes={"label": "Other"}, **told),
        lambda: move_worded(thing=theme, up=True, **told),
        lambda: remove_worded(thing=theme, **told),
        lambda: settle_framework(framework=draft, **told),
    ):
        with pytest.raises(SettledAlready):
            act()
    assert actions() == ["framework settled"]


def test_next_version_has_the_words_of_the_one_before_and_is_begun_once(scene, draft):
    ThemeFactory(framework=draft, name="Reading")
    JudgementFactory(framework=draft, label="Firmly in place")
    told = {"by": scene.director, "now": NOW}
    with pytest.raises(NotSettled):
        renew_framework(framework=draft, **told)
    settle_framework(framework=draft, **told)

    renewed = renew_framework(framework=draft, **told)

    assert (renewed.number, renewed.follows, renewed.is_draft) == (2, draft, True)
    assert [theme.name for theme in renewed.themes.all()] == ["Reading"]
    assert [each.label for each in renewed.judgements.all()] == ["Firmly in place"]
    with pytest.raises(NextBegunAlready) as already:
        renew_framework(framework=draft, **told)
    assert already.value.draft == renewed


def test_draft_is_thrown_away_and_what_is_settled_stays_where_it_is_used(scene, draft):
    used = FrameworkFactory(alliance=scene.alliance)
    cycle = CycleFactory(alliance=scene.alliance, framework=used)
    told = {"by": scene.director, "now": NOW}

    give_up_framework(framework=draft, **told)
    give_up_framework(framework=used, **told)

    cycle.refresh_from_db()
    assert (list(Framework.objects.all()), cycle.framework) == ([used], used)
    assert list(Framework.objects.in_use()) == []


def test_theme_moves_one_place_and_at_the_end_stays(scene, draft):
    first, second = [ThemeFactory(framework=draft, place=place) for place in (1, 2)]
    told = {"by": scene.director, "now": NOW}

    move_worded(thing=second, up=True, **told)
    move_worded(thing=second, up=True, **told)

    assert list(draft.themes.order_by("place")) == [second, first]
    assert actions() == ["theme moved"]


def test_theme_stands_once(scene, draft):
    ThemeFactory(framework=draft, name="Reading")

    with pytest.raises(HasItAlready):
        add_worded(kind=Theme, framework=draft, name="reading", by=scene.director, now=NOW)


def test_second_of_two_who_word_a_theme_is_told_and_shown_both(scene, draft, client):
    theme = ThemeFactory(framework=draft, name="Reading", prompts="")
    told = {"thing": theme, "by": scene.director, "now": NOW}
    change_worded(**told, changes={"name": "Reading first"}, seen_version=1)
    with pytest.raises(ChangedSince):
        change_worded(**told, changes={"name": "Reading well"}, seen_version=1)
    client.force_login(scene.director)

    answer = client.post(
        reverse("cycles:worded_edit", args=[draft.pk, "themes", theme.pk]),
        {"name": "Reading well", "prompts": "", "seen_version": "1"},
    )

    theme.refresh_from_db()
    assert theme.name == "Reading first"
    assert "Reading first" in answer.text
    assert "Reading well" in answer.text


def test_draft_is_read_by_the_director_alone(scene, draft, client):
    settled = FrameworkFactory(alliance=scene.alliance, name="Known words")
    seen = {}
    for who, person in (("head", scene.heads[0]), ("director", scene.director)):
        client.force_login(person)
        page = client.get(reverse("cycles:framework_list", args=["osa"])).text
        seen[who] = [each for each in (draft.name, settled.name) if f">{each}<" in page]

    assert seen == {"head": ["Known words"], "director": ["Ours", "Known words"]}


@pytest.mark.parametrize("count", [1, 3])
def test_pages_of_frameworks_cost_the_same_however_many_there_are(
    scene, client, django_assert_num_queries, count
):
    for _ in range(count):
        framework = FrameworkFactory(alliance=scene.alliance)
        ThemeFactory.create_batch(count, framework=framework)
        JudgementFactory.create_batch(count, framework=framework)
    client.force_login(scene.director)
    client.get(framework.get_absolute_url())

    with django_assert_num_queries(5):
        client.get(reverse("cycles:framework_list", args=["osa"]))
    with django_assert_num_queries(6):
        client.get(framework.get_absolute_url())
