"""What a school that needs help is like, by the register and the review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from alliances.schools.models import GroupSchool, School
from alliances.schools.models.register import SAYING_NOTHING
from partnership.toolkit.statements import answer
from support.directory.matching import Need
from support.directory.models import Context, Phase

FEWER_ARE_SMALL, MORE_ARE_LARGE = 150, 450
NONE: frozenset[int] = frozenset()
PHASES_OF_REGISTER = {
    "Nursery": (Phase.EARLY_YEARS,),
    "Primary": (Phase.PRIMARY,),
    "Middle deemed primary": (Phase.PRIMARY,),
    "Middle deemed secondary": (Phase.SECONDARY,),
    "Secondary": (Phase.SECONDARY,),
    "All-through": (Phase.PRIMARY, Phase.SECONDARY),
    "16 plus": (Phase.SIXTEEN_PLUS,),
}
SPECIAL_TYPES = ("special", "pupil referral", "alternative provision")


@dataclass(frozen=True)
class Surroundings:
    """A need with the schools that stand in a group with its school, and who declared a conflict."""

    need: Need
    on: date
    akin: Mapping[int, frozenset[int]]
    conflicted: frozenset[int] = NONE


def surroundings_of(
    school: School,
    *,
    area: int,
    areas: Mapping[int, str],
    on: date,
    conflicted: frozenset[int] = NONE,
    pairs: Iterable[tuple[int, int]] | None = None,
) -> Surroundings:
    """What the register and the review say of a school that needs help.

    `pairs` are the rows of `akin_to`, where a page has asked for them already.
    """
    akin: dict[int, frozenset[int]] = {}
    for other, group in answer(akin_to, school=school, on=on) if pairs is None else pairs:
        akin[other] = akin.get(other, NONE) | {group}
    need = Need(
        school=school.pk,
        area=area,
        areas=areas,
        phases={phase.value: phase.label for phase in phases_of(school)},
        contexts={context.value: context.label for context in contexts_of(school)},
        groups=akin.get(school.pk, NONE),
        easting=school.easting,
        northing=school.northing,
    )
    return Surroundings(need, on, akin, conflicted)


def phases_of(school: School) -> list[Phase]:
    """The phases that a school serves, as the register says it."""
    phases = PHASES_OF_REGISTER.get(school.phase_served, ())
    kind = school.type.casefold()
    is_special = any(words in kind for words in SPECIAL_TYPES)
    return [*phases, Phase.SPECIAL] if is_special else list(phases)


def contexts_of(school: School) -> list[Context]:
    """What sets a school apart, as far as the register says it."""
    said = (
        (Context.SMALL, school.pupils is not None and school.pupils < FEWER_ARE_SMALL),
        (Context.LARGE, school.pupils is not None and school.pupils > MORE_ARE_LARGE),
        (Context.FAITH, school.religious_character not in SAYING_NOTHING),
    )
    return [context for context, holds in said if holds]


def akin_to(*, school: School, on: date) -> QuerySet[GroupSchool, Any]:
    """The schools that stand in a trust or federation with a school, itself among them."""
    now = GroupSchool.objects.on(on)
    groups = now.filter(school=school).values("group")
    return now.filter(group__in=groups).order_by().values_list("school", "group")
