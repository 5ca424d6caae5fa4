from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership.calendar.days import UK
from partnership.notices.models import MailChoice, Notice
from partnership.notices.services import choose_reminders, plan_digests, plan_reminders
from partnership.notices.services.planning import goes_up, offset_reached, reminder_moment
from partnership.toolkit.registers import Duty
from tests.factories import PersonFactory
from tests.partnership.notices.answering import (
    ASKED_AT,
    DUE_AT,
    STARTS_AT,
    answer,
    answer_kind,
    asked,
)

pytestmark = pytest.mark.django_db

Reminders = MailChoice.Reminders
DAY = timedelta(days=1)


def uk(*numbers):
    return datetime(*numbers, tzinfo=UK)


def reminders():
    rows = Notice.objects.filter(kind="notices.reminder").order_by("id")
    return [(row.recipient_id, row.facts["offset"]) for row in rows]


def escalations():
    rows = Notice.objects.filter(kind="notices.escalation").order_by("id")
    return [(row.recipient_id, row.key) for row in rows]


def digests():
    rows = Notice.objects.filter(kind="notices.digest").order_by("id")
    return [(row.recipient_id, row.key) for row in rows]


def duty(**facts):
    known = {
        "kind": "tests.answer",
        "thing_id": 1,
        "person_id": 1,
        "subject": "Heads",
        "page": "1",
        "detail": "",
        "happens_at": STARTS_AT,
        "asked_at": ASKED_AT,
        "due_at": DUE_AT,
        "school_id": None,
        "alliance_id": None,
        "sender": "",
        "goes_up_to_id": 2,
        "done_at": None,
        "waived_because": "",
    }
    owed = Duty(**known | facts)
    return owed._replace(due_at=owed.due_at.astimezone(UTC))  # as the database gives it


def test_nothing_is_planned_before_the_first_offset():
    asked()

    assert plan_reminders(now=DUE_AT - 7 * DAY - timedelta(seconds=1)) == 0
    assert reminders() == []


def test_each_offset_is_planned_once_however_often_planning_runs():
    head = asked().person

    moment = ASKED_AT
    while moment < DUE_AT + 10 * DAY:
        plan_reminders(now=moment)
        moment += timedelta(hours=3)

    assert reminders() == [(head.pk, -7), (head.pk, -1), (head.pk, 1), (head.pk, 5)]


def test_a_second_run_says_that_it_added_nothing():
    asked()

    assert plan_reminders(now=DUE_AT - 7 * DAY) == 1
    assert plan_reminders(now=DUE_AT - 7 * DAY) == 0


def test_a_reminder_holds_ids_and_moments_but_no_words():
    reply = asked()

    plan_reminders(now=DUE_AT - 7 * DAY)

    notice = Notice.objects.get()
    assert notice.key == f"tests.answer:{reply.pk}:2027-01-20T16:00Z:-7"
    assert notice.thing_id == reply.pk
    assert notice.alliance_id == reply.meeting.body.alliance_id
    assert notice.facts == {
        "duty": "tests.answer",
        "due_at": "2027-01-20T16:00:00+00:00",
        "offset": -7,
    }


def test_a_late_run_writes_only_the_last_of_several_missed_reminders():
    head = asked().person

    plan_reminders(now=DUE_AT + 2 * DAY)

    assert reminders() == [(head.pk, 1)]


def test_a_missed_reminder_gives_way_to_one_that_waits_for_monday(only_duty):
    only_duty(answer_kind(offsets=(-7, -2)))
    head = asked(meeting__answer_by=uk(2027, 1, 25, 16)).person

    plan_reminders(now=uk(2027, 1, 23, 17))
    assert reminders() == []

    plan_reminders(now=uk(2027, 1, 25, 8))
    assert reminders() == [(head.pk, -2)]


def test_who_was_asked_after_an_offset_is_not_sent_it():
    head = asked(asked_at=DUE_AT - 3 * DAY).person

    plan_reminders(now=DUE_AT - 2 * DAY)
    assert reminders() == []

    plan_reminders(now=DUE_AT - DAY)
    assert reminders() == [(head.pk, -1)]


