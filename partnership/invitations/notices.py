"""The mail that invites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings

from partnership.invitations.links import accept_path
from partnership.invitations.models import Invitation
from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, NoticeKind, Stale
from partnership.toolkit.spoken_dates import spoken_moment

INVITED = "invitations.invited"


def invitation_letters(notices: Sequence[Notice], now: datetime) -> Mapping[int, Letter | Stale]:
    """The mail to each invitee; silent when the invitation was answered or sent again meanwhile."""
    ids = {notice.thing_id for notice in notices}
    found = Invitation.objects.select_related("invited_by", "person").in_bulk(ids)
    return {notice.pk: _letter(notice, found.get(notice.thing_id or 0), now) for notice in notices}


def _letter(notice: Notice, invitation: Invitation | None, now: datetime) -> Letter | Stale:
    if invitation is None or invitation.state_at(now) != Invitation.State.OPEN:
        return Stale("The invitation is not open any more.")
    if invitation.issue != notice.facts["issue"]:
        return Stale("A newer mail of this invitation is on its way.")
    return Letter(
        subject=f"Your invitation to the {settings.PORTAL_NAME} portal",
        heading="You are invited",
        why=f"{invited_by_words(invitation)} you to the {settings.PORTAL_NAME} portal, where "
        "schools arrange their meetings and their work together.",
        facts=(
            f"For {invitation.person.name}",
            f"Please accept by {spoken_moment(invitation.expires_at)}.",
        ),
        button_label="Choose a password",
        button_url=settings.PORTAL_URL + accept_path(invitation.pk, invitation.issue),
        after=("If you don’t expect this, leave it: nothing happens until you accept.",),
        thread=f"invitation-{invitation.pk}",
    )


def invited_by_words(invitation: Invitation) -> str:
    """Who invites, and for whom: "Ola Officer, for the Oldham Schools Alliance, invites"."""
    behalf = invitation.on_behalf_of
    if invitation.invited_by is None:
        return (
            f"{behalf or 'The portal’s staff'} invites" if behalf else "The portal’s staff invite"
        )
    name = invitation.invited_by.name
    return f"{name}, for {behalf}, invites" if behalf else f"{name} invites"


NOTICES = (
    NoticeKind(
        key=INVITED,
        words="An invitation to the portal",
        letters=invitation_letters,
        is_urgent=True,
        before_joining=True,
    ),
)
