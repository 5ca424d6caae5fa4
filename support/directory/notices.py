"""What people are told by mail about entries in the directory and consent to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.conf import settings

from partnership.notices.models import Notice
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Letter, NoticeKind, Stale
from partnership.toolkit.spoken_dates import spoken_day
from support.directory.models import Practitioner

ENTERED = "directory.entered"
CONSENT_ASKED = "directory.consent_asked"
CONSENT_ANSWERED = "directory.consent_answered"
Words = dict[int, Letter | Stale]
Write = Callable[[Practitioner], Letter]
Why = Callable[[Notice, Practitioner], str]


def _letters(write: Write, why_not: Why) -> Callable[..., Words]:
    def letters(notices: Sequence[Notice], _now: datetime) -> Words:
        ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
        entries = Practitioner.objects.select_related("person", "alliance").in_bulk(ids)
        words: Words = {}
        for notice in notices:
            entry = entries.get(notice.thing_id or 0)
            stale = why_not(notice, entry) if entry else "The entry is gone."
            words[notice.pk] = write(entry) if entry and not stale else Stale(stale)
        return words

    return letters


def _letter(
    entry: Practitioner, subject: str, why: str, *facts: str, button: str, url: str
) -> Letter:
    return Letter(
        subject=subject,
        heading=subject,
        why=why,
        facts=(entry.alliance.name, *facts),
        button_label=button,
        button_url=settings.PORTAL_URL + url,
        sender_name=entry.alliance.name,
        thread=f"directory-{entry.pk}",
    )


def _entered(entry: Practitioner) -> Letter:
    return _letter(
        entry,
        "Your entry in the directory of support",
        "You have this because the alliance’s director has listed you among those who support "
        "other schools.",
        "Look whether titles, areas and days are right, and change what isn’t.",
        button="Look at your entry",
        url=entry.get_absolute_url(),
    )


def _consent_asked(entry: Practitioner) -> Letter:
    by = [f"Please answer by {spoken_day(entry.consent_due_at)}"] if entry.consent_due_at else []
    return _letter(
        entry,
        f"May {entry.person.name} support other schools?",
        "You have this because you are head of the school where this colleague works.",
        f"{entry.days_a_year.normalize():f} days a year are offered; you may agree to fewer.",
        *by,
        button="Answer",
        url=address("directory:consent_give", entry.pk),
    )


def _consent_answered(entry: Practitioner) -> Letter:
    return _letter(
        entry,
        f"The head has answered: {entry.person.name} in the directory of support",
        "You have this because it is your entry, or because you direct the alliance.",
        button="See the answer",
        url=entry.get_absolute_url(),
    )


def _not_entered(notice: Notice, entry: Practitioner) -> str:
    if entry.confirmed_at is not None:
        return "She has confirmed the entry since."
    return "" if notice.recipient_id == entry.person_id else "It is somebody else’s entry."


def _not_asked(_notice: Notice, entry: Practitioner) -> str:
    return "The head has answered since." if entry.consent_answered_at is not None else ""


def _always(_notice: Notice, _entry: Practitioner) -> str:
    return ""


NOTICES = (
    NoticeKind(
        key=ENTERED,
        words="You are listed in a directory of support",
        letters=_letters(_entered, _not_entered),
        in_alliance=True,
    ),
    NoticeKind(
        key=CONSENT_ASKED,
        words="A colleague of your school may support others, if you agree",
        letters=_letters(_consent_asked, _not_asked),
        in_alliance=True,
    ),
    NoticeKind(
        key=CONSENT_ANSWERED,
        words="A head agrees to a colleague’s support, refuses it or takes it back",
        letters=_letters(_consent_answered, _always),
        in_alliance=True,
    ),
)
