from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from partnership.notices.models import Notice
from tests.factories import NoticeFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_the_database_itself_keeps_a_person_from_being_told_twice():
    notice = NoticeFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory(key=notice.key, recipient=notice.recipient)


def test_due_is_what_waits_and_nobody_holds():
    due = NoticeFactory(send_after=NOW)
    given_back = NoticeFactory(send_after=NOW, held_until=NOW)
    NoticeFactory(send_after=NOW + MINUTE)
    NoticeFactory(send_after=NOW, held_until=NOW + MINUTE)
    NoticeFactory(send_after=NOW, state=Notice.State.SENT)

    assert list(Notice.objects.due(now=NOW).in_sending_order()) == [due, given_back]


def test_the_age_of_the_outbox_is_that_of_the_oldest_due_notice():
    assert Notice.objects.oldest_due_age(NOW) is None

    NoticeFactory(send_after=NOW - MINUTE)
    NoticeFactory(send_after=NOW - 3 * MINUTE, held_until=NOW + MINUTE)
    NoticeFactory(send_after=NOW - 9 * MINUTE, state=Notice.State.SENT)

    assert Notice.objects.oldest_due_age(NOW) == 3 * MINUTE
