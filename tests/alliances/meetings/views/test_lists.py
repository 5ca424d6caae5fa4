from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from alliances.meetings.models import Body, Meeting
from alliances.membership.models import AlliancePost
from tests.alliances.meetings.acts import NOW, head_of, seated
from tests.factories import (
    AlliancePostFactory,
    BodyFactory,
    MeetingFactory,
    MeetingReplyFactory,
    PersonFactory,
    SchoolFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("meetings:meeting_list")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def shown(client, **query):
    page = client.get(LIST, query)
    assert page.status_code == 200
    return [meeting.title for meeting in page.context["page"]]


def office(body, kind=AlliancePost.Kind.DIRECTOR):
    return AlliancePostFactory(alliance=body.alliance, kind=kind).person


def test_the_list_has_what_is_coming_and_what_she_may_see_the_next_first(client):
    body = BodyFactory()
    client.force_login(seated(body))
    for title, days in (("Later", 9), ("Next", 2), ("Past", -2)):
        MeetingFactory(body=body, called=True, title=title, starts_at=NOW + timedelta(days=days))
    MeetingFactory(body=body, title="Draft")
    MeetingFactory(called=True, title="Elsewhere")

    assert shown(client) == ["Next", "Later"]
    assert shown(client, when="past") == ["Past"]
    assert shown(client, when="all") == ["Later", "Next", "Past"]
    assert "2 coming meetings" in client.get(LIST).content.decode()
    assert "1 past meeting<" in client.get(LIST, {"when": "past"}).content.decode()


@pytest.mark.parametrize("kind", list(AlliancePost.Kind))
def test_drafts_are_listed_for_the_office_alone(client, kind):
    draft = MeetingFactory(title="Draft")
    client.force_login(office(draft.body, kind))

    expected = ["Draft"] if kind in {"director", "chair", "administrator"} else []
    assert shown(client) == expected


def test_search_finds_every_word_without_marks_or_capitals(client):
    body = BodyFactory()
    client.force_login(seated(body))
    for title in ("Siân’s review of the year", "Review of money"):
        MeetingFactory(body=body, called=True, title=title)

    assert shown(client, text="SIAN review") == ["Siân’s review of the year"]
    assert shown(client, text="review") == ["Siân’s review of the year", "Review of money"]
    assert shown(client, text="nothing") == []


def test_filters_narrow_by_alliance_group_and_state_and_say_so(client):
    board, heads = BodyFactory(name="Board"), BodyFactory(name="Heads")
    person = PersonFactory()
    for body in (board, heads):
        SeatFactory(body=body, person=person)
    MeetingFactory(body=board, called=True, title="Of the board")
    MeetingFactory(body=heads, called=True, title="Of the heads", state=Meeting.State.CANCELLED)
    client.force_login(person)

    assert shown(client, alliance=board.alliance.slug) == ["Of the board"]
    assert shown(client, body=heads.pk) == ["Of the heads"]
    assert shown(client, state="cancelled") == ["Of the heads"]
    page = client.get(LIST, {"state": "cancelled", "text": "of"})
    assert [(chip.label, chip.words, chip.address) for chip in page.context["chips"]] == [
        ("Search", "“of”", "?state=cancelled"),
        ("State", "Cancelled", "?text=of"),
    ]


def test_a_filter_that_nobody_offers_is_said_and_changes_nothing(client):
    body = BodyFactory()
    client.force_login(seated(body))
    MeetingFactory(body=body, called=True, title="Ours")

    page = client.get(LIST, {"body": MeetingFactory().body_id})

    assert page.context["filterset"].form.errors.keys() == {"body"}
    assert [meeting.title for meeting in page.context["page"]] == ["Ours"]


@pytest.mark.parametrize(
    ("answer", "word"), [("yes", "Yes"), ("no", "No"), ("maybe", "Maybe"), ("", "Not answered")]
)
def test_her_own_answer_stands_in_the_list_and_nobody_elses(client, answer, word):
    reply = MeetingReplyFactory(answer=answer)
    MeetingReplyFactory(meeting=reply.meeting, answer="maybe" if answer != "maybe" else "no")
    client.force_login(reply.person)

    page = client.get(LIST).content.decode()

    row = page.split('data-label="Your answer">')[1].split("</td>")[0]
    assert f"{word}</span>" in row
    assert row.count("status-tag") == 1


def test_of_two_schools_the_one_without_an_answer_counts(client):
    answered, unanswered = SchoolFactory(), SchoolFactory()
    head = head_of(answered)
    head_of(unanswered, person=head)
    reply = MeetingReplyFactory(person=head, school=answered, answer="yes")
    MeetingReplyFactory(meeting=reply.meeting, person=head, school=unanswered)
    client.force_login(head)

    assert "Not answered" in client.get(LIST).content.decode()


@pytest.mark.parametrize("runs", [False, True])
def test_an_empty_list_says_what_to_do(client, runs):
    body = BodyFactory(kind=Body.Kind.BOARD)
    client.force_login(office(body) if runs else seated(body))

    page = client.get(LIST).content.decode()

    assert "No meeting is coming." in page
    assert ("Prepare a meeting" in page) is runs
    assert ("Look at past meetings" in page) is not runs


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_row_and_for_three(
    client, django_assert_num_queries, count
):
    body = BodyFactory()
    head = seated(body)
    for _ in range(count):
        MeetingReplyFactory(meeting__body=body, person=head)
        MeetingReplyFactory(meeting__body=BodyFactory(), person=head)
    client.force_login(head)
    client.get(LIST)

    with django_assert_num_queries(4):
        page = client.get(LIST)

    assert len(page.context["page"]) == 2 * count


def test_a_page_has_fifty(client):
    body = BodyFactory()
    client.force_login(seated(body))
    MeetingFactory.create_batch(51, body=body, called=True)

    assert len(shown(client)) == 50
    assert len(shown(client, page=2)) == 1


def test_the_list_is_narrowed_by_kind_of_group_and_by_how_far_minutes_are(client):
    board = BodyFactory(kind="board")
    client.force_login(seated(board))
    MeetingFactory(body=board, called=True, title="Coming")
    for state in ("none", "drafted", "approved"):
        starts_at = NOW - timedelta(days=9)
        MeetingFactory(
            body=board,
            called=True,
            state=Meeting.State.HELD,
            minutes_state=state,
            title=state,
            starts_at=starts_at,
        )

    assert shown(client, kind="board") == ["Coming"]
    assert shown(client, kind="heads") == []
    assert shown(client, minutes="none") == ["none"]
    assert shown(client, minutes="drafted", when="past") == ["drafted"]
    assert shown(client, minutes="approved", kind="board") == ["approved"]
