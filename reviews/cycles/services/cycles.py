"""A cycle is begun, alone or like an earlier one, and its rules change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from alliances.membership.models import Alliance, Membership
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from reviews.cycles.models import (
    Cycle,
    CycleHost,
    CyclePerson,
    CycleReviewer,
    PairRule,
    Reviewer,
)
from reviews.cycles.services.telling import record_of


class NameTaken(Exception):
    """The alliance has a cycle of this name in this year."""


class CycleOver(Exception):
    """The cycle is finished or called off."""


@transaction.atomic
def begin_cycle(
    *,
    alliance: Alliance,
    rules: dict[str, Any],
    by: Person,
    now: datetime,
    like: Cycle | None = None,
) -> Cycle:
    """Seen by its organisers alone until dates are asked for.

    Like an earlier one: with its hosts that still belong to the alliance, its reviewers that are
    still in the pool, whom the director had named, and its rules for pairs.
    """
    lock(alliance)
    _refuse_taken(alliance.pk, rules["year"], rules["name"])
    cycle = Cycle.objects.create(alliance=alliance, organiser=by, made_by=by, made_at=now, **rules)
    if like is not None:
        _copy(like, cycle, on=now.astimezone(UK).date(), by=by, now=now)
    record_of("cycle begun", cycle, by=by, now=now, values={"year": cycle.year})
    return cycle


@transaction.atomic
def change_cycle(
    *,
    cycle: Cycle,
    changes: dict[str, Any],
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> Cycle:
    """Other rules; a rota that is published stays as it is until it is planned anew."""
    lock(cycle.alliance)
    current = lock_live(cycle, seen_version=seen_version)
    name = changes.get("name", current.name)
    _refuse_taken(current.alliance_id, current.year, name, but=current.pk)
    if changed := apply_changes(current, changes):
        record_of("cycle changed", current, by=by, now=now, fields=changed)
    return current


def lock_live(cycle: Cycle, *, seen_version: int | None = None) -> Cycle:
    """The cycle, locked, as long as anything of it may change."""
    current = lock(cycle, seen_version=seen_version)
    if not current.is_live:
        raise CycleOver
    return current


def _refuse_taken(alliance_id: int, year: int, name: str, *, but: int = 0) -> None:
    standing = Cycle.objects.exclude(state=Cycle.State.CANCELLED).exclude(pk=but)
    if standing.filter(alliance=alliance_id, year=year, name__iexact=name).exists():
        raise NameTaken


def _copy(like: Cycle, cycle: Cycle, *, on: date, by: Person, now: datetime) -> None:
    members = Membership.objects.on(on).filter(alliance=cycle.alliance_id).values("school")
    hosts = like.hosts.filter(left_at=None, school__in=members).order_by("pk")
    CycleHost.objects.bulk_create(
        CycleHost(cycle=cycle, school_id=school)
        for school in hosts.values_list("school", flat=True)
    )
    pool = Reviewer.objects.on(on).filter(alliance=cycle.alliance_id).values("pk")
    reviewers = like.reviewers.filter(left_at=None, reviewer__in=pool).order_by("pk")
    CycleReviewer.objects.bulk_create(
        CycleReviewer(cycle=cycle, reviewer_id=reviewer)
        for reviewer in reviewers.values_list("reviewer", flat=True)
    )
    named = CyclePerson.objects.on(on).filter(cycle=like).order_by("pk")
    CyclePerson.objects.bulk_create(
        CyclePerson(cycle=cycle, person_id=person, starts_on=on, named_by=by)
        for person in named.values_list("person", flat=True)
    )
    _copy_pairs(like, cycle, by=by, now=now)


def _copy_pairs(like: Cycle, cycle: Cycle, *, by: Person, now: datetime) -> None:
    hosts = dict(cycle.hosts.values_list("school", "pk"))
    reviewers = dict(cycle.reviewers.values_list("reviewer", "pk"))
    rules = like.pair_rules.order_by("pk").values_list(
        "reviewer__reviewer", "host__school", "is_never"
    )
    PairRule.objects.bulk_create(
        PairRule(
            cycle=cycle,
            reviewer_id=reviewers[reviewer],
            host_id=hosts[school],
            is_never=is_never,
            said_by=by,
            said_at=now,
        )
        for reviewer, school, is_never in rules
        if reviewer in reviewers and school in hosts
    )
