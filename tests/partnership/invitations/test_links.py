from datetime import timedelta

import pytest
import time_machine
from django.core import signing

from partnership.invitations.links import SALT, Ticket, accept_path, read_token
from tests.factories.invitations import INVITED_AT


def token_of(path):
    return path.removeprefix("/invitations/accept/").removesuffix("/")


def test_a_link_names_its_invitation_and_mail():
    assert read_token(token_of(accept_path(7, 2))) == Ticket(invitation_id=7, issue=2)


def test_a_link_dies_of_age_whatever_the_database_says():
    with time_machine.travel(INVITED_AT, tick=False):
        token = token_of(accept_path(7, 2))
    with time_machine.travel(INVITED_AT + timedelta(days=14), tick=False):
        assert read_token(token) is not None
    with time_machine.travel(INVITED_AT + timedelta(days=14, seconds=1), tick=False):
        assert read_token(token) is None


@pytest.mark.parametrize("token", ["nonsense", "a:b:c"])
def test_what_nobody_signed_says_nothing(token):
    assert read_token(token) is None


@pytest.mark.parametrize(
    ("signed", "salt"),
    [
        ([7, 2], "something.else"),
        ([7], SALT),
        (7, SALT),
        ({"a": 1, "b": 2, "c": 3}, SALT),
    ],
)
def test_what_the_portal_did_not_sign_for_this_says_nothing(signed, salt):
    assert read_token(signing.dumps(signed, salt=salt)) is None
