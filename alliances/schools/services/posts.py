"""Giving and ending posts in schools."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from alliances.schools.models import School, SchoolPost
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock


class PostHeldAlready(Exception):
    """The person holds this very post, without a leaving date."""


class PostEndsBeforeItStarts(Exception):
    """The last day lies before the first."""


@transaction.atomic
def appoint_to_school(
    *,
    school: School,
    person: Person,
    kind: str,
    by: Person | None,
    now: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> SchoolPost:
    """Give somebody a post from a day on; until it ends, she holds it once."""
    lock(school)
    _check_span(starts_on, ends_on)
    held = SchoolPost.objects.filter(school=school, person=person, kind=kind, ends_on=None)
    if ends_on is None and held.exists():
        raise PostHeldAlready
    post = SchoolPost.objects.create(
        school=school, person=person, kind=kind, starts_on=starts_on, ends_on=ends_on
    )
    record(
        "appointed",
        post,
        by=by,
        at=now,
        fields=["kind", "starts_on", "ends_on"],
        values=_said(post) | {"person_id": person.pk},
        school_id=school.pk,
    )
    return post


@transaction.atomic
def end_school_post(
    *, post: SchoolPost, last_day: date, by: Person | None, now: datetime
) -> SchoolPost:
    """Let a post end with a day, past or coming; on that day it still counts."""
    post = lock(post)
    _check_span(post.starts_on, last_day)
    if changed := apply_changes(post, {"ends_on": last_day}):
        record(
            "post ended",
            post,
            by=by,
            at=now,
            fields=changed,
            values=_said(post),
            school_id=post.school_id,
        )
    return post


@transaction.atomic
def change_school_post(
    *, post: SchoolPost, changes: dict[str, Any], by: Person | None, now: datetime
) -> SchoolPost:
    """Put right what was entered wrongly: the post's name or its days."""
    post = lock(post)
    starts_on = changes.get("starts_on", post.starts_on)
    _check_span(starts_on, changes.get("ends_on", post.ends_on))
    if changed := apply_changes(post, changes):
        record(
            "post changed",
            post,
            by=by,
            at=now,
            fields=changed,
            values=_said(post),
            school_id=post.school_id,
        )
    return post


def _check_span(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise PostEndsBeforeItStarts


def _said(post: SchoolPost) -> dict[str, object]:
    return {
        "kind": post.kind,
        "starts_on": post.starts_on.isoformat() if post.starts_on else None,
        "ends_on": post.ends_on.isoformat() if post.ends_on else None,
    }
