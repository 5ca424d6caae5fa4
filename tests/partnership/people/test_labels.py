import pytest

from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_what_is_wrong_with_a_password_is_said_with_the_words_of_its_field(client):
    client.force_login(PersonFactory())

    typed = {"oldpassword": "no", "password1": "short", "password2": "short"}
    content = client.post("/accounts/password/change/", typed).content.decode()

    assert ">Your password now: This isn’t your password." in content
    assert ">New password: This password is too short." in content
    assert "New password, once more" in content
    assert "Current Password" not in content
