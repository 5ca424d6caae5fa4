from datetime import timedelta

import pytest
import time_machine

from alliances.meetings.models import Action, Decision, Meeting, Minute, MinuteDraft
from alliances.meetings.services.minuting import keep_draft
from tests.alliances.meetings.acts import said
from tests.alliances.meetings.held import NOW, Held
from tests.factories import ActionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    with time_machine.travel(NOW, tick=False):
        yield Held()


def page_of(client, person, held, path=""):
    client.force_login(person)
    return client.get(f"{held.page}{path}")


def typed(held, **parts):
    """What the page sends: each part by its item's key, 0 the general one."""
    fields = {}
    for key, text in parts.items():
        fields[f"part-{key}-text"] = text
        fields[f"part-{key}-seen_version"] = "0"
        fields[f"part-{key}-was"] = "e3b0c44298fc1c14"
    return fields


def write(client, person, held, **fields):
    client.force_login(person)
    return client.post(f"{held.page}write/", fields)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("taker", 200),
        ("chair", 200),
        ("lead", 200),
        ("director", 200),
        ("head", 403),
        ("guest", 403),
        ("stranger", 404),
    ],
)
def test_drafts_are_read_by_who_writes_and_checks_them(client, held, who, status):
    held.drafted()

    seen = [page_of(client, getattr(held, who), held, path).status_code for path in ("", "write/")]

    assert seen == [status, status]


@pytest.mark.parametrize(
    ("who", "status"), [("head", 200), ("guest", 200), ("taker", 200), ("stranger", 404)]
)
def test_published_minutes_are_read_by_those_asked(client, held, who, status):
    held.checked()

    assert page_of(client, getattr(held, who), held).status_code == status


@pytest.mark.parametrize(
    ("who", "reads"),
    [("head", True), ("lead", True), ("taker", True), ("chair", True), ("guest", False)],
)
def test_what_is_confidential_is_read_by_the_bodys_members(client, held, who, reads):
    held.checked()

    words = page_of(client, getattr(held, who), held).content.decode()

    assert ("She gets more." in words) == reads
    assert ("Pay of one person" in words) == reads
    assert "Attendance is better." in words


def test_each_part_is_saved_with_what_follows_from_it(client, held):
    fields = typed(held, **{"0": "All were there.", str(held.item.pk): "We talked."})
    fields |= {
        f"part-{held.item.pk}-decision": "We use one form.",
        f"part-{held.item.pk}-action": "Send it",
        f"part-{held.item.pk}-owner": held.head.name,
        f"part-{held.item.pk}-due_on": "2026-12-04",
    }

    response = write(client, held.taker, held, **fields, save=str(held.item.pk))

    assert response.url == f"{held.page}write/?noted={held.item.pk}#part-{held.item.pk}"
    again = client.get(response.url).content.decode()
    assert again.count('<details class="outcomes" open>') == 1
    assert said(response) == ["Minutes saved."]
    assert {minute.item: minute.text for minute in Minute.objects.all()} == {
        None: "All were there.",
        held.item: "We talked.",
    }
    assert Decision.objects.get().words == "We use one form."
    action = Action.objects.get()
    assert (action.owner, action.title, action.given_by) == (held.head, "Send it", held.taker)


def test_saving_and_reading_through_leads_to_the_minutes(client, held):
    response = write(client, held.taker, held, **typed(held, **{"0": "A"}), finish="yes")

    assert response.url == held.page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"action": "Send it"}, "Say who does it."),
        ({"owner": "HEAD"}, "Say what is to be done."),
        ({"action": "Send it", "owner": "HEAD", "due_on": "2026-11-01"}, "Choose a coming day."),
        ({"action": "Send it", "owner": "HEAD", "due_on": "2126-11-01"}, "Look at the year."),
        ({"action": "Send it", "owner": "Nobody"}, "Nobody of this alliance is found"),
    ],
)
def test_half_an_action_keeps_all_that_was_typed_and_stores_nothing(client, held, fields, sentence):
    asked = {
        f"part-{held.item.pk}-{name}": held.head.name if value == "HEAD" else value
        for name, value in fields.items()
    }

    response = write(client, held.taker, held, **typed(held, **{"0": "All came."}), **asked)

    words = response.content.decode()
    assert response.status_code == 200
    assert sentence in words
    assert "All came." in words
    assert not Minute.objects.exists()


