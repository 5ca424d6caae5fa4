from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership.audit.models import Event
from partnership.calendar.days import UK
from partnership.notices.models import Notice, ReminderRule
from partnership.notices.services import plan_reminders, time_reminders, use_our_reminders
from partnership.notices.services.sending import letters_for
from partnership.notices.timing import rule_for, timed_kinds
from partnership.toolkit.registers import Letter, Stale, duty_kinds
from partnership.toolkit.versions import ChangedSince
from tests.factories import PersonFactory
from tests.partnership.notices.answering import ASKED_AT, DUE_AT, answer, answer_kind, asked

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
BEFORE = ASKED_AT - 30 * DAY


@pytest.fixture(autouse=True)
def _timed(only_duty):
    only_duty(answer_kind(in_alliance=True))


def time(alliance_id, *offsets, up=3, waits=True, seen=0, at=BEFORE):
    return time_reminders(
        alliance_id=alliance_id,
        kind=duty_kinds()["tests.answer"],
        offsets=offsets,
        goes_up_after=up,
        waits_for_school=waits,
        seen_version=seen,
        by=PersonFactory(),
        now=at,
    )


def alliance_of(reply):
    return reply.meeting.body.alliance_id


def planned(kind="reminder"):
    rows = Notice.objects.filter(kind=f"notices.{kind}").order_by("id")
    return [(row.recipient_id, row.facts.get("offset")) for row in rows]


def plan_daily(first, last):
    moment = first
    while moment <= last:
        plan_reminders(now=moment)
        plan_reminders(now=moment)
        moment += DAY


def test_each_alliance_reminds_on_its_own_days_and_others_on_the_portals():
    own, other = asked(), asked()
    time(alliance_of(own), -14, -3, 10)

    plan_daily(ASKED_AT, DUE_AT + 12 * DAY)

    assert [offset for person, offset in planned() if person == own.person_id] == [-14, -3, 10]
    assert [offset for person, offset in planned() if person == other.person_id] == [-7, -1, 1, 5]


def test_the_planner_reaches_as_far_as_the_farthest_rule():
    soon = {"meeting__starts_at": DUE_AT + 90 * DAY, "meeting__ends_at": DUE_AT + 91 * DAY}
    reply = asked(asked_at=BEFORE - 90 * DAY, **soon)
    time(alliance_of(reply), -60, 60, at=BEFORE - 90 * DAY)

    plan_daily(DUE_AT - 61 * DAY, DUE_AT - 58 * DAY)
    plan_daily(DUE_AT + 59 * DAY, DUE_AT + 64 * DAY)

    assert [offset for _person, offset in planned()] == [-60, 60]


def test_a_rule_of_a_far_alliance_brings_nothing_forgotten_back_to_others():
    far, forgotten = asked(meeting__answer_by=DUE_AT + 40 * DAY), asked()
    time(alliance_of(far), -1, 60)

    plan_reminders(now=DUE_AT + 30 * DAY)

    assert [person for person, _offset in planned()] == []
    assert forgotten.person_id not in {person for person, _offset in planned("escalation")}


@pytest.mark.parametrize(("up", "days"), [(None, []), (0, [0]), (9, [9])])
def test_an_alliance_says_when_it_goes_up_or_that_it_never_does(up, days):
    reply = asked()
    time(alliance_of(reply), -1, up=up)

    told = []
    for day in range(14):
        plan_reminders(now=DUE_AT + day * DAY)
        if planned("escalation") and not told:
            told = [day]

    assert told == days


def test_an_alliance_says_whether_reminders_wait_for_a_school_day():
    reply = asked()
    time(alliance_of(reply), -4, waits=False)

    plan_reminders(now=datetime(2027, 1, 16, 16, tzinfo=UK))  # a Saturday

    assert [row.send_after for row in Notice.objects.all()] == [
        datetime(2027, 1, 16, 16, tzinfo=UK)
    ]


def test_without_any_days_nobody_is_reminded():
    reply = asked()
    time(alliance_of(reply), up=None)

    plan_daily(ASKED_AT, DUE_AT + 9 * DAY)

    assert Notice.objects.count() == 0


def test_new_days_bring_nothing_that_would_have_been_before_them():
    reply = asked()
    plan_reminders(now=DUE_AT - 7 * DAY)
    rule = time(alliance_of(reply), -6, -2, at=DUE_AT - 5 * DAY)

    plan_daily(DUE_AT - 5 * DAY, DUE_AT - 2 * DAY)
    assert [offset for _person, offset in planned()] == [-7, -2]

    use_our_reminders(
        alliance_id=alliance_of(reply),
        kind=duty_kinds()["tests.answer"],
        seen_version=rule.version,
        by=PersonFactory(),
        now=DUE_AT - 2 * DAY,
    )
    plan_daily(DUE_AT - 2 * DAY, DUE_AT + 2 * DAY)
    assert [offset for _person, offset in planned()] == [-7, -2, -1, 1]