def test_a_moved_deadline_is_reminded_of_afresh():
    reply = asked()
    plan_reminders(now=DUE_AT - DAY)

    reply.meeting.answer_by = DUE_AT + 14 * DAY
    reply.meeting.starts_at = STARTS_AT + 14 * DAY
    reply.meeting.ends_at = STARTS_AT + 15 * DAY
    reply.meeting.save()
    plan_reminders(now=DUE_AT)
    assert reminders() == [(reply.person_id, -1)]

    plan_reminders(now=DUE_AT + 7 * DAY)
    plan_reminders(now=DUE_AT + 13 * DAY)
    assert reminders() == [(reply.person_id, offset) for offset in (-1, -7, -1)]


def test_who_has_answered_is_not_reminded_any_more():
    reply, other = asked(), asked()
    plan_reminders(now=DUE_AT - 7 * DAY)

    answer(reply, at=DUE_AT - 2 * DAY)
    plan_reminders(now=DUE_AT - DAY)
    plan_reminders(now=DUE_AT + DAY)

    assert reminders() == [
        (reply.person_id, -7),
        (other.person_id, -7),
        (other.person_id, -1),
        (other.person_id, 1),
    ]


def test_who_may_not_sign_in_is_not_reminded():
    asked(person__is_active=False)

    plan_reminders(now=DUE_AT - DAY)

    assert reminders() == []


def test_who_has_not_joined_yet_is_reminded_of_what_comes_before_joining(only_duty):
    only_duty(answer_kind(before_joining=True))
    newcomer = asked(person__is_active=False).person

    plan_reminders(now=DUE_AT - DAY)

    assert reminders() == [(newcomer.pk, -1)]


@pytest.mark.parametrize("choice", [Reminders.DAILY, Reminders.WEEKLY, Reminders.NONE])
def test_only_who_wants_single_reminders_gets_them(choice):
    quiet, keen = asked().person, asked().person
    choose_reminders(person=quiet, reminders=choice, now=ASKED_AT)
    choose_reminders(person=keen, reminders=Reminders.AT_ONCE, now=ASKED_AT)

    plan_reminders(now=DUE_AT - 7 * DAY)

    assert reminders() == [(keen.pk, -7)]


def test_planning_a_chunk_costs_the_same_for_one_and_for_three(django_assert_num_queries):
    asked()
    with django_assert_num_queries(7):
        plan_reminders(now=DUE_AT - 7 * DAY)

    asked(), asked(), asked()
    with django_assert_num_queries(7):
        plan_reminders(now=DUE_AT - 7 * DAY)


@pytest.mark.parametrize(
    ("due_at", "moment"),
    [
        (uk(2027, 1, 20, 16), uk(2027, 1, 19, 16)),
        (uk(2027, 1, 20, 8), uk(2027, 1, 19, 8)),
        (uk(2027, 1, 20, 20), uk(2027, 1, 20, 8)),  # seven in the evening waits for the morning
        (uk(2027, 1, 20, 18), uk(2027, 1, 20, 8)),  # civil hours end at six
        (uk(2027, 1, 25, 16), uk(2027, 1, 25, 8)),  # Sunday waits for Monday
        (uk(2027, 3, 30, 16), uk(2027, 3, 30, 8)),  # Easter Monday waits for Tuesday
        (uk(2027, 1, 25, 7), uk(2027, 1, 24, 7)),  # Monday 8am would be too late
        (uk(2027, 3, 29, 10), uk(2027, 3, 28, 10)),  # so would the Tuesday after Easter
    ],
)
def test_a_reminder_waits_for_a_civil_hour_of_a_school_day(due_at, moment):
    assert reminder_moment(duty(due_at=due_at, happens_at=None), -1) == moment


def test_a_late_reminder_does_not_wait_when_the_thing_itself_is_sooner():
    saturday = uk(2027, 1, 23, 10)
    owed = duty(due_at=saturday - DAY, happens_at=saturday + timedelta(hours=4))

    assert reminder_moment(owed, 1) == saturday
    assert reminder_moment(owed._replace(happens_at=STARTS_AT), 1) == uk(2027, 1, 25, 8)


