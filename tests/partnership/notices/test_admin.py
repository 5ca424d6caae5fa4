import pytest

from partnership.notices.models import MailChoice
from tests.factories import NoticeFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _staff(client):
    client.force_login(PersonFactory(staff=True))


@pytest.fixture(params=["notice", "mailchoice"])
def room(request):
    return f"/admin/notices/{request.param}/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_admin_lists_the_outbox_at_the_same_cost(
    client, room, django_assert_num_queries, count
):
    for _ in range(count):
        MailChoice.objects.create(person=NoticeFactory().recipient)
    client.get(room)

    with django_assert_num_queries(4):
        client.get(room)


def test_the_outbox_is_read_in_the_admin_and_never_changed(client, room):
    notice = NoticeFactory()
    choice = MailChoice.objects.create(person=notice.recipient)
    pk = notice.pk if "/notice/" in room else choice.pk

    assert client.get(f"{room}{pk}/change/").status_code == 200
    assert client.post(f"{room}{pk}/change/", {}).status_code == 403
    assert client.get(f"{room}add/").status_code == 403
    assert client.post(f"{room}{pk}/delete/", {"post": "yes"}).status_code == 403
    notice.refresh_from_db(), choice.refresh_from_db()
