"""What the room tells the head of a school that hosts: she sees the placement and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings

from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, NoticeKind, Stale
from support.progress.models import Held, Placement

HOST_ASKED = "progress.host_asked"
HOST_TOLD = "progress.host_told"
GONE = Stale("The placement is gone.")
OVER = Stale("The placement is no longer planned.")


def _placements(notices: Sequence[Notice]) -> dict[int, Placement | None]:
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    placements = Placement.objects.select_related("programme__alliance").in_bulk(ids)
    return {notice.pk: placements.get(notice.thing_id or 0) for notice in notices}


def _letter(placement: Placement, *, subject: str, why: str) -> Letter:
    return Letter(
        subject=subject,
        heading=subject,
        why=why,
        after=("Who it is, when and why stands in the portal only, behind your sign-in.",),
        button_label="Open it in the portal",
        button_url=f"{settings.PORTAL_URL}{placement.get_absolute_url()}",
        sender_name=str(placement.programme.alliance),
        thread=f"progress.placement:{placement.pk}",
    )


def _asked(placement: Placement | None) -> Letter | Stale:
    if placement is None:
        return GONE
    if placement.state != Held.PLANNED:
        return OVER
    return _letter(
        placement,
        subject="Will your school host a colleague?",
        why="You lead a school of the alliance, and a colleague of another one would like to come.",
    )


def _told(placement: Placement | None) -> Letter | Stale:
    if placement is None:
        return GONE
    return _letter(
        placement,
        subject="A colleague’s stay at your school has changed",
        why="You lead a school of the alliance that was asked to host a colleague.",
    )


def letters_to_hosts_asked(
    notices: Sequence[Notice], _now: datetime
) -> Mapping[int, Letter | Stale]:
    """To whoever heads the school that is asked."""
    return {pk: _asked(placement) for pk, placement in _placements(notices).items()}


def letters_to_hosts(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To whoever heads it when the placement is called off."""
    return {pk: _told(placement) for pk, placement in _placements(notices).items()}


NOTICES = (
    NoticeKind(
        key=HOST_ASKED,
        words="A school asks yours to host a colleague",
        letters=letters_to_hosts_asked,
        in_alliance=True,
        in_confidence=True,
    ),
    NoticeKind(
        key=HOST_TOLD,
        words="A colleague’s stay at your school has changed",
        letters=letters_to_hosts,
        in_alliance=True,
        in_confidence=True,
    ),
)
