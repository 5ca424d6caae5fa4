"""Who is told of a programme, and what the audit keeps of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from alliances.membership.models import AlliancePost
from alliances.schools.models import Delegation, SchoolPost
from partnership.audit.services import record
from partnership.notices.services import tell
from partnership.people.models import Person
from support.programmes.models import Programme
from support.programmes.notices import CHANGED, YOUR_TURN


def heads_of(school_ids: Iterable[int | None], *, on: date) -> set[int]:
    """The heads of schools on a day."""
    posts = SchoolPost.objects.on(on).of_heads()
    return set(posts.filter(school__in=list(school_ids)).values_list("person", flat=True))


def supported_side_of(programme: Programme, *, on: date) -> set[int]:
    """The heads of the supported school, and who acts for them in support."""
    acting = Delegation.objects.on(on).filter(
        school=programme.school_id, kind=Delegation.Kind.SUPPORT
    )
    heads = heads_of([programme.school_id], on=on)
    return heads | set(acting.values_list("deputy", flat=True))


def both_schools_of(programme: Programme, *, on: date) -> set[int]:
    """The heads of both schools, and who acts for the supported one."""
    return supported_side_of(programme, on=on) | heads_of([programme.supporting_school_id], on=on)


def directors_of(programme: Programme, *, on: date) -> set[int]:
    """Who looks after the programme; while nobody does, every director of the alliance."""
    if programme.director_id is not None:
        return {programme.director_id}
    posts = AlliancePost.objects.on(on).filter(
        alliance=programme.alliance_id, kind=AlliancePost.Kind.DIRECTOR
    )
    return set(posts.values_list("person", flat=True))


def tell_turn(
    programme: Programme, people: Iterable[int], *, what: str, by: Person | None, now: datetime
) -> None:
    """Say to these people that it is their turn; `what` makes the notice one of its kind.

    `by` is None when the portal itself did it.
    """
    _tell(YOUR_TURN, programme, people, what=what, by=by, now=now)


def tell_change(
    programme: Programme, people: Iterable[int], *, what: str, by: Person | None, now: datetime
) -> None:
    """Say to these people that something changed; `what` makes the notice one of its kind."""
    _tell(CHANGED, programme, people, what=what, by=by, now=now)


def _tell(
    kind: str,
    programme: Programme,
    people: Iterable[int],
    *,
    what: str,
    by: Person | None,
    now: datetime,
) -> None:
    tell(
        recipients=set(people) - {by.pk if by is not None else None},
        kind=kind,
        key=f"{what}:{programme.pk}:{now:%Y-%m-%dT%H:%M:%SZ}",
        thing_id=programme.pk,
        alliance_id=programme.alliance_id,
        now=now,
    )


def record_of(
    action: str,
    programme: Programme,
    *,
    by: Person | None,
    now: datetime,
    fields: Iterable[str] = (),
) -> None:
    """Keep that something happened, by whom and when; never what was said or found."""
    record(
        action,
        programme,
        by=by,
        at=now,
        fields=list(fields),
        alliance_id=programme.alliance_id,
    )