def test_decision_and_action_stand_open_where_there_are_some(client, held):
    first = held.item.pk
    half = typed(held, **{str(first): "Nine schools."}) | {f"part-{first}-owner": held.head.name}

    before = page_of(client, held.taker, held, "write/").content.decode()
    asked = write(client, held.taker, held, **half).content.decode()

    assert before.count('<details class="outcomes">') == len(held.meeting.items.all()) + 1
    assert asked.count('<details class="outcomes" open>') == 1


def test_a_confidential_action_goes_to_a_member_alone(client, held):
    fields = {
        f"part-{held.secret.pk}-action": "Raise it",
        f"part-{held.secret.pk}-owner": held.guest.name,
    }

    refused = write(client, held.taker, held, **fields)
    given = write(
        client, held.taker, held, **fields | {f"part-{held.secret.pk}-owner": held.head.name}
    )

    assert "Nobody of this alliance is found" in refused.content.decode()
    assert given.status_code == 302
    assert Action.objects.get().owner == held.head


def test_the_second_editor_sees_both_versions_and_saves_knowingly(client, held):
    held.say("By the chair.", item=held.item, by=held.chair)
    key = held.item.pk
    fields = typed(held, **{str(key): "By me.", "0": "In general."})

    second = write(client, held.taker, held, **fields)
    words = second.content.decode()
    form = next(form for form in second.context["forms"] if form.part.key == key)
    again = {f"part-{key}-{name}": form[name].value() for name in ("text", "seen_version", "was")}
    saved = write(client, held.taker, held, **fields | again)

    assert "By the chair." in words
    assert "By me." in words
    assert "In general." in words
    assert saved.status_code == 302
    assert Minute.objects.get(item=held.item).text == "By me."
    assert Minute.objects.get(item=None).text == "In general."


def test_an_untouched_part_that_somebody_else_saved_meanwhile_is_no_conflict(client, held):
    held.say("By the chair.", item=held.item, by=held.chair)
    fields = typed(held, **{str(held.item.pk): "", "0": "In general."})

    response = write(client, held.taker, held, **fields)

    assert response.status_code == 302
    assert Minute.objects.get(item=held.item).text == "By the chair."


def test_what_one_types_is_kept_and_offered_again(client, held):
    client.force_login(held.taker)
    sent = {"part": held.item.pk, "text": "We tal", "seen_version": "0"}

    answer = client.post(f"{held.page}draft/", sent)
    words = page_of(client, held.taker, held, "write/").content.decode()
    others = page_of(client, held.chair, held, "write/").content.decode()

    assert answer.json() == {"saved": "10.15am"}
    assert "You had typed this and not saved it," in words
    assert "We tal" in words
    assert "We tal" not in others


def test_a_draft_is_discarded(client, held):
    keep_draft(
        meeting=held.meeting, item=held.item, text="We", seen_version=0, by=held.taker, now=NOW
    )

    write(
        client, held.taker, held, **typed(held, **{str(held.item.pk): "We"}), discard=held.item.pk
    )

    assert not MinuteDraft.objects.exists()
    assert not Minute.objects.exists()


def test_a_draft_of_an_older_version_is_shown_beside_the_newer_one(client, held):
    keep_draft(
        meeting=held.meeting, item=held.item, text="Mine", seen_version=0, by=held.taker, now=NOW
    )
    held.say("Theirs", item=held.item, by=held.chair)
    page = page_of(client, held.taker, held, "write/")
    form = next(form for form in page.context["forms"] if form.part.key == held.item.pk)
    fields = {
        f"part-{held.item.pk}-{name}": form[name].value()
        for name in ("text", "seen_version", "was")
    }

    response = write(client, held.taker, held, **fields)

    assert response.status_code == 200
    assert "Theirs" in response.content.decode()
    assert Minute.objects.get().text == "Theirs"


@pytest.mark.parametrize(
    ("who", "part", "status"),
    [
        ("head", "0", 403),
        ("stranger", "0", 404),
        ("taker", "987654", 404),
        ("taker", "x", 404),
        ("taker", "0", 200),
    ],
)
def test_a_draft_is_kept_for_who_writes(client, held, who, part, status):
    client.force_login(getattr(held, who))

    response = client.post(f"{held.page}draft/", {"part": part, "text": "A"})

    assert response.status_code == status


