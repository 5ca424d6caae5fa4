from datetime import timedelta

import pytest

from alliances.meetings.services import NotNow, answer_meeting, chase_silent
from partnership.audit.models import Event
from tests.alliances.meetings.acts import LATER, NOW, call, reply_of, seated, told
from tests.factories import BodyFactory, MeetingFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    body = BodyFactory()
    heads = [seated(body) for _ in range(3)]
    meeting = call(MeetingFactory(body=body))
    answer_meeting(reply=reply_of(heads[0], meeting), answer="maybe", by=heads[0], now=NOW)
    meeting.silent = heads[1:]
    return meeting


def test_those_who_have_not_answered_are_reminded_once_a_day(meeting):
    by = PersonFactory()

    counts = [
        chase_silent(meeting=meeting, by=by, now=LATER + timedelta(hours=hours))
        for hours in (0, 1, 24)
    ]

    assert counts == [2, 0, 2]
    assert told("chased") == sorted(meeting.silent * 2, key=lambda person: person.pk)
    assert Event.objects.filter(action="answers asked for again").count() == 2


def test_whoever_asks_does_not_remind_herself(meeting):
    chase_silent(meeting=meeting, by=meeting.silent[0], now=LATER)

    assert told("chased") == [meeting.silent[1]]


@pytest.mark.parametrize("state", ["draft", "in_session", "held", "cancelled"])
def test_only_a_called_meeting_waits_for_answers(state):
    with pytest.raises(NotNow):
        chase_silent(meeting=MeetingFactory(state=state), by=PersonFactory(), now=LATER)


def test_once_it_has_begun_nobody_is_reminded(meeting):
    with pytest.raises(NotNow, match="begun"):
        chase_silent(meeting=meeting, by=PersonFactory(), now=meeting.starts_at)
