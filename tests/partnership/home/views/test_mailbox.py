import pytest
from django.core.mail import EmailMessage, get_connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def test_there_is_no_such_page_outside_the_demo(client, folder):
    assert client.get("/demo/mails/").status_code == 404


def test_the_demo_shows_its_mails_to_everybody(client, settings, folder):
    settings.DEMO = True
    backend = "django.core.mail.backends.filebased.EmailBackend"
    connection = get_connection(backend, file_path=str(folder))
    for to in ("head@demo.example", "chair@demo.example"):
        words = "Answer: http://testserver/x/ <script>"
        connection.send_messages([EmailMessage(f"To {to}", words, "portal@x.example", [to])])
    connection.close()

    page = client.get("/demo/mails/").text
    assert "To head@demo.example" in page
    assert "To chair@demo.example" in page
    assert '<a href="http://testserver/x/"' in page
    assert "<script>" not in page.split("<main", 1)[1].split("</main>", 1)[0]

    narrowed = client.get("/demo/mails/?to=chair@").text
    assert "To head@demo.example" not in narrowed


def test_an_empty_mailbox_says_what_to_do(client, settings, folder):
    settings.DEMO = True

    assert "No mail yet." in client.get("/demo/mails/").text
