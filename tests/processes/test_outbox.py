import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from alliances.meetings.models import MeetingReply
from alliances.meetings.services import answer_meeting
from partnership.calendar.days import civil_moment
from partnership.notices.models import MailChoice, Notice
from partnership.people.models import Person
from tests.factories import MeetingFactory
from tests.processes.conftest import wait_until

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

DAY = timedelta(days=1)
OUTAGE = "The mail server could not be reached."
PLAN, SEND = "notices.plan_reminders", "notices.send_waiting"


def ask(count):
    """That many people asked to one meeting, whose reminder of a week before is due by now."""
    moment = timezone.now().replace(microsecond=0)
    while civil_moment(moment) != moment:
        moment -= timedelta(hours=1)
    meeting = MeetingFactory(
        called=True,
        called_at=moment - DAY,
        answer_by=moment + 7 * DAY,
        starts_at=moment + 14 * DAY,
    )
    people = Person.objects.bulk_create(
        Person(email=f"head{n}@school.example", name=f"Head {n}", search_name=f"head {n}")
        for n in range(count)
    )
    MeetingReply.objects.bulk_create(
        MeetingReply(meeting=meeting, person=person, asked_at=moment - DAY) for person in people
    )
    return [person.email for person in people]


def plan(processes, count):
    """Fire the planner on both workers at once and twice; then let the civil hour come at once."""
    processes.fire(PLAN, times=4)
    wait_until(lambda: Notice.objects.count() >= count, what="the plan")
    Notice.objects.update(send_after=timezone.now())


def let_pauses_pass():
    """Move the moments until which notices are held, in place of waiting for minutes.

    No worker may be sending then: it would lose what it holds.
    """
    Notice.objects.waiting().update(held_until=timezone.now())


def free():
    """How many notices wait that no worker holds."""
    return Notice.objects.due(now=timezone.now()).count()


def left():
    return Notice.objects.waiting().count()


def states():
    return Counter(Notice.objects.values_list("state", flat=True))


def assert_once(sink, emails, *, doubles_at_most=0):
    """Each address got its mail; what came twice came under the same Message-ID."""
    times = Counter(sink.recipients)
    assert set(times) == set(emails)
    assert sum(times.values()) - len(times) <= doubles_at_most
    ids = {(mail["To"], mail["Message-ID"]) for mail in sink.mails}
    assert len(ids) == len(times)
    assert len({message_id for _to, message_id in ids}) == len(times)


def test_a_worker_killed_amid_two_thousand_notices_neither_loses_nor_doubles_any(processes):
    emails = ask(2_000)
    sink = processes.sink
    processes.start_workers("one", "two")
    plan(processes, 2_000)
    assert Notice.objects.count() == 2_000

    processes.fire(SEND, times=4)
    answered = {}
    wait_until(lambda: len(sink.mails) > 200, what="the first mails")
    for _ in range(5):
        silent = Notice.objects.waiting().exclude(thing_id__in=[pk for pk, _email in answered])
        held = silent.filter(held_until__isnull=False).latest("pk")
        far = silent.filter(held_until__isnull=True).latest("pk")
        answered |= answer_now(held.thing_id) | answer_now(far.thing_id)
        time.sleep(0.2)
    assert len(sink.mails) < 1_900
    processes.kill_worker("one")

    processes.fire(SEND, times=2)
    processes.wait_for_rest()
    assert free() == 0
    assert 0 < left() <= 100

    processes.start_workers("three")
    let_pauses_pass()
    processes.fire(SEND, times=2)
    wait_until(lambda: left() == 0, what="the rest")

    reminded = dict(zip(sink.recipients, sink.moments, strict=True))
    moments = {email: at for (_pk, email), at in answered.items()}
    assert {email for email, at in moments.items() if reminded.get(email, 0) > at + 1} == set()
    silent = set(moments) - set(reminded)
    assert len(silent) >= 5
    assert states() == Counter(sent=2_000 - len(silent), dropped=len(silent))
    assert_once(sink, set(emails) - silent, doubles_at_most=1)


def answer_now(pk):
    reply = MeetingReply.objects.get(pk=pk)
    answer_meeting(reply=reply, answer=MeetingReply.Answer.YES, by=reply.person, now=timezone.now())
    return {(pk, reply.person.email): time.monotonic()}


def test_a_mail_server_that_is_down_and_refuses_some_delays_but_loses_nothing(processes):
    emails = ask(250)
    sink = processes.sink
    dead, busy = emails[3:250:60], emails[5:250:100]
    sink.answers = dict.fromkeys(dead, "550 no such mailbox") | dict.fromkeys(busy, "450 busy")
    sink.stop()
    processes.start_workers("one", "two")
    plan(processes, 250)

    processes.fire(SEND, times=2)
    processes.wait_for_rest()
    assert Notice.objects.filter(reason=OUTAGE, attempts=0).count() >= 100
    assert sink.mails == []

    sink.start()
    let_pauses_pass()
    processes.fire(SEND, times=2)
    wait_until(lambda: len(sink.mails) > 80, what="the first mails")
    sink.stop()
    processes.wait_for_rest()
    assert left() > len(busy)

    sink.start()
    let_pauses_pass()
    processes.fire(SEND, times=2)
    processes.wait_for_rest()
    assert left() == len(busy)
    sink.answers = {}
    let_pauses_pass()
    processes.fire(SEND, times=2)
    wait_until(lambda: left() == 0, what="the busy ones")

    assert states() == Counter(sent=250 - len(dead), failed=len(dead))
    assert_once(sink, set(emails) - set(dead), doubles_at_most=2)
    failed = Notice.objects.filter(state="failed").values_list("recipient__email", "reason")
    refused = "The mail server refused the address (550)."
    assert sorted(failed) == sorted((email, refused) for email in dead)
    marked = MailChoice.objects.filter(refused_at__isnull=False)
    assert sorted(marked.values_list("person__email", flat=True)) == sorted(dead)


def test_redis_restarted_empty_loses_no_notice_and_doubles_none(processes):
    emails = ask(250)
    sink = processes.sink
    processes.start_workers("one", "two")
    plan(processes, 250)

    processes.fire(SEND, times=6)
    wait_until(lambda: len(sink.mails) > 50, what="the first mails")
    processes.redis.kill()
    time.sleep(1)
    processes.redis.start()

    processes.fire(PLAN, times=2)
    processes.fire(SEND, times=2)
    wait_until(lambda: left() == 0, what="the rest")
    processes.fire(PLAN)
    processes.fire(SEND)
    processes.wait_for_rest()

    assert states() == Counter(sent=250)
    assert_once(sink, emails)
