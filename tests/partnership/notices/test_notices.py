from datetime import timedelta

import pytest

from partnership.notices.models import Notice
from partnership.notices.services import plan_reminders
from partnership.notices.services.sending import letters_for
from partnership.toolkit.registers import Letter, Stale, duty_kinds
from tests.factories import NoticeFactory
from tests.partnership.notices.answering import DUE_AT, asked

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def letter(*, at):
    notices = list(Notice.objects.select_related("recipient__mail_choice").order_by("id"))
    return letters_for(notices, now=at)[notices[0].pk]


def test_a_reminder_says_why_what_by_when_and_what_comes_next():
    reply = asked(meeting__title="the heads’ meeting", meeting__body__alliance__name="Oldham")
    plan_reminders(now=DUE_AT - DAY)

    assert letter(at=DUE_AT - DAY) == Letter(
        subject="Will you come to the heads’ meeting?",
        heading="Will you come to the heads’ meeting?",
        why="You are asked to the heads’ meeting by Oldham.",
        facts=("Greenfield Primary School", "Please do this by Wednesday 20 January 2027, 4pm."),
        button_label="Answer",
        button_url=f"http://testserver/meetings/{reply.meeting_id}/",
        after=("We write again around Thursday 21 January 2027, and not at all once it is done.",),
        sender_name="Oldham",
        thread=f"tests.answer-{reply.meeting_id}",
        can_be_stopped=True,
    )


def test_a_late_reminder_says_since_when_and_the_last_one_that_it_is_the_last():
    asked(meeting__title="the heads’ meeting")
    plan_reminders(now=DUE_AT + 5 * DAY)

    late = letter(at=DUE_AT + 5 * DAY)

    assert late.subject == "Late: Will you come to the heads’ meeting?"
    assert late.facts[1] == "It was due on Wednesday 20 January 2027, 4pm."
    assert late.after == ("This is the last reminder, and there is none once it is done.",)


def test_what_goes_up_names_ten_people_and_counts_the_others():
    first = asked(person__name="A Person")
    for letter_of_name in "BCDEFGHIJKLM":
        asked(meeting=first.meeting, person__name=f"{letter_of_name} Person")
    plan_reminders(now=DUE_AT + 6 * DAY)
    notice = Notice.objects.get(kind="notices.escalation")

    told = letters_for([notice], now=DUE_AT + 6 * DAY)[notice.pk]

    assert told.heading == "13 people have not done this yet"
    assert told.facts[-1] == (
        "A Person, B Person, C Person, D Person, E Person, F Person, G Person, H Person, "
        "I Person, J Person and 3 more"
    )


@pytest.mark.parametrize("kind", ["notices.reminder", "notices.escalation"])
def test_a_notice_about_a_duty_that_no_room_knows_any_more_is_dropped(kind):
    facts = {"duty": "gone.duty", "due_at": DUE_AT.isoformat(), "offset": -1, "page": "1"}
    NoticeFactory(kind=kind, thing_id=1, facts=facts)

    assert isinstance(letter(at=DUE_AT), Stale)


def test_reminders_of_a_gone_duty_do_not_hold_up_the_others():
    facts = {"duty": "gone.duty", "due_at": DUE_AT.isoformat(), "offset": -1}
    NoticeFactory(kind="notices.reminder", thing_id=1, facts=facts)
    asked()
    plan_reminders(now=DUE_AT - DAY)
    notices = list(Notice.objects.select_related("recipient__mail_choice").order_by("id"))

    words = letters_for(notices, now=DUE_AT - DAY)

    assert list(duty_kinds()) == ["tests.answer"]
    assert [type(word) for word in words.values()] == [Stale, Letter]