def test_a_draft_of_approved_minutes_is_refused_in_words(client, held):
    held.checked()
    Meeting.objects.filter(pk=held.meeting.pk).update(minutes_state="approved")
    client.force_login(held.chair)

    assert client.post(f"{held.page}draft/", {"text": "A"}).status_code == 403


def test_from_the_minute_taker_to_the_chair_and_out(client, held):
    held.say()
    client.force_login(held.taker)
    given = client.post(f"{held.page}give/")
    client.force_login(held.chair)
    back = client.post(f"{held.page}send-back/", {"because": "Item 1 is too long."})
    writes = page_of(client, held.taker, held, "write/").content.decode()
    client.post(f"{held.page}give/")
    client.force_login(held.chair)
    checked = client.post(f"{held.page}check/")

    assert said(given) == [
        "The minutes are with the chair, to be checked by Friday 27 November 2026."
    ]
    assert said(back)[-1] == "The minutes are back with whoever wrote them."
    assert "Item 1 is too long." in writes
    assert said(checked)[-1] == "The minutes are published. Everybody who was asked is told."
    held.meeting.refresh_from_db()
    assert held.meeting.minutes_state == "checked"


@pytest.mark.parametrize("act", ["check/", "send-back/"])
@pytest.mark.parametrize("who", ["taker", "lead", "director", "head"])
def test_the_chair_alone_checks(client, held, act, who):
    held.drafted()
    client.force_login(getattr(held, who))

    assert client.post(f"{held.page}{act}", {"because": "No"}).status_code == 403


def test_after_the_check_the_chair_alone_changes_them_with_a_reason(client, held):
    held.checked()
    key = held.item.pk
    page = page_of(client, held.chair, held, "write/")
    form = next(form for form in page.context["forms"] if form.part.key == key)
    fields = {
        f"part-{key}-text": "Worse.",
        f"part-{key}-seen_version": form["seen_version"].value(),
        f"part-{key}-was": form["was"].value(),
    }

    taker = page_of(client, held.taker, held, "write/").status_code
    silent = write(client, held.chair, held, **fields)
    told = write(client, held.chair, held, **fields, because="A slip.")

    assert taker == 403
    assert "Fill this in." in silent.content.decode()
    assert told.status_code == 302
    assert "Changed by" in page_of(client, held.head, held).content.decode()


def test_a_later_meeting_approves_them(client, held):
    held.checked()
    later = held.later()
    with time_machine.travel(later.starts_at, tick=False):
        offered = page_of(client, held.director, held).content.decode()
        approved = client.post(f"{held.page}approve/", {"meeting": later.pk})
        locked = page_of(client, held.chair, held, "write/").status_code
        hidden = page_of(client, held.head, held, "approve/").status_code

    assert "Were these minutes approved?" in offered
    assert said(approved) == ["The minutes are approved in “Spring term”."]
    assert (locked, hidden) == (403, 403)


def test_what_can_not_be_done_now_is_said_in_a_sentence(client, held):
    client.force_login(held.taker)

    response = client.post(f"{held.page}give/")

    assert said(response) == ["Nothing is minuted yet. Write at least one part first."]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("path", "most"), [("", 9), ("write/", 11)])
def test_the_pages_cost_the_same_for_one_part_and_three(
    client, held, django_assert_num_queries, count, path, most
):
    for number in range(count):
        held.say(
            f"A {number}", decision=f"D {number}", by=held.chair, item=None, seen_version=number
        )
    page_of(client, held.director, held, path)

    with django_assert_num_queries(most):
        client.get(f"{held.page}{path}")


def test_open_actions_of_earlier_meetings_are_carried_forward(client, held):
    given = NOW - timedelta(days=40)
    kept = ActionFactory(body=held.body, title="Still open", given_at=given)
    ActionFactory(
        body=held.body, title="Long done", given_at=given, done_at=given, done_by=held.lead
    )
    ActionFactory(
        body=held.body, title="Done since", given_at=given, done_at=NOW, done_by=held.lead
    )
    ActionFactory(title="Of another body", given_at=given)
    held.checked()

    member = page_of(client, held.head, held).content.decode()
    guest = page_of(client, held.guest, held).content.decode()

    assert kept.title in member
    assert "Done since" in member
    assert "Long done" not in member
    assert "Of another body" not in member
    assert kept.title not in guest
