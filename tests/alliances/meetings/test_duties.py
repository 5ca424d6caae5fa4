from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command

from alliances.meetings.duties import DUTIES
from alliances.meetings.duties.answers import ANSWER, ANSWER_FOR_HEAD
from alliances.meetings.duties.papers import PAPER
from alliances.meetings.models import Paper
from alliances.meetings.services import answer_meeting, cancel_meeting, hold_meeting, leave_seat
from partnership.notices.models import Notice
from partnership.notices.services import plan_reminders
from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from tests.alliances.meetings.acts import (
    LATER,
    NOW,
    call,
    forget_notices,
    move,
    reply_of,
    seated,
)
from tests.factories import (
    AgendaItemFactory,
    BodyFactory,
    MeetingFactory,
    MeetingReplyFactory,
    PersonFactory,
    SchoolPostFactory,
)
from tests.factories.meetings import STARTS_AT

pytestmark = pytest.mark.django_db

DUE_AT = datetime(2027, 1, 8, 17, tzinfo=UTC)
PAPER_DUE_AT = datetime(2027, 1, 6, 17, tzinfo=UTC)


def owed(kind, now=NOW, **window):
    return [Duty(*row) for row in all_duties(DutyWindow(now=now, kinds=[kind], **window))]


def owing(kind, now=NOW, **window):
    return {duty.person_id for duty in owed(kind, now, **window)}


def test_everybody_asked_owes_an_answer_until_she_has_given_it():
    body = BodyFactory()
    head, other = seated(body), seated(body)
    meeting = call(MeetingFactory(body=body))
    MeetingFactory(body=body)

    assert owing(ANSWER) == {head.pk, other.pk}
    answer_meeting(reply=reply_of(head, meeting), answer="maybe", by=head, now=NOW)
    assert owing(ANSWER) == {other.pk}


def test_the_duty_says_what_when_where_and_for_which_school():
    body = BodyFactory(alliance__name="Oldham Schools Alliance")
    head = seated(body, name="Delph Primary School")
    caller = PersonFactory()
    meeting = call(MeetingFactory(body=body, title="Spring term"), by=caller)

    (duty,) = owed(ANSWER)

    reply = reply_of(head, meeting)
    assert (duty.title, duty.line, duty.url) == (
        "Will you come? Spring term",
        "Tuesday 12 January 2027, 4pm, Greenfield Primary School; for Delph Primary School",
        f"/meetings/{meeting.pk}/",
    )
    assert (duty.due_at, duty.asked_at, duty.sender, duty.goes_up_to_id) == (
        DUE_AT,
        NOW,
        "Oldham Schools Alliance",
        caller.pk,
    )
    assert (duty.key, duty.group) == (
        f"meetings.answer:{reply.pk}:2027-01-08T17:00Z",
        str(meeting.pk),
    )
    assert duty.spec.mail_url(duty).startswith("/meetings/answer/")


@pytest.mark.parametrize(
    ("place", "school", "line"),
    [
        ("Hall", False, "Tuesday 12 January 2027, 4pm, Hall"),
        ("", False, "Tuesday 12 January 2027, 4pm"),
        ("", True, "Tuesday 12 January 2027, 4pm; for Delph Primary School"),
    ],
)
def test_the_line_reads_well_without_place_or_school(place, school, line):
    facts = {}
    if school:
        post = SchoolPostFactory(school__name="Delph Primary School")
        facts = {"school": post.school, "person": post.person}
    MeetingReplyFactory(meeting__place=place, **facts)

    assert [duty.line for duty in owed(ANSWER)] == [line]


def test_nobody_owes_an_answer_to_what_was_cancelled_is_over_or_asks_her_no_longer():
    body = BodyFactory()
    head, left = seated(body), seated(body)
    meeting = call(MeetingFactory(body=body))
    leave_seat(
        seat=body.seats.get(school__posts__person=left), ends_on=NOW.date(), by=head, now=NOW
    )
    assert owing(ANSWER) == {head.pk}

    over = owing(ANSWER, now=meeting.ends_at)
    head.is_active = False
    head.save()
    inactive = owing(ANSWER)
    head.is_active = True
    head.save()
    cancel_meeting(meeting=meeting, because="", by=head, now=NOW)

    assert (over, inactive, owing(ANSWER)) == (set(), set(), set())


def test_a_head_who_leaves_owes_no_answer_from_the_day_after():
    post = SchoolPostFactory(ends_on=date(2026, 11, 23))
    MeetingReplyFactory(person=post.person, school=post.school)

    assert owing(ANSWER) == {post.person_id}
    assert owing(ANSWER, now=LATER) == set()


