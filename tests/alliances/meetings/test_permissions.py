from datetime import UTC, date, datetime

import pytest

from alliances.meetings.models import Meeting
from alliances.meetings.permissions import (
    bodies_run_by,
    can_add_paper,
    can_answer,
    can_call_meetings_of,
    can_close_body,
    can_edit_agenda,
    can_edit_body,
    can_edit_seats,
    can_export_seats,
    can_found_body,
    can_read_paper,
    can_read_reasons,
    can_remove_paper,
    can_run_meetings_of,
)
from tests.alliances.meetings.acts import seated
from tests.factories import (
    AgendaItemFactory,
    AlliancePostFactory,
    BodyFactory,
    MeetingFactory,
    MeetingReplyFactory,
    PersonFactory,
    SchoolPostFactory,
    SeatFactory,
)
from tests.factories.meetings import STARTS_AT

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def office(body, kind, **facts):
    return AlliancePostFactory(alliance=body.alliance, kind=kind, **facts).person


@pytest.mark.parametrize(
    ("kind", "runs", "reads_reasons"),
    [
        ("director", True, False),
        ("chair", True, True),
        ("administrator", True, True),
        ("finance", False, False),
        ("partner", False, False),
    ],
)
def test_the_office_runs_meetings_and_few_read_reasons(kind, runs, reads_reasons):
    meeting = MeetingFactory()
    person = office(meeting.body, kind)

    assert can_run_meetings_of(person, meeting.body, TODAY) is runs
    assert can_read_reasons(person, meeting, TODAY) is reads_reasons
    assert list(bodies_run_by(person, TODAY)) == ([meeting.body] if runs else [])


def test_the_lead_runs_the_meetings_of_her_body_alone_and_reads_no_reasons():
    lead = PersonFactory()
    meeting = MeetingFactory(body__lead=lead)
    other = BodyFactory(alliance=meeting.body.alliance)

    assert can_run_meetings_of(lead, meeting.body, TODAY)
    assert not can_run_meetings_of(lead, other, TODAY)
    assert not can_read_reasons(lead, meeting, TODAY)
    assert list(bodies_run_by(lead, TODAY)) == [meeting.body]


@pytest.mark.parametrize(
    "facts", [{"ends_on": date(2026, 11, 22)}, {"starts_on": date(2026, 11, 24)}]
)
def test_a_post_of_another_time_runs_and_reads_nothing(facts):
    meeting = MeetingFactory()
    chair = office(meeting.body, "chair", **facts)

    assert not can_run_meetings_of(chair, meeting.body, TODAY)
    assert not can_read_reasons(chair, meeting, TODAY)
    assert list(Meeting.objects.visible_to(chair, on=TODAY)) == []


def test_whoever_may_not_sign_in_may_do_nothing():
    person = PersonFactory(invited_only=True)
    reply = MeetingReplyFactory(person=person, meeting__body__lead=person)
    AlliancePostFactory(alliance=reply.meeting.body.alliance, person=person, kind="chair")
    item = AgendaItemFactory(meeting=reply.meeting, presenter=person)

    assert not can_run_meetings_of(person, reply.meeting.body, TODAY)
    assert not can_read_reasons(person, reply.meeting, TODAY)
    assert not can_answer(person, reply, NOW)
    assert not can_add_paper(person, item, TODAY)
    assert not can_edit_agenda(person, reply.meeting, TODAY)
    assert list(Meeting.objects.visible_to(person, on=TODAY)) == []


def test_no_meeting_is_called_of_a_body_that_is_closed():
    lead = PersonFactory()
    BodyFactory(lead=lead, closed_on=date(2026, 11, 22))
    last_day = BodyFactory(lead=lead, closed_on=TODAY)

    assert list(bodies_run_by(lead, TODAY)) == [last_day]


@pytest.mark.parametrize(
    ("state", "is_open"),
    [("draft", True), ("called", True), ("held", False), ("cancelled", False)],
)
def test_agenda_and_papers_are_open_until_the_meeting_is_held_or_cancelled(state, is_open):
    lead, presenter = PersonFactory(), PersonFactory()
    item = AgendaItemFactory(meeting__state=state, meeting__body__lead=lead, presenter=presenter)

    assert can_edit_agenda(lead, item.meeting, TODAY) is is_open
    assert not can_edit_agenda(presenter, item.meeting, TODAY)
    assert can_add_paper(lead, item, TODAY) is is_open
    assert can_add_paper(presenter, item, TODAY) is is_open
    assert not can_add_paper(PersonFactory(), item, TODAY)


def test_whoever_added_a_paper_or_runs_the_meeting_may_take_it_away():
    lead, presenter = PersonFactory(), PersonFactory()
    item = AgendaItemFactory(meeting__body__lead=lead, presenter=presenter)
    hers = item.papers.model(item=item, added_by=presenter)
    theirs = item.papers.model(item=item, added_by=lead)

    assert can_remove_paper(presenter, hers, TODAY)
    assert not can_remove_paper(presenter, theirs, TODAY)
    assert can_remove_paper(lead, hers, TODAY)
    assert not can_remove_paper(PersonFactory(), hers, TODAY)


