import pytest

from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

SIGN_IN = '<a class="btn text-nowrap" href="/accounts/login/">Sign in</a>'


@pytest.mark.parametrize(
    ("address", "says_so"), [("/help/", True), ("/", False), ("/accounts/login/", False)]
)
def test_a_visitor_who_reads_finds_the_way_in(client, address, says_so):
    header = client.get(address).content.decode().partition("</header>")[0]

    assert (SIGN_IN in header) is says_so


def test_who_is_signed_in_is_not_asked_to(client):
    client.force_login(PersonFactory())

    assert SIGN_IN not in client.get("/help/").content.decode()
