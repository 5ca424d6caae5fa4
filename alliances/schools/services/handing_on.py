"""Somebody leaves a school: her posts in it, and whom she acts for or lets act, pass on or end."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from alliances.schools.models import Delegation, SchoolPost
from alliances.schools.models.posts import SchoolPostQuerySet
from alliances.schools.services.posts import (
    appoint_to_school,
    change_school_post,
    drop_coming_post,
    end_school_post,
)
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, HeldRow, Leaver, held_rows, offered
from partnership.toolkit.versions import lock

POSTS = "schools.posts"
DELEGATIONS = "schools.delegations"


def posts_held(leaver: Leaver) -> QuerySet[SchoolPost, Any]:
    """Her posts in the school: each passes on or ends."""
    posts = SchoolPost.objects.on(leaver.today).filter(school=leaver.school, person=leaver.person)
    ranks = [When(kind=kind, then=Value(f"{rank:02}")) for rank, kind in enumerate(SchoolPost.Kind)]
    return held_rows(
        posts,
        kind=POSTS,
        name="kind",
        about="words",
        choices=offered(PASS, END),
        order=Case(*ranks, default=Value("99")),
        until="ends_on",
    )


def said_of_post(row: HeldRow) -> str:
    """The post as people say it."""
    return SchoolPost(kind=row.name, words=row.about).called


def pass_on_post(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """The post ends with the last day; whoever follows holds it from the day after."""
    post = SchoolPost.objects.filter(pk=key, person=leaver.person).first()
    if post is None:
        return 0
    end_school_post(post=post, last_day=leaver.last_day, by=leaver.by, now=now)
    if to is None:
        return 1
    same = _following(leaver, post, to).ahead(leaver.today)
    if held := same.order_by("pk").first():
        _begin_again(held, leaver, now=now)
        return 1
    appoint_to_school(
        school=leaver.school,
        person=to,
        kind=post.kind,
        words=post.words,
        starts_on=leaver.first_day,
        by=leaver.by,
        now=now,
        quietly=True,
    )
    return 1


def _begin_again(held: SchoolPost, leaver: Leaver, *, now: datetime) -> None:
    """A post that follows on already, and hasn't begun, moves with the last day."""
    if held.starts_on is not None and held.starts_on > leaver.today:
        changes = {"starts_on": leaver.first_day}
        change_school_post(post=held, changes=changes, by=leaver.by, now=now)


def _following(leaver: Leaver, post: SchoolPost, to: Person) -> SchoolPostQuerySet:
    """The same post as whoever follows holds it."""
    return SchoolPost.objects.filter(
        school=leaver.school, person=to, kind=post.kind, words=post.words
    )


def _is_held_again(leaver: Leaver, post: SchoolPost, until: date | None) -> bool:
    """Whether she has been given the very post anew, without a last day."""
    return until is None and _following(leaver, post, leaver.person).filter(ends_on=None).exists()


def take_back_post(
    leaver: Leaver,
    key: int,
    *,
    to: Person | None,
    until: date | None,
    since: datetime,
    now: datetime,
) -> int:
    """She holds the post as before; whoever would have followed does not begin."""
    posts = SchoolPost.objects.filter(pk=key, person=leaver.person, ends_on=leaver.last_day)
    post = posts.first()
    if post is None or _is_held_again(leaver, post, until):
        return 0
    if to is not None:
        for coming in _following(leaver, post, to).filter(starts_on=leaver.first_day):
            drop_coming_post(post=coming, by=leaver.by, now=now)
    change_school_post(post=post, changes={"ends_on": until}, by=leaver.by, now=now)
    return 1


def delegations_held(leaver: Leaver) -> QuerySet[Delegation, Any]:
    """What she lets others do, and what others let her do, beyond the last day."""
    mine = Q(given_by=leaver.person) | Q(deputy=leaver.person)
    return held_rows(
        Delegation.objects.ahead(leaver.last_day).filter(mine, school=leaver.school),
        kind=DELEGATIONS,
        name="kind",
        about="deputy__name",
        more="given_by__name",
        choices=offered(PASS, END),
        until="ends_on",
    )


def said_of_delegation(row: HeldRow) -> str:
    """Who acts for whom in which matter."""
    return f"{Delegation(kind=row.name).called}: {row.about} acts for {row.more}"


def pass_on_delegation(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """It ends with the last day; from the day after it is the successor's part, until its own end.

    Who would act for herself afterwards does so anyway.
    """
    known = Delegation.objects.filter(pk=key, ended_at__isnull=True).first()
    if known is None:
        return 0
    delegation = lock(known)
    until = delegation.ends_on
    if delegation.starts_on > leaver.last_day:
        delegation.ended_at = now
    else:
        delegation.ends_on = min(until, leaver.last_day)
    delegation.save(update_fields=["ended_at", "ends_on"])
    if to is not None and until > leaver.last_day:
        _go_on(delegation, leaver, to, now=now, until=until)
    action = "delegation ended" if to is None else "delegation passed on"
    record(
        action,
        leaver.school,
        by=leaver.by,
        at=now,
        fields=["delegation"],
        values={"kind": delegation.kind, "ends_on": delegation.ends_on.isoformat()},
        school_id=leaver.school.pk,
    )
    return 1


def _go_on(
    delegation: Delegation, leaver: Leaver, to: Person, *, now: datetime, until: date
) -> None:
    is_giver = delegation.given_by_id == leaver.person.pk
    deputy_id = delegation.deputy_id if is_giver else to.pk
    given_by_id = to.pk if is_giver else delegation.given_by_id
    if deputy_id == given_by_id:
        return
    Delegation.objects.create(
        school=leaver.school,
        deputy_id=deputy_id,
        given_by_id=given_by_id,
        kind=delegation.kind,
        given_at=now,
        starts_on=max(delegation.starts_on, leaver.first_day),
        ends_on=until,
    )


def take_back_delegation(
    leaver: Leaver,
    key: int,
    *,
    to: Person | None,
    until: date | None,
    since: datetime,
    now: datetime,
) -> int:
    """It goes on as before, and what was to begin for whoever follows does not."""
    known = Delegation.objects.filter(pk=key).first()
    if known is None or until is None:
        return 0
    delegation = lock(known)
    if delegation.ended_at not in (None, since) or delegation.ends_on not in (
        until,
        leaver.last_day,
    ):
        return 0
    delegation.ended_at, delegation.ends_on = None, until
    delegation.save(update_fields=["ended_at", "ends_on"])
    if to is not None:
        theirs = Q(given_by=to) | Q(deputy=to)
        begun = Delegation.objects.filter(theirs, school=leaver.school, kind=delegation.kind)
        begun.filter(given_at=since, ended_at=None).update(ended_at=now)
    record(
        "delegation goes on",
        leaver.school,
        by=leaver.by,
        at=now,
        fields=["delegation"],
        values={"kind": delegation.kind, "ends_on": until.isoformat()},
        school_id=leaver.school.pk,
    )
    return 1