def test_papers_are_read_by_those_who_see_the_meeting():
    reply = MeetingReplyFactory()
    item = AgendaItemFactory(meeting=reply.meeting)
    paper = item.papers.model(item=item, added_by=PersonFactory())

    assert can_read_paper(reply.person, paper, TODAY)
    assert not can_read_paper(PersonFactory(), paper, TODAY)


def test_everybody_answers_for_herself_until_it_is_over():
    reply = MeetingReplyFactory()

    assert can_answer(reply.person, reply, NOW)
    assert not can_answer(PersonFactory(), reply, NOW)
    assert not can_answer(reply.person, reply, reply.meeting.ends_at)


@pytest.mark.parametrize("facts", [{"ended_at": NOW}, {"meeting__state": "cancelled"}])
def test_nobody_answers_what_she_is_not_asked(facts):
    reply = MeetingReplyFactory(**facts)

    assert not can_answer(reply.person, reply, NOW)


def test_a_called_meeting_is_seen_by_those_it_concerns_and_a_draft_by_those_who_run_it():
    body = BodyFactory(lead=PersonFactory())
    called = MeetingFactory(body=body, called=True)
    draft = MeetingFactory(body=body)
    head = seated(body)
    own = SeatFactory(body=body, person=PersonFactory()).person
    asked = MeetingReplyFactory(meeting=called).person
    presenter = AgendaItemFactory(meeting=called, presenter=PersonFactory()).presenter
    AgendaItemFactory(meeting=draft, presenter=presenter)
    other_head = seated(BodyFactory(alliance=body.alliance))
    partner = office(body, "partner")
    staff = PersonFactory(staff=True)

    def seen(person):
        return set(Meeting.objects.visible_to(person, on=TODAY))

    for person in (body.lead, office(body, "director"), office(body, "chair")):
        assert seen(person) == {called, draft}
    for person in (head, own, asked, presenter):
        assert seen(person) == {called}
    for person in (other_head, partner, staff, PersonFactory()):
        assert seen(person) == set()


def test_a_head_who_has_left_sees_her_schools_meetings_no_more():
    post = SchoolPostFactory(ends_on=date(2026, 11, 23))
    reply = MeetingReplyFactory(person=post.person, school=post.school)
    SeatFactory(body=reply.meeting.body, school=post.school)

    seen = [
        list(Meeting.objects.visible_to(post.person, on=day)) for day in (TODAY, date(2026, 11, 24))
    ]

    assert seen == [[reply.meeting], []]


def test_whoever_left_her_seat_sees_what_she_was_asked_to_and_nothing_newer():
    reply = MeetingReplyFactory(meeting__state="held")
    SeatFactory(body=reply.meeting.body, person=reply.person, ends_on=date(2026, 11, 22))
    MeetingFactory(body=reply.meeting.body, called=True, starts_at=STARTS_AT)

    assert list(Meeting.objects.visible_to(reply.person, on=TODAY)) == [reply.meeting]


@pytest.mark.parametrize(
    ("kind", "posts", "may"),
    [
        ("director", ["director"], True),
        ("director", ["chair"], False),
        ("chair", ["chair", "administrator"], True),
        ("administrator", [], False),
        ("finance_manager", ["director", "chair", "administrator"], False),
    ],
)
def test_meetings_are_called_by_the_posts_that_the_body_names(kind, posts, may):
    body = BodyFactory(calling_posts=posts)
    person = office(body, kind)

    assert can_call_meetings_of(person, body, TODAY) is may


def test_the_lead_and_the_deputy_always_call_while_they_may_sign_in():
    body = BodyFactory(calling_posts=[], lead=PersonFactory(), deputy=PersonFactory())
    gone = BodyFactory(calling_posts=[], lead=PersonFactory(is_active=False))

    assert can_call_meetings_of(body.lead, body, TODAY)
    assert can_call_meetings_of(body.deputy, body, TODAY)
    assert not can_call_meetings_of(gone.lead, gone, TODAY)
    assert not can_run_meetings_of(gone.lead, gone, TODAY)


@pytest.mark.parametrize(
    ("post", "edits", "keeps_seats", "exports"),
    [
        ("director", True, True, True),
        ("chair", False, True, True),
        ("administrator", False, True, True),
        ("strategic_lead", False, False, False),
    ],
)
def test_the_director_keeps_bodies_and_the_office_their_members(post, edits, keeps_seats, exports):
    body, workhub = BodyFactory(), BodyFactory(kind="workhub")
    person = office(body, post)
    AlliancePostFactory(alliance=workhub.alliance, kind=post, person=person)

    assert can_found_body(person, body.alliance, TODAY) is edits
    assert can_edit_body(person, body, TODAY) is edits
    assert can_edit_body(person, workhub, TODAY) is edits
    assert can_close_body(person, body, TODAY) is edits
    assert can_close_body(person, workhub, TODAY) is False
    assert can_edit_seats(person, body, TODAY) is keeps_seats
    assert can_edit_seats(person, workhub, TODAY) is False
    assert can_export_seats(person, body, TODAY) is exports


def test_a_director_of_another_alliance_may_nothing():
    body, stranger = BodyFactory(), office(BodyFactory(), "director")

    assert not can_edit_body(stranger, body, TODAY)
    assert not can_edit_seats(stranger, body, TODAY)
    assert not can_call_meetings_of(stranger, body, TODAY)
    assert not can_export_seats(stranger, body, TODAY)
