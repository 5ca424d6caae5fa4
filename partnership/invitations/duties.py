"""What whoever was invited owes: an answer."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from partnership.invitations.links import accept_path
from partnership.invitations.models import Invitation
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows

ACCEPT = "invitations.accept"


def accept_rows(window: DutyWindow) -> QuerySet[Any, Any]:
    """Invitations that nobody withdrew, due when they expire."""
    return duty_rows(
        Invitation.objects.filter(withdrawn_at__isnull=True),
        window,
        kind=ACCEPT,
        person="person_id",
        subject="person__name",
        detail="issue",
        due_at="expires_at",
        asked_at="sent_at",
        goes_up_to="invited_by_id",
        done_at="accepted_at",
    )


def _mail_url(duty: Duty) -> str:
    return accept_path(duty.thing_id, int(duty.detail))


DUTIES = (
    DutyKind(
        key=ACCEPT,
        words="Accept an invitation to the portal",
        due="when it expires, 14 days after it was sent",
        offsets=(-7, -2),
        goes_up_after=0,
        goes_up_to="whoever invited",
        rows=accept_rows,
        title=lambda _duty: "Accept your invitation to the portal",
        line=lambda duty: f"For {duty.subject}.",
        url=lambda _duty: address("invitations:invitation_list"),
        action="See the invitations",
        mail_url=_mail_url,
        mail_action="Choose a password",
        why=lambda _duty: "You have this because you are invited and have not answered yet.",
        before_joining=True,
    ),
)
