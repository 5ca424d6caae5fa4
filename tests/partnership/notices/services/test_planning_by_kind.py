from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliances.meetings.models import MeetingReply
from partnership.calendar.days import UK
from partnership.notices.models import MailChoice, Notice
from partnership.notices.services import (
    choose_reminders,
    plan_digests,
    plan_reminders,
    stop_reminders,
)
from partnership.notices.services.sending import letters_for
from partnership.toolkit.registers import Letter, Stale, duty_kinds, duty_rows
from tests.partnership.notices.answering import (
    ASKED_AT,
    DUE_AT,
    answer_kind,
    asked,
)

pytestmark = pytest.mark.django_db

Reminders = MailChoice.Reminders
MONDAY = datetime(2027, 1, 18, 8, 2, tzinfo=UK)
TUESDAY = MONDAY + timedelta(days=1)
LATE = datetime(2027, 1, 25, 9, tzinfo=UK)
KINDS = ("tests.answer", "tests.chair")
choices = st.sampled_from(Reminders.values)


def chairing(window):
    return duty_rows(
        MeetingReply.objects.all(),
        window,
        kind="tests.chair",
        person="person",
        subject="meeting__title",
        page="meeting_id",
        asked_at="asked_at",
        due_at="meeting__answer_by",
        alliance="meeting__body__alliance",
        goes_up_to="meeting__called_by",
        done_at="answered_at",
    )


@pytest.fixture(autouse=True)
def _two_kinds(monkeypatch, only_duty):
    only_duty(answer_kind(title=lambda _duty: "Answer"))
    chair = answer_kind(key="tests.chair", rows=chairing, title=lambda _duty: "Chair")
    monkeypatch.setitem(duty_kinds(), "tests.chair", chair)


def choose(person, reminders, **by_kind):
    kinds = {f"tests.{kind}": chosen for kind, chosen in by_kind.items()}
    choose_reminders(person=person, reminders=reminders, by_kind=kinds, now=ASKED_AT)


def planned(kind):
    rows = Notice.objects.filter(kind=f"notices.{kind}").order_by("facts__duty", "id")
    return [(row.recipient_id, row.facts["duty"]) for row in rows]


def words(*, at):
    notices = list(Notice.objects.select_related("recipient__mail_choice").order_by("id"))
    return list(letters_for(notices, now=at).values())


@pytest.mark.parametrize("other", [Reminders.DAILY, Reminders.WEEKLY, Reminders.NONE])
def test_one_kind_is_reminded_of_at_once_and_another_is_not(other):
    one, reverse = asked().person, asked().person
    choose(one, Reminders.AT_ONCE, answer=other)
    choose(reverse, other, answer=Reminders.AT_ONCE)

    for _ in range(2):
        plan_reminders(now=DUE_AT - timedelta(days=1))

    assert planned("reminder") == [(reverse.pk, "tests.answer"), (one.pk, "tests.chair")]


def test_a_kind_without_mails_does_not_go_up_to_her_either():
    reply = asked()
    choose(reply.meeting.called_by, Reminders.DAILY, answer=Reminders.NONE)

    for _ in range(2):
        plan_reminders(now=LATE)

    assert planned("escalation") == [(reply.meeting.called_by_id, "tests.chair")]


def test_a_digest_names_only_the_kinds_that_are_told_of_so():
    person = asked().person
    choose(person, Reminders.DAILY, chair=Reminders.AT_ONCE)

    for _ in range(2):
        plan_digests(now=MONDAY)

    [digest] = words(at=MONDAY)
    assert digest.heading == "One thing waits on you"
    assert [fact.partition(" ")[0] for fact in digest.facts] == ["Answer"]


def test_what_is_weekly_joins_the_daily_digest_on_mondays_alone():
    person = asked().person
    choose(person, Reminders.DAILY, chair=Reminders.WEEKLY)

    for moment in (MONDAY, MONDAY, TUESDAY, TUESDAY):
        plan_digests(now=moment)

    told = [
        letters_for([digest], now=digest.planned_at)[digest.pk]
        for digest in Notice.objects.select_related("recipient__mail_choice").order_by("id")
    ]
    assert [sorted(fact.partition(" ")[0] for fact in letter.facts) for letter in told] == [
        ["Answer", "Chair"],
        ["Answer"],
    ]


def test_who_chose_a_digest_for_one_kind_has_none_while_only_others_wait():
    reply = asked()
    choose(reply.person, Reminders.NONE, gone=Reminders.DAILY)

    assert plan_digests(now=MONDAY) == 0


def test_one_click_stops_what_was_planned_of_every_kind():
    reply = asked()
    choose(reply.person, Reminders.DAILY, answer=Reminders.AT_ONCE)
    choose(reply.meeting.called_by, Reminders.AT_ONCE, answer=Reminders.AT_ONCE)
    plan_reminders(now=LATE)
    plan_digests(now=LATE)
    assert Notice.objects.count() == 4

    stop_reminders(person=reply.person, now=LATE)
    stop_reminders(person=reply.meeting.called_by, now=LATE)

    assert [type(word) for word in words(at=LATE)] == [Stale] * 4
    assert plan_reminders(now=LATE) + plan_digests(now=LATE) == 0


def test_a_choice_made_since_counts_for_what_waits_to_be_sent():
    reply = asked()
    plan_reminders(now=DUE_AT - timedelta(days=1))

    choose(reply.person, Reminders.AT_ONCE, answer=Reminders.WEEKLY)

    kinds = [type(word) for word in words(at=DUE_AT - timedelta(days=1))]
    assert sorted(kinds, key=str) == [Letter, Stale]


@pytest.mark.parametrize("count", [1, 3])
def test_digests_cost_the_same_for_one_and_for_three(django_assert_num_queries, count):
    for _ in range(count):
        choose(asked().person, Reminders.NONE, answer=Reminders.DAILY)

    with django_assert_num_queries(7):
        assert plan_digests(now=MONDAY) == count


@settings(max_examples=40, deadline=None)
@given(everything=choices, by_kind=st.dictionaries(st.sampled_from(KINDS), choices))
def test_each_kind_comes_exactly_as_it_was_chosen(everything, by_kind):
    Notice.objects.all().delete()
    MeetingReply.objects.all().delete()
    reply = asked()
    choose_reminders(person=reply.person, reminders=everything, by_kind=by_kind, now=ASKED_AT)

    for moment in (MONDAY, TUESDAY):
        for _ in range(2):
            plan_reminders(now=moment)
            plan_digests(now=moment)

    chosen = {kind: by_kind.get(kind, everything) for kind in KINDS}
    assert {duty for _person, duty in planned("reminder")} == {
        kind for kind in KINDS if chosen[kind] == Reminders.AT_ONCE
    }
    told = {
        digest.planned_at: letters_for([digest], now=digest.planned_at)[digest.pk].facts
        for digest in Notice.objects.filter(kind="notices.digest").select_related("recipient")
    }
    daily = [kind for kind in KINDS if chosen[kind] == Reminders.DAILY]
    mondays = [kind for kind in KINDS if chosen[kind] in {Reminders.DAILY, Reminders.WEEKLY}]
    assert {moment: len(facts) for moment, facts in told.items()} == {
        moment: len(kinds) for moment, kinds in ((MONDAY, mondays), (TUESDAY, daily)) if kinds
    }
