"""Reading the mails that the demo keeps as files instead of sending them."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from itertools import islice
from pathlib import Path

SEPARATOR = b"\n" + b"-" * 79 + b"\n"
SHOWN = 40
FILES_READ = 200


@dataclass(frozen=True)
class DemoMail:
    """One mail of the demo."""

    recipient: str
    sender: str
    subject: str
    sent_at: datetime | None
    text: str


def _mail(source: bytes) -> DemoMail:
    message = email.message_from_bytes(source, policy=email.policy.default)
    part = (
        message.get_body(preferencelist=("plain",)) if isinstance(message, EmailMessage) else None
    )
    date_header = message["Date"]
    return DemoMail(
        recipient=str(message["To"] or ""),
        sender=str(message["From"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=date_header.datetime if date_header is not None else None,
        text=part.get_content() if part is not None else "",
    )


def mails_in(folder: Path, *, recipient: str = "") -> list[DemoMail]:
    """The newest mails in the folder, those to one address if one is given."""
    if not folder.is_dir():
        return []
    wanted = recipient.casefold()
    mails = map(_mail, _sources(folder, naming=wanted.encode()))
    return list(islice((mail for mail in mails if wanted in mail.recipient.casefold()), SHOWN))


def _sources(folder: Path, *, naming: bytes) -> Iterator[bytes]:
    """Mails as they were written, the newest first, whose head names somebody; read as needed."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in files[:FILES_READ]:
        for source in reversed(path.read_bytes().split(SEPARATOR)):
            if source.strip() and naming in source.partition(b"\n\n")[0].lower():
                yield source
