"""What schools offer, experts from outside, and posts that schools share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction

from alliances.membership.models import Alliance
from alliances.membership.services.spans import check_span, said
from alliances.schools.models import School
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.registers import began
from partnership.toolkit.versions import apply_changes, lock
from support.directory.bridges import FROM_STRENGTH
from support.directory.models import OutsideExpert, SchoolOffer, SharedPost, SharedPostSchool

WEEK = Decimal(5)
WHOLE = Decimal(100)
Entry = TypeVar("Entry", SchoolOffer, OutsideExpert, SharedPost)


class TooManyDays(Exception):
    """The shares of a post are more than a week has."""


class CostsDontAddUp(Exception):
    """The shares of the cost are not 100 per cent together."""


class SchoolTwice(Exception):
    """One school is named twice among those that share a post."""


@dataclass(frozen=True)
class Share:
    """One school's part of a shared post."""

    school: School
    days_a_week: Decimal
    cost_percent: Decimal


@transaction.atomic
def add_offer(
    *,
    alliance: Alliance,
    school: School,
    by: Person,
    now: datetime,
    origin: str = "",
    **facts: Any,
) -> SchoolOffer:
    """A school offers others a placement, a model, a community or training from a day on.

    `origin` is what another room handed over, if it began there.
    """
    offer = _added(SchoolOffer(school=school), "offer added", alliance, facts, by=by, now=now)
    began(origin, kind=FROM_STRENGTH, thing_id=offer.pk, by=by, now=now)
    return offer


@transaction.atomic
def change_offer(
    *, offer: SchoolOffer, changes: dict[str, Any], seen_version: int, by: Person, now: datetime
) -> SchoolOffer:
    """Word an offer anew."""
    offer = lock(offer, seen_version=seen_version)
    _change(offer, "offer changed", changes, by=by, now=now)
    return offer


@transaction.atomic
def end_offer(*, offer: SchoolOffer, last_day: date, by: Person, now: datetime) -> SchoolOffer:
    """Let an offer end with a day."""
    offer = lock(offer)
    _change(offer, "offer ended", {"ends_on": last_day}, by=by, now=now)
    return offer


@transaction.atomic
def add_expert(*, alliance: Alliance, by: Person, now: datetime, **facts: Any) -> OutsideExpert:
    """The director lists somebody who isn't of any school of the alliance."""
    return _added(OutsideExpert(), "expert added", alliance, facts, by=by, now=now)


@transaction.atomic
def change_expert(
    *, expert: OutsideExpert, changes: dict[str, Any], seen_version: int, by: Person, now: datetime
) -> OutsideExpert:
    """Say anew what an expert does and costs."""
    expert = lock(expert, seen_version=seen_version)
    _change(expert, "expert changed", changes, by=by, now=now)
    return expert


@transaction.atomic
def end_expert(
    *, expert: OutsideExpert, last_day: date, by: Person, now: datetime
) -> OutsideExpert:
    """Recommend an expert no longer after a day."""
    expert = lock(expert)
    _change(expert, "expert ended", {"ends_on": last_day}, by=by, now=now)
    return expert


@transaction.atomic
def add_shared_post(
    *, alliance: Alliance, shares: Sequence[Share], by: Person, now: datetime, **facts: Any
) -> SharedPost:
    """Somebody works in several schools: whose week and whose money it is."""
    check_shares(shares)
    post = _added(SharedPost(), "shared post added", alliance, facts, by=by, now=now)
    _set_shares(post, shares)
    return post


@transaction.atomic
def change_shared_post(
    *,
    post: SharedPost,
    changes: dict[str, Any],
    shares: Sequence[Share],
    seen_version: int,
    by: Person,
    now: datetime,
) -> SharedPost:
    """Say anew who it is, which schools share her, and how they split the cost."""
    check_shares(shares)
    post = lock(post, seen_version=seen_version)
    others = _set_shares(post, shares)
    _change(post, "shared post changed", changes, by=by, now=now, others=others)
    return post


@transaction.atomic
def end_shared_post(*, post: SharedPost, last_day: date, by: Person, now: datetime) -> SharedPost:
    """Let a shared post end with a day."""
    post = lock(post)
    _change(post, "shared post ended", {"ends_on": last_day}, by=by, now=now)
    return post


def check_shares(shares: Sequence[Share]) -> None:
    """A week has five days, a cost is borne whole, and each school has one share."""
    if len({share.school.pk for share in shares}) < len(shares):
        raise SchoolTwice
    if sum(share.days_a_week for share in shares) > WEEK:
        raise TooManyDays
    if sum(share.cost_percent for share in shares) != WHOLE:
        raise CostsDontAddUp


def _set_shares(post: SharedPost, shares: Sequence[Share]) -> list[str]:
    facts = ("school_id", "days_a_week", "cost_percent")
    before = set(post.shares.values_list(*facts))
    wanted = {(share.school.pk, share.days_a_week, share.cost_percent) for share in shares}
    if before == wanted:
        return []
    post.shares.all().delete()
    SharedPostSchool.objects.bulk_create(
        SharedPostSchool(post=post, **vars(share)) for share in shares
    )
    return ["shares"]


def _added(
    entry: Entry,
    action: str,
    alliance: Alliance,
    facts: dict[str, Any],
    *,
    by: Person,
    now: datetime,
) -> Entry:
    check_span(facts["starts_on"], facts.get("ends_on"))
    areas = facts.pop("areas", None)
    entry.alliance = alliance
    for name, value in facts.items():
        setattr(entry, name, value)
    entry.save()
    if areas is not None:
        related: Any = getattr(entry, "areas")  # noqa: B009 a shared post has none
        related.set(areas)
    _record(entry, action, ["starts_on", "ends_on"], by=by, now=now)
    return entry


def _change(
    entry: Any,
    action: str,
    changes: dict[str, Any],
    *,
    by: Person,
    now: datetime,
    others: Sequence[str] = (),
) -> None:
    changes = dict(changes)
    check_span(changes.get("starts_on", entry.starts_on), changes.get("ends_on", entry.ends_on))
    fields = list(others)
    areas = changes.pop("areas", None)
    if areas is not None and set(areas) != set(entry.areas.values_list("pk", flat=True)):
        entry.areas.set(areas)
        fields.append("areas")
    changed = apply_changes(entry, changes)
    if fields and not changed:
        entry.version += 1
        entry.save(update_fields=["version"])
    if fields or changed:
        _record(entry, action, [*changed, *fields], by=by, now=now)


def _record(entry: Any, action: str, fields: Sequence[str], *, by: Person, now: datetime) -> None:
    record(
        action,
        entry,
        by=by,
        at=now,
        fields=fields,
        values={"starts_on": said(entry.starts_on), "ends_on": said(entry.ends_on)},
        school_id=getattr(entry, "school_id", None),
        alliance_id=entry.alliance_id,
    )
