import pytest

from alliances.meetings.models import ProposedItem
from alliances.meetings.services import (
    NotNow,
    decline_proposal,
    propose_item,
    remove_item,
    take_proposal,
    withdraw_proposal,
)
from partnership.notices.models import Notice
from tests.alliances.meetings.acts import LATER, NOW, told
from tests.factories import BodyFactory, MeetingFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal():
    return propose_item(
        body=BodyFactory(), title="Supply", why="It costs.", minutes=15, by=PersonFactory(), now=NOW
    )


def test_taken_it_stands_on_the_agenda_and_who_proposed_it_presents_and_is_told_once(proposal):
    meeting = MeetingFactory(body=proposal.body, called=True)

    item = take_proposal(proposal=proposal, meeting=meeting, by=PersonFactory(), now=LATER)
    with pytest.raises(NotNow, match="settled"):
        take_proposal(proposal=proposal, meeting=meeting, by=PersonFactory(), now=LATER)

    assert (item.title, item.minutes, item.presenter) == ("Supply", 15, proposal.proposed_by)
    assert ProposedItem.objects.get().taken_into == item
    assert told("proposal_taken") == [proposal.proposed_by]


def test_it_is_not_taken_into_another_groups_agenda(proposal):
    with pytest.raises(NotNow, match="another group"):
        take_proposal(
            proposal=proposal, meeting=MeetingFactory(called=True), by=PersonFactory(), now=LATER
        )


def test_whoever_left_is_not_made_to_present(proposal):
    proposal.proposed_by.is_active = False
    proposal.proposed_by.save()

    item = take_proposal(
        proposal=proposal,
        meeting=MeetingFactory(body=proposal.body),
        by=PersonFactory(),
        now=LATER,
    )

    assert item.presenter is None


def test_declined_it_says_why_to_who_proposed_it(proposal):
    decline_proposal(proposal=proposal, because="Next term.", by=PersonFactory(), now=LATER)

    settled = ProposedItem.objects.get()
    assert (settled.declined_because, settled.settled_at) == ("Next term.", LATER)
    assert told("proposal_declined") == [proposal.proposed_by]


def test_withdrawn_it_tells_nobody_and_cannot_be_declined(proposal):
    withdraw_proposal(proposal=proposal, by=proposal.proposed_by, now=LATER)

    with pytest.raises(NotNow):
        decline_proposal(proposal=proposal, because="No.", by=PersonFactory(), now=LATER)
    assert not Notice.objects.exists()


def test_taking_ones_own_proposal_tells_nobody(proposal):
    meeting = MeetingFactory(body=proposal.body)

    take_proposal(proposal=proposal, meeting=meeting, by=proposal.proposed_by, now=LATER)

    assert not Notice.objects.exists()


def test_an_item_taken_off_the_agenda_is_a_proposal_again(proposal):
    meeting = MeetingFactory(body=proposal.body, called=True)
    item = take_proposal(proposal=proposal, meeting=meeting, by=PersonFactory(), now=LATER)

    remove_item(item=item, by=PersonFactory(), now=LATER)

    again = ProposedItem.objects.get()
    assert (again.settled_at, again.taken_into) == (None, None)
