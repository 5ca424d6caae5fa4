import pytest
from django.urls import reverse

from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def only_sent():
    return reverse("meetings:minutes_check", args=[1])


def test_who_opens_what_only_takes_a_form_is_told_so_with_a_way_back(client, only_sent):
    client.force_login(PersonFactory())

    answer = client.get(only_sent)

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "This address can’t be opened" in answer.text
    assert reverse("home:desk") in answer.text


def test_a_script_that_asks_for_no_page_gets_none(client, only_sent):
    client.force_login(PersonFactory())

    answer = client.get(only_sent, headers={"Accept": "application/json"})

    assert (answer.status_code, answer.content) == (405, b"")
