from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile

from alliances.meetings.models import Body, Meeting
from alliances.meetings.services import answer_meeting, move_meeting
from alliances.membership.models import AlliancePost
from tests.alliances.meetings.acts import NEW_DAY, NOW, call, reply_of, seated
from tests.factories import (
    AgendaItemFactory,
    AlliancePostFactory,
    BodyFactory,
    MeetingFactory,
    MeetingReplyFactory,
    PersonFactory,
    SchoolFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def office(body, kind=AlliancePost.Kind.DIRECTOR):
    return AlliancePostFactory(alliance=body.alliance, kind=kind).person


def page_of(client, meeting, person):
    client.force_login(person)
    return client.get(meeting.get_absolute_url())


def words(page):
    return " ".join(page.content.decode().split())


def test_times_of_items_follow_from_their_minutes_and_the_rest_is_told(client):
    reply = MeetingReplyFactory(meeting__ends_at=None or NEW_DAY)
    meeting = reply.meeting
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=meeting.starts_at + timedelta(minutes=60))
    for position, minutes in ((2, 25), (1, 5), (3, 20)):
        AgendaItemFactory(meeting=meeting, position=position, minutes=minutes, title=f"I{position}")

    page = page_of(client, meeting, reply.person)

    agenda = page.context["agenda"]
    assert [(line.item.title, line.begins) for line in agenda.lines] == [
        ("I1", "4pm"),
        ("I2", "4.05pm"),
        ("I3", "4.30pm"),
    ]
    assert (agenda.allotted, agenda.length, agenda.left, agenda.percent) == (50, 60, 10, 83)
    assert "<strong>50 of 60 minutes</strong> are allotted; 10 are left." in words(page)


def test_an_agenda_that_is_too_full_says_so_to_who_can_shorten_it(client):
    lead = PersonFactory()
    reply = MeetingReplyFactory(meeting__body__lead=lead)
    AgendaItemFactory(meeting=reply.meeting, minutes=100)

    asked = page_of(client, reply.meeting, reply.person)
    page = page_of(client, reply.meeting, lead)

    assert page.context["agenda"].percent == 100
    assert "that is too much." in words(page)
    assert "that is too much." not in words(asked)


def test_a_head_answers_for_each_of_her_schools(client):
    body = BodyFactory()
    head = seated(body, name="Infants")
    second = SchoolFactory(name="Juniors")
    SeatFactory(body=body, school=second)
    second.posts.create(person=head, kind="executive_head")
    other = seated(body)
    meeting = call(MeetingFactory(body=body))

    page = page_of(client, meeting, head)

    assert {reply.school.name for reply in page.context["own_replies"]} == {"Infants", "Juniors"}
    assert "You answer for Infants." in words(page)
    assert len(page_of(client, meeting, other).context["own_replies"]) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("yes", "You are coming."),
        ("maybe", "You may come."),
        ("no", "You have sent your apologies."),
    ],
)
def test_an_answer_that_is_given_is_said_and_can_be_changed(client, answer, said):
    reply = MeetingReplyFactory(answer=answer, answered_at=NOW)

    page = words(page_of(client, reply.meeting, reply.person))

    assert said in page
    assert f'name="answer" value="{answer}"' not in page
    assert page.count('name="answer"') == 2


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_nobody_is_asked_once_it_is_held_or_cancelled(client, state):
    reply = MeetingReplyFactory(meeting__state=state)

    assert page_of(client, reply.meeting, reply.person).context["own_replies"] == []


@pytest.mark.parametrize(
    ("kind", "reads"),
    [("chair", True), ("administrator", True), ("director", False), ("finance_manager", False)],
)
def test_reasons_are_read_by_chair_and_administrator_alone(client, kind, reads):
    body = BodyFactory()
    writer, colleague = seated(body), seated(body)
    reader = office(body, kind)
    SeatFactory(body=body, person=reader)
    meeting = call(MeetingFactory(body=body))
    answer_meeting(
        reply=reply_of(writer, meeting), answer="no", apologies="My operation", by=writer, now=NOW
    )

    assert ("My operation" in words(page_of(client, meeting, reader))) is reads
    assert "My operation" in words(page_of(client, meeting, writer))
    assert "My operation" not in words(page_of(client, meeting, colleague))


def test_who_comes_is_counted_and_each_is_named_with_school_or_post(client):
    body = BodyFactory()
    head = seated(body, name="Delph Primary School")
    chair = office(body, AlliancePost.Kind.CHAIR)
    SeatFactory(body=body, person=chair)
    meeting = call(MeetingFactory(body=body))
    answer_meeting(reply=reply_of(chair, meeting), answer="yes", by=chair, now=NOW)

    page = page_of(client, meeting, head)

    assert page.context["counts"] == "1 yes · 1 not answered"
    assert {
        (reply.person, reply.school and reply.school.name, reply.post)
        for reply in page.context["replies"]
    } == {
        (head, "Delph Primary School", ""),
        (chair, None, "Chair"),
    }
    assert f"{head.name} (you)" in words(page)


def test_who_is_no_longer_asked_is_no_longer_counted(client):
    reply = MeetingReplyFactory()
    MeetingReplyFactory(meeting=reply.meeting, ended_at=NOW)

    page = page_of(client, reply.meeting, reply.person)

    assert [one.pk for one in page.context["replies"]] == [reply.pk]


