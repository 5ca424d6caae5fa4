from datetime import timedelta

import pytest

from alliances.meetings.notices import NOTICES
from alliances.meetings.services import (
    add_item,
    answer_meeting,
    cancel_meeting,
    chase_silent,
    decline_proposal,
    propose_item,
    publish_agenda,
    remove_item,
    take_proposal,
)
from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, Stale
from tests.alliances.meetings.acts import LATER, NOW, call, move, reply_of, seated
from tests.factories import BodyFactory, MeetingFactory, PersonFactory

pytestmark = pytest.mark.django_db
SENT_AT = LATER + timedelta(minutes=1)


def letters(kind, now=SENT_AT):
    (spec,) = [one for one in NOTICES if one.key == f"meetings.{kind}"]
    notices = list(Notice.objects.filter(kind=spec.key).order_by("pk"))
    words = spec.letters(notices, now)
    return [words[notice.pk] for notice in notices]


@pytest.fixture
def meeting():
    body = BodyFactory(name="Heads’ group", alliance__name="Oldham Schools Alliance")
    head = seated(body, name="Delph Primary School")
    meeting = call(MeetingFactory(body=body, title="Spring term"))
    add_item(meeting=meeting, title="Secret matters", by=head, now=NOW)
    meeting.head = head
    return meeting


def test_the_agendas_letter_links_to_it_and_names_no_item(meeting):
    publish_agenda(meeting=meeting, by=PersonFactory(), now=LATER)

    (letter,) = letters("agenda")

    assert letter.subject == "The agenda: Spring term"
    assert letter.why == "You are asked to this meeting, and its agenda is there now."
    assert letter.button_url.endswith(f"/meetings/{meeting.pk}/")
    assert "Secret matters" not in repr(letter)


def test_the_agendas_letter_is_not_sent_of_a_meeting_that_is_off(meeting):
    publish_agenda(meeting=meeting, by=PersonFactory(), now=LATER)
    cancel_meeting(meeting=meeting, because="", by=PersonFactory(), now=LATER)

    assert letters("agenda") == [Stale("The meeting is cancelled by now.")]


def test_who_is_asked_again_answers_by_the_same_link(meeting):
    chase_silent(meeting=meeting, by=PersonFactory(), now=LATER)

    (letter,) = letters("chased")

    assert letter.subject == "We still need your answer: Spring term"
    assert letter.why == (
        "You have this because Delph Primary School has a seat in Heads’ group, "
        "and your answer is missing."
    )
    assert "/meetings/answer/" in letter.button_url


def test_who_has_answered_meanwhile_is_not_asked_again(meeting):
    chase_silent(meeting=meeting, by=PersonFactory(), now=LATER)
    answer_meeting(reply=reply_of(meeting.head, meeting), answer="yes", by=meeting.head, now=LATER)

    assert letters("chased") == [Stale("Has answered by now.")]


def test_a_move_makes_asking_again_stale(meeting):
    chase_silent(meeting=meeting, by=PersonFactory(), now=LATER)
    move(meeting)

    assert letters("chased") == [Stale("The meeting has moved since.")]


def proposed(body):
    return propose_item(body=body, title="Supply pool", by=PersonFactory(), now=NOW)


def test_who_proposed_hears_where_it_stands(meeting):
    proposal = proposed(meeting.body)
    take_proposal(proposal=proposal, meeting=meeting, by=PersonFactory(name="Ann"), now=LATER)

    (letter,) = letters("proposal_taken")

    assert (letter.subject, letter.signature) == ("On the agenda: Supply pool", "Ann")
    assert letter.facts == ("Spring term", "Tuesday 12 January 2027, 4pm")


def test_of_a_draft_nothing_is_told_but_that_there_is_one(meeting):
    draft = MeetingFactory(body=meeting.body, title="Hidden draft")
    take_proposal(proposal=proposed(meeting.body), meeting=draft, by=PersonFactory(), now=LATER)

    (letter,) = letters("proposal_taken")

    assert "a meeting that is being prepared" in letter.why
    assert letter.facts == ()
    assert "Hidden draft" not in repr(letter)


def test_an_item_taken_off_again_is_not_told_of(meeting):
    item = take_proposal(
        proposal=proposed(meeting.body), meeting=meeting, by=PersonFactory(), now=LATER
    )
    remove_item(item=item, by=PersonFactory(), now=LATER)

    assert letters("proposal_taken") == [Stale("It stands on no agenda any more.")]


def test_who_proposed_hears_why_not(meeting):
    proposal = proposed(meeting.body)
    decline_proposal(proposal=proposal, because="Next term.", by=PersonFactory(), now=LATER)

    (letter,) = letters("proposal_declined")

    assert isinstance(letter, Letter)
    assert letter.facts == ("Reason: Next term.",)


@pytest.mark.parametrize("count", [1, 3])
def test_letters_about_proposals_cost_the_same_for_one_and_for_three(
    meeting, django_assert_num_queries, count
):
    for _ in range(count):
        decline_proposal(
            proposal=proposed(meeting.body), because="No.", by=PersonFactory(), now=LATER
        )
    (spec,) = [one for one in NOTICES if one.key == "meetings.proposal_declined"]
    notices = list(Notice.objects.filter(kind=spec.key))

    with django_assert_num_queries(1):
        spec.letters(notices, SENT_AT)
