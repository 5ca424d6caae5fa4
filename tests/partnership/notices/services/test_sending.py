import logging
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from partnership.notices.models import MailChoice, Notice
from partnership.notices.services import (
    choose_reminders,
    drop_notice,
    plan_digests,
    plan_reminders,
    retry_notices,
    send_waiting,
)
from partnership.notices.services.sending import (
    BACK_OFF,
    LEASE,
    SLICE,
    claim,
    letters_for,
    put_back,
)
from partnership.toolkit.registers import Letter, NoticeKind, Stale, notice_kinds
from tests.factories import NoticeFactory, PersonFactory
from tests.partnership.notices.answering import ASKED_AT, DUE_AT, answer, asked

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
NOW = DUE_AT - DAY
NOTE = Letter(
    subject="Note", heading="Note", why="You asked.", button_label="Look", button_url="http://x/"
)


def send(*, at=NOW, **options):
    return send_waiting(clock=lambda: at, **options)


def rows():
    return [(row.state, row.reason) for row in Notice.objects.order_by("id")]


def states():
    return [row.state for row in Notice.objects.order_by("id")]


def sent_to():
    return [mail.to[0] for mail in mail.outbox]


@pytest.fixture
def note_kind(monkeypatch):
    def know(letters, **facts):
        kind = NoticeKind("tests.note", "Note", letters, **facts)
        monkeypatch.setitem(notice_kinds(), "tests.note", kind)

    know(lambda notices, now: {notice.pk: NOTE for notice in notices})
    return know


def test_what_is_due_is_sent_and_marked():
    reply = asked()
    plan_reminders(now=NOW)

    assert send() == Counter(sent=1)

    notice = Notice.objects.get()
    assert sent_to() == [reply.person.email]
    assert (notice.state, notice.settled_at, notice.held_until) == ("sent", NOW, None)
    assert notice.attempts == 1


def test_sending_twice_sends_once():
    asked(), asked()
    plan_reminders(now=NOW)

    send()
    assert send() == Counter()

    assert len(mail.outbox) == 2


def test_what_is_not_due_yet_waits(note_kind):
    NoticeFactory(kind="tests.note", send_after=NOW + MINUTE)

    assert send() == Counter()
    assert send(at=NOW + MINUTE) == Counter(sent=1)


def test_urgent_notices_go_first_and_then_the_longest_waiting(note_kind):
    late = NoticeFactory(kind="tests.note", send_after=NOW - MINUTE).recipient
    later = NoticeFactory(kind="tests.note", send_after=NOW).recipient
    urgent = NoticeFactory(kind="tests.note", send_after=NOW, rank=Notice.Rank.URGENT).recipient

    send()

    assert sent_to() == [urgent.email, late.email, later.email]


def test_no_more_than_the_limit_are_handled(note_kind):
    NoticeFactory.create_batch(3, kind="tests.note")

    assert send(limit=2) == Counter(sent=2)
    assert states() == ["sent", "sent", "waiting"]


def test_more_than_a_batch_is_sent_in_one_go(note_kind):
    person = PersonFactory()
    NoticeFactory.create_batch(130, kind="tests.note", recipient=person)

    assert send() == Counter(sent=130)


def test_who_answered_a_second_before_is_not_reminded():
    done, owing = asked(), asked()
    plan_reminders(now=NOW)

    answer(done, at=NOW)

    assert send() == Counter(sent=1, dropped=1)
    assert sent_to() == [owing.person.email]
    assert rows() == [("dropped", "Done meanwhile, or no longer asked."), ("sent", "")]


def test_who_answers_while_the_batch_is_being_sent_is_not_reminded():
    replies = [asked(), asked(), asked()]
    plan_reminders(now=NOW)
    calls = []

    def slow_clock():
        calls.append(1)
        if len(calls) == 3:  # just before the first of the three goes out
            answer(replies[2], at=NOW)
            time.sleep(0.6)
        return NOW

    assert send_waiting(clock=slow_clock) == Counter(sent=2, dropped=1)
    assert sent_to() == [replies[0].person.email, replies[1].person.email]


def test_a_reminder_of_a_deadline_that_moved_is_dropped():
    reply = asked()
    plan_reminders(now=NOW)

    reply.meeting.answer_by += DAY
    reply.meeting.save()

    assert send() == Counter(dropped=1)
    assert rows() == [("dropped", "The deadline has moved.")]


