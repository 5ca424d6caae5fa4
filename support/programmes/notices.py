"""What the room tells by mail: that something waits or changed, never which school or what.

Mailboxes of schools are shared: a mail names neither school nor area, finding or stage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings

from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, NoticeKind, Stale
from support.programmes.models import Programme

YOUR_TURN = "programmes.your_turn"
CHANGED = "programmes.changed"
GONE = Stale("The programme is gone.")
OVER = Stale("The programme is over.")


def _programmes(notices: Sequence[Notice]) -> dict[int, Programme | None]:
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    programmes = Programme.objects.select_related("alliance").in_bulk(ids)
    return {notice.pk: programmes.get(notice.thing_id or 0) for notice in notices}


def _letter(programme: Programme, *, subject: str, why: str) -> Letter:
    return Letter(
        subject=subject,
        heading=subject,
        why=why,
        after=("What it is about stands in the portal only, behind your sign-in.",),
        button_label="Open it in the portal",
        button_url=f"{settings.PORTAL_URL}{programme.get_absolute_url()}",
        sender_name=str(programme.alliance),
        thread=f"programmes.programme:{programme.pk}",
    )


def _your_turn(programme: Programme | None) -> Letter | Stale:
    if programme is None:
        return GONE
    if not programme.goes_on():
        return OVER
    return _letter(
        programme,
        subject="Something waits for you in a support programme",
        why="You take part in a support programme, and it goes on when you have done your part.",
    )


def _changed(programme: Programme | None) -> Letter | Stale:
    if programme is None:
        return GONE
    return _letter(
        programme,
        subject="There is news in a support programme",
        why="You take part in a support programme, and something in it has changed.",
    )


def letters_of_turns(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To whoever has to do something next."""
    return {pk: _your_turn(programme) for pk, programme in _programmes(notices).items()}


def letters_of_changes(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To whoever should know that something was decided or done."""
    return {pk: _changed(programme) for pk, programme in _programmes(notices).items()}


NOTICES = (
    NoticeKind(
        key=YOUR_TURN,
        words="Something waits in a support programme",
        letters=letters_of_turns,
        in_alliance=True,
        in_confidence=True,
    ),
    NoticeKind(
        key=CHANGED,
        words="Something changed in a support programme",
        letters=letters_of_changes,
        in_alliance=True,
        in_confidence=True,
    ),
)
