from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery import current_app
from django.core import signing
from django.test import Client
from django.urls import reverse

from partnership.notices.composing import stop_address
from partnership.notices.models import MailChoice, Notice
from tests.factories import NoticeFactory, PersonFactory
from tests.partnership.notices.answering import answer_kind

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OUTBOX = "/notices/"


@pytest.fixture
def staff(client):
    person = PersonFactory(staff=True)
    client.force_login(person)
    return person


@pytest.fixture
def head(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def states():
    return [row.state for row in Notice.objects.order_by("id")]


def test_the_outbox_shows_what_was_queued_sent_and_refused(client, staff):
    NoticeFactory(recipient__name="Ann Achebe", state="failed", reason="Given up. It was busy.")
    NoticeFactory(recipient__name="Bea Brown", state="sent", settled_at=NOW)
    NoticeFactory(recipient__name="Cat Cole")
    NoticeFactory(recipient__name="Dee Dunn", state="dropped", reason="Done meanwhile.")

    page = client.get(OUTBOX)

    assert [row.recipient.name for row in page.context["page"]] == [
        "Dee Dunn",
        "Cat Cole",
        "Bea Brown",
        "Ann Achebe",
    ]
    for words in ("Given up. It was busy.", "Done meanwhile.", "Waiting", "Not needed", "Failed"):
        assert words in page.text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("state=failed", ["Ann"]),
        ("kind=notices.digest", ["Bea"]),
        ("q=ann%40", ["Ann"]),
        ("q=+ANN%40+&state=sent", []),
        ("state=nonsense", ["Bea", "Ann"]),
        ("page=9", []),
    ],
)
def test_the_outbox_can_be_narrowed(client, staff, query, names):
    NoticeFactory(recipient__name="Ann", recipient__email="ann@x.example", state="failed")
    NoticeFactory(recipient__name="Bea", kind="notices.digest", state="sent", settled_at=NOW)

    page = client.get(f"{OUTBOX}?{query}")

    assert [row.recipient.name for row in page.context["page"]] == names
    assert ("No notice matches." in page.text) == (names == [])


@pytest.mark.parametrize("count", [1, 3])
def test_the_outbox_costs_the_same_for_one_row_and_for_three(
    client, staff, django_assert_num_queries, count
):
    for _ in range(count):
        MailChoice.objects.create(person=NoticeFactory(state="failed").recipient, refused_at=NOW)
    client.get(OUTBOX)

    with django_assert_num_queries(3):
        client.get(OUTBOX)


def test_the_outbox_says_when_due_notices_wait_too_long(client, staff):
    NoticeFactory(send_after=NOW)

    with time_machine.travel(NOW + timedelta(minutes=40), tick=False):
        assert "has waited for 40 minutes" in client.get(OUTBOX).text
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        assert "has waited for" not in client.get(OUTBOX).text


@pytest.mark.parametrize("name", ["notice_list", "reminders_choose"])
def test_a_visitor_is_asked_to_sign_in(client, name):
    page = client.get(reverse(f"notices:{name}"))

    assert page.status_code == 302
    assert page["Location"].startswith("/accounts/login/")


def test_only_portal_staff_see_or_change_the_outbox(client, head):
    notice = NoticeFactory(state="failed")
    MailChoice.objects.create(person=notice.recipient, refused_at=NOW)

    assert client.get(OUTBOX).status_code == 403
    for address in (
        f"{OUTBOX}{notice.pk}/retry/",
        f"{OUTBOX}{notice.pk}/drop/",
        f"{OUTBOX}retry/",
        f"{OUTBOX}people/{notice.recipient_id}/clear/",
    ):
        assert client.post(address).status_code == 403
    assert states() == ["failed"]
    assert MailChoice.objects.get().refused_at == NOW


def test_a_failed_notice_is_tried_again_at_a_click(client, staff):
    notice = NoticeFactory(state="failed", reason="Given up.")
    address = f"{OUTBOX}{notice.pk}/retry/"

    assert client.get(address).status_code == 405
    assert "waits to be sent again" in client.post(address, follow=True).text
    assert states() == ["waiting"]
    assert "nothing was changed" in client.post(address, follow=True).text


def test_a_waiting_notice_is_dropped_at_a_click(client, staff):
    notice = NoticeFactory()
    address = f"{OUTBOX}{notice.pk}/drop/"

    assert client.get(address).status_code == 405
    assert "will not be sent" in client.post(address, follow=True).text
    assert states() == ["dropped"]
    assert "nothing was changed" in client.post(address, follow=True).text


def test_a_dead_address_is_marked_and_the_mark_can_be_cleared(client, staff):
    notice = NoticeFactory(state="failed")
    MailChoice.objects.create(person=notice.recipient, refused_at=NOW, refused_because="550")

    assert "Refuses mail" in client.get(OUTBOX).text
    page = client.post(f"{OUTBOX}people/{notice.recipient_id}/clear/", follow=True)

    assert "Refuses mail" not in page.text
    assert MailChoice.objects.get().refused_at is None


