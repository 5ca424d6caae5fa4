"""Giving, changing and ending posts in an alliance."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from alliances.membership.models import Alliance, AlliancePost, Area
from alliances.membership.notices import APPOINTED
from alliances.membership.services.spans import check_span, said
from partnership.audit.services import record
from partnership.calendar.days import morning_of
from partnership.invitations.services import AlreadyInvited, invite_person
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock


class PostHeldAlready(Exception):
    """The person holds this very post, without a leaving date."""


class LastDirector(Exception):
    """Nobody would direct the alliance any more, and no sentence says why."""


class AccountClosed(Exception):
    """Somebody had an account with this address, which portal staff closed."""


@transaction.atomic
def welcome_to_alliance(
    *,
    alliance: Alliance,
    email: str,
    name: str,
    kind: str,
    by: Person,
    now: datetime,
    **facts: Any,
) -> AlliancePost:
    """Give a post to whoever has this address, inviting who isn't in the portal yet."""
    person = _find_or_invite(alliance, email, name, by=by, now=now)
    return appoint_to_alliance(alliance=alliance, person=person, kind=kind, by=by, now=now, **facts)


def _find_or_invite(
    alliance: Alliance, email: str, name: str, *, by: Person, now: datetime
) -> Person:
    known: Person | None = Person.objects.with_email(email).first()
    if known is not None and known.is_active:
        return known
    if known is not None and known.joined_at is not None:
        raise AccountClosed
    try:
        invitation = invite_person(
            email=email, name=name, by=by, now=now, on_behalf_of=alliance.name
        )
    except AlreadyInvited as invited:
        invitation = invited.invitation
    person: Person = invitation.person
    return person


@transaction.atomic
def appoint_to_alliance(
    *,
    alliance: Alliance,
    person: Person,
    kind: str,
    by: Person | None,
    now: datetime,
    description: str = "",
    area: Area | None = None,
    funded_days: Decimal | None = None,
    funded_per: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    quietly: bool = False,
) -> AlliancePost:
    """Give somebody a post from a day on; until it ends, she holds it once, or once an area.

    She is told on its first day; quietly where something else tells her.
    """
    lock(alliance)
    check_span(starts_on, ends_on)
    held = AlliancePost.objects.filter(
        alliance=alliance, person=person, kind=kind, area=area, ends_on=None
    )
    if ends_on is None and held.exists():
        raise PostHeldAlready
    post = AlliancePost.objects.create(
        alliance=alliance,
        person=person,
        kind=kind,
        area=area,
        description=description,
        funded_days=funded_days,
        funded_per=funded_per,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _record("appointed", post, ["kind", "starts_on", "ends_on"], by=by, now=now)
    if not quietly:
        _tell_holder(post, by=by, now=now)
    return post


def _tell_holder(post: AlliancePost, *, by: Person | None, now: datetime) -> None:
    """Tell her on its first day; an invitation tells who has not joined, and nobody herself."""
    if by is None or by.pk == post.person_id or not post.person.is_active:
        return
    tell(
        recipients=[post.person_id],
        kind=APPOINTED,
        key=f"alliance-post:{post.pk}:{post.starts_on}",
        thing_id=post.pk,
        facts={"by": by.pk},
        alliance_id=post.alliance_id,
        now=now,
        send_after=morning_of(post.starts_on, now),
    )


@transaction.atomic
def end_alliance_post(
    *, post: AlliancePost, last_day: date, by: Person | None, now: datetime, because: str = ""
) -> AlliancePost:
    """Let a post end with a day, past or coming; the last director says in a sentence why."""
    lock(post.alliance)
    post = _locked(post)
    check_span(post.starts_on, last_day)
    if not because and _is_last_director(post, last_day):
        raise LastDirector
    if changed := apply_changes(post, {"ends_on": last_day, "because": because}):
        _record("post ended", post, changed, by=by, now=now)
    return post


@transaction.atomic
def drop_coming_post(*, post: AlliancePost, by: Person, now: datetime) -> None:
    """Somebody who was to begin doesn’t: the post goes, and the history keeps that it was given."""
    lock(post.alliance)
    post = _locked(post)
    _record("post not taken up", post, ["starts_on"], by=by, now=now)
    post.delete()


def _is_last_director(post: AlliancePost, last_day: date) -> bool:
    """Whether nobody else directs the alliance on the day after."""
    if post.kind != AlliancePost.Kind.DIRECTOR:
        return False
    directors = AlliancePost.objects.on(last_day + timedelta(days=1)).filter(
        alliance=post.alliance_id, kind=AlliancePost.Kind.DIRECTOR
    )
    return not directors.exclude(pk=post.pk).exists()


@transaction.atomic
def edit_alliance_post(
    *, post: AlliancePost, changes: dict[str, Any], seen_version: int, by: Person, now: datetime
) -> AlliancePost:
    """Say anew what a post is, its paid time or its days; who directs alone stays."""
    lock(post.alliance)
    post = _locked(post, seen_version=seen_version)
    ends_on = changes.get("ends_on", post.ends_on)
    check_span(changes.get("starts_on", post.starts_on), ends_on)
    if ends_on is None:
        _refuse_doubled(post, changes.get("area", post.area))
        changes = {**changes, "because": ""}
    elif ends_on != post.ends_on and not post.because and _is_last_director(post, ends_on):
        raise LastDirector
    if changed := apply_changes(post, changes):
        _record("post changed", post, changed, by=by, now=now)
        if "starts_on" in changed and morning_of(post.starts_on, now):
            _tell_holder(post, by=by, now=now)
    return post


def _refuse_doubled(post: AlliancePost, area: Area | None) -> None:
    held = AlliancePost.objects.filter(
        alliance=post.alliance_id, person=post.person_id, kind=post.kind, area=area, ends_on=None
    )
    if held.exclude(pk=post.pk).exists():
        raise PostHeldAlready


@transaction.atomic
def change_alliance_post(
    *, post: AlliancePost, changes: dict[str, Any], by: Person | None, now: datetime
) -> AlliancePost:
    """Put right what portal staff entered: the post's name, description or days."""
    post = _locked(post)
    if changes.get("kind", post.kind) != AlliancePost.Kind.STRATEGIC_LEAD:
        changes = {**changes, "area": None}
    check_span(changes.get("starts_on", post.starts_on), changes.get("ends_on", post.ends_on))
    if changed := apply_changes(post, changes):
        _record("post changed", post, changed, by=by, now=now)
        if "starts_on" in changed and morning_of(post.starts_on, now):
            _tell_holder(post, by=by, now=now)
    return post


def _locked(post: AlliancePost, *, seen_version: int | None = None) -> AlliancePost:
    """The post's row, which knows its alliance as the one given does."""
    current = lock(post, seen_version=seen_version)
    current.alliance = post.alliance
    return current


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