def test_a_kind_that_waits_for_nothing_is_reminded_of_to_the_minute(only_duty):
    only_duty(answer_kind(waits_for_school=False))
    sunday = uk(2027, 1, 24, 3)
    asked(meeting__answer_by=sunday + DAY)

    assert reminder_moment(duty(due_at=sunday + DAY), -1) == sunday
    plan_reminders(now=sunday)
    assert [row.send_after for row in Notice.objects.all()] == [sunday]


def test_a_reminder_keeps_the_clock_hour_when_the_clocks_go_forward():
    owed = duty(due_at=uk(2027, 3, 29, 9) + DAY, happens_at=None)  # BST began on 28 March

    assert reminder_moment(owed, -4) == uk(2027, 3, 30, 8)  # Good Friday, weekend, Easter Monday
    assert reminder_moment(owed, -5) == datetime(2027, 3, 25, 8, tzinfo=UTC)


def test_a_reminder_waits_for_eight_by_the_clock_after_the_clocks_go_back():
    owed = duty(due_at=uk(2027, 11, 1, 16), happens_at=None)  # BST ended on 31 October

    assert reminder_moment(owed, -1) == datetime(2027, 11, 1, 8, tzinfo=UTC)
    assert reminder_moment(owed, -3) == datetime(2027, 10, 29, 16, tzinfo=UTC)


def test_a_planned_reminder_is_held_until_the_next_civil_hour():
    asked()

    plan_reminders(now=uk(2027, 1, 16, 23))

    assert [row.send_after for row in Notice.objects.all()] == [uk(2027, 1, 18, 8)]


def test_a_planned_reminder_goes_on_sunday_by_day_when_the_deadline_is_before_monday():
    asked(meeting__answer_by=uk(2027, 1, 25, 7))

    plan_reminders(now=uk(2027, 1, 24, 7, 5))

    assert [row.send_after for row in Notice.objects.all()] == [uk(2027, 1, 24, 8)]


def test_a_planned_reminder_goes_at_night_when_the_deadline_is_before_the_morning():
    asked(meeting__answer_by=uk(2027, 1, 25, 7))

    plan_reminders(now=uk(2027, 1, 24, 23))

    assert [row.send_after for row in Notice.objects.all()] == [uk(2027, 1, 24, 23)]


def test_what_nobody_answers_goes_up_once_for_the_whole_meeting():
    first = asked()
    second, answered = asked(meeting=first.meeting), asked(meeting=first.meeting)
    answer(answered, at=DUE_AT)
    chair = first.meeting.called_by

    plan_reminders(now=uk(2027, 1, 25, 7, 59))
    assert escalations() == []

    plan_reminders(now=uk(2027, 1, 25, 8))
    plan_reminders(now=uk(2027, 1, 25, 8))
    plan_reminders(now=uk(2027, 1, 26, 8))
    assert escalations() == [
        (chair.pk, f"tests.answer:{first.meeting_id}:2027-01-20T16:00Z:up"),
    ]
    assert sorted({person for person, _offset in reminders()}) == [
        first.person_id,
        second.person_id,
    ]


def test_each_meeting_goes_up_to_whoever_called_it():
    one, other = asked(), asked()

    plan_reminders(now=uk(2027, 1, 25, 8))

    assert [person for person, _key in escalations()] == [
        one.meeting.called_by_id,
        other.meeting.called_by_id,
    ]


def test_nothing_goes_up_when_everybody_has_answered():
    answer(asked(), at=DUE_AT + DAY)

    plan_reminders(now=uk(2027, 1, 26, 8))

    assert escalations() == []


def test_nobody_is_told_upwards_about_herself():
    reply = asked()
    reply.meeting.called_by = reply.person
    reply.meeting.save()

    plan_reminders(now=uk(2027, 1, 26, 8))

    assert escalations() == []


@pytest.mark.parametrize("way", ["left", "no mails"])
def test_nothing_goes_up_to_who_has_left_or_wants_no_mail(way):
    chair = asked().meeting.called_by
    if way == "left":
        chair.is_active = False
        chair.save()
    else:
        choose_reminders(person=chair, reminders=Reminders.NONE, now=ASKED_AT)

    plan_reminders(now=uk(2027, 1, 26, 8))

    assert escalations() == []


def test_a_kind_that_goes_nowhere_never_goes_up(only_duty):
    only_duty(answer_kind(goes_up_after=None))

    assert not goes_up(duty(), DUE_AT + 30 * DAY)


