from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from alliances.meetings.models import Action
from alliances.meetings.services.actions import drop_action, finish_action
from tests.alliances.meetings.acts import said
from tests.alliances.meetings.held import DUE, NOW, Held
from tests.factories import ActionFactory

pytestmark = pytest.mark.django_db
LIST = "/meetings/actions/"


@pytest.fixture
def held():
    with time_machine.travel(NOW, tick=False):
        yield Held()


@pytest.fixture
def action(held):
    return ActionFactory(
        body=held.body,
        meeting=held.meeting,
        item=held.item,
        title="Send the form",
        owner=held.head,
        given_by=held.taker,
        given_at=NOW,
        due_at=DUE,
    )


def titles(client, person, query=""):
    client.force_login(person)
    return [row.title for row in client.get(f"{LIST}{query}").context["page"]]


def test_one_sees_first_what_is_hers_to_do(client, held, action):
    ActionFactory(body=held.body, owner=held.other_head, title="Hers")
    done = ActionFactory(body=held.body, owner=held.head, title="Done")
    finish_action(action=done, by=held.head, now=NOW)
    dropped = ActionFactory(body=held.body, owner=held.head, title="Dropped")
    drop_action(action=dropped, because="No", by=held.lead, now=NOW)
    late = ActionFactory(body=held.body, owner=held.head, title="Late", due_at=NOW)
    later = NOW + timedelta(days=1)

    with time_machine.travel(later, tick=False):
        assert titles(client, held.head) == [late.title, action.title]
        assert titles(client, held.head, "?state=overdue") == ["Late"]
        assert titles(client, held.head, "?state=done") == ["Done"]
        assert titles(client, held.head, "?state=dropped") == ["Dropped"]
        assert sorted(titles(client, held.head, "?state=every")) == [
            "Done",
            "Dropped",
            "Late",
            "Send the form",
        ]
        assert titles(client, held.head, "?order=-title") == ["Send the form", "Late"]


def test_actions_are_found_by_their_words_and_their_owner(client, held, action):
    held.checked()
    ActionFactory(body=held.body, owner=held.other_head, title="Send the letters")

    assert titles(client, held.head, "?text=FORM+send") == ["Send the form"]
    assert titles(client, held.head, "?text=letters") == []
    assert titles(client, held.head, "?who=all&text=letters") == ["Send the letters"]
    name = held.other_head.name.upper()
    assert titles(client, held.head, f"?who=all&text={name}") == ["Send the letters"]


def test_a_groups_actions_are_seen_by_its_members_once_the_minutes_are_checked(
    client, held, action
):
    query = f"?body={held.body.pk}"
    seen = {"lead": held.lead, "director": held.director}
    unseen = {"other_head": held.other_head, "stranger": held.stranger, "guest": held.guest}

    assert {name: titles(client, who, "?who=all") for name, who in seen.items()} == {
        name: ["Send the form"] for name in seen
    }
    assert {name: titles(client, who, "?who=all") for name, who in unseen.items()} == {
        name: [] for name in unseen
    }
    held.checked()
    assert titles(client, held.other_head, query) == ["Send the form"]
    assert titles(client, held.stranger, "?who=all") == []
    assert titles(client, held.taker, "?who=given") == ["Send the form"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client, held, django_assert_num_queries, count
):
    for _each in range(count):
        ActionFactory(body=held.body, owner=held.head)
    titles(client, held.head)

    with django_assert_num_queries(3):
        assert len(titles_again(client)) == count


def titles_again(client):
    return [row.title for row in client.get(LIST).context["page"]]


def test_the_list_is_taken_as_a_file(client, held, action):
    client.force_login(held.head)

    lines = b"".join(client.get(f"{LIST}export.csv")).decode("utf-8-sig").splitlines()

    assert lines[0].startswith("Action,Owner,Due,State,Group,Alliance,Meeting")
    assert lines[1].startswith(f"Send the form,{held.head.name},27/11/2026 17:00,To do,")
    client.force_login(held.stranger)
    theirs = b"".join(client.get(f"{LIST}export.csv?who=all&state=every")).decode()
    assert "Send the form" not in theirs


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_happened(
    client, held, action, django_assert_num_queries, count
):
    for number in range(count):
        action.done_note = f"{number}"
    client.force_login(held.head)
    client.get(action.get_absolute_url())

    with django_assert_num_queries(4):
        client.get(action.get_absolute_url())


def act(client, person, action, path="", **fields):
    client.force_login(person)
    return client.post(f"{action.get_absolute_url()}{path}", fields)