def test_trying_all_failed_ones_again_is_a_task_with_progress(client, staff):
    with current_app.connection_for_write() as broker:
        queue = broker.SimpleQueue("celery")
        queue.clear()

        page = client.post(f"{OUTBOX}retry/", follow=True)

        task = queue.get(timeout=5)
        task.ack()
    key = page.request["PATH_INFO"].split("/")[-2]
    assert task.headers["task"] == "notices.retry_failed"
    assert task.payload[0] == [key, staff.pk]
    assert "Trying failed notices again" in page.text


def test_somebody_chooses_how_she_is_reminded(client, head):
    address = reverse("notices:reminders_choose")

    assert "One mail for each reminder" in client.get(address).text
    page = client.post(address, {"reminders": "weekly"}, follow=True)

    assert MailChoice.objects.get(person=head).reminders == "weekly"
    assert "Saved: One mail each Monday, when something is due." in page.text
    assert client.get(address).context["form"]["reminders"].value() == "weekly"


@pytest.mark.parametrize("posted", [{}, {"reminders": "hourly"}])
def test_a_choice_that_does_not_exist_is_refused_at_the_field(client, head, posted):
    page = client.post(reverse("notices:reminders_choose"), posted)

    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"reminders"}
    assert "<title>Error: " in page.text
    assert not MailChoice.objects.exists()


def test_the_page_of_choices_names_every_kind_of_duty(client, head):
    page = client.get(reverse("notices:reminders_choose"))

    assert "two weeks before the meeting" in page.text


def test_who_has_a_dead_address_is_told_so(client, head):
    MailChoice.objects.create(person=head, refused_at=NOW)

    page = client.get(reverse("notices:reminders_choose"))

    assert "Your address has refused our mail" in page.text
    assert "Monday 23 November 2026" in page.text


@pytest.mark.parametrize("method", ["get", "head", "options", "put"])
def test_opening_the_link_of_a_mail_changes_nothing(client, method):
    person = PersonFactory()

    page = getattr(client, method)(stop_address(person.pk))

    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert not MailChoice.objects.exists()


def test_one_click_stops_the_reminders_without_signing_in():
    person, other = PersonFactory(), PersonFactory()
    mailbox_provider = Client(enforce_csrf_checks=True)

    page = mailbox_provider.post(
        stop_address(person.pk),
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )

    assert "No more reminders by mail" in page.text
    assert list(MailChoice.objects.values_list("person_id", "reminders")) == [(person.pk, "none")]
    assert other.pk not in MailChoice.objects.values_list("person_id", flat=True)


def test_the_page_to_stop_names_nobody(client):
    person = PersonFactory(name="Ann Achebe", email="ann@x.example")

    page = client.get(stop_address(person.pk))

    assert "Achebe" not in page.text
    assert "ann@" not in page.text


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("way", ["invented", "of another purpose", "too old", "of nobody"])
def test_a_bad_link_leads_nowhere(client, method, way):
    person = PersonFactory()
    address = stop_address(person.pk)
    if way == "too old":
        with time_machine.travel("2024-01-01"):
            address = stop_address(person.pk)
    elif way == "of nobody":
        address = stop_address(person.pk + 1)
    elif way == "of another purpose":
        address = reverse("notices:reminders_stop", args=[signing.dumps(person.pk, salt="other")])
    else:
        address = reverse("notices:reminders_stop", args=["invented"])

    assert getattr(client, method)(address).status_code == 404
    assert not MailChoice.objects.exists()


def test_what_always_comes_says_why(client):
    client.force_login(PersonFactory())

    page = client.get("/notices/reminders/").text

    assert "Why it can’t be turned off" in page
    assert "Others count on you to have it." in page
    assert "A meeting is cancelled" in page
    assert "without your knowing" in page
    assert "/people/me/" in page


def test_somebody_chooses_otherwise_for_one_kind(client, head):
    address = reverse("notices:reminders_choose")

    assert client.get(address).context["form"].has_otherwise is False
    posted = {"reminders": "daily", "kind-tests.answer": "none"}
    page = client.post(address, posted, follow=True)

    choice = MailChoice.objects.get(person=head)
    assert (choice.reminders, choice.by_kind) == ("daily", {"tests.answer": "none"})
    assert "something is due, and otherwise for some kinds." in page.text
    assert page.context["form"]["kind-tests.answer"].value() == "none"
    assert '<details class="filter-fold" open>' in page.text


def test_a_choice_for_one_kind_can_be_taken_back(client, head):
    MailChoice.objects.create(person=head, by_kind={"tests.answer": "none", "gone.kind": "daily"})

    posted = {"reminders": "at_once", "kind-tests.answer": ""}
    client.post(reverse("notices:reminders_choose"), posted)

    assert MailChoice.objects.get(person=head).by_kind == {}


def test_a_choice_for_one_kind_that_does_not_exist_is_refused_there(client, head):
    posted = {"reminders": "at_once", "kind-tests.answer": "hourly"}

    page = client.post(reverse("notices:reminders_choose"), posted)

    assert page.context["form"].errors.keys() == {"kind-tests.answer"}
    assert not MailChoice.objects.exists()


def test_what_comes_before_joining_says_why_it_cannot_be_chosen(client, head, only_duty):
    only_duty(answer_kind(before_joining=True))

    page = client.get(reverse("notices:reminders_choose"))

    assert "kind-tests.answer" not in page.context["form"].fields
    assert "It comes before you can sign in and choose" in page.text