def test_a_reminder_to_who_chose_otherwise_meanwhile_is_dropped():
    person = asked().person
    plan_reminders(now=NOW)

    choose_reminders(person=person, reminders=MailChoice.Reminders.DAILY, now=NOW)

    assert send() == Counter(dropped=1)
    assert rows() == [("dropped", "She has chosen not to have single reminders.")]


def test_a_reminder_to_who_left_meanwhile_is_dropped():
    person = asked().person
    plan_reminders(now=NOW)

    person.is_active = False
    person.save()

    assert send() == Counter(dropped=1)
    assert rows() == [("dropped", "The person may not sign in any more.")]


def test_news_for_who_left_meanwhile_is_dropped_without_asking_the_room(note_kind):
    note_kind(lambda notices, now: pytest.fail("the room was asked"))
    NoticeFactory(kind="tests.note", recipient__is_active=False)

    assert send() == Counter(dropped=1)


def test_what_goes_up_names_exactly_who_has_not_answered():
    first = asked(person__name="Ann Achebe")
    asked(meeting=first.meeting, person__name="Bea Brown")
    answer(asked(meeting=first.meeting, person__name="Cat Cole"), at=NOW)
    late = DUE_AT + 6 * DAY
    plan_reminders(now=late)
    answer(asked(meeting=first.meeting, person__name="Dee Dunn"), at=late)

    send(at=late)

    told = [each for each in mail.outbox if each.to == [first.meeting.called_by.email]]
    assert [each.subject for each in told] == [
        f"Not done yet: Will you come to {first.meeting.title}?"
    ]
    assert "2 people have not done this yet" in told[0].body
    assert "Ann Achebe, Bea Brown" in told[0].body
    assert "Cole" not in told[0].body
    assert "Dunn" not in told[0].body


def test_nothing_goes_up_when_all_answered_meanwhile():
    reply = asked()
    late = DUE_AT + 6 * DAY
    plan_reminders(now=late)

    answer(reply, at=late)

    assert send(at=late) == Counter(dropped=2)


def test_a_digest_holds_all_that_waits_and_nothing_done_meanwhile():
    person = PersonFactory()
    choose_reminders(person=person, reminders=MailChoice.Reminders.DAILY, now=ASKED_AT)
    first, second, third = (asked(person=person) for _ in range(3))
    plan_digests(now=NOW)

    answer(second, at=NOW)
    send()

    assert [each.subject for each in mail.outbox] == ["2 things wait on you"]
    assert first.meeting.title in mail.outbox[0].body
    assert third.meeting.title in mail.outbox[0].body
    assert second.meeting.title not in mail.outbox[0].body


def test_a_digest_is_dropped_when_all_is_done_or_the_day_is_over():
    done, slow = asked(), asked()
    for reply in (done, slow):
        choose_reminders(person=reply.person, reminders=MailChoice.Reminders.DAILY, now=ASKED_AT)
    plan_digests(now=NOW)
    answer(done, at=NOW)

    send(at=NOW + DAY)

    assert rows() == [
        ("dropped", "Nothing is due."),
        ("dropped", "The day of this digest has passed."),
    ]


def test_a_kind_that_no_room_offers_is_tried_again_and_given_up_in_the_end():
    NoticeFactory(kind="tests.unheard_of")

    moment, tries = NOW, 0
    while Notice.objects.waiting().exists():
        tries += 1
        send(at=moment)
        moment += 2 * DAY

    assert tries == len(BACK_OFF) + 1
    assert rows() == [("failed", "Given up. The portal could not word this notice.")]


def test_a_room_whose_words_fail_does_not_hold_up_the_others(note_kind, caplog):
    def broken(notices, now):
        raise LookupError("ann@school.example")

    note_kind(broken)
    NoticeFactory(kind="tests.note", send_after=NOW - DAY)
    asked()
    plan_reminders(now=NOW)

    assert send() == Counter(later=1, sent=1)
    assert states() == ["waiting", "sent"]
    assert [record.getMessage() for record in caplog.records] == [
        "A notice of the kind tests.note cannot be worded"
    ]


def test_one_notice_that_cannot_be_worded_does_not_hold_up_its_neighbours(note_kind):
    def words(notices, now):
        if any(notice.facts for notice in notices):
            raise LookupError
        return {notice.pk: NOTE for notice in notices}

    note_kind(words)
    good, _bad, fine = (
        NoticeFactory(kind="tests.note", facts=facts).recipient for facts in ({}, {"bad": 1}, {})
    )

    assert send() == Counter(sent=2, later=1)
    assert sent_to() == [good.email, fine.email]


