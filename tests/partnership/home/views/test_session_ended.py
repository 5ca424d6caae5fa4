import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
TYPED = {"name": "Helen “Nell” Brierley", "known_as": "<Nell>", "csrfmiddlewaretoken": "x"}


def test_whoever_is_signed_out_while_typing_finds_it_kept():
    client = Client()
    client.force_login(PersonFactory())
    client.session.flush()

    response = client.post(reverse("people:my_details"), TYPED)

    assert response.status_code == 403
    assert dict(response.context["kept"]) == {"name": TYPED["name"], "known_as": "<Nell>"}
    assert "&lt;Nell&gt;" in response.content.decode()


def test_a_visitor_who_posts_is_sent_to_sign_in():
    response = Client().post(reverse("people:my_details"), TYPED)

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_a_password_is_never_kept():
    client = Client(enforce_csrf_checks=True)

    response = client.post(reverse("account_login"), {"login": "a@b.example", "password": "x"})

    assert response.status_code == 403
    assert response.context["kept"] == [("login", "a@b.example")]
