"""Members propose what to talk about; it is taken into an agenda, declined or withdrawn."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from alliances.meetings.models import AgendaItem, Body, Meeting, ProposedItem
from alliances.meetings.services.agenda import add_item
from alliances.meetings.services.states import NotNow
from partnership.audit.services import record
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.versions import lock

SETTLED = "This proposal has been settled or withdrawn meanwhile."


@transaction.atomic
def propose_item(
    *,
    body: Body,
    title: str,
    why: str = "",
    purpose: str = AgendaItem.Purpose.DISCUSSION,
    minutes: int = 10,
    by: Person,
    now: datetime,
) -> ProposedItem:
    """Something that a member would like to talk about, for those who make the agenda."""
    proposal = ProposedItem.objects.create(
        body=body,
        title=title,
        why=why,
        purpose=purpose,
        minutes=minutes,
        proposed_by=by,
        proposed_at=now,
    )
    _recorded("item proposed", proposal, by=by, now=now)
    return proposal


@transaction.atomic
def take_proposal(
    *, proposal: ProposedItem, meeting: Meeting, by: Person, now: datetime
) -> AgendaItem:
    """It stands on the agenda of a meeting, presented by who proposed it, who is told."""
    proposal = _still_open(proposal)
    if meeting.body_id != proposal.body_id:
        raise NotNow("This was proposed for another group.")
    presenter = proposal.proposed_by if proposal.proposed_by.is_active else None
    item = add_item(
        meeting=meeting,
        title=proposal.title,
        purpose=proposal.purpose,
        presenter=presenter,
        minutes=proposal.minutes,
        by=by,
        now=now,
    )
    _settle(proposal, by=by, now=now, taken_into=item)
    _recorded("proposal taken", proposal, by=by, now=now)
    _tell(proposal, "meetings.proposal_taken", by=by, now=now)
    return item


@transaction.atomic
def decline_proposal(
    *, proposal: ProposedItem, because: str, by: Person, now: datetime
) -> ProposedItem:
    """Not for this group, with the reason, which who proposed it is told."""
    proposal = _still_open(proposal)
    _settle(proposal, by=by, now=now, declined_because=because)
    _recorded("proposal declined", proposal, by=by, now=now)
    _tell(proposal, "meetings.proposal_declined", by=by, now=now)
    return proposal


@transaction.atomic
def withdraw_proposal(*, proposal: ProposedItem, by: Person, now: datetime) -> ProposedItem:
    """Whoever proposed it takes it back."""
    proposal = _still_open(proposal)
    _settle(proposal, by=by, now=now)
    _recorded("proposal withdrawn", proposal, by=by, now=now)
    return proposal


def _still_open(proposal: ProposedItem) -> ProposedItem:
    current = lock(proposal)
    if current.settled_at is not None:
        raise NotNow(SETTLED)
    return current


def _settle(
    proposal: ProposedItem,
    *,
    by: Person,
    now: datetime,
    taken_into: AgendaItem | None = None,
    declined_because: str = "",
) -> None:
    proposal.settled_at, proposal.settled_by = now, by
    proposal.taken_into, proposal.declined_because = taken_into, declined_because
    proposal.save(update_fields=["settled_at", "settled_by", "taken_into", "declined_because"])


def _tell(proposal: ProposedItem, kind: str, *, by: Person, now: datetime) -> None:
    verb = kind.partition(".")[2].replace("_", "-")
    tell(
        recipients={proposal.proposed_by_id} - {by.pk},
        kind=kind,
        key=f"{verb}:{proposal.pk}:{now:%Y-%m-%dT%H:%M:%S}",
        thing_id=proposal.pk,
        now=now,
        alliance_id=proposal.body.alliance_id,
    )


def _recorded(action: str, proposal: ProposedItem, *, by: Person, now: datetime) -> None:
    record(
        action,
        proposal,
        by=by,
        at=now,
        title=proposal.body.name,
        fields=["settled_at"] if proposal.settled_at else [],
        alliance_id=proposal.body.alliance_id,
    )
