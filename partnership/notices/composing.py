"""A letter as a mail: text and HTML of the same words, under headers that never change."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime, formataddr
from functools import cache
from hashlib import sha256
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import get_template
from django.urls import reverse

from partnership.calendar.days import UK
from partnership.calendar.ical import invitation, method_of
from partnership.notices.models import Notice
from partnership.people.models import Person
from partnership.toolkit.registers import Dated, Letter

STOP_SALT = "notices.stop"


class Mail(EmailMultiAlternatives):
    """A mail whose boundary is drawn, not searched for: that took a fifth of writing it."""

    def message(self, **options: Any) -> Any:
        """The parts under a boundary that nobody can have written into them."""
        message = super().message(**options)
        message.set_boundary(f"=_{token_hex(16)}")
        return message


def message_id(notice: Notice) -> str:
    """The same for the same notice, however often it is sent."""
    digest = sha256(f"{notice.recipient_id}:{notice.key}".encode()).hexdigest()
    return f"<notice.{digest[:32]}@{settings.PORTAL_HOST}>"


def thread_id(thread: str) -> str:
    """What all mails about one thing refer to, so that a mailbox shows them together."""
    return f"<thread.{thread}@{settings.PORTAL_HOST}>"


def stop_address(person_id: int) -> str:
    """Where one POST stops somebody's reminders (RFC 8058); a GET changes nothing."""
    token = signing.dumps(person_id, salt=STOP_SALT)
    return settings.PORTAL_URL + reverse("notices:reminders_stop", args=[token])


def _headers(notice: Notice, letter: Letter, now: datetime, stop_url: str) -> dict[str, str]:
    headers = {
        "Message-ID": message_id(notice),
        "Date": format_datetime(now.astimezone(UK)),
        "Auto-Submitted": "auto-generated",
    }
    if letter.thread:
        headers["References"] = headers["In-Reply-To"] = thread_id(letter.thread)
    if stop_url:
        headers["List-Unsubscribe"] = f"<{stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


@cache
def _choices_address() -> str:
    return settings.PORTAL_URL + reverse("notices:reminders_choose")


def mail_words(letter: Letter, stop_url: str) -> dict[str, object]:
    """What the templates of a mail say."""
    return {
        "subject": letter.subject,
        "sender_name": letter.sender_name or settings.PORTAL_NAME,
        "heading": letter.heading,
        "why": letter.why,
        "facts": letter.facts,
        "button_label": letter.button_label,
        "button_url": letter.button_url,
        "after": letter.after,
        "signature": letter.signature,
        "choices_url": _choices_address() if letter.can_be_stopped else "",
        "stop_url": stop_url,
    }


def compose(
    notice: Notice, letter: Letter, *, now: datetime, connection: BaseEmailBackend | None = None
) -> Mail:
    """The mail, ready to be sent."""
    stop_url = stop_address(notice.recipient_id) if letter.can_be_stopped else ""
    sender = letter.sender_name or settings.PORTAL_NAME
    words = mail_words(letter, stop_url)
    mail = Mail(
        subject=" ".join(letter.subject.split()),
        body=get_template("mail/notice.txt").render(words),
        from_email=formataddr((" ".join(sender.split()), settings.DEFAULT_FROM_EMAIL)),
        to=[notice.recipient.email],
        headers=_headers(notice, letter, now, stop_url),
        connection=connection,
    )
    mail.attach_alternative(get_template("mail/notice.html").render(words), "text/html")
    if letter.dated is not None:
        _attach_calendar(mail, letter.dated, sender, notice.recipient)
    return mail


def _attach_calendar(mail: Mail, dated: Dated, sender: str, recipient: Person) -> None:
    """The part by which the recipient’s own calendar takes it in, moves it or takes it out."""
    content = invitation(dated, sender=sender, name=recipient.name, email=recipient.email)
    mail.attach_alternative(content.decode(), f"text/calendar; method={method_of(dated)}")
