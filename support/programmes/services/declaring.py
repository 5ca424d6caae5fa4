"""What stands before an agreement: interests declared, conflicts settled, the supporter looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from support.programmes.gating import asked_of, latest_checks
from support.programmes.models import Declaration, DeclarationAsked, DiligenceCheck, Programme
from support.programmes.services.telling import directors_of, record_of, tell_change, tell_turn


class NotAsked(Exception):
    """Nobody asks this person for a declaration in this programme now."""


class OwnConflict(Exception):
    """Whoever declared a conflict doesn't settle it herself."""


class NothingToSettle(Exception):
    """The conflict is settled, something newer was declared, or the agreement is signed."""


@transaction.atomic
def declare_interests(
    *, programme: Programme, has_conflict: bool, words: str = "", by: Person, now: datetime
) -> Declaration:
    """Somebody who takes part says that she has no conflict of interest, or what it is."""
    current = lock(programme)
    asked = asked_of(current, by, on=now.astimezone(UK).date())
    if asked is None or not is_before_signing(current):
        raise NotAsked
    declaration = Declaration.objects.create(
        programme=current,
        person=by,
        side=asked.side,
        has_conflict=has_conflict,
        words=words if has_conflict else "",
        declared_at=now,
    )
    apply_changes(asked, {"declaration": declaration, "person": by})
    if has_conflict:
        directors = directors_of(current, on=now.astimezone(UK).date())
        tell_turn(current, directors, what=f"conflict-{declaration.pk}", by=by, now=now)
    record_of("interests declared", current, by=by, now=now)
    return declaration


@transaction.atomic
def settle_conflict(
    *, declaration: Declaration, how: str, by: Person, now: datetime
) -> Declaration:
    """The alliance says how a declared conflict is dealt with; nobody settles her own."""
    current = lock(declaration.programme)
    declaration = lock(declaration)
    if declaration.person_id == by.pk:
        raise OwnConflict
    counts = DeclarationAsked.objects.filter(declaration=declaration).exists()
    is_open = declaration.has_conflict and declaration.settled_at is None
    if not (counts and is_open and is_before_signing(current)):
        raise NothingToSettle
    apply_changes(declaration, {"settled_at": now, "settled_by": by, "settled_how": how})
    told = {declaration.person_id}
    tell_change(current, told, what=f"conflict-settled-{declaration.pk}", by=by, now=now)
    record_of("conflict of interest settled", current, by=by, now=now)
    return declaration


@transaction.atomic
def check_diligence(
    *,
    programme: Programme,
    lines: Mapping[str, tuple[bool, str]],
    checked_on: date,
    by: Person,
    now: datetime,
) -> int:
    """Write down which checks of the supporting school are in order; how many say something new."""
    current = lock(programme)
    if not is_before_signing(current):
        raise NothingToSettle
    latest = latest_checks(current)
    new = [
        DiligenceCheck(
            programme=current,
            check_words=words,
            is_fine=is_fine,
            note=note,
            checked_by=by,
            checked_on=checked_on,
            checked_at=now,
        )
        for words, (is_fine, note) in lines.items()
        if words not in latest or (latest[words].is_fine, latest[words].note) != (is_fine, note)
    ]
    DiligenceCheck.objects.bulk_create(new)
    if new:
        record_of("supporting school looked at", current, by=by, now=now)
    return len(new)


def is_before_signing(programme: Programme) -> bool:
    """Whether support is found and not everybody has signed."""
    is_open = programme.state == Programme.State.OPEN
    return is_open and programme.matched_at is not None and programme.signed_at is None