def test_a_daily_digest_is_written_once_a_school_day():
    head = asked().person
    choose_reminders(person=head, reminders=Reminders.DAILY, now=ASKED_AT)

    for moment in (
        uk(2027, 1, 18, 7, 32),
        uk(2027, 1, 18, 8, 2),
        uk(2027, 1, 18, 8, 32),
        uk(2027, 1, 18, 17, 32),
        uk(2027, 1, 18, 18, 2),
        uk(2027, 1, 19, 8, 2),
        uk(2027, 1, 23, 8, 2),
        uk(2027, 1, 24, 8, 2),
        uk(2027, 1, 25, 8, 2),
    ):
        plan_digests(now=moment)

    assert digests() == [
        (head.pk, "digest:2027-01-18"),
        (head.pk, "digest:2027-01-19"),
        (head.pk, "digest:2027-01-25"),
    ]


@pytest.mark.parametrize(
    ("monday", "day"),
    [
        (uk(2027, 1, 18, 8, 2), "2027-01-18"),
        (uk(2027, 3, 29, 8, 2), "2027-03-30"),  # after Easter Monday
        (uk(2027, 12, 27, 8, 2), "2027-12-29"),  # after two substitute days
    ],
)
def test_a_weekly_digest_comes_on_the_first_school_day_of_the_week(monday, day):
    reply = asked(meeting__answer_by=monday + 4 * DAY, meeting__starts_at=monday + 9 * DAY)
    choose_reminders(person=reply.person, reminders=Reminders.WEEKLY, now=ASKED_AT)

    for days in range(7):
        plan_digests(now=monday + days * DAY)

    assert digests() == [(reply.person_id, f"digest:{day}")]


def test_a_digest_is_silent_when_nothing_is_due():
    nothing = PersonFactory()
    done, far, owing = asked(), asked(meeting__answer_by=uk(2027, 1, 29, 16)), asked()
    answer(done, at=ASKED_AT)
    for person in (nothing, done.person, far.person, owing.person):
        choose_reminders(person=person, reminders=Reminders.DAILY, now=ASKED_AT)

    plan_digests(now=uk(2027, 1, 18, 8, 2))

    assert digests() == [(owing.person_id, "digest:2027-01-18")]


@pytest.mark.parametrize("choice", [Reminders.NONE, Reminders.AT_ONCE])
def test_nobody_gets_a_digest_who_did_not_choose_one(choice):
    asked()
    choose_reminders(person=asked().person, reminders=choice, now=ASKED_AT)

    assert plan_digests(now=uk(2027, 1, 18, 8, 2)) == 0
    assert digests() == []


def test_who_has_left_gets_no_digest():
    left = asked(person__is_active=False).person
    choose_reminders(person=left, reminders=Reminders.DAILY, now=ASKED_AT)

    assert plan_digests(now=uk(2027, 1, 18, 8, 2)) == 0


@settings(deadline=None)
@given(
    due=st.timedeltas(timedelta(0), timedelta(days=730)).map(lambda gone: ASKED_AT + gone),
    notice=st.timedeltas(timedelta(0), timedelta(days=30)),
    waits=st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=4)), max_size=40),
)
def test_a_reminder_is_reached_in_order_and_never_before_its_time(due, notice, waits):
    owed = duty(due_at=due, asked_at=due - notice, happens_at=due + timedelta(days=14))
    now = due - timedelta(days=10)
    last = None

    for wait in waits:
        now += wait
        offset = offset_reached(owed, now)
        if offset is not None:
            assert due + timedelta(days=offset) <= now
            assert reminder_moment(owed, offset) > owed.asked_at
            assert last is None or offset >= last
            last = offset


@settings(max_examples=25, deadline=None)
@given(waits=st.lists(st.timedeltas(timedelta(0), timedelta(days=6)), max_size=12))
def test_at_whatever_moments_planning_runs_an_offset_is_sent_at_most_once(waits):
    Notice.objects.all().delete()
    reply = asked()
    now = DUE_AT - 9 * DAY

    for wait in waits:
        now += wait
        plan_reminders(now=now)

    offsets = [offset for person, offset in reminders() if person == reply.person_id]
    assert offsets == sorted(set(offsets))
