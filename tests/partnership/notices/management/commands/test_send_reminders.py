import re

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command

from partnership.notices.services import choose_reminders
from tests.partnership.notices.answering import ASKED_AT, answer, asked

pytestmark = pytest.mark.django_db


def test_reminders_are_planned_and_sent_as_of_a_moment(capsys):
    owing, choosy, done = asked(), asked(), asked()
    choose_reminders(person=choosy.person, reminders="daily", now=ASKED_AT)
    answer(done, at=ASKED_AT)

    call_command("send_reminders", at="2027-01-19T16:00")
    call_command("send_reminders", at="2027-01-19T16:00+00:00")

    assert [each.to for each in mail.outbox] == [[owing.person.email], [choosy.person.email]]
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("1 reminders and 1 digests planned; 2 sent, 0 no longer needed, ")
    assert [re.findall(r"\d+", line) for line in told] == [list("112000"), list("000000")]


@time_machine.travel("2027-01-13T16:00:00Z")
def test_without_a_moment_it_is_now():
    owing = asked()

    call_command("send_reminders")

    assert [each.to for each in mail.outbox] == [[owing.person.email]]


def test_a_moment_nobody_understands_is_refused_in_a_sentence():
    with pytest.raises(CommandError, match='Say the moment like "2027-01-12T09:00"'):
        call_command("send_reminders", at="tomorrow")
