from collections import Counter
from datetime import UTC, datetime

import pytest
from django.utils import timezone

import alliances.meetings.demo
import alliances.membership.demo
import alliances.schools.demo
import partnership.invitations.demo
import partnership.people.demo
from alliances.meetings.models import Meeting, MeetingReply, Paper
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock, DutyWindow, all_duties

pytestmark = pytest.mark.django_db


@pytest.fixture
def load():
    def load_on(now):
        clock = DemoClock(now=timezone.localtime(now))
        for room in (
            partnership.people.demo,
            partnership.invitations.demo,
            alliances.schools.demo,
            alliances.membership.demo,
            alliances.meetings.demo,
        ):
            room.load(clock)

    return load_on


@pytest.mark.parametrize(
    "now", [datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2028, 2, 29, 9, tzinfo=UTC)]
)
def test_demo_tells_of_meetings_past_and_coming_with_answers_and_gaps(load, now):
    load(now)

    states = Counter(Meeting.objects.values_list("state", flat=True))
    assert states == {"held": 15, "called": 14, "draft": 5, "cancelled": 1}
    assert Meeting.objects.exclude(was_at=None).count() == 1
    answers = set(MeetingReply.objects.values_list("answer", flat=True))
    assert answers == {"", "yes", "no", "maybe"}
    assert not Meeting.objects.filter(state="held", ends_at__gte=now).exists()
    assert not Meeting.objects.filter(state="called", starts_at__lte=now).exists()
    assert Paper.objects.count() == 15


def test_the_demos_head_owes_answers_and_a_paper(load):
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    load(now)
    head = Person.objects.get(email="head@demo.example")

    duties = all_duties(DutyWindow(person_ids=[head.pk], now=now))

    kinds = Counter(row[0] for row in duties)
    assert kinds["meetings.paper"] == 1
    assert kinds["meetings.answer"] >= 2
    coming = head.meeting_replies.filter(meeting__state="called", answer="yes")
    titles = list(coming.values_list("meeting__title", flat=True))
    assert titles == ["Oldham heads’ meeting: the spring term"]
