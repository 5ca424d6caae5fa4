import time

import pytest
import time_machine
from django.core import mail

from partnership.celery import app
from partnership.notices import tasks
from partnership.notices.models import Notice
from partnership.notices.services import choose_reminders
from partnership.toolkit.progress import begin, progress_of
from tests.factories import NoticeFactory, PersonFactory
from tests.partnership.notices.answering import DUE_AT, asked

pytestmark = pytest.mark.django_db


def test_beat_runs_every_task_of_the_outbox_by_its_name():
    timetable = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert {name for name in timetable if name.startswith("notices.")} == {
        tasks.plan_due_reminders.name,
        tasks.plan_due_digests.name,
        tasks.send_what_waits.name,
    }


@time_machine.travel("2027-01-19T16:00:00Z", tick=False)
def test_beat_may_plan_and_send_twice():
    owing, choosy = asked().person, asked().person
    choose_reminders(person=choosy, reminders="daily", now=DUE_AT)

    for _ in range(2):
        tasks.plan_due_reminders()
        tasks.plan_due_digests()
        tasks.send_what_waits()

    assert sorted(each.to[0] for each in mail.outbox) == sorted([owing.email, choosy.email])


def test_every_failed_notice_is_tried_again_and_the_page_is_told(monkeypatch):
    monkeypatch.setattr(tasks, "RETRIED_AT_ONCE", 2)
    staff = PersonFactory(staff=True)
    NoticeFactory.create_batch(5, state=Notice.State.FAILED)
    NoticeFactory(state=Notice.State.SENT)
    work = begin(title="Again", person_id=staff.pk, back="/", at=time.time())

    tasks.retry_failed(work.key, staff.pk)

    told = progress_of(work.key, person_id=staff.pk)
    assert (told.done, told.total, told.is_finished) == (5, 5, True)
    assert told.words == "5 notices wait to be sent again."
    assert Notice.objects.filter(state=Notice.State.WAITING).count() == 5
    assert Notice.objects.filter(state=Notice.State.SENT).count() == 1


def test_trying_again_says_when_nothing_had_failed():
    staff = PersonFactory(staff=True)
    work = begin(title="Again", person_id=staff.pk, back="/", at=time.time())

    tasks.retry_failed(work.key, staff.pk)

    told = progress_of(work.key, person_id=staff.pk)
    assert (told.done, told.is_finished, told.words) == (0, True, "No notice had failed.")
