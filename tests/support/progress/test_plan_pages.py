import pytest
from django.urls import reverse

from partnership.calendar.years import AcademicYear
from support.progress.models import LearningCommunity, Objective, Plan, PlanAction
from support.progress.rows.plans import years_in_words
from support.progress.services import begin_community, finish_action
from tests.factories import PersonFactory
from tests.support.progress.begun import NOW, make_begun
from tests.support.progress.planned import acts, adds, agrees, begins, rewords
from workhubs.hubs.models import Workhub

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_begun()


@pytest.fixture
def planned(made):
    begins(made)
    made.objective = adds(made)
    made.action = acts(made, made.objective)
    return made


def at(name, made, *keys):
    return reverse(f"progress:{name}", args=[made.programme.pk, *keys])


def page(client, person, name, made, /, *keys):
    client.force_login(person)
    return client.get(at(name, made, *keys))


def sends(client, person, name, made, /, *keys, **typed):
    client.force_login(person)
    return client.post(at(name, made, *keys), typed, follow=True)


def typed_objective(made, **changes):
    return {
        "words": "Teachers model writing each day",
        "success": "Seen in four of five visits",
        "focus": "teaching",
        "area": made.programme.area_id,
        "year_groups": "R, 3-5",
        "strands": [strand.pk for strand in made.programme.strands.all()],
    } | changes


def test_head_begins_the_plan_and_writes_its_first_objective(client, made):
    assert "Begin the plan" in page(client, made.head, "plan_detail", made).text
    begun = sends(client, made.head, "plan_begin", made)
    assert begun.redirect_chain[-1][0] == at("objective_add", made)

    sends(client, made.head, "objective_add", made, **typed_objective(made))

    objective = Objective.objects.get()
    assert (objective.year_groups, objective.strands.count()) == ("R,3,4,5", 2)
    shown = page(client, made.director, "plan_detail", made).text
    assert "Reception, Years 3 to 5" in shown
    assert "Agree to the plan" not in shown


@pytest.mark.parametrize("years", ["7-5", "Year 20", "1-2-3", "nobody"])
def test_year_groups_that_make_no_sense_are_refused(client, made, years):
    begins(made)

    refused = sends(
        client, made.head, "objective_add", made, **typed_objective(made, year_groups=years)
    )

    assert "Write year groups as N, R and 1 to 13" in refused.text
    assert not Objective.objects.exists()


def test_other_head_reads_what_was_changed_and_agrees(client, planned):
    agrees(planned)
    rewords(planned, planned.objective, words="Model daily")

    shown = page(client, planned.supporting_head, "plan_detail", planned).text
    assert "Objective: Model daily" in shown
    assert "Objective: Teachers model writing each day" in shown
    seen = Plan.objects.get().version
    sends(client, planned.supporting_head, "plan_agree", planned, seen_version=seen)

    assert Plan.objects.get().is_agreed
    assert (
        "changed since you agreed"
        not in page(client, planned.supporting_head, "plan_detail", planned).text
    )


def test_plan_that_changed_meanwhile_is_not_agreed_to(client, planned):
    late = sends(client, planned.supporting_head, "plan_agree", planned, seen_version=1)

    assert "The plan was changed since you opened it" in late.text
    assert not Plan.objects.get().is_agreed


def test_plan_without_teaching_or_leadership_says_what_it_needs(client, made):
    begins(made)
    adds(made, focus="inclusion")

    shown = page(client, made.supporting_head, "plan_detail", made).text

    assert "at least one objective has to be about teaching or leadership" in shown
    assert "Agree to the plan" not in shown


