"""Mails in an alliance’s own words: which kinds it may word, and how its words are put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from partnership.notices.models import MailWording, Notice
from partnership.notices.placeholders import filled
from partnership.toolkit.registers import Letter, Stale, duty_kinds, notice_kinds

Words = TypeVar("Words", Letter | Stale, Letter | Stale | None)
OF_A_DUTY = {"notices.reminder": "Reminder", "notices.escalation": "Told upwards"}


@dataclass(frozen=True)
class WordedKind:
    """One kind of mail that an alliance may word itself."""

    key: str
    words: str


def worded_kinds() -> list[WordedKind]:
    """Every kind of mail that is about something in one alliance."""
    news = [WordedKind(key, kind.words) for key, kind in notice_kinds().items() if kind.in_alliance]
    return news + [
        WordedKind(f"{key}:{duty.key}", f"{words}: {duty.words}")
        for duty in duty_kinds().values()
        if duty.in_alliance
        for key, words in OF_A_DUTY.items()
        if key != "notices.escalation" or duty.goes_up_after is not None
    ]


def wording_key(notice: Notice) -> str:
    """Which wording a notice takes: its kind, and what is owed where it reminds."""
    return f"{notice.kind}:{notice.facts['duty']}" if notice.kind in OF_A_DUTY else notice.kind


def in_own_words(
    notices: Sequence[Notice], letters: Mapping[int, Letter | Stale | None]
) -> dict[int, Letter | Stale | None]:
    """The letters as each notice’s alliance words them: one query for all, none without any."""
    alliances = {notice.alliance_id for notice in notices if notice.alliance_id is not None}
    if not alliances:
        return dict(letters)
    wordings = {
        (wording.alliance_id, wording.kind): wording
        for wording in MailWording.objects.own_words().filter(alliance_id__in=alliances)
    }
    if not wordings:
        return dict(letters)
    return dict(letters) | {
        notice.pk: worded(letter, wording, name=notice.recipient.name)
        for notice in notices
        if isinstance(letter := letters.get(notice.pk), Letter)
        and (wording := wordings.get((notice.alliance_id or 0, wording_key(notice))))
    }


def worded(letter: Letter, wording: MailWording, *, name: str) -> Letter:
    """A letter whose subject and first paragraph are the alliance’s."""
    values = {
        "name": name,
        "what": letter.heading,
        "subject": letter.subject,
        "opening": letter.why,
        "sender": letter.sender_name,
    }
    return replace(
        letter,
        subject=filled(wording.subject, values) or letter.subject,
        why=filled(wording.opening, values) or letter.why,
    )


def sample_letter(kind: WordedKind, *, sender: str) -> Letter:
    """What a mail of this kind might say, for the preview."""
    return Letter(
        subject=kind.words,
        heading="Spring meeting of the heads",
        why="You have this because your school takes part.",
        facts=("Spring meeting of the heads", "Tuesday 12 January 2027, 4pm to 5.30pm"),
        button_label="Open it in the portal",
        button_url="",
        sender_name=sender,
    )