def test_who_has_answered_is_not_reminded_on_an_alliances_days_either():
    reply = asked()
    time(alliance_of(reply), -14, -3)
    answer(reply, at=ASKED_AT + DAY)

    plan_daily(ASKED_AT, DUE_AT + 5 * DAY)

    assert Notice.objects.count() == 0


def test_a_reminder_says_when_the_next_comes_by_the_alliances_days():
    reply = asked()
    time(alliance_of(reply), -6, -2)
    plan_reminders(now=DUE_AT - 6 * DAY)

    [letter] = letters_for(list(Notice.objects.all()), now=DUE_AT - 6 * DAY).values()

    assert letter.after == (
        "We write again around Monday 18 January 2027, and not at all once it is done.",
    )


def test_what_waits_is_dropped_when_its_day_is_taken_away():
    reply = asked()
    plan_reminders(now=DUE_AT - DAY)
    plan_reminders(now=DUE_AT + 5 * DAY)
    notices = list(Notice.objects.order_by("id"))

    kept = letters_for(notices, now=DUE_AT + 5 * DAY)
    time(alliance_of(reply), -7, up=None)
    dropped = letters_for(notices, now=DUE_AT + 5 * DAY)

    assert [type(word) for word in kept.values()] == [Letter] * 3
    assert [type(word) for word in dropped.values()] == [Stale] * 3


@pytest.mark.parametrize("count", [1, 3])
def test_rules_cost_one_query_however_many_there_are(django_assert_num_queries, count):
    for _ in range(count):
        time(alliance_of(asked()), -8)

    with django_assert_num_queries(7):
        plan_reminders(now=DUE_AT - 8 * DAY)


def test_a_rule_about_what_is_no_longer_offered_does_nothing(only_duty):
    reply = asked()
    time(alliance_of(reply), -3)
    ReminderRule.objects.create(alliance_id=alliance_of(reply), kind="gone.kind", changed_at=BEFORE)
    only_duty(answer_kind(in_alliance=False))

    plan_reminders(now=DUE_AT - 7 * DAY)

    assert [offset for _person, offset in planned()] == [-7]
    assert timed_kinds() == []


def test_what_an_alliance_set_is_kept_and_recorded_once():
    first = time(7, 1, -2, up=None)

    time(7, -2, 1, up=None, seen=first.version)

    assert (first.offsets, first.goes_up_after, first.is_own) == ([-2, 1], None, True)
    [event] = Event.objects.all()
    assert (event.action, event.alliance_id, event.fields) == (
        "reminders timed",
        7,
        ["offsets", "goes_up_after"],
    )
    assert event.values == {"offsets": [[-7, -1, 1, 5], [-2, 1]], "goes_up_after": [3, None]}


def test_what_equals_the_portals_days_follows_them():
    rule = time(7, -7, -1, 1, 5)
    assert not rule.is_own

    rule = time(7, -7, seen=rule.version)
    rule = time(7, -7, -1, 1, 5, seen=rule.version)

    assert not rule.is_own
    assert [event.action for event in Event.objects.order_by("id")] == [
        "reminders timed",
        "back to the portal’s days",
    ]
    assert rule_for(7, duty_kinds()["tests.answer"]).offsets == [-7, -1, 1, 5]


def test_the_second_of_two_who_set_days_is_told():
    time(7, -2)

    with pytest.raises(ChangedSince):
        time(7, -3)


@pytest.mark.parametrize(
    ("offsets", "sentence"),
    [
        ((-1, -2, -3, -4, -5, -6), "Choose at most five days altogether."),
        ((-61,), "Choose days up to 60 before or after."),
        ((61,), "Choose days up to 60 before or after."),
        ((-1, -1), "Say each day once."),
    ],
)
def test_days_that_make_no_sense_are_refused(offsets, sentence):
    with pytest.raises(ValidationError) as refused:
        time(7, *offsets)

    assert refused.value.messages == [sentence]
    assert not ReminderRule.objects.exists()


@settings(max_examples=25, deadline=None)
@given(
    offsets=st.lists(st.integers(-20, 20), max_size=5, unique=True),
    waits=st.booleans(),
    gaps=st.lists(st.timedeltas(timedelta(hours=1), timedelta(days=5)), max_size=15),
)
def test_whatever_the_days_each_reminder_comes_at_most_once_and_in_order(offsets, waits, gaps):
    Notice.objects.all().delete()
    reply = asked(asked_at=BEFORE)
    time(alliance_of(reply), *offsets, waits=waits, at=BEFORE)
    now = DUE_AT - 21 * DAY

    for gap in gaps:
        now += gap
        plan_reminders(now=now)

    sent = [offset for person, offset in planned() if person == reply.person_id]
    assert sent == sorted(set(sent))
    assert set(sent) <= set(offsets)
