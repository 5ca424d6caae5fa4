"""What stands between finding support and signing for it: what is missing, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from support.programmes.gating import Gate, all_open, asked_in, gates_for
from support.programmes.models import Declaration, DeclarationAsked, Side
from support.programmes.parts.part import Part
from support.programmes.permissions import Rights


@dataclass(frozen=True)
class Topic:
    """The gates of one kind."""

    name: str
    gates: list[Gate]


def gates(rights: Rights, _now: datetime) -> Part | None:
    """All gates for those who bear the programme; others see what they themselves declare."""
    programme = rights.programme
    is_between = programme.matched_at is not None and programme.signed_at is None
    if not is_between or not programme.is_standing():
        return None
    own = own_part(rights)
    sees_all = rights.sees_every_strand
    if own is None and not sees_all:
        return None
    found = gates_for(programme)[1:] if sees_all else []
    nouns = {
        "programme": programme,
        "own": own,
        "topics": _topics(found),
        "is_open": all_open(found),
        "closed": sum(not gate.is_open for gate in found),
        "conflicts": _conflicts(rights) if rights.is_of_alliance else [],
        "may_direct": rights.may_direct,
        "sees_how": rights.is_of_alliance,
        "reader": rights.person,
    }
    return Part("programmes/includes/_gates.html", nouns)


def own_part(rights: Rights) -> DeclarationAsked | None:
    """Her own place among those who declare interests, or that which a head before her left."""
    asked = asked_in(rights.programme)
    mine = [each for each in asked if each.person_id == rights.person.pk]
    left = [each for each in asked if each.declaration is None and each.side in _headed(rights)]
    return next(iter([*mine, *left]), None)


def _headed(rights: Rights) -> set[str]:
    """The sides for which she speaks as head of the school."""
    is_supporter = rights.is_supporting_head
    sides = ((Side.SCHOOL.value, "head" in rights.ways), (Side.SUPPORTER.value, is_supporter))
    return {side for side, holds in sides if holds}


def waits_for_her(rights: Rights) -> DeclarationAsked | None:
    """Her place, as long as she is to declare and has not."""
    programme = rights.programme
    is_between = programme.matched_at is not None and programme.signed_at is None
    if not is_between or programme.state != programme.State.OPEN:
        return None
    own = own_part(rights)
    return own if own is not None and own.declaration is None else None


def _topics(found: list[Gate]) -> list[Topic]:
    return [Topic(name, list(each)) for name, each in groupby(found, key=lambda gate: gate.topic)]


def _conflicts(rights: Rights) -> list[tuple[DeclarationAsked, Declaration]]:
    """What was declared, for the director's side alone."""
    return [
        (each, each.declaration)
        for each in asked_in(rights.programme)
        if each.declaration is not None and each.declaration.has_conflict
    ]
