import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from alliances.membership.models import Enquiry
from alliances.membership.services import (
    EnquirySettled,
    answer_enquiry,
    forget_enquiries,
    mail_answer,
    put_enquiry_aside,
)
from alliances.membership.tasks import mail_answers
from partnership.notices.models import Notice
from partnership.notices.services import send_waiting
from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from tests.factories import AlliancePostFactory, EnquiryFactory, PublicPageFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
FORM, INBOX = "/alliances/osa/involved/", "/alliances/osa/enquiries/"
WRITTEN = {
    "name": "Vera Visitor",
    "organisation": "Example Hill",
    "email": "vera@visitor.example",
    "about": "We would like to join.",
}


@pytest.fixture
def page(director, time_machine):
    time_machine.move_to(NOW, tick=False)
    return PublicPageFactory(alliance=director.alliance, is_open=True)


@pytest.fixture
def visitor(client, page):
    client.logout()
    return client


def token_of(visitor):
    return re.search(r'name="token" value="([^"]+)"', visitor.get(FORM).text)[1]


def send(visitor, time_machine, *, seconds=20, **words):
    token = token_of(visitor)
    time_machine.move_to(NOW + timedelta(seconds=seconds), tick=False)
    return visitor.post(FORM, {**WRITTEN, "token": token, **words})


def test_visitor_writes_and_the_director_is_told_without_a_word_of_it(
    visitor, director, time_machine
):
    response = send(visitor, time_machine)
    send_waiting(clock=lambda: NOW + timedelta(minutes=1))

    enquiry = Enquiry.objects.get()
    assert response.url == "/alliances/osa/involved/thanks/"
    assert (enquiry.name, enquiry.state) == ("Vera Visitor", "waiting")
    assert Notice.objects.get().recipient_id == director.person_id
    told = f"{mail.outbox[0].subject} {mail.outbox[0].body}"
    assert "Somebody wrote to Oldham Schools Alliance" in told
    assert "Vera" not in told
    assert "join" not in told


def test_form_sent_twice_is_one_enquiry(visitor, time_machine):
    token = token_of(visitor)
    time_machine.move_to(NOW + timedelta(seconds=20), tick=False)

    for _ in range(2):
        assert visitor.post(FORM, {**WRITTEN, "token": token}).status_code == 302

    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize(
    ("seconds", "words", "status"),
    [
        (1, {}, 200),
        (60 * 60 * 13, {}, 200),
        (20, {"token": "invented"}, 200),
        (20, {"homepage": "https://buy.example"}, 302),
    ],
)
def test_machines_get_nothing_in(visitor, time_machine, seconds, words, status):
    response = send(visitor, time_machine, seconds=seconds, **words)

    assert response.status_code == status
    assert not Enquiry.objects.exists()


def test_who_was_too_quick_sends_the_same_again(visitor, time_machine):
    page = send(visitor, time_machine, seconds=1)
    token = re.search(r'name="token" value="([^"]+)"', page.text)[1]
    time_machine.move_to(NOW + timedelta(seconds=30), tick=False)

    visitor.post(FORM, {**WRITTEN, "token": token})

    assert "We would like to join." in page.text
    assert Enquiry.objects.count() == 1


def test_one_address_sends_five_an_hour(visitor, time_machine):
    for _ in range(6):
        last = send(visitor, time_machine)
        time_machine.move_to(NOW, tick=False)

    assert "Try again in an hour" in last.text
    assert Enquiry.objects.count() == 5


def test_nobody_writes_to_an_alliance_whose_page_is_closed(visitor, page):
    page.is_open = False
    page.save()

    assert visitor.get(FORM).status_code == 404


def test_director_answers_by_mail_once(page, director, client):
    enquiry = EnquiryFactory(alliance=director.alliance)
    answer = {"answer": "Come and see us.", "signpost": "", "signpost_url": ""}

    client.post(f"{INBOX}{enquiry.pk}/", answer)
    mail_answers()
    mail_answer(enquiry_id=enquiry.pk, now=NOW)

    assert [sent.to for sent in mail.outbox] == [["vera@visitor.example"]]
    assert "Come and see us." in mail.outbox[0].body
    assert Enquiry.objects.get().mailed_at == NOW


def test_director_signposts_with_words_and_a_link(page, director, client):
    enquiry = EnquiryFactory(alliance=director.alliance)
    where = {"signpost": "Dovestone", "signpost_url": "https://dovestone.example/"}
    refused = client.post(
        f"{INBOX}{enquiry.pk}/", {"answer": "Ask them.", "signpost_url": where["signpost_url"]}
    )

    client.post(f"{INBOX}{enquiry.pk}/", {"answer": "Ask them.", **where})
    mail_answers()

    assert "signpost" in refused.context["form"].errors
    assert Enquiry.objects.get().state == "signposted"
    assert "https://dovestone.example/" in mail.outbox[0].body


def test_enquiry_is_settled_once(page, director):
    enquiry = EnquiryFactory(alliance=director.alliance)
    put_enquiry_aside(enquiry=enquiry, by=director.person, now=NOW)

    with pytest.raises(EnquirySettled):
        answer_enquiry(enquiry=enquiry, answer="Yes.", by=director.person, now=NOW)


def test_who_answers_second_is_told_so_and_keeps_what_she_wrote(page, director, client):
    enquiry = EnquiryFactory(alliance=director.alliance)
    told = {"enquiry": enquiry, "by": director.person, "now": NOW}
    answer_enquiry(answer="Do come.", **told)
    client.force_login(director.person)

    page = client.post(f"{INBOX}{enquiry.pk}/", {"answer": "We are sorry."}).text

    assert "Somebody has answered this enquiry already." in page
    assert "We are sorry." in page
    assert Enquiry.objects.get().answer == "Do come."


def test_inbox_costs_the_same_for_one_enquiry_and_for_three(
    page, director, client, django_assert_num_queries
):
    EnquiryFactory(alliance=director.alliance, state="answered", answered_by=director.person)
    client.get(INBOX)
    for count in (1, 3):
        EnquiryFactory.create_batch(count, alliance=director.alliance)

        with django_assert_num_queries(4):
            client.get(INBOX)


def test_directors_owe_an_answer_until_there_is_one(page, director):
    chair = AlliancePostFactory(alliance=director.alliance, kind="chair").person
    enquiry = EnquiryFactory(alliance=director.alliance)

    def owed():
        rows = all_duties(DutyWindow(kinds=["membership.answer_enquiry"], now=NOW))
        return [(duty.person_id, duty.goes_up_to_id) for duty in (Duty(*row) for row in rows)]

    before = owed()
    put_enquiry_aside(enquiry=enquiry, by=director.person, now=NOW)

    assert (before, owed()) == ([(director.person_id, chair.pk)], [])


def test_enquiries_are_forgotten_after_a_year(page, director):
    EnquiryFactory(alliance=director.alliance, sent_at=NOW - timedelta(days=366))
    kept = EnquiryFactory(alliance=director.alliance, sent_at=NOW - timedelta(days=364))

    assert forget_enquiries(now=NOW) == 1
    assert Enquiry.objects.get() == kept
