from contextlib import suppress
from datetime import UTC, datetime, timedelta
from queue import Empty

import pytest
from celery import current_app
from kombu.exceptions import OperationalError

from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.notices.services import drop_notice, retry_notices, tell
from partnership.notices.services.telling import wake_sender
from partnership.toolkit.registers import NoticeKind, notice_kinds
from tests.factories import NoticeFactory, PersonFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _note_kinds(monkeypatch):
    for key, is_urgent in (("tests.note", False), ("tests.urgent", True)):
        kind = NoticeKind(key, "Note", lambda notices, now: {}, is_urgent=is_urgent)
        monkeypatch.setitem(notice_kinds(), key, kind)


@pytest.fixture
def tasks_posted():
    with current_app.connection_for_write() as broker:
        queue = broker.SimpleQueue("celery", no_ack=True)
        queue.clear()

        def names():
            taken = []
            with suppress(Empty):
                while True:
                    taken.append(queue.get_nowait().headers["task"])
            return taken

        yield names
        queue.close()


def test_each_recipient_is_told_once_under_one_key():
    ann, bea = PersonFactory(), PersonFactory()
    facts = {"recipients": [ann.pk, bea.pk, ann.pk], "kind": "tests.note", "key": "moved:42"}

    assert tell(**facts, thing_id=42, now=NOW, facts={"was": 1}, alliance_id=7) == 2
    tell(**facts, thing_id=42, now=NOW + timedelta(minutes=1))

    rows = Notice.objects.order_by("recipient_id").values_list(
        "recipient_id", "key", "thing_id", "facts", "alliance_id", "planned_at", "send_after"
    )
    assert list(rows) == [
        (ann.pk, "moved:42", 42, {"was": 1}, 7, NOW, NOW),
        (bea.pk, "moved:42", 42, {"was": 1}, 7, NOW, NOW),
    ]


def test_another_key_tells_again():
    ann = PersonFactory()

    tell(recipients=[ann.pk], kind="tests.note", key="moved:1", now=NOW)
    tell(recipients=[ann.pk], kind="tests.note", key="moved:2", now=NOW)

    assert Notice.objects.count() == 2


def test_telling_costs_one_query_for_one_and_for_three(django_assert_num_queries):
    people = [PersonFactory().pk for _ in range(4)]
    with django_assert_num_queries(1):
        tell(recipients=people[:1], kind="tests.note", key="a", now=NOW)
    with django_assert_num_queries(1):
        tell(recipients=people[1:], kind="tests.note", key="b", now=NOW)


def test_an_urgent_kind_is_ranked_first():
    tell(recipients=[PersonFactory().pk], kind="tests.urgent", key="a", now=NOW)

    assert Notice.objects.get().rank == Notice.Rank.URGENT


def test_a_kind_that_no_room_offers_is_refused_at_once():
    with pytest.raises(KeyError):
        tell(recipients=[PersonFactory().pk], kind="tests.unheard_of", key="a", now=NOW)


def test_the_sender_is_woken_when_the_change_is_saved(
    tasks_posted, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        tell(recipients=[PersonFactory().pk], kind="tests.note", key="a", now=NOW)
        assert tasks_posted() == []

    assert tasks_posted() == ["notices.send_waiting"]


def test_nobody_is_woken_for_nobody_or_for_later(tasks_posted, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell(recipients=[], kind="tests.note", key="a", now=NOW)
        later = NOW + timedelta(days=1)
        tell(recipients=[PersonFactory().pk], kind="tests.note", key="b", now=NOW, send_after=later)

    assert tasks_posted() == []
    assert Notice.objects.get().send_after == later


def test_a_change_is_saved_though_the_broker_is_down(monkeypatch):
    def refuse(*args, **options):
        raise OperationalError("Connection refused")

    monkeypatch.setattr(current_app, "send_task", refuse)

    assert wake_sender() is None


def test_failed_notices_start_again_from_the_beginning_and_it_is_on_record():
    staff = PersonFactory(staff=True)
    failed = NoticeFactory(
        state="failed", attempts=8, settled_at=NOW, held_until=NOW, reason="Given up."
    )
    sent = NoticeFactory(state="sent", settled_at=NOW)

    assert retry_notices(notices=[failed, sent], by=staff, now=NOW) == 1

    failed.refresh_from_db(), sent.refresh_from_db()
    assert (failed.state, failed.attempts, failed.held_until) == ("waiting", 0, None)
    assert (failed.settled_at, failed.reason) == (None, "")
    assert sent.state == "sent"
    assert [(event.action, event.actor_id, event.thing_id) for event in Event.objects.all()] == [
        ("notice tried again", staff.pk, failed.pk)
    ]


def test_a_waiting_notice_can_be_dropped_and_a_sent_one_cannot():
    staff = PersonFactory(staff=True)
    waiting, sent = NoticeFactory(), NoticeFactory(state="sent")

    assert drop_notice(notice=waiting, by=staff, now=NOW)
    assert not drop_notice(notice=sent, by=staff, now=NOW)
    assert not drop_notice(notice=waiting, by=staff, now=NOW)

    waiting.refresh_from_db(), sent.refresh_from_db()
    assert (waiting.state, waiting.settled_at) == ("dropped", NOW)
    assert waiting.reason == "Dropped by portal staff."
    assert sent.state == "sent"
    assert [(event.action, event.thing_id) for event in Event.objects.all()] == [
        ("notice dropped", waiting.pk)
    ]
