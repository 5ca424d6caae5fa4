import pytest

from support.programmes.notices import NOTICES
from tests.factories import NoticeFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", NOTICES)
def test_outbox_tells_portal_staff_of_no_part_in_a_programme(client, kind):
    NoticeFactory(kind=kind.key, recipient__name="Hana Jones", thing_id=7)
    client.force_login(PersonFactory(staff=True))

    page = client.get("/notices/").content.decode()

    assert "Hana Jones" in page
    assert "In confidence" in page
    assert "programme" not in page
    assert "Hana Jones" not in client.get("/admin/notices/notice/").content.decode()


def test_reminder_of_a_duty_in_a_programme_is_not_in_the_admin(client):
    NoticeFactory(key="programmes.own_view:7:+2", recipient__name="Hana Jones")
    NoticeFactory(key="meetings.reply:7:+2", recipient__name="Ruth Kershaw")
    client.force_login(PersonFactory(staff=True))

    page = client.get("/admin/notices/notice/").content.decode()

    assert "Ruth Kershaw" in page
    assert "Hana Jones" not in page