def test_second_editor_sees_both_versions(client, planned):
    rewords(planned, planned.objective, words="Model daily", strands=[])
    typed = typed_objective(planned, words="Model weekly", seen_version=1)

    both = sends(
        client, planned.supporting_head, "objective_edit", planned, planned.objective.pk, **typed
    )
    kept = {key: both.context["form"].data[key] for key in ("words", "seen_version")}
    assert kept == {"words": "Model weekly", "seen_version": "2"}
    assert "Model daily" in both.text

    sends(
        client,
        planned.supporting_head,
        "objective_edit",
        planned,
        planned.objective.pk,
        **(typed | {"seen_version": 2}),
    )
    assert Objective.objects.get().words == "Model weekly"


def test_action_is_given_and_a_saturday_is_pointed_out(client, planned):
    typed = {
        "words": "Choose the texts",
        "owner": planned.supporting_head.pk,
        "due_on": "2026-12-05",
    }

    saved = sends(client, planned.head, "action_add", planned, planned.objective.pk, **typed)

    assert "Saturday 5 December 2026 is a Saturday" in saved.text
    assert PlanAction.objects.latest("pk").owner == planned.supporting_head


def test_owner_says_that_her_action_is_done_and_nobody_else_for_her(client, planned):
    other = planned.own_practitioner
    assert page(client, other, "action_done", planned, planned.action.pk).status_code == 403

    sends(
        client, planned.practitioner, "action_done", planned, planned.action.pk, note="Both stand."
    )

    action = PlanAction.objects.get()
    assert (action.done_at, action.done_note) == (NOW, "Both stand.")
    sends(client, planned.practitioner, "action_reopen", planned, planned.action.pk)
    assert PlanAction.objects.get().is_open


def test_action_that_is_done_is_not_changed_from_an_old_page(client, planned):
    finish_action(action=planned.action, note="", by=planned.practitioner, now=NOW)
    typed = {"words": "More", "owner": planned.head.pk, "due_on": "2026-12-07", "seen_version": 1}

    refused = sends(client, planned.head, "action_drop", planned, planned.action.pk)

    assert "was done or dropped meanwhile" in refused.text
    sends(client, planned.head, "action_edit", planned, planned.action.pk, **typed)
    assert PlanAction.objects.get().words == "Plan two weeks together"


def test_paused_plan_is_read_and_not_written(client, planned):
    planned.programme.state = "paused"
    planned.programme.save()

    shown = page(client, planned.head, "plan_detail", planned).text

    assert "Plan two weeks together" in shown
    assert "Add an objective" not in shown
    assert page(client, planned.head, "objective_add", planned).status_code == 403
    assert (
        page(client, planned.practitioner, "action_done", planned, planned.action.pk).status_code
        == 403
    )


def test_home_head_and_strangers_read_no_plan(client, planned):
    assert page(client, planned.home_head, "plan_detail", planned).status_code == 403
    assert page(client, PersonFactory(), "plan_detail", planned).status_code == 404


def test_plan_asks_as_often_for_three_objectives_as_for_one(
    client, planned, django_assert_num_queries
):
    agrees(planned)
    rewords(planned, planned.objective, words="Model daily")
    community(planned, "Writing")
    page(client, planned.supporting_head, "plan_detail", planned)
    address = at("plan_detail", planned)
    for number in range(2):
        with django_assert_num_queries(7):
            client.get(address)
        for focus in ("leadership", "curriculum"):
            acts(planned, adds(planned, focus=focus), owner=planned.head)
        community(planned, f"Writing {number}")


def test_programme_page_has_the_plan_in_short(client, planned, django_assert_max_num_queries):
    page(client, planned.head, "plan_detail", planned)
    address = reverse("programmes:programme_detail", args=[planned.programme.pk])
    client.get(address)

    shown = client.get(address).text

    assert "Not agreed yet" in shown
    assert "Teachers model writing each day" in shown


def test_changes_are_listed_the_latest_first(client, planned, django_assert_num_queries):
    page(client, planned.director, "plan_changes", planned)
    address = at("plan_changes", planned)
    for _more in range(2):
        with django_assert_num_queries(3):
            shown = client.get(address).text
        adds(planned, "supporter", words="Leaders visit lessons")

    assert shown.index("Action added") > shown.index("Objective added: Leaders visit lessons")


