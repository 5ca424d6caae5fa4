import os

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from partnership.home.mailbox import SHOWN, mails_in

FILEBASED = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "mail"


@pytest.fixture
def post(folder):
    connections = []  # kept, because a file is named by the second and its connection's id

    def send(*subjects, to="head@demo.example", age=0):
        connection = get_connection(FILEBASED, file_path=str(folder))
        connections.append(connection)
        before = set(folder.glob("*"))
        for subject in subjects:
            mail = EmailMultiAlternatives(
                subject, f"Words of {subject}\n", '"Môn" <portal@x.example>', [to]
            )
            mail.attach_alternative(f"<p>Words of {subject}</p>", "text/html")
            connection.send_messages([mail])
        connection.close()
        (file,) = set(folder.glob("*")) - before
        os.utime(file, (1_800_000_000 - age, 1_800_000_000 - age))

    return send


def test_no_folder_holds_no_mails(folder):
    assert mails_in(folder) == []


def test_the_newest_mail_comes_first_within_a_file_and_between_files(folder, post):
    post("third", "fourth")
    post("first", "second", age=60)

    assert [mail.subject for mail in mails_in(folder)] == ["fourth", "third", "second", "first"]


def test_a_mail_is_read_as_it_was_sent(folder, post):
    post("Ysgol “Môn”")

    (mail,) = mails_in(folder)

    assert mail.subject == "Ysgol “Môn”"
    assert mail.sender == "Môn <portal@x.example>"
    assert mail.recipient == "head@demo.example"
    assert mail.text == "Words of Ysgol “Môn”\n"
    assert mail.sent_at is not None


def test_mails_to_one_address_are_found_in_whatever_case(folder, post):
    post("mine")
    post("hers", to="deputy@demo.example", age=1)

    assert [mail.subject for mail in mails_in(folder, recipient="HEAD@")] == ["mine"]
    assert mails_in(folder, recipient="nobody@") == []


def test_only_so_many_are_shown(folder, post):
    post(*[f"mail {n}" for n in range(SHOWN + 5)])

    assert [mail.subject for mail in mails_in(folder)][:1] == [f"mail {SHOWN + 4}"]
    assert len(mails_in(folder)) == SHOWN


def test_a_broken_file_does_not_hide_the_others(folder, post):
    post("whole")
    (folder / "broken.log").write_bytes(b"\xff\xfe no mail at all")

    assert "whole" in [mail.subject for mail in mails_in(folder)]
