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


@pytest.mark.parametrize(
    "token",
    [
        "nonsense",
        "a:b:c",
        signing.dumps([7, 2], salt="something.else"),
        signing.dumps([7], salt=SALT),
        signing.dumps(7, salt=SALT),
        signing.dumps({"a": 1, "b": 2, "c": 3}, salt=SALT),
    ],
)
def test_what_the_portal_did_not_sign_for_this_says_nothing(token):
    assert read_token(token) is None
