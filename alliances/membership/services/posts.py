"""Giving and ending posts in an alliance."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from alliances.membership.models import Alliance, AlliancePost
from alliances.membership.services.spans import check_span, said
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock


class PostHeldAlready(Exception):
    """The person holds this very post, without a leaving date."""


@transaction.atomic
def appoint_to_alliance(
    *,
    alliance: Alliance,
    person: Person,
    kind: str,
    by: Person | None,
    now: datetime,
    description: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> AlliancePost:
    """Give somebody a post from a day on; until it ends, she holds it once."""
    lock(alliance)
    check_span(starts_on, ends_on)
    held = AlliancePost.objects.filter(alliance=alliance, person=person, kind=kind, ends_on=None)
    if ends_on is None and held.exists():
        raise PostHeldAlready
    post = AlliancePost.objects.create(
        alliance=alliance,
        person=person,
        kind=kind,
        description=description,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _record("appointed", post, ["kind", "starts_on", "ends_on"], by=by, now=now)
    return post


@transaction.atomic
def end_alliance_post(
    *, post: AlliancePost, last_day: date, by: Person | None, now: datetime
) -> AlliancePost:
    """Let a post end with a day, past or coming; on that day it still counts."""
    post = lock(post)
    check_span(post.starts_on, last_day)
    if changed := apply_changes(post, {"ends_on": last_day}):
        _record("post ended", post, changed, by=by, now=now)
    return post


@transaction.atomic
def change_alliance_post(
    *, post: AlliancePost, changes: dict[str, Any], by: Person | None, now: datetime
) -> AlliancePost:
    """Put right what was entered wrongly: the post's name, description or days."""
    post = lock(post)
    check_span(changes.get("starts_on", post.starts_on), changes.get("ends_on", post.ends_on))
    if changed := apply_changes(post, changes):
        _record("post changed", post, changed, by=by, now=now)
    return post


def _record(
    action: str, post: AlliancePost, fields: list[str], *, by: Person | None, now: datetime
) -> None:
    record(
        action,
        post,
        title=f"{post} of {post.alliance}",
        by=by,
        at=now,
        fields=fields,
        values={
            "person_id": post.person_id,
            "kind": post.kind,
            "starts_on": said(post.starts_on),
            "ends_on": said(post.ends_on),
        },
        alliance_id=post.alliance_id,
    )
