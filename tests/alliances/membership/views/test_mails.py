import pytest
from django.urls import reverse

from partnership.notices.models import MailWording
from tests.factories.alliances import AllianceFactory, AlliancePostFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return AllianceFactory(name="Oldham Schools Alliance", slug="oldham")


@pytest.fixture
def director(client, alliance):
    person = AlliancePostFactory(alliance=alliance, kind="director").person
    client.force_login(person)
    return person


def address(kind="meetings.called"):
    return reverse("membership:mail_edit", args=["oldham", kind])


def typed(**words):
    return {"subject": "", "opening": "", "seen_version": "0"} | words


def test_a_director_words_a_mail_and_the_list_says_so(client, director):
    page = client.post(address(), typed(subject="{what}", opening="Dear {name}"), follow=True)

    wording = MailWording.objects.get()
    assert (wording.kind, wording.subject, wording.opening) == (
        "meetings.called",
        "{what}",
        "Dear {name}",
    )
    words = page.content.decode()
    assert "“A meeting is called” goes out in these words now." in words
    assert "Yours" in words


def test_a_preview_shows_sample_data_and_saves_nothing(client, director):
    page = client.post(address(), typed(subject="For {name} <b>", preview="yes"))

    words = page.content.decode()
    assert "For Amina Hussain &lt;b&gt;" in words
    assert "Nothing is saved yet." in words
    assert not MailWording.objects.exists()


def test_a_placeholder_that_is_not_listed_is_refused_at_the_field(client, director):
    page = client.post(address(), typed(opening="Dear {password}"))

    (error,) = page.context["form"].errors["opening"]
    assert error.startswith("“{password}” is no placeholder. Use only these: {name}, {what},")
    assert "Dear {password}" in page.content.decode()
    assert not MailWording.objects.exists()


def test_a_way_back_to_our_words(client, director, alliance):
    MailWording.objects.create(alliance_id=alliance.pk, kind="meetings.called", subject="Mine")

    page = client.post(
        reverse("membership:mail_ours", args=["oldham", "meetings.called"]), follow=True
    )

    assert "goes out in the portal’s words again" in page.content.decode()
    assert MailWording.objects.get().is_ours


def test_going_back_where_nothing_was_worded_changes_nothing(client, director):
    client.post(reverse("membership:mail_ours", args=["oldham", "meetings.called"]))

    assert not MailWording.objects.exists()


def test_two_editors_at_once_are_shown_both_versions(client, director, alliance):
    MailWording.objects.create(alliance_id=alliance.pk, kind="meetings.called", subject="Theirs")

    page = client.post(address(), typed(subject="Mine"))

    assert "Theirs" in page.content.decode()
    assert MailWording.objects.get().subject == "Theirs"


def test_portal_staff_may_word_the_mails_of_any_alliance(client, alliance):
    client.force_login(PersonFactory(staff=True))

    assert client.get(address()).status_code == 200


def test_nobody_else_words_them(client, alliance):
    client.force_login(AlliancePostFactory(alliance=alliance, kind="chair").person)

    assert client.get(address()).status_code == 403


def test_a_kind_that_nobody_may_word_has_no_page(client, director):
    assert client.get(address("notices.digest")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_no_more_for_more_wordings(
    client, director, alliance, count, django_assert_num_queries
):
    kinds = ["meetings.called", "meetings.moved", "meetings.cancelled"][:count]
    for kind in kinds:
        MailWording.objects.create(alliance_id=alliance.pk, kind=kind, subject="Mine")

    with django_assert_num_queries(4):
        page = client.get(reverse("membership:mail_list", args=["oldham"]))

    listed = [kind.key for kind, _wording in page.context["rows"]]
    assert "notices.reminder:meetings.answer" in listed