def community(made, name):
    return begin_community(
        programme=made.programme,
        name=name,
        lead=made.practitioner,
        year=AcademicYear(2026),
        priority="Modelled writing",
        by=made.director,
        now=NOW,
    )


def test_director_begins_a_learning_community_that_tells_of_no_programme(client, planned):
    typed = {
        "name": "Modelled writing",
        "lead": planned.practitioner.pk,
        "year": "2026-to-2027",
        "priority": "Writing in Years 3 and 4",
    }
    assert page(client, planned.head, "community_begin", planned).status_code == 403
    school = planned.programme.school.name
    for named in ({"name": f"Writing at {school.lower()}"}, {"priority": f"Where {school} is"}):
        refused = sends(client, planned.director, "community_begin", planned, **typed | named)
        assert "This names the supported school." in refused.text

    sends(client, planned.director, "community_begin", planned, **typed)

    workhub = Workhub.objects.get()
    assert (workhub.kind, LearningCommunity.objects.get().workhub) == ("community", workhub)
    assert "Modelled writing" in page(client, planned.head, "plan_detail", planned).text
    client.force_login(planned.director)
    shown = client.get(workhub.get_absolute_url()).text.partition("<main")[2]
    assert "Learning community" in shown
    assert planned.programme.school.name not in shown
    assert "/support/" not in shown
    again = sends(client, planned.director, "community_begin", planned, **typed)
    assert "has a workhub of this name already" in again.text


def test_list_of_workhubs_tells_communities_apart(client, planned):
    community(planned, "Modelled writing")
    client.force_login(planned.director)
    address = reverse("hubs:workhub_list")

    assert "Learning community" in client.get(address).text
    assert "Modelled writing" in client.get(address, {"kind": "community"}).text
    assert (
        "Modelled writing"
        not in client.get(address, {"kind": "workhub"}).text.partition("<table")[2]
    )


def test_plan_leads_whoever_has_an_action_to_where_it_is_done(client, planned):
    done = at("action_done", planned, planned.action.pk)

    assert done in page(client, planned.practitioner, "plan_detail", planned).text
    assert done in page(client, planned.head, "plan_detail", planned).text
    assert done not in page(client, planned.director, "plan_detail", planned).text


def test_plan_is_narrowed_to_actions_that_are_open_late_or_done(client, planned):
    other = adds(planned, words="Leaders look at books")
    finished = acts(planned, other, words="Choose the books")
    finish_action(action=finished, note="", by=planned.practitioner, now=NOW)
    client.force_login(planned.head)

    def shown(state):
        context = client.get(at("plan_detail", planned), {"actions": state}).context
        return [line.action.pk for each in context["objectives"] for line in each.actions]

    assert shown("open") == [planned.action.pk]
    assert shown("done") == [finished.pk]
    assert shown("late") == []
    assert shown("gossip") == [planned.action.pk, finished.pk]
    PlanAction.objects.filter(pk=planned.action.pk).update(due_at=NOW.replace(day=1))
    assert shown("late") == [planned.action.pk]


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("", ""),
        ("N,R", "Nursery, Reception"),
        ("1,5,6,10,11,12", "Year 1, Years 5 and 6, Years 10 to 12"),
    ],
)
def test_year_groups_are_said_as_schools_say_them(kept, said):
    assert years_in_words(kept) == said


def test_forms_of_the_plan_cost_few_queries(client, planned, django_assert_num_queries):
    places = [("objective_edit", planned.objective.pk), ("action_edit", planned.action.pk)]
    for name, key in places:
        page(client, planned.head, name, planned, key)
    with django_assert_num_queries(5):
        served = client.get(at("objective_edit", planned, planned.objective.pk))
    assert served.context["form"].initial["strands"] == [
        str(strand.pk) for strand in planned.objective.strands.all()
    ]
    with django_assert_num_queries(4):
        client.get(at("action_edit", planned, planned.action.pk))