def test_a_letter_that_cannot_be_composed_does_not_hold_up_the_others(note_kind):
    def words(notices, now):
        return {
            notice.pk: Letter(None, "", "", "", "") if notice.facts else NOTE for notice in notices
        }

    note_kind(words)
    NoticeFactory(kind="tests.note", facts={"bad": 1})
    NoticeFactory(kind="tests.note")

    assert send() == Counter(later=1, sent=1)
    assert rows() == [("waiting", "The portal could not word this notice."), ("sent", "")]


def test_a_notice_dropped_while_its_batch_is_being_sent_stays_unsent(note_kind):
    staff = PersonFactory(staff=True)
    notices = [NoticeFactory(kind="tests.note") for _ in range(SLICE + 1)]

    def words(some, now):
        drop_notice(notice=notices[SLICE], by=staff, now=now)
        return {notice.pk: NOTE for notice in some}

    note_kind(words)

    assert send() == Counter(sent=SLICE)
    assert states() == ["sent"] * SLICE + ["dropped"]


def test_a_held_notice_goes_to_nobody_else_until_the_lease_is_over(note_kind):
    NoticeFactory.create_batch(2, kind="tests.note")

    assert len(claim(now=NOW)) == 2
    assert claim(now=NOW) == []
    assert send(at=NOW + LEASE - MINUTE) == Counter()
    assert send(at=NOW + LEASE) == Counter(sent=2)


def test_a_worker_stops_sending_shortly_before_its_lease_is_over(note_kind):
    NoticeFactory.create_batch(3, kind="tests.note")
    moments = iter([NOW, NOW, NOW, NOW, NOW + LEASE - timedelta(seconds=29)])

    def clock():
        return next(moments, NOW + LEASE - timedelta(seconds=29))

    assert send_waiting(clock=clock) == Counter(sent=1)
    assert states() == ["sent", "waiting", "waiting"]


def test_a_worker_leaves_alone_what_another_took_over(note_kind):
    NoticeFactory(kind="tests.note")
    first = claim(now=NOW)
    claim(now=NOW + LEASE)

    assert put_back(first, now=NOW + LEASE) == 0


def test_words_cost_the_same_for_one_notice_and_for_three(django_assert_num_queries):
    asked()
    plan_reminders(now=NOW)
    one = list(Notice.objects.select_related("recipient__mail_choice"))
    with django_assert_num_queries(3):
        words = letters_for(one, now=NOW)
    assert [type(word) for word in words.values()] == [Letter]

    asked(), asked()
    plan_reminders(now=NOW)
    three = list(Notice.objects.select_related("recipient__mail_choice"))
    with django_assert_num_queries(3):
        words = letters_for(three, now=NOW)
    assert [type(word) for word in words.values()] == [Letter, Letter, Letter]


def test_what_the_sender_did_is_logged_in_counts_without_names(note_kind, caplog):
    caplog.set_level(logging.INFO)
    NoticeFactory(kind="tests.note")

    send()

    (record,) = caplog.records
    assert record.counts == {"sent": 1}
    assert "@" not in record.getMessage()


def test_a_real_server_gets_every_mail_over_one_connection(note_kind, sink):
    people = [NoticeFactory(kind="tests.note").recipient for _ in range(5)]

    assert send() == Counter(sent=5)
    assert sink.recipients == [person.email for person in people]
    assert sink.connections == 1


def test_an_address_refused_for_good_fails_and_is_marked(note_kind, sink):
    refused, fine = (NoticeFactory(kind="tests.note").recipient for _ in range(2))
    sink.answers[refused.email] = "550 no such mailbox"

    assert send() == Counter(failed=1, sent=1)

    assert rows() == [("failed", "The mail server refused the address (550)."), ("sent", "")]
    choice = MailChoice.objects.get()
    assert (choice.person, choice.refused_at, choice.reminders) == (refused, NOW, "at_once")
    assert choice.refused_because == "The mail server refused the address (550)."
    assert sink.recipients == [fine.email]


def test_a_dead_address_is_not_written_to_again_until_the_mark_is_cleared(note_kind, sink):
    person = MailChoice.objects.create(person=PersonFactory(), refused_at=NOW - DAY).person
    notice = NoticeFactory(kind="tests.note", recipient=person)

    assert send() == Counter(failed=1)
    assert rows() == [("failed", "The address refuses mail.")]
    assert sink.recipients == []

    MailChoice.objects.update(refused_at=None)
    retry_notices(notices=[notice], by=person, now=NOW)
    assert send() == Counter(sent=1)