@pytest.mark.parametrize(
    ("who", "settles", "changes"),
    [
        ("head", 302, 403),
        ("lead", 302, 302),
        ("director", 302, 302),
        ("taker", 403, 302),
        ("guest", 404, 404),
        ("stranger", 404, 404),
    ],
)
def test_who_settles_and_who_changes_an_action(client, held, action, who, settles, changes):
    person = getattr(held, who)

    dropped = act(client, person, action, "drop/", because="No need")
    Action.objects.update(dropped_at=None, dropped_because="")
    done = act(client, person, action, "done/")

    assert (done.status_code, dropped.status_code) == (settles, changes)


def test_done_with_a_note_and_taken_back(client, held, action):
    done = act(client, held.head, action, "done/", note="Sent to all.")
    page = client.get(action.get_absolute_url()).content.decode()
    back = act(client, held.head, action, "reopen/")

    assert said(done) == ["Done: Send the form"]
    assert done.url == action.get_absolute_url()
    assert "Sent to all." in page
    assert said(back)[-1] == "The action is to be done again."
    assert Action.objects.get().is_open


def test_done_on_the_desk_leads_back_to_the_desk(client, held, action):
    client.force_login(held.head)
    desk = client.get("/desk/").content.decode()
    done = act(client, held.head, action, "done/", next="/desk/")
    after = client.get("/desk/").content.decode()

    assert 'aria-label="Done: Send the form"' in desk
    assert done.url == "/desk/"
    assert 'aria-label="Done: Send the form"' not in after


def test_nobody_is_led_elsewhere(client, held, action):
    done = act(client, held.head, action, "done/", next="https://elsewhere.example/")

    assert done.url == action.get_absolute_url()


def test_handed_to_somebody_else_on_another_day(client, held, action):
    fields = {
        "title": "Send the form",
        "owner": held.other_head.name,
        "due_on": "2026-12-04",
        "seen_version": "1",
    }

    response = act(client, held.lead, action, "edit/", **fields)

    action.refresh_from_db()
    assert said(response) == ["Action saved."]
    assert (action.owner, action.due_at.day) == (held.other_head, 4)


def test_the_second_editor_of_an_action_sees_both_versions(client, held, action):
    fields = {"owner": held.head.name, "due_on": "2026-11-27", "seen_version": "1"}
    act(client, held.lead, action, "edit/", title="Send the form now", **fields)

    second = act(client, held.lead, action, "edit/", title="Post the form", **fields)

    words = second.content.decode()
    assert "Send the form now" in words
    assert "Post the form" in words
    again = {**fields, "seen_version": second.context["form"]["seen_version"].value()}
    act(client, held.lead, action, "edit/", title="Post the form", **again)
    assert Action.objects.get().title == "Post the form"


def test_what_is_done_by_now_is_said_in_a_sentence(client, held, action):
    finish_action(action=action, by=held.head, now=NOW)

    response = act(client, held.lead, action, "drop/", because="No need")

    assert said(response) == ["This action is done or dropped already, so it stays as it is."]


def test_a_group_gives_an_action_without_a_meeting(client, held):
    client.force_login(held.lead)
    fields = {"title": "Ring the hall", "owner": held.head.name, "due_on": "2026-12-04"}

    response = client.post(f"/meetings/bodies/{held.body.pk}/actions/new/", fields)

    action = Action.objects.get()
    assert said(response) == [f"{held.head} has the action now."]
    assert (action.body, action.meeting, action.owner) == (held.body, None, held.head)


@pytest.mark.parametrize(
    ("due_on", "told"),
    [
        ("2026-12-06", "due on 6 December 2026, which is a Sunday."),
        ("2027-01-01", "which is a bank holiday (New Year’s Day)."),
    ],
)
def test_a_day_without_school_is_kept_with_a_warning(client, held, due_on, told):
    client.force_login(held.lead)
    fields = {"title": "Ring the hall", "owner": held.head.name, "due_on": due_on}

    response = client.post(f"/meetings/bodies/{held.body.pk}/actions/new/", fields)

    assert told in said(response)[1]
    assert str(timezone.localdate(Action.objects.get().due_at)) == due_on


@pytest.mark.parametrize(("who", "status"), [("head", 403), ("stranger", 404), ("director", 200)])
def test_who_runs_a_group_gives_its_actions(client, held, who, status):
    client.force_login(getattr(held, who))

    assert client.get(f"/meetings/bodies/{held.body.pk}/actions/new/").status_code == status


def test_the_groups_page_shows_what_is_open_and_what_was_decided(client, held, action):
    held.say("A", item=held.item, decision="One form.")
    client.force_login(held.other_head)
    before = client.get(held.body.get_absolute_url()).content.decode()
    held.meeting.minutes_state = "checked"
    held.meeting.save()
    after = client.get(held.body.get_absolute_url()).content.decode()

    assert "Send the form" not in before
    assert "One form." not in before
    assert "Send the form" in after
    assert "One form." in after
