from collections import Counter
from datetime import UTC, datetime

import pytest
from django.utils import timezone

import alliances.meetings.demo
import alliances.membership.demo
import alliances.schools.demo
import partnership.invitations.demo
import partnership.people.demo
from alliances.meetings.models import (
    Action,
    Attendance,
    Meeting,
    MeetingReply,
    Paper,
    ProposedItem,
)
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock, DutyWindow, all_duties, duty_kinds

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
    assert states == {"held": 20, "called": 20, "draft": 5, "cancelled": 1}
    assert Meeting.objects.exclude(was_at=None).count() == 1
    answers = set(MeetingReply.objects.values_list("answer", flat=True))
    assert answers == {"", "yes", "no", "maybe"}
    assert not Meeting.objects.filter(state="held", ends_at__gte=now).exists()
    unheld = Meeting.objects.filter(state="called", starts_at__lte=now)
    assert [meeting.title for meeting in unheld] == ["Attendance policy: the second draft"]
    assert Paper.objects.count() == 15


def test_minutes_of_the_demo_are_at_every_stage_and_their_actions_too(load):
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    load(now)

    held = Meeting.objects.filter(state="held")
    minutes = Counter(held.values_list("minutes_state", flat=True))
    assert minutes == {"approved": 5, "checked": 12, "drafted": 2, "none": 1}
    actions = Action.objects.all()
    assert actions.filter(done_at__isnull=False).exclude(done_note="").exists()
    assert actions.filter(done_at=None, due_at__lt=now).exists()
    assert actions.filter(done_at=None, due_at__gt=now).exists()
    assert set(Attendance.objects.values_list("state", flat=True)) == set(Attendance.State.values)
    assert not Attendance.objects.filter(recorded_at__gte=now).exists()
    assert ProposedItem.objects.filter(settled_at=None).count() == 1


def test_somebody_of_the_demo_is_late_with_everything_that_meetings_ask(load):
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    load(now)

    owed = Counter(row[0] for row in all_duties(DutyWindow(now=now)))

    assert {kind for kind in owed if kind.startswith("meetings.")} == {
        kind for kind in duty_kinds() if kind.startswith("meetings.")
    }


def test_the_demos_head_owes_answers_a_paper_and_an_action(load):
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    load(now)
    head = Person.objects.get(email="head@demo.example")

    duties = all_duties(DutyWindow(person_ids=[head.pk], now=now))

    kinds = Counter(row[0] for row in duties)
    assert kinds["meetings.paper"] == 1
    assert kinds["meetings.answer"] >= 2
    assert kinds["meetings.action"] >= 1
    coming = head.meeting_replies.filter(
        meeting__state="called", meeting__starts_at__gt=now, answer="yes"
    )
    titles = list(coming.values_list("meeting__title", flat=True))
    assert titles == ["Oldham heads’ meeting: the spring term"]
