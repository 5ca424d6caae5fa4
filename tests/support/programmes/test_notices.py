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
