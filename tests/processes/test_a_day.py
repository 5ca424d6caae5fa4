from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from alliances.meetings.models import MeetingReply
from alliances.meetings.services import answer_meeting
from partnership.calendar.calendars import dates_of
from partnership.calendar.days import civil_moment
from partnership.notices.composing import message_id
from partnership.notices.models import MailChoice, Notice
from partnership.notices.services.planning import offset_reached, reminder_moment
from partnership.notices.timing import all_timings
from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from partnership.toolkit.registers.owners import references_of_schools
from tests.processes.told_clock import ToldClock

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

DAY = timedelta(days=1)
MORNING = datetime(2026, 11, 24, 6, tzinfo=UTC)  # a Tuesday in term
EVENING = datetime(2026, 11, 24, 19, tzinfo=UTC)
ANSWERED_AT = datetime(2026, 11, 24, 7, tzinfo=UTC)
STEP = timedelta(minutes=30)
TIMETABLE = ("notices.plan_reminders", "notices.plan_digests", "notices.send_waiting")


def load_the_demo(settings):
    settings.DEMO = True
    with time_machine.travel(MORNING, tick=False):
        call_command("load_demo", verbosity=0)
    settings.DEMO = False
    Notice.objects.waiting().update(state=Notice.State.DROPPED, reason="Before the day began.")


def owed():
    window = DutyWindow(due_from=MORNING - 60 * DAY, due_until=MORNING + 60 * DAY, now=MORNING)
    return [Duty(*row) for row in all_duties(window)]


def term_dates(duties):
    references = references_of_schools({duty.school_id for duty in duties if duty.school_id})
    dates = dates_of(set(references.values()))
    return {school_id: dates[reference] for school_id, reference in references.items()}


def reminders_expected(duties, dates, timings):
    """Who should be reminded of what, and after how many days, as duties stood in the morning."""
    choices = {choice.person_id: choice for choice in MailChoice.objects.all()}
    expected = {}
    for duty in duties:
        timing = timings.of(duty)
        rules = {"since": fresh_since(duty, timing, timings), "timing": timing}
        moment = MORNING
        while moment < EVENING:
            offset = offset_reached(duty, moment, dates.get(duty.school_id), **rules)
            choice = choices.get(duty.person_id, MailChoice())
            if offset is not None and choice.for_kind(duty.kind) == "at_once":
                expected[duty.person_id, f"{duty.key}:{offset:+d}"] = duty, offset
            moment += STEP
    return expected


def fresh_since(duty, timing, timings):
    last = timedelta(days=max(timing.last, timings.our_last))
    return MORNING - 7 * DAY if duty.due_at < MORNING - last - 7 * DAY else timing.since


def first_to_answer(expected):
    """Somebody who is to be reminded of a meeting, and answers before anybody is written to."""
    asked = [duty for duty, _offset in expected.values() if duty.kind == "meetings.answer"]
    return min(asked, key=lambda duty: duty.thing_id)


def answer(duty, now):
    reply = MeetingReply.objects.select_related("person", "meeting__body").get(pk=duty.thing_id)
    answer_meeting(reply=reply, answer=MeetingReply.Answer.YES, by=reply.person, now=now)


def live_through_the_day(processes, answered):
    """Tell the clock each half hour of the day, and fire the timetable as beat does."""
    moment = MORNING
    while moment < EVENING:
        processes.clock.tell(moment)
        for task in TIMETABLE:
            processes.fire(task)
        processes.wait_for_rest()
        if moment == ANSWERED_AT:
            answer(answered, now=moment)
        moment += STEP


def mails_of(processes):
    """Each mail with the notice it tells and the portal's time when it went."""
    notices = {message_id(one): one for one in Notice.objects.select_related("recipient")}
    sink = processes.sink
    return [
        (mail, notices[mail["Message-ID"]], processes.clock.at(moment), address)
        for mail, moment, address in zip(sink.mails, sink.moments, sink.recipients, strict=True)
    ]


def words_of(mail):
    return " ".join(mail.get_body(("plain",)).get_content().split())


def assert_reminders(mails, expected, answered, dates, timings):
    """Who still owes it, once, at a civil hour of a school day, and told why."""
    silent = {
        name
        for name, (duty, _offset) in expected.items()
        if duty.thing_id == answered.thing_id and duty.kind.startswith(answered.kind)
    }
    told = Counter((notice.recipient_id, notice.key) for _mail, notice, _at, _to in mails)
    assert told == Counter(set(expected) - silent)
    for mail, notice, at, _to in mails:
        duty, offset = expected[notice.recipient_id, notice.key]
        school = dates.get(duty.school_id)
        assert (
            at
            >= notice.send_after
            >= reminder_moment(duty, offset, school, timing=timings.of(duty))
        )
        assert civil_moment(at, school) == at
        words = words_of(mail)
        assert [part for part in (duty.title, duty.spec.why(duty)) if part not in words] == []


def assert_escalations(mails, duties, timings):
    """Whoever asked is told once that the time is up, and of whom."""
    for mail, notice, at, _to in mails:
        missing = [
            duty
            for duty in duties
            if (duty.kind, duty.group, duty.due_at.isoformat(), duty.goes_up_to_id)
            == (*map(notice.facts.get, ("duty", "page", "due_at")), notice.recipient_id)
        ]
        late = {duty.due_at + timings.of(duty).goes_up_after * DAY for duty in missing}
        assert [at >= moment for moment in late] == [True]
        assert f"{missing[0].title}" in words_of(mail)


def test_a_day_of_the_demo_reminds_whom_it_should_when_and_why(processes, settings, tmp_path):
    load_the_demo(settings)
    duties = owed()
    dates = term_dates(duties)
    timings = all_timings()
    expected = reminders_expected(duties, dates, timings)
    answered = first_to_answer(expected)
    processes.clock = ToldClock(tmp_path / "now")
    processes.clock.tell(MORNING)
    processes.start_workers("one", "two")

    live_through_the_day(processes, answered)

    mails = mails_of(processes)
    assert [each[1].recipient.email for each in mails] == [each[3] for each in mails]
    by_kind = defaultdict(list)
    for each in mails:
        by_kind[each[1].kind].append(each)
    assert len(by_kind["notices.reminder"]) >= 10
    assert_reminders(by_kind["notices.reminder"], expected, answered, dates, timings)
    assert len(by_kind["notices.escalation"]) >= 1
    assert_escalations(by_kind["notices.escalation"], duties, timings)