@pytest.mark.parametrize(
    ("facts", "actions"),
    [
        ({}, ["call", "edit", "discard"]),
        ({"called": True}, ["move", "edit", "cancel"]),
        ({"called": True, "starts_at": NOW - timedelta(days=1)}, ["hold", "edit", "cancel"]),
        ({"state": Meeting.State.HELD}, []),
        ({"state": Meeting.State.CANCELLED}, []),
    ],
)
def test_what_can_be_done_follows_from_its_state_and_only_for_those_who_run_it(
    client, facts, actions
):
    meeting = MeetingFactory(**facts)
    SeatFactory(body=meeting.body, person=(member := PersonFactory()))
    offered = ["call", "edit", "discard", "move", "cancel", "hold"]

    page = words(page_of(client, meeting, office(meeting.body)))
    member_page = page_of(client, meeting, member)

    address = meeting.get_absolute_url()
    assert [verb for verb in offered if f'"{address}{verb}/"' in page] == sorted(
        actions, key=offered.index
    )
    assert not [verb for verb in offered if f'"{address}{verb}/"' in words(member_page)]
    assert member_page.status_code == (404 if meeting.state == "draft" else 200)


@pytest.mark.parametrize(
    ("starts_at", "is_offered"), [(NEW_DAY, True), (NOW - timedelta(days=1), False)]
)
def test_the_agenda_is_changed_from_its_page_until_the_meeting_is_over(
    client, starts_at, is_offered
):
    meeting = MeetingFactory(called=True, starts_at=starts_at, agenda_published_at=NOW)
    item = AgendaItemFactory(meeting=meeting, position=1, title="Attendance")

    client.force_login(office(meeting.body))

    page = words(client.get(meeting.get_absolute_url(), {"moved": item.pk}))

    assert ('<details class="item-acts" open>' in page) is is_offered
    assert ("Edit: Attendance" in page) is is_offered
    assert ("items/new/" in page) is is_offered


def test_a_moved_meeting_says_when_it_was_to_be(client):
    body = BodyFactory()
    head = seated(body)
    meeting = call(MeetingFactory(body=body))
    move_meeting(
        meeting=meeting,
        starts_at=NEW_DAY,
        ends_at=NEW_DAY + timedelta(hours=1),
        place="Here",
        by=PersonFactory(),
        now=NOW,
    )

    page = words(page_of(client, meeting, head))

    assert "This meeting has moved." in page
    assert "Tuesday 12 January 2027, 4pm" in page


def test_a_draft_warns_of_a_closed_day_and_of_clashes_naming_only_what_she_may_see(client):
    body = BodyFactory()
    head = seated(body)
    director = office(body)
    sunday = NOW + timedelta(days=6)
    for title, where in (("Ours", body), ("Theirs", BodyFactory())):
        other = MeetingFactory(body=where, called=True, title=title, starts_at=sunday)
        MeetingReplyFactory(meeting=other, person=head)
    draft = MeetingFactory(body=body, starts_at=sunday)

    page = page_of(client, draft, director)

    assert page.context["warnings"] == [
        "29 November 2026 is a Sunday.",
        "One of those asked is called to “Ours” at 10.15am that day.",
        "One of those asked is called to another meeting at 10.15am that day.",
    ]


def test_the_history_is_for_those_who_run_it(client):
    body = BodyFactory()
    head = seated(body)
    meeting = call(MeetingFactory(body=body))

    assert "What happened here" in words(page_of(client, meeting, office(body)))
    assert "What happened here" not in words(page_of(client, meeting, head))


def _full(count):
    reply = MeetingReplyFactory(school=SchoolFactory())
    SeatFactory(body=reply.meeting.body, school=reply.school)
    reply.school.posts.create(person=reply.person, kind="head")
    for position in range(count):
        MeetingReplyFactory(meeting=reply.meeting, school=SchoolFactory())
        item = AgendaItemFactory(
            meeting=reply.meeting, position=position + 1, presenter=PersonFactory()
        )
        for _ in range(count):
            item.papers.create(
                title="Paper",
                file=ContentFile(b"%PDF-", name="p.pdf"),
                name="p.pdf",
                content_type="application/pdf",
                size=5,
                sha256="0" * 64,
                added_by=reply.person,
                added_at=NOW,
            )
    return reply


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_row_and_for_three(
    client, django_assert_num_queries, count
):
    reply = _full(count)
    director = office(reply.meeting.body)
    for person, queries in ((reply.person, 6), (director, 8)):
        client.force_login(person)
        client.get(reply.meeting.get_absolute_url())
        with django_assert_num_queries(queries):
            client.get(reply.meeting.get_absolute_url())


@pytest.mark.parametrize("state", ["called", "in_session", "held"])
@pytest.mark.parametrize("count", [1, 3])
def test_quorum_proposals_and_register_cost_the_same_too(
    client, django_assert_max_num_queries, count, state
):
    reply = _full(count)
    director = office(reply.meeting.body)
    Body.objects.update(quorum_fraction="1/2")
    Meeting.objects.update(
        state=state, register_taken_at=None if state == "called" else NOW, began_at=NOW
    )
    for _ in range(count):
        reply.meeting.attendances.create(
            name="Guest", state="present", recorded_by=director, recorded_at=NOW
        )
        reply.meeting.body.proposed_items.create(
            title="Supply", proposed_by=reply.person, proposed_at=NOW
        )
    for person in (reply.person, director):
        client.force_login(person)
        client.get(reply.meeting.get_absolute_url())
        with django_assert_max_num_queries(9):
            client.get(reply.meeting.get_absolute_url())
