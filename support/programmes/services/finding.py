"""Support is found, or being found again; whom that asks for a declaration of interests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from alliances.schools.models import SchoolPost
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from support.programmes.gating import SUPPORTED, latest_declarations
from support.programmes.models import DeclarationAsked, Programme, Side, Strand
from support.programmes.services.asking import school_days_later
from support.programmes.services.telling import directors_of, record_of, tell_turn

DAYS_TO_DECLARE = 5
Place = tuple[int, str, int | None]


class NotMatching(Exception):
    """Support isn't being found for this programme now."""


class NothingFound(Exception):
    """There is no strand of support yet, or no school that stands behind it."""


def to_match(programme: Programme) -> Programme:
    """The programme, locked, as long as support is being found for it."""
    current = lock(programme)
    is_judged = current.judged_at is not None and current.approach in SUPPORTED
    is_open = current.state == Programme.State.OPEN and current.matched_at is None
    if not (is_judged and is_open):
        raise NotMatching
    return current


@transaction.atomic
def finish_matching(*, programme: Programme, by: Person, now: datetime) -> Programme:
    """Support is found: everybody who takes part is asked to declare her interests."""
    current = to_match(programme)
    strands = Strand.objects.filter(programme=current, released_at__isnull=True)
    if current.supporting_school_id is None or not strands.exists():
        raise NothingFound
    apply_changes(current, {"matched_at": now})
    ask_to_declare(current, by=by, now=now)
    record_of("support found", current, by=by, now=now)
    return current


@transaction.atomic
def take_back_matching(*, programme: Programme, by: Person, now: datetime) -> Programme:
    """Look for support again, as long as no agreement was sent."""
    current = lock(programme)
    is_open = current.state == Programme.State.OPEN and current.sent_at is None
    if not is_open or current.matched_at is None:
        raise NotMatching
    take_back_found(current, by=by, now=now)
    return current


def take_back_found(programme: Programme, *, by: Person, now: datetime) -> None:
    """Support is being found again; who was asked and said nothing is no longer asked."""
    apply_changes(programme, {"matched_at": None})
    programme.declarations_asked.filter(declaration__isnull=True).delete()
    record_of("support being found again", programme, by=by, now=now)


@transaction.atomic
def ask_to_declare(programme: Programme, *, by: Person, now: datetime) -> int:
    """Ask everybody who takes part now, and nobody who no longer does; how many are new.

    What somebody declared stays on record, and counts again when she takes part again.
    """
    places = _places(programme, on=now.astimezone(UK).date())
    DeclarationAsked.objects.filter(programme=programme).exclude(person__in=list(places)).delete()
    asked = set(programme.declarations_asked.values_list("person", flat=True))
    said = latest_declarations(programme)
    due_at = school_days_later(now, DAYS_TO_DECLARE, school=programme.school_id)
    new = [
        DeclarationAsked(
            programme=programme,
            person_id=person,
            side=side,
            school_id=school,
            asked_at=now,
            due_at=due_at,
            declaration=said.get(person),
        )
        for person, (side, school) in places.items()
        if person not in asked
    ]
    DeclarationAsked.objects.bulk_create(new)
    silent = {each.person_id for each in new if each.declaration is None}
    if silent:
        tell_turn(programme, silent, what="declare", by=by, now=now)
    return len(new)


def _places(programme: Programme, *, on: date) -> dict[int, tuple[str, int | None]]:
    """On which side each person stands first; who stands on two is asked once."""
    places: dict[int, tuple[str, int | None]] = {}
    for person, side, school in _sides(programme, on=on):
        places.setdefault(person, (side, school))
    return places


def _sides(programme: Programme, *, on: date) -> Iterator[Place]:
    strands = Strand.objects.filter(
        programme=programme, released_at__isnull=True, practitioner__isnull=False
    )
    given = list(strands.values_list("practitioner__person", "practitioner__home_school"))
    homes = {school for _person, school in given if school is not None}
    schools = {programme.school_id, programme.supporting_school_id} | homes
    posts = SchoolPost.objects.on(on).of_heads().filter(school__in=schools - {None})
    heads = list(posts.order_by("pk").values_list("school", "person"))
    sides = (
        (Side.SCHOOL, {programme.school_id}),
        (Side.SUPPORTER, {programme.supporting_school_id}),
        (Side.HOME, homes),
    )
    for side, of in sides:
        yield from ((person, side.value, school) for school, person in heads if school in of)
    yield from ((person, Side.PRACTITIONER.value, None) for person, _home in given)
    for person in sorted(directors_of(programme, on=on)):
        yield (person, Side.DIRECTOR.value, None)
