"""Giving and ending posts in schools."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from alliances.schools.models import School, SchoolPost
from alliances.schools.notices import APPOINTED
from partnership.audit.services import record
from partnership.calendar.days import morning_of
from partnership.invitations.services import AlreadyInvited, invite_person
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock


class PostHeldAlready(Exception):
    """The person holds this very post, without a leaving date."""


class PostEndsBeforeItStarts(Exception):
    """The last day lies before the first."""


class AccountClosed(Exception):
    """Somebody had an account with this address, which portal staff closed."""


@transaction.atomic
def find_or_invite(
    *, school: School, email: str, name: str, by: Person | None, now: datetime
) -> Person:
    """Whoever has this address; who isn't in the portal yet is invited on the school's behalf."""
    known: Person | None = Person.objects.with_email(email).first()
    if known is not None and known.is_active:
        return known
    if known is not None and known.joined_at is not None:
        raise AccountClosed
    try:
        invitation = invite_person(email=email, name=name, by=by, now=now, on_behalf_of=school.name)
    except AlreadyInvited as invited:
        invitation = invited.invitation
    person: Person = invitation.person
    return person


@transaction.atomic
def welcome_to_school(
    *,
    school: School,
    email: str,
    name: str,
    kind: str,
    words: str = "",
    by: Person | None,
    now: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> SchoolPost:
    """Give a post to whoever has this address, inviting who isn't in the portal yet."""
    person = find_or_invite(school=school, email=email, name=name, by=by, now=now)
    return appoint_to_school(
        school=school,
        person=person,
        kind=kind,
        words=words,
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
        now=now,
    )


@transaction.atomic
def appoint_to_school(
    *,
    school: School,
    person: Person,
    kind: str,
    words: str = "",
    by: Person | None,
    now: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
    quietly: bool = False,
) -> SchoolPost:
    """Give somebody a post from a day on; until it ends, she holds it once.

    She is told on its first day; quietly where something else tells her.
    """
    lock(school)
    _check_span(starts_on, ends_on)
    words = words_of(kind, words)
    post = SchoolPost(
        school=school, person=person, kind=kind, words=words, starts_on=starts_on, ends_on=ends_on
    )
    _refuse_held(post)
    post.save()
    record(
        "appointed",
        post,
        by=by,
        at=now,
        fields=["kind", "starts_on", "ends_on"],
        values=_said(post) | {"person_id": person.pk},
        school_id=school.pk,
    )
    if not quietly:
        _tell_holder(post, person, by=by, now=now)
    return post


def _tell_holder(post: SchoolPost, person: Person, *, by: Person | None, now: datetime) -> None:
    """Tell her on its first day; an invitation tells who has not joined, and nobody herself."""
    if by is None or by.pk == person.pk or not person.is_active:
        return
    tell(
        recipients=[person.pk],
        kind=APPOINTED,
        key=f"school-post:{post.pk}:{post.starts_on}",
        thing_id=post.pk,
        facts={"by": by.pk},
        now=now,
        send_after=morning_of(post.starts_on, now),
    )


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
def drop_coming_post(*, post: SchoolPost, by: Person | None, now: datetime) -> None:
    """Somebody who was to begin doesn’t: the post goes, and the history keeps that it was given."""
    post = lock(post)
    record(
        "post not taken up",
        post,
        by=by,
        at=now,
        fields=["starts_on"],
        values=_said(post) | {"person_id": post.person_id},
        school_id=post.school_id,
    )
    post.delete()


@transaction.atomic
def change_school_post(
    *,
    post: SchoolPost,
    changes: dict[str, Any],
    by: Person | None,
    now: datetime,
    seen_version: int | None = None,
) -> SchoolPost:
    """Put right what was entered wrongly: the post's name or its days."""
    post = lock(post, seen_version=seen_version)
    starts_on = changes.get("starts_on", post.starts_on)
    ends_on = changes.get("ends_on", post.ends_on)
    _check_span(starts_on, ends_on)
    kind = changes.get("kind", post.kind)
    words = words_of(kind, changes.get("words", post.words))
    changes = {**changes, "words": words}
    _refuse_held(SchoolPost(**_identity(post), kind=kind, words=words, ends_on=ends_on))
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
        if "starts_on" in changed and morning_of(post.starts_on, now):
            _tell_holder(post, post.person, by=by, now=now)
    return post


def words_of(kind: str, words: str) -> str:
    """The words that belong to a post: only a subject lead's and another post have any."""
    return words.strip() if kind in SchoolPost.WORDED else ""


def _identity(post: SchoolPost) -> dict[str, int]:
    return {"pk": post.pk, "school_id": post.school_id, "person_id": post.person_id}


def _refuse_held(post: SchoolPost) -> None:
    """Raise PostHeldAlready when she holds this very post without a leaving date."""
    held = SchoolPost.objects.filter(
        school=post.school_id,
        person=post.person_id,
        kind=post.kind,
        words=post.words,
        ends_on=None,
    )
    if post.ends_on is None and held.exclude(pk=post.pk).exists():
        raise PostHeldAlready


def _check_span(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise PostEndsBeforeItStarts


def _said(post: SchoolPost) -> dict[str, object]:
    return {
        "kind": post.kind,
        "starts_on": post.starts_on.isoformat() if post.starts_on else None,
        "ends_on": post.ends_on.isoformat() if post.ends_on else None,
    }