def test_an_address_refused_for_now_is_tried_again_ever_more_slowly(note_kind, sink):
    person = NoticeFactory(kind="tests.note").recipient
    sink.answers[person.email] = "450 mailbox busy"
    moment, pauses = NOW, []

    while send(at=moment) == Counter(later=1):
        notice = Notice.objects.get()
        pauses.append(notice.held_until - moment)
        assert send(at=notice.held_until - timedelta(seconds=1)) == Counter()
        moment = notice.held_until

    assert pauses == BACK_OFF
    assert rows() == [("failed", "Given up. The mail server refused the address (450).")]
    assert not MailChoice.objects.exists()


def test_who_was_refused_for_now_gets_the_mail_later(note_kind, sink):
    person = NoticeFactory(kind="tests.note").recipient
    sink.answers[person.email] = "450 mailbox busy"
    send()

    sink.answers.clear()

    assert send(at=NOW + MINUTE) == Counter(sent=1)
    assert rows() == [("sent", "")]


@pytest.mark.parametrize(
    ("answer_of_server", "outcome", "state"),
    [
        ("554 looks like spam", Counter(failed=1, sent=1), "failed"),
        ("451 try later", Counter(later=1, sent=1), "waiting"),
    ],
)
def test_a_refused_text_fails_that_mail_alone(note_kind, sink, answer_of_server, outcome, state):
    refused = NoticeFactory(kind="tests.note").recipient
    NoticeFactory(kind="tests.note")
    sink.data_answers[refused.email] = answer_of_server

    assert send() == outcome
    assert rows() == [(state, f"The mail server answered {answer_of_server[:3]}."), ("sent", "")]
    assert not MailChoice.objects.exists()


def test_a_server_that_is_down_puts_all_back_and_counts_as_no_attempt(note_kind, sink):
    NoticeFactory.create_batch(3, kind="tests.note")
    sink.stop()

    for minutes in range(12):
        assert send(at=NOW + minutes * MINUTE) == Counter(later=3)
    assert rows() == [("waiting", "The mail server could not be reached.")] * 3
    assert [row.attempts for row in Notice.objects.all()] == [0, 0, 0]

    sink.start()
    assert send(at=NOW + 12 * MINUTE) == Counter(sent=3)
    assert rows() == [("sent", "")] * 3


def test_a_server_that_breaks_off_gets_the_rest_later(note_kind, sink):
    people = [NoticeFactory(kind="tests.note").recipient for _ in range(4)]
    sink.data_answers[people[2].email] = "421 closing down"

    first = send()
    sink.data_answers.clear()
    second = send(at=NOW + MINUTE)

    assert first + second == Counter(sent=4, later=1)
    assert sorted(sink.recipients) == sorted(person.email for person in people)
    assert rows() == [("sent", "")] * 4


def test_a_header_that_no_mail_may_hold_fails_that_notice_alone(note_kind):
    note_kind(lambda notices, now: {notice.pk: NOTE for notice in notices})
    bad = NoticeFactory(kind="tests.note").recipient
    type(bad).objects.filter(pk=bad.pk).update(email="two\nlines@school.example")
    fine = NoticeFactory(kind="tests.note").recipient

    assert send() == Counter(failed=1, sent=1)
    assert sent_to() == [fine.email]


def test_a_stale_word_of_the_room_is_kept_as_the_reason(note_kind):
    note_kind(lambda notices, now: {notice.pk: Stale("Over." * 100) for notice in notices})
    NoticeFactory(kind="tests.note")

    assert send() == Counter(dropped=1)
    assert rows() == [("dropped", ("Over." * 100)[:300])]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_workers_that_claim_at_once_never_hold_the_same_notice(note_kind):
    NoticeFactory.create_batch(60, kind="tests.note", recipient=PersonFactory())
    held, start = [], threading.Barrier(4)

    def work():
        start.wait()
        while some := claim(now=NOW, size=7):
            held.extend(notice.pk for notice in some)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(held) == sorted(Notice.objects.values_list("pk", flat=True))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_planners_that_run_at_once_write_each_reminder_once():
    people = sorted(asked().person_id for _ in range(30))
    start = threading.Barrier(3)

    def work():
        start.wait()
        plan_reminders(now=NOW)
        connection.close()

    planners = [threading.Thread(target=work) for _ in range(3)]
    for planner in planners:
        planner.start()
    for planner in planners:
        planner.join()

    assert sorted(Notice.objects.values_list("recipient_id", flat=True)) == people
