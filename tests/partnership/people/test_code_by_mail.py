import re

import pytest
from celery import current_app
from django.core import mail

from partnership.people.adapter import CODE_BY_MAIL
from partnership.people.sealing import unseal
from partnership.people.services import edit_person, send_login_code
from tests.factories.people import PersonFactory
from tests.partnership.people.test_second_factor import SECRET, code_of, give_second_factor

pytestmark = pytest.mark.django_db

ASK = "/accounts/login/code/"
CONFIRM = "/accounts/login/code/confirm/"


@pytest.fixture
def queue(monkeypatch):
    """What pages leave to a worker."""
    asked = []

    def note(name, args, **_options):
        asked.append((name, *args))

    monkeypatch.setattr(current_app, "send_task", note)
    return asked


def code_in(queue):
    _name, email, sealed = queue[-1]
    assert send_login_code(email=email, sealed=sealed)
    return re.search(r"code: (\d{4}-\d{4})", mail.outbox[-1].body)[1]


def ask(client, email, **typed):
    return client.post(ASK, {"email": email, **typed}, follow=True)


@pytest.mark.parametrize("typed", ["head@school.example", " HEAD@School.example"])
def test_a_mailed_code_signs_in(client, queue, typed):
    PersonFactory(email="head@school.example")

    ask(client, typed)
    done = client.post(CONFIRM, {"code": code_in(queue)})

    assert mail.outbox[-1].to == ["head@school.example"]
    assert done["Location"] == "/desk/"
    assert client.session.get_expire_at_browser_close()


@pytest.mark.parametrize("write", [str.lower, lambda code: code.replace("-", " ")])
def test_a_code_is_taken_however_it_is_typed(client, queue, write):
    PersonFactory(email="head@school.example")
    ask(client, "head@school.example")

    assert client.post(CONFIRM, {"code": write(code_in(queue))})["Location"] == "/desk/"


def test_known_unknown_and_closed_addresses_say_and_cost_the_same(client, queue):
    PersonFactory(email="head@school.example")
    PersonFactory(email="gone@school.example", is_active=False)
    pages = []

    for email in ("head@school.example", "nobody@school.example", "gone@school.example"):
        response = ask(client, email)
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
        pages.append((response.redirect_chain, page.replace(email, "an address")))
        client.post("/accounts/logout/")

    assert pages[0] == pages[1] == pages[2]
    assert [name for name, *_rest in queue] == ["people.send_login_code"] * 3
    sent = [send_login_code(email=email, sealed=sealed) for _name, email, sealed in queue]
    assert sent == [True, False, False]


def test_no_code_opens_an_unknown_address(client, queue):
    ask(client, "nobody@school.example")
    _name, _email, sealed = queue[-1]

    for code in (unseal(sealed, purpose=CODE_BY_MAIL), ""):
        assert client.post(CONFIRM, {"code": code}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_neither_the_session_nor_the_queue_holds_a_readable_code(client, queue):
    PersonFactory(email="head@school.example")
    ask(client, "head@school.example")

    code = code_in(queue)

    for kept in (str(dict(client.session.items())), str(queue)):
        assert code not in kept
        assert code.replace("-", "") not in kept


def test_three_wrong_codes_end_it(client, queue):
    PersonFactory(email="head@school.example")
    ask(client, "head@school.example")
    code = code_in(queue)

    first = client.post(CONFIRM, {"code": "0000-0000"})
    client.post(CONFIRM, {"code": "0000-0001"})
    third = client.post(CONFIRM, {"code": "0000-0002"})
    client.post(CONFIRM, {"code": code})

    assert "This code isn’t right." in first.content.decode()
    assert third["Location"] == ASK
    assert "_auth_user_id" not in client.session


def test_a_code_is_old_after_a_quarter_of_an_hour(client, queue, time_machine):
    PersonFactory(email="head@school.example")
    time_machine.move_to("2026-11-23T09:00:00Z", tick=False)
    ask(client, "head@school.example")
    code = code_in(queue)

    time_machine.move_to("2026-11-23T09:15:01Z", tick=False)
    client.post(CONFIRM, {"code": code})

    assert "_auth_user_id" not in client.session


def test_a_code_works_in_the_browser_that_asked_alone(client, queue):
    PersonFactory(email="head@school.example")
    ask(client, "head@school.example")
    code = code_in(queue)
    client.cookies.clear()

    assert client.post(CONFIRM, {"code": code})["Location"] == ASK
    assert "_auth_user_id" not in client.session


def test_asking_too_often_is_stopped_for_the_address(client, queue):
    for _attempt in range(6):
        client.cookies.clear()
        response = ask(client, "nobody@school.example")

    assert "That was too often." in response.content.decode()
    assert len(queue) == 5


def test_a_code_by_mail_is_no_second_factor(client, queue):
    person = PersonFactory(email="head@school.example")
    give_second_factor(person)
    ask(client, "head@school.example")

    step = client.post(CONFIRM, {"code": code_in(queue)})
    done = client.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})

    assert step["Location"] == "/accounts/2fa/authenticate/"
    assert done["Location"] == "/desk/"


def test_the_page_that_was_asked_for_comes_after_the_code(client, queue):
    PersonFactory(email="head@school.example")

    page = client.post(f"{ASK}?next=/people/me/", {"email": "head@school.example"})
    done = client.post(page["Location"], {"code": code_in(queue), "next": "/people/me/"})

    assert done["Location"] == "/people/me/"


def test_an_address_she_had_before_is_nobodys(client, queue):
    person = PersonFactory(email="old@school.example")
    client.post("/accounts/password/reset/", {"email": "old@school.example"})
    changes = {"email": "new@school.example"}
    edit_person(person=person, changes=changes, by=person, now=person.created_at)

    ask(client, "old@school.example")

    assert not send_login_code(email=queue[-1][1], sealed=queue[-1][2])
