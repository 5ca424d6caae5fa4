import logging
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from reviews.days.models import Review
from tests.reviews.days.moderated import make_team

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 20, 11, tzinfo=UTC)
NUMBERS = ["01614960123", "01614960124", "01614960125", "01614960126"]
METHODS = ("post", "put", "patch", "delete")


@pytest.fixture
def made(time_machine):
    time_machine.move_to(NOW, tick=False)
    made = make_team(views=0)
    Review.objects.filter(pk=made.review.pk).update(
        contact_name="Jo Firth",
        contact_telephone="0161 496 0123",
        deputy_contact="Sam Lees, 0161 496 0124",
        chair_contact="Malcolm Rhodes, 0161 496 0125",
        lado_contact="0161 496 0126",
    )
    return made


def every_row():
    """All that the database holds, table by table; sessions are among it."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


def keys_of_cache():
    held = cache._cache  # noqa: SLF001 no cache lists its keys in public
    return set(held.get_client(None).keys() if hasattr(held, "get_client") else held)


def address_of(made):
    return reverse("days:safeguarding", args=[made.day.pk])


def test_reading_it_changes_no_table_and_says_nothing_to_the_log(client, made, caplog):
    client.force_login(made.lead)
    session, before = dict(client.session), every_row()
    address = address_of(made)
    kept = keys_of_cache()

    asked = []

    def ask(execute, sql, *told):
        asked.append(sql)
        return execute(sql, *told)

    with caplog.at_level(logging.DEBUG), connection.execute_wrapper(ask):
        page = client.get(address)

    assert page.status_code == 200
    assert every_row() == before
    assert dict(client.session) == session
    assert keys_of_cache() == kept
    assert asked
    assert [sql for sql in asked if not sql.lstrip("(").startswith("SELECT")] == []
    assert not any("safeguarding" in record.getMessage() for record in caplog.records)
    assert caplog.records == [one for one in caplog.records if one.name == "django.db.backends"]
    assert "Set-Cookie" not in page.headers
    assert not page.cookies


def test_no_browser_keeps_it_and_no_next_page_learns_of_it(client, made):
    client.force_login(made.lead)

    page = client.get(address_of(made))

    assert page["Cache-Control"] == "private, no-store"
    assert page["Referrer-Policy"] == "no-referrer"


def test_it_takes_nothing(client, made):
    client.force_login(made.lead)

    answers = [getattr(client, method)(address_of(made)).status_code for method in METHODS]

    assert answers == [405] * len(METHODS)
    assert "<form" not in client.get(address_of(made)).text.split("<main")[1].split("</main")[0]


def test_it_gives_the_numbers_in_the_order_of_what_to_do(client, made):
    client.force_login(made.lead)

    words = client.get(address_of(made)).text.split("<main")[1]

    order = ["tel:999", "Jo Firth", "Sam Lees", "Malcolm Rhodes", "0161 496 0126", "own school"]
    assert sorted(order, key=words.index) == order


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("safeguarding", ["999", *NUMBERS]),
        ("preparation", [NUMBERS[0], *NUMBERS]),
        ("pack", [NUMBERS[0], *NUMBERS]),
    ],
)
def test_each_number_can_be_rung_by_a_tap_wherever_it_stands(client, made, name, numbers):
    client.force_login(made.head)

    words = client.get(reverse(f"days:{name}", args=[made.day.pk])).text.split("<main")[1]

    assert [part.partition('"')[0] for part in words.split('href="tel:')[1:]] == numbers


def test_without_numbers_it_says_where_they_are(client, made):
    Review.objects.filter(pk=made.review.pk).update(
        contact_name="", contact_telephone="", deputy_contact="", chair_contact="", lado_contact=""
    )
    client.force_login(made.head)

    page = client.get(address_of(made)).text

    assert "Ask at the office for the designated safeguarding lead." in page
    assert "the council’s website has it" in page