def test_a_move_is_a_new_duty_with_a_new_deadline():
    body = BodyFactory()
    head = seated(body)
    meeting = call(MeetingFactory(body=body))
    (before,) = owed(ANSWER)
    answer_meeting(reply=reply_of(head, meeting), answer="yes", by=head, now=NOW)

    move(meeting)

    (after,) = owed(ANSWER)
    assert (before.person_id, before.due_at) == (head.pk, DUE_AT)
    assert (after.person_id, after.due_at) == (head.pk, datetime(2027, 1, 15, 17, tzinfo=UTC))
    assert before.spec.mail_url(before) != after.spec.mail_url(after)


def test_a_past_window_holds_those_who_answered_and_those_who_did_not():
    body = BodyFactory()
    head, silent = seated(body), seated(body)
    meeting = call(MeetingFactory(body=body))
    answer_meeting(reply=reply_of(head, meeting), answer="no", by=head, now=LATER)
    hold_meeting(meeting=meeting, by=silent, now=meeting.ends_at)
    cancelled = call(MeetingFactory(body=body))
    cancel_meeting(meeting=cancelled, because="", by=head, now=LATER)

    past = owed(
        ANSWER,
        now=meeting.ends_at + timedelta(days=90),
        with_done=True,
        due_from=DUE_AT - timedelta(days=30),
        due_until=DUE_AT + timedelta(days=30),
    )

    assert {(duty.person_id, duty.done_at) for duty in past} == {
        (head.pk, LATER),
        (silent.pk, None),
    }


def paper_item(**facts):
    facts = {"meeting": MeetingFactory(called=True), "presenter": PersonFactory(), **facts}
    return AgendaItemFactory(paper_due_at=PAPER_DUE_AT, title="What absence costs us", **facts)


def given(item, now=LATER):
    return Paper.objects.create(
        item=item, title="Figures", size=1, added_by=item.presenter, added_at=now
    )


def test_whoever_presents_owes_the_paper_until_it_is_there():
    item = paper_item()
    AgendaItemFactory(meeting=item.meeting, presenter=PersonFactory(), position=90)

    (duty,) = owed(PAPER)
    given(item)

    assert (duty.person_id, duty.title, duty.line, duty.due_at) == (
        item.presenter_id,
        "Send the paper you present: What absence costs us",
        f"For {item.meeting.title}",
        PAPER_DUE_AT,
    )
    assert duty.url == f"/meetings/{item.meeting_id}/items/{item.pk}/papers/new/"
    assert owed(PAPER) == []


@pytest.mark.parametrize("state", ["draft", "held", "cancelled"])
def test_no_paper_is_owed_to_a_meeting_that_is_not_called(state):
    paper_item(meeting=MeetingFactory(state=state))

    assert owing(PAPER) == set()


def test_no_paper_is_owed_once_the_meeting_begins_nor_by_somebody_who_has_left():
    paper_item()
    paper_item(presenter=PersonFactory(is_active=False))

    assert owing(PAPER, now=STARTS_AT) == set()
    assert len(owing(PAPER)) == 1


def test_a_past_window_holds_papers_that_came_and_those_that_did_not():
    meeting = MeetingFactory(state="held")
    came = paper_item(meeting=meeting)
    missing = paper_item(meeting=meeting)
    paper_item(meeting=MeetingFactory(state="cancelled"))
    given(came, now=LATER)
    given(came, now=LATER + timedelta(days=1))

    past = owed(
        PAPER,
        now=STARTS_AT + timedelta(days=30),
        with_done=True,
        due_from=PAPER_DUE_AT,
        due_until=PAPER_DUE_AT + timedelta(days=1),
    )

    assert {(duty.person_id, duty.done_at) for duty in past} == {
        (came.presenter_id, LATER),
        (missing.presenter_id, None),
    }


def test_reminders_go_once_to_those_who_still_owe_however_often_they_are_planned():
    body = BodyFactory()
    silent, answered = seated(body), seated(body)
    meeting = call(AgendaItemFactory(meeting__body=body).meeting)
    forget_notices()
    answer_meeting(reply=reply_of(answered, meeting), answer="no", by=answered, now=NOW)
    week_before = datetime(2027, 1, 4, 9, tzinfo=UTC)

    plan_reminders(now=week_before)
    plan_reminders(now=week_before + timedelta(minutes=5))

    assert list(Notice.objects.values_list("recipient", flat=True)) == [silent.pk]


def test_reminding_by_hand_is_the_same_service():
    body = BodyFactory()
    silent = seated(body)
    call(AgendaItemFactory(meeting__body=body).meeting)
    forget_notices()

    for _ in range(2):
        call_command("send_reminders", at="2027-01-04T09:00")

    reminded = Notice.objects.filter(kind="notices.reminder").values_list("recipient", flat=True)
    assert list(reminded) == [silent.pk]


def test_every_kind_says_in_a_sentence_why_a_mail_comes():
    assert {ANSWER, ANSWER_FOR_HEAD, PAPER} <= {duty_kind.key for duty_kind in DUTIES}
    for duty_kind in DUTIES:
        assert duty_kind.why(None).startswith("You have this because you ")
