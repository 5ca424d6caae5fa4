"""Mails to those who take part: dates are asked for, somebody was named, a cycle was called off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings

from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, NoticeKind, Stale
from partnership.toolkit.spoken_dates import spoken_moment
from reviews.cycles.models import Cycle

DATES_ASKED = "cycles.dates_asked"
NAMED = "cycles.named"
CALLED_OFF = "cycles.called_off"
GONE = Stale("The cycle is gone.")
OVER = Stale("The cycle is over.")
NO_LONGER_ASKED = Stale("Dates are no longer asked for.")
BEHIND_SIGN_IN = "Which school goes where stands in the portal only, behind your sign-in."


def _cycles(notices: Sequence[Notice]) -> dict[int, Cycle | None]:
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    cycles = Cycle.objects.select_related("alliance").in_bulk(ids)
    return {notice.pk: cycles.get(notice.thing_id or 0) for notice in notices}


def _letter(cycle: Cycle, *, subject: str, why: str, changed: str, button: str) -> Letter:
    return Letter(
        subject=subject,
        heading=subject,
        why=why,
        after=(changed, BEHIND_SIGN_IN),
        button_label=button,
        button_url=f"{settings.PORTAL_URL}{cycle.get_absolute_url()}",
        sender_name=str(cycle.alliance),
        thread=f"cycles.cycle:{cycle.pk}",
    )


def _dates_asked(cycle: Cycle | None) -> Letter | Stale:
    if cycle is None:
        return GONE
    if cycle.state != Cycle.State.ASKING or cycle.block_by is None:
        return NO_LONGER_ASKED
    return _letter(
        cycle,
        subject="Say on which days you are not available for review days",
        why=f"You take part in the review days of {cycle.alliance}, {cycle.years}.",
        changed=f"The rota is drawn up after {spoken_moment(cycle.block_by)}. Block the days "
        "on which it does not work before then; it takes a minute on a phone.",
        button="Block my days",
    )


def _named(cycle: Cycle | None) -> Letter | Stale:
    if cycle is None:
        return GONE
    if not cycle.is_live:
        return OVER
    return _letter(
        cycle,
        subject="You are asked to organise review days",
        why=f"The director of {cycle.alliance} has named you to organise them.",
        changed="You may add schools and reviewers, and draw up and publish the rota.",
        button="Open the review days",
    )


def _called_off(cycle: Cycle | None) -> Letter | Stale:
    if cycle is None:
        return GONE
    return _letter(
        cycle,
        subject="Review days are called off",
        why=f"You took part in the review days of {cycle.alliance}, {cycle.years}.",
        changed="They are called off. Days that were planned and lie ahead do not take place.",
        button="Open the review days",
    )


def letters_of_openings(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To heads of hosts and reviewers."""
    return {pk: _dates_asked(cycle) for pk, cycle in _cycles(notices).items()}


def letters_of_names(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To whom the director named."""
    return {pk: _named(cycle) for pk, cycle in _cycles(notices).items()}


def letters_of_ends(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To all who took part."""
    return {pk: _called_off(cycle) for pk, cycle in _cycles(notices).items()}


OPENING = (
    NoticeKind(
        key=DATES_ASKED,
        words="Dates for review days are asked for",
        letters=letters_of_openings,
        in_alliance=True,
        in_confidence=True,
    ),
    NoticeKind(
        key=NAMED,
        words="Somebody is named to organise review days",
        letters=letters_of_names,
        in_alliance=True,
        in_confidence=True,
    ),
    NoticeKind(
        key=CALLED_OFF,
        words="Review days are called off",
        letters=letters_of_ends,
        in_alliance=True,
        in_confidence=True,
    ),
)
