from datetime import date

import pytest

from alliances.meetings.models import MeetingReply
from alliances.meetings.services import NoLongerAsked, answer_by_mail, answer_meeting
from partnership.audit.models import Event
from tests.alliances.meetings.acts import LATER, NOW
from tests.factories import MeetingFactory, MeetingReplyFactory, PersonFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db


def test_answers_are_kept_changed_and_their_reason_goes_with_the_no():
    reply = MeetingReplyFactory()
    person = reply.person

    answer_meeting(reply=reply, answer="no", apologies="A funeral", by=person, now=NOW)
    reply.refresh_from_db()
    assert (reply.answer, reply.apologies, reply.answered_at) == ("no", "A funeral", NOW)
    answer_meeting(reply=reply, answer="no", by=person, now=LATER)
    reply.refresh_from_db()
    assert (reply.apologies, reply.answered_at) == ("A funeral", LATER)
    answer_meeting(reply=reply, answer="yes", by=person, now=LATER)
    reply.refresh_from_db()
    assert (reply.answer, reply.apologies) == ("yes", "")


def test_the_audit_holds_the_answer_and_never_the_reason():
    reply = MeetingReplyFactory()

    answer_meeting(reply=reply, answer="no", apologies="My operation", by=reply.person, now=NOW)

    event = Event.objects.of(reply.meeting).get()
    assert (event.action, event.actor_id, event.fields, event.values) == (
        "meeting answered",
        reply.person_id,
        ["answer"],
        {"answer": "no", "reply": reply.pk},
    )


def test_an_answer_by_mail_counts_for_every_school_she_speaks_for_and_for_nobody_else():
    meeting, head = MeetingFactory(called=True), PersonFactory()
    replies = [
        MeetingReplyFactory(
            meeting=meeting, person=head, school=SchoolPostFactory(person=head).school
        )
        for _ in range(2)
    ]
    left = SchoolPostFactory(person=head, ends_on=date(2026, 11, 1)).school
    MeetingReplyFactory(meeting=meeting, person=head, school=left)
    MeetingReplyFactory(meeting=meeting)

    answer_by_mail(reply=replies[1], asking=1, answer=MeetingReply.Answer.NO, now=NOW)

    answers = list(meeting.replies.order_by("pk").values_list("answer", flat=True))
    assert answers == ["no", "no", "", ""]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"meeting__state": "cancelled"}, "cancelled"),
        ({"meeting__state": "held"}, "over"),
        ({"meeting__state": "draft"}, "over"),
        ({"ended_at": NOW}, "no longer asked"),
        ({"person__is_active": False}, "no longer asked"),
        ({"asking": 2}, "has moved"),
    ],
)
def test_a_question_that_has_lapsed_takes_no_answer(facts, words):
    reply = MeetingReplyFactory(**facts)

    with pytest.raises(NoLongerAsked, match=words):
        answer_meeting(reply=reply, answer="yes", by=reply.person, now=NOW, asking=1)

    reply.refresh_from_db()
    assert (reply.answer, Event.objects.count()) == ("", 0)


def test_no_answer_is_taken_once_the_meeting_is_over():
    reply = MeetingReplyFactory()

    with pytest.raises(NoLongerAsked, match="over"):
        answer_meeting(reply=reply, answer="yes", by=reply.person, now=reply.meeting.ends_at)


def test_a_head_who_has_left_her_school_answers_no_more():
    post = SchoolPostFactory(ends_on=date(2026, 11, 22))
    reply = MeetingReplyFactory(person=post.person, school=post.school)

    with pytest.raises(NoLongerAsked, match="no longer asked"):
        answer_meeting(reply=reply, answer="yes", by=post.person, now=NOW)
