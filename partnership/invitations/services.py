"""Invited, accepted, sent again, withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from partnership.audit.services import record
from partnership.invitations.models import Invitation
from partnership.invitations.notices import INVITED
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.people.provider import ProvenAccount
from partnership.people.services import add_person, connect_account, let_in
from partnership.toolkit.versions import lock


class AlreadyJoined(Exception):
    """Whoever is invited may sign in already."""


class AlreadyInvited(Exception):
    """Whoever is invited holds an invitation that can still be accepted."""

    def __init__(self, invitation: Invitation) -> None:
        """Keep the invitation, so that it can be sent again."""
        super().__init__("This person has been invited already.")
        self.invitation = invitation


class InvitationClosed(Exception):
    """The invitation was accepted, withdrawn or has expired."""

    def __init__(self, state: Invitation.State) -> None:
        """Keep which of them, so that the page can say what to do."""
        super().__init__(f"The invitation is {state}.")
        self.state = state


@transaction.atomic
def invite_person(
    *, email: str, name: str, by: Person | None, now: datetime, on_behalf_of: str = ""
) -> Invitation:
    """Ask somebody to join, and have the mail sent at once.

    An expired invitation is sent again. Who was never here is called as whoever invites says.
    """
    person = add_person(email=email, name=name, by=by, now=now)
    if person.is_active:
        raise AlreadyJoined
    if person.joined_at is None and person.name != name:
        person.name = name
        person.save(update_fields=["name"])
    known = person.invitations.unanswered().first()
    if known is None:
        return _invite(person, by=by, now=now, on_behalf_of=on_behalf_of)
    if known.state_at(now) == Invitation.State.OPEN:
        raise AlreadyInvited(known)
    return send_again(invitation=known, by=by, now=now)


def _invite(person: Person, *, by: Person | None, now: datetime, on_behalf_of: str) -> Invitation:
    invitation = Invitation.objects.create(
        person=person,
        invited_by=by,
        on_behalf_of=on_behalf_of,
        invited_at=now,
        sent_at=now,
        expires_at=_expiry(now),
    )
    record("invitation sent", invitation, by=by, at=now, title="Invitation")
    _tell(invitation, now)
    return invitation


@transaction.atomic
def accept_invitation(
    *,
    invitation: Invitation,
    now: datetime,
    password: str = "",
    name: str = "",
    issue: int = 0,
    account: ProvenAccount | None = None,
) -> Person:
    """Let the invitee in; her name may be corrected.

    Without a password she signs in with the account elsewhere that she has just shown, or by
    mail. `issue` names the mail whose link was followed.
    """
    current = lock(invitation)
    state = current.state_at(now)
    if state != Invitation.State.OPEN or issue not in {0, current.issue}:
        raise InvitationClosed(state)
    current.accepted_at = now
    current.save(update_fields=["accepted_at"])
    person = let_in(person=current.person, password=password, name=name, now=now)
    if account is not None:
        connect_account(person=person, account=account, now=now)
    record("invitation accepted", current, by=person, at=now, title="Invitation")
    return person


@transaction.atomic
def send_again(*, invitation: Invitation, by: Person | None, now: datetime) -> Invitation:
    """Mail a new link that works from today; links of earlier mails stop working."""
    current = lock(invitation)
    _refuse_answered(current, now)
    current.issue += 1
    current.sent_at = now
    current.expires_at = _expiry(now)
    current.save(update_fields=["issue", "sent_at", "expires_at"])
    record("invitation sent again", current, by=by, at=now, title="Invitation")
    _tell(current, now)
    return current


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Person, now: datetime) -> Invitation:
    """Take an invitation back: its links stop working at once."""
    current = lock(invitation)
    _refuse_answered(current, now)
    current.withdrawn_at = now
    current.save(update_fields=["withdrawn_at"])
    record("invitation withdrawn", current, by=by, at=now, title="Invitation")
    return current


def _refuse_answered(invitation: Invitation, now: datetime) -> None:
    state = invitation.state_at(now)
    if state in {Invitation.State.ACCEPTED, Invitation.State.WITHDRAWN}:
        raise InvitationClosed(state)


def _expiry(now: datetime) -> datetime:
    return now + timedelta(days=settings.INVITATION_DAYS)


def _tell(invitation: Invitation, now: datetime) -> None:
    tell(
        recipients=[invitation.person_id],
        kind=INVITED,
        key=f"invited:{invitation.pk}:{invitation.issue}",
        thing_id=invitation.pk,
        facts={"issue": invitation.issue},
        now=now,
    )


@transaction.atomic
def rename_sender(
    *, invitation: Invitation, on_behalf_of: str, by: Person | None, now: datetime
) -> Invitation:
    """Name another school or alliance in it: the one that asked goes on under another name."""
    invitation = lock(invitation)
    invitation.on_behalf_of = on_behalf_of[:200]
    invitation.save(update_fields=["on_behalf_of"])
    record("invitation renamed", invitation, by=by, at=now, fields=["on_behalf_of"])
    return invitation
