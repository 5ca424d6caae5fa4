from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from partnership.audit.models import Event
from partnership.notices.composing import compose
from partnership.notices.models import MailWording
from partnership.notices.placeholders import check_placeholders
from partnership.notices.services import word_mail
from partnership.notices.wording import in_own_words, worded_kinds
from partnership.toolkit.registers import Letter, Stale
from partnership.toolkit.versions import ChangedSince
from tests.factories.notices import NoticeFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LETTER = Letter(
    subject="A meeting is called: Heads’ meeting",
    heading="Heads’ meeting",
    why="You have this because you are asked.",
    button_label="Answer",
    button_url="https://portal.example/m/1/",
    sender_name="Oldham Schools Alliance",
)


def called(alliance_id=7, **facts):
    return NoticeFactory(
        kind="meetings.called", alliance_id=alliance_id, recipient__name="Siân O’Neill", **facts
    )


def wording(kind="meetings.called", alliance_id=7, **words):
    return MailWording.objects.create(alliance_id=alliance_id, kind=kind, **words)


def test_a_mail_begins_in_the_words_of_its_alliance():
    notice = called()
    wording(subject="{name}: {what}", opening="Dear {name}, {sender} asks you. {opening}")

    letter = in_own_words([notice], {notice.pk: LETTER})[notice.pk]

    assert (letter.subject, letter.why, letter.heading) == (
        "Siân O’Neill: Heads’ meeting",
        "Dear Siân O’Neill, Oldham Schools Alliance asks you. You have this because you are asked.",
        "Heads’ meeting",
    )


def test_what_an_alliance_leaves_empty_stays_ours():
    notice = called()
    wording(opening="Please answer.")

    letter = in_own_words([notice], {notice.pk: LETTER})[notice.pk]

    assert (letter.subject, letter.why) == (LETTER.subject, "Please answer.")


def test_other_alliances_other_kinds_and_stale_notices_are_left_alone():
    wording(subject="Ours alone")
    elsewhere, nowhere, gone = called(alliance_id=8), called(alliance_id=None), called()
    moved = NoticeFactory(kind="meetings.moved", alliance_id=7)
    letters = {each.pk: LETTER for each in (elsewhere, nowhere, moved)} | {gone.pk: Stale("Gone.")}

    assert in_own_words([elsewhere, nowhere, moved, gone], letters) == letters


def test_a_reminder_takes_the_words_for_what_is_owed():
    notice = NoticeFactory(
        kind="notices.reminder", alliance_id=7, facts={"duty": "meetings.answer"}
    )
    wording(kind="notices.reminder:meetings.answer", subject="Still open: {what}")

    letter = in_own_words([notice], {notice.pk: LETTER})[notice.pk]

    assert letter.subject == "Still open: Heads’ meeting"


@pytest.mark.parametrize("count", [1, 3])
def test_wording_many_mails_is_one_query(count, django_assert_num_queries):
    wording(subject="{what}")
    notices = [called() for _ in range(count)]

    with django_assert_num_queries(1):
        in_own_words(notices, {notice.pk: LETTER for notice in notices})


def test_mails_of_no_alliance_ask_nothing(django_assert_num_queries):
    notice = called(alliance_id=None)

    with django_assert_num_queries(0):
        in_own_words([notice], {notice.pk: LETTER})


def test_words_are_escaped_and_never_code():
    notice = called()
    wording(subject="{{ 7 }} {% now %}", opening="<script>x</script> {{ settings.SECRET_KEY }}")

    letter = in_own_words([notice], {notice.pk: LETTER})[notice.pk]
    mail = compose(notice, letter, now=NOW)

    assert mail.subject == "{{ 7 }} {% now %}"
    assert "{{ settings.SECRET_KEY }}" in mail.body
    assert "&lt;script&gt;x&lt;/script&gt;" in mail.alternatives[0][0]


def test_a_name_that_looks_like_a_placeholder_stays_a_name():
    notice = called()
    notice.recipient.name = "{what}"
    wording(subject="For {name}")

    assert in_own_words([notice], {notice.pk: LETTER})[notice.pk].subject == "For {what}"


@pytest.mark.parametrize("words", ["{password}", "{{name}}", "{name", "name}", "{}", "{name!r}"])
def test_only_listed_placeholders_are_taken(words):
    with pytest.raises(ValidationError, match="is no placeholder"):
        check_placeholders(words)


def test_wording_a_mail_is_audited_with_what_it_said_before():
    director = PersonFactory()
    told = {"alliance_id": 7, "kind": "meetings.called", "by": director, "now": NOW}
    first = word_mail(**told, subject="One", opening="", seen_version=0)

    word_mail(**told, subject="Two", opening="", seen_version=first.version)

    events = Event.objects.of(first).latest_first()
    assert [(event.action, event.values, event.alliance_id) for event in events] == [
        ("mail worded", {"subject": ["One", "Two"]}, 7),
        ("mail worded", {"subject": ["", "One"]}, 7),
    ]


def test_going_back_to_our_words_keeps_what_was_said_in_the_history():
    told = {"alliance_id": 7, "kind": "meetings.called", "by": PersonFactory(), "now": NOW}
    first = word_mail(**told, subject="One", opening="", seen_version=0)

    ours = word_mail(**told, subject="", opening="", seen_version=first.version)

    assert ours.is_ours
    assert not MailWording.objects.own_words().exists()
    assert Event.objects.of(ours).latest_first()[0].action == "back to our words"


def test_the_second_of_two_editors_is_told():
    told = {"alliance_id": 7, "kind": "meetings.called", "by": PersonFactory(), "now": NOW}
    word_mail(**told, subject="One", opening="", seen_version=0)

    with pytest.raises(ChangedSince):
        word_mail(**told, subject="Two", opening="", seen_version=0)


def test_mails_of_sign_in_and_digests_cannot_be_worded():
    keys = {kind.key for kind in worded_kinds()}

    assert {"meetings.called", "meetings.moved", "meetings.cancelled"} <= keys
    assert not keys & {"invitations.invited", "notices.digest", "notices.reminder"}
