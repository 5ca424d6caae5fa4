import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP
from email.utils import parseaddr

import icalendar
import pytest

from partnership.notices.composing import compose, message_id
from partnership.notices.services import send_waiting
from partnership.toolkit.registers import Dated, Letter, NoticeKind, notice_kinds
from tests.factories import NoticeFactory
from tests.partnership.notices.answering import asked

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 6, 15, 11, 30, tzinfo=UTC)
LETTER = Letter(
    subject="Will you come to Heads & deputies?",
    heading="Will you come to Heads & deputies?",
    why="You are asked to <Heads & deputies> by O’Neill’s “circle”.",
    facts=("Greenfield Primary School", "Please do this by Wednesday 20 January 2027, 4pm."),
    button_label="Answer",
    button_url="http://testserver/meetings/7/?a=1&b=2",
    after=("We write again around Thursday.", "And not at all once it is done."),
    signature="Dee Director",
    sender_name="Oldham Schools Alliance",
    thread="meeting-7",
    can_be_stopped=True,
)


def composed(letter=LETTER, **facts):
    return compose(NoticeFactory(**facts), letter, now=NOW)


def words_of(source):
    source = re.sub(r"<(style|title|head)\b.*?</\1>", " ", source, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", source)).split()


def test_text_and_html_say_the_same_words():
    mail = composed()
    (page,) = mail.alternatives

    links = re.findall(r'<a [^>]*?href="([^"]+)"', page.content)
    assert [html.unescape(link) for link in links] == re.findall(r"https?://\S+", mail.body)
    said = [LETTER.heading, LETTER.why, *LETTER.facts, LETTER.button_label, *LETTER.after]
    for sentence in [*said, LETTER.signature, LETTER.sender_name]:
        assert " ".join(sentence.split()) in " ".join(mail.body.split())
        assert " ".join(sentence.split()) in " ".join(words_of(page.content))
    assert page.mimetype == "text/html"


def test_neither_text_nor_html_says_a_word_that_the_other_does_not():
    mail = composed()
    (page,) = mail.alternatives

    def plain(words):
        return {word.strip(".:,-").casefold() for word in words if "://" not in word} - {"", "or"}

    assert plain(words_of(page.content)) == plain(mail.body.split())


def test_the_first_line_below_the_heading_says_why_somebody_has_it():
    lines = [line for line in composed().body.splitlines() if line.strip()]

    assert lines[lines.index(LETTER.heading) + 1] == LETTER.why


def test_markup_in_a_letter_is_shown_and_never_obeyed():
    mail = composed()

    assert "<Heads & deputies>" in mail.body
    assert "&lt;Heads &amp; deputies&gt;" in mail.alternatives[0].content


def test_a_letter_links_to_one_thing_beside_the_ways_to_stop():
    mail = composed()

    links = re.findall(r"https?://\S+", mail.body)
    assert [link.split("/")[3] for link in links] == ["meetings", "notices", "notices"]


def test_a_mail_is_named_by_recipient_and_key_and_by_nothing_else():
    notice = NoticeFactory(key="meeting-moved:42")
    other = NoticeFactory(key="meeting-moved:42")

    first, again = compose(notice, LETTER, now=NOW), compose(notice, LETTER, now=NOW)

    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert re.fullmatch(r"<notice\.[0-9a-f]{32}@testserver>", message_id(notice))
    assert message_id(other) != message_id(notice)
    assert first.message()["Message-ID"] == message_id(notice)


def test_a_mail_has_one_date_by_the_uk_clock():
    assert composed().message().get_all("Date") == ["Tue, 15 Jun 2027 12:30:00 +0100"]


def test_mails_about_one_thing_refer_to_one_thread():
    headers = composed().extra_headers

    assert headers["References"] == "<thread.meeting-7@testserver>"
    assert headers["In-Reply-To"] == "<thread.meeting-7@testserver>"


def test_a_mail_says_that_a_machine_sent_it():
    assert composed().extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_reminder_can_be_stopped_with_one_click(client):
    mail = composed()

    address = mail.extra_headers["List-Unsubscribe"]
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.startswith("<http://testserver/notices/stop/")
    assert address.strip("<>") in mail.body
    assert client.get(address.strip("<>")).status_code == 200


def test_news_cannot_be_stopped_and_has_no_thread_unless_it_says_so():
    mail = composed(Letter("Moved", "Moved", "You are asked.", "Look", "http://testserver/x/"))

    assert set(mail.extra_headers) == {"Message-ID", "Date", "Auto-Submitted"}
    assert "stop" not in mail.body.casefold()
    assert "stop these" not in mail.alternatives[0].content


@pytest.mark.parametrize(
    "name",
    [
        "Oldham Schools Alliance",
        "Cynghrair Ysgolion Môn",
        "Heads’ “Circle”",
        'The "Best" Alliance, Ltd',
        "Back\\slash; <angle>",
        "李 স্কুল",
        "Two\nlines",
    ],
)
def test_the_alliance_is_the_sender_whatever_its_name(name, sink, monkeypatch):
    letter = Letter("Moved", "Moved", "You are asked.", "Look", "http://x/", sender_name=name)
    kind = NoticeKind("tests.note", "Note", lambda notices, now: {notices[0].pk: letter})
    monkeypatch.setitem(notice_kinds(), "tests.note", kind)
    NoticeFactory(kind="tests.note", send_after=NOW)

    send_waiting(clock=lambda: NOW)

    (mail,) = sink.mails
    (sender,) = mail["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (" ".join(name.split()), "portal@testserver")


def test_a_letter_without_a_sender_comes_from_the_portal():
    mail = composed(Letter("Moved", "Moved", "You are asked.", "Look", "http://x/"))

    assert parseaddr(mail.from_email) == ("Schools Partnership", "portal@testserver")


def test_a_subject_is_one_line():
    mail = composed(Letter("Moved:\r\nBcc: all@x", "Moved", "You are asked.", "Look", "http://x/"))

    assert mail.message()["Subject"] == "Moved: Bcc: all@x"


def test_a_reminder_arrives_as_it_was_composed(sink):
    reply = asked(meeting__body__alliance__name="Cynghrair “Môn”")
    NoticeFactory(
        recipient=reply.person,
        thing_id=reply.pk,
        facts={
            "duty": "tests.answer",
            "due_at": reply.meeting.answer_by.isoformat(),
            "offset": -1,
        },
        send_after=reply.meeting.answer_by,
    )

    send_waiting(clock=lambda: reply.meeting.answer_by)

    (mail,) = sink.mails
    text = mail.get_body(("plain",)).get_content()
    assert mail["To"] == reply.person.email
    assert mail["Subject"] == f"Will you come to {reply.meeting.title}?"
    assert f"You are asked to {reply.meeting.title} by Cynghrair “Môn”." in text
    assert "Please do this by Wednesday 20 January 2027, 4pm." in text
    assert f"http://testserver/meetings/{reply.meeting_id}/" in text
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


DATED = Dated(
    kind="meetings.meeting",
    thing_id=7,
    title="Heads & deputies",
    place="Zoë’s room",
    path="/meetings/7/",
    state="called",
    starts_at=datetime(2027, 6, 22, 15, tzinfo=UTC),
    ends_at=datetime(2027, 6, 22, 16, tzinfo=UTC),
    sequence=1,
    changed_at=NOW,
)


def calendar_part(letter, **facts):
    mail = composed(letter, **facts)
    message = message_from_bytes(mail.message().as_bytes(linesep="\r\n"), policy=SMTP)
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return part


@pytest.mark.parametrize(("state", "method"), [("called", "REQUEST"), ("cancelled", "CANCEL")])
def test_what_is_dated_comes_with_a_part_for_the_recipients_calendar(state, method):
    letter = replace(LETTER, dated=DATED._replace(state=state))

    part = calendar_part(letter, recipient__name="Zoë O’Neill", recipient__email="z@school.example")
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")

    assert (part["Content-Type"].params["method"], part.get_content_charset()) == (method, "utf-8")
    assert (calendar["METHOD"], event["SEQUENCE"], event["LOCATION"]) == (method, 1, "Zoë’s room")
    assert str(event["ATTENDEE"]) == "mailto:z@school.example"
    assert event["ATTENDEE"].params["CN"] == "Zoë O’Neill"
    assert event["ORGANIZER"].params["CN"] == "Oldham Schools Alliance"
    assert event.start == DATED.starts_at


def test_a_mail_about_nothing_dated_has_no_part_for_a_calendar():
    assert [page.mimetype for page in composed().alternatives] == ["text/html"]
