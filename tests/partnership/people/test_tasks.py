import pytest
from django.core import mail

from partnership.people.tasks import send_password_reset
from tests.factories.people import PersonFactory


@pytest.mark.django_db
def test_the_worker_mails_the_link_to_whoever_it_was_asked_for():
    person = PersonFactory()

    send_password_reset(person.pk)
    send_password_reset(0)

    assert [sent.to for sent in mail.outbox] == [[person.email]]
