"""A school becomes another: what runs on moves over, what is closed stays where it was."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from alliances.schools.models import School, SchoolLink
from alliances.schools.register.codes import CLOSED
from alliances.schools.services.deriving import DERIVED, derive
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.registers import HandoverKind, gather
from partnership.toolkit.versions import lock


class HandedOverAlready(Exception):
    """What ran on has moved to the school after it already."""


def school_handovers() -> tuple[HandoverKind, ...]:
    """What rooms have that a closing school holds, the lower rooms first."""
    kinds: tuple[HandoverKind, ...] = gather("handover", "HANDOVER")
    return tuple(kind for kind in kinds if kind.of == "school")


@transaction.atomic
def accept_conversion(*, link: SchoolLink, by: Person, now: datetime) -> dict[str, int]:
    """Move memberships, posts, invitations and running work to the successor; how many of each.

    The school before closes with the day before, unless the register has closed it already.
    """
    link = lock(link)
    if link.handed_over_at is not None:
        raise HandedOverAlready
    schools = School.objects.select_for_update(of=("self",)).order_by("pk")
    both = {each.urn: each for each in schools.filter(urn__in=_urns(link))}
    before, after = both[link.predecessor_urn], both[link.successor_urn]
    first_day = first_day_of(link, after, today=timezone.localtime(now).date())
    moved = {
        kind.words: kind.pass_on(before, to=after, on=first_day, by=by, now=now)
        for kind in school_handovers()
    }
    _close(before, last_day=first_day - timedelta(days=1), by=by, now=now)
    link.handed_over_at = now
    link.waits = False
    link.save(update_fields=["handed_over_at", "waits"])
    values = {"from": before.urn, "to": after.urn, **moved}
    for school in (before, after):
        record("conversion accepted", school, by=by, at=now, values=values, school_id=school.pk)
    return moved


def first_day_of(link: SchoolLink, after: School, *, today: date) -> date:
    """When the school after took over: the register dates some links by the last day before it."""
    return max(filter(None, (link.linked_on, after.opened_on)), default=today)


def accept_waiting_conversions(*, successors: Collection[int], by: Person, now: datetime) -> int:
    """Accept each conversion that waits with one of these schools after it."""
    links = SchoolLink.objects.to_hand_over().filter(successor_urn__in=successors).order_by("pk")
    accepted = 0
    for link in links:
        accept_conversion(link=link, by=by, now=now)
        accepted += 1
    return accepted


def _urns(link: SchoolLink) -> tuple[int, int]:
    return link.predecessor_urn, link.successor_urn


def _close(school: School, *, last_day: date, by: Person, now: datetime) -> None:
    if school.status == CLOSED:
        return
    before = {"status": school.status, "closed_on": None}
    school.status = CLOSED
    school.closed_on = school.closed_on or last_day
    school.version += 1
    derive(school)
    school.save(update_fields=["status", "closed_on", "version", *DERIVED])
    record(
        "closed by its conversion",
        school,
        by=by,
        at=now,
        fields=["status", "closed_on"],
        values={
            "status": [before["status"], CLOSED],
            "closed_on": [None, school.closed_on.isoformat()],
        },
        school_id=school.pk,
    )
