import pytest
from django.core import signing

from alliances.meetings.links import answer_address, answer_path, read_token


def token_of(path):
    return path.rstrip("/").rpartition("/")[2]


def test_a_link_carries_one_reply_and_one_asking():
    assert read_token(token_of(answer_path(7, 2))) == (7, 2)


def test_the_link_of_a_mail_has_the_portals_host():
    assert answer_address(7, 2).startswith("http://testserver/meetings/answer/")


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nonsense",
        signing.dumps([7, 2], salt="notices.stop"),
        signing.dumps(7, salt="meetings.answer"),
        signing.dumps([7, 2, 3], salt="meetings.answer"),
        token_of(answer_path(7, 2))[:-1] + "!",
    ],
    ids=["empty", "nonsense", "another use", "one number", "three numbers", "tampered"],
)
def test_nothing_else_is_read(token):
    assert read_token(token) is None
