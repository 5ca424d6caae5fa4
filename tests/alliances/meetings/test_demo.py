from collections import Counter
from datetime import UTC, datetime

import pytest

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
from partnership.toolkit.registers import DutyWindow, all_duties, duty_kinds

pytestmark = pytest.mark.django_db

ROOMS = (
    partnership.people.demo,
    partnership.invitations.demo,
    alliances.schools.demo,
    alliances.membership.demo,
    alliances.meetings.demo,
)
MOMENTS = (
    datetime(2026, 11, 22, 9, tzinfo=UTC),
    datetime(2028, 2, 29, 9, tzinfo=UTC),
)
ON_ANY_DAY = pytest.mark.parametrize("loaded_at", MOMENTS, indirect=True, ids=str)
TODAY = pytest.mark.parametrize("loaded_at", MOMENTS[:1], indirect=True, ids=str)


@ON_ANY_DAY
def test_demo_tells_of_meetings_past_and_coming_with_answers_and_gaps(loaded_at):
    states = Counter(Meeting.objects.values_list("state", flat=True))
    assert states == {"held": 23, "called": 23, "draft": 6, "cancelled": 1}
    assert Meeting.objects.exclude(was_at=None).count() == 1
    answers = set(MeetingReply.objects.values_list("answer", flat=True))
    assert answers == {"", "yes", "no", "maybe"}
    assert not Meeting.objects.filter(state="held", ends_at__gte=loaded_at).exists()
    unheld = Meeting.objects.filter(state="called", starts_at__lte=loaded_at)
    assert [meeting.title for meeting in unheld] == ["Attendance policy: the second draft"]
    assert Paper.objects.count() == 18


@TODAY
def test_minutes_of_the_demo_are_at_every_stage_and_their_actions_too(loaded_at):
    held = Meeting.objects.filter(state="held")
    minutes = Counter(held.values_list("minutes_state", flat=True))
    assert minutes == {"approved": 6, "checked": 14, "drafted": 2, "none": 1}
    actions = Action.objects.all()
    assert actions.filter(done_at__isnull=False).exclude(done_note="").exists()
    assert actions.filter(done_at=None, due_at__lt=loaded_at).exists()
    assert actions.filter(done_at=None, due_at__gt=loaded_at).exists()
    assert set(Attendance.objects.values_list("state", flat=True)) == set(Attendance.State.values)
    assert not Attendance.objects.filter(recorded_at__gte=loaded_at).exists()
    assert ProposedItem.objects.filter(settled_at=None).count() == 1


@TODAY
def test_somebody_of_the_demo_is_late_with_everything_that_meetings_ask(loaded_at):
    owed = Counter(row[0] for row in all_duties(DutyWindow(now=loaded_at)))

    assert {kind for kind in owed if kind.startswith("meetings.")} == {
        kind for kind in duty_kinds() if kind.startswith("meetings.")
    }


@TODAY
def test_the_demos_head_owes_answers_a_paper_and_an_action(loaded_at):
    head = Person.objects.get(email="head@demo.example")

    duties = all_duties(DutyWindow(person_ids=[head.pk], now=loaded_at))

    kinds = Counter(row[0] for row in duties)
    assert kinds["meetings.paper"] == 1
    assert kinds["meetings.answer"] >= 2
    assert kinds["meetings.action"] >= 1
    coming = head.meeting_replies.filter(
        meeting__state="called", meeting__starts_at__gt=loaded_at, answer="yes"
    )
    titles = list(coming.values_list("meeting__title", flat=True))
    assert titles == ["Oldham heads’ meeting: the spring term"]
