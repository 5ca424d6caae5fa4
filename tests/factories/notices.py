from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from partnership.notices.models import Notice
from tests.factories.people import PersonFactory


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = Notice

    recipient = factory.SubFactory(PersonFactory)
    kind = "notices.reminder"
    key = factory.Sequence(lambda n: f"key-{n}")
    planned_at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    send_after = datetime(2026, 11, 23, 9, tzinfo=UTC)
