"""Somebody leaves her school: what she is in alliances stays, ends, or passes on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from alliances.membership.models import AlliancePost
from alliances.membership.services.posts import (
    appoint_to_alliance,
    change_alliance_post,
    drop_coming_post,
    end_alliance_post,
)
from partnership.people.models import Person
from partnership.toolkit.registers import (
    END,
    PASS,
    STAY,
    HeldRow,
    Leaver,
    held_rows,
    offered,
)

ALLIANCE_POSTS = "membership.posts"


def alliance_posts_held(leaver: Leaver) -> QuerySet[AlliancePost, Any]:
    """Posts that she herself, a director or portal staff may decide about.

    Only a director or portal staff give a post to somebody else, and a director's never just ends.
    """
    gives = Q(pk__isnull=False) if leaver.by.is_staff else Q(alliance__in=_directed(leaver))
    ends = ~Q(kind=AlliancePost.Kind.DIRECTOR)
    is_own = leaver.by.pk == leaver.person.pk
    return held_rows(
        AlliancePost.objects.on(leaver.today).filter(person=leaver.person),
        kind=ALLIANCE_POSTS,
        name="kind",
        about="alliance__name",
        choices=Case(
            When(gives & ends, then=offered(STAY, END, PASS)),
            When(gives, then=offered(STAY, PASS)),
            When(ends, then=offered(STAY, END) if is_own else offered()),
            default=offered(),
        ),
        order="alliance__name",
        until="ends_on",
    )


def _directed(leaver: Leaver) -> QuerySet[AlliancePost, Any]:
    posts = AlliancePost.objects.on(leaver.today).filter(person=leaver.by)
    return posts.filter(kind=AlliancePost.Kind.DIRECTOR).values("alliance")


def said_of_alliance_post(row: HeldRow) -> str:
    """The post and its alliance."""
    return f"{AlliancePost.Kind(row.name).label} of {row.about}"


def pass_on_alliance_post(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """The post ends with the last day; whoever follows holds it from the day after."""
    posts = AlliancePost.objects.filter(pk=key, person=leaver.person)
    post = posts.select_related("alliance", "area").first()
    if post is None:
        return 0
    if to is not None:
        _give(post, leaver, to, now=now)
    end_alliance_post(post=post, last_day=leaver.last_day, by=leaver.by, now=now)
    return 1


def _following(post: AlliancePost, to: Person) -> QuerySet[AlliancePost]:
    return AlliancePost.objects.filter(
        alliance=post.alliance, person=to, kind=post.kind, area=post.area
    )


def take_back_alliance_post(
    leaver: Leaver,
    key: int,
    *,
    to: Person | None,
    until: date | None,
    since: datetime,
    now: datetime,
) -> int:
    """She holds it as before; whoever would have followed does not begin."""
    posts = AlliancePost.objects.filter(pk=key, person=leaver.person, ends_on=leaver.last_day)
    post = posts.select_related("alliance", "area").first()
    if post is None:
        return 0
    if until is None and _following(post, leaver.person).filter(ends_on=None).exists():
        return 0
    if to is not None:
        for begun in _following(post, to).filter(starts_on=leaver.first_day):
            drop_coming_post(post=begun, by=leaver.by, now=now)
    change_alliance_post(post=post, changes={"ends_on": until}, by=leaver.by, now=now)
    return 1


def _give(post: AlliancePost, leaver: Leaver, to: Person, *, now: datetime) -> None:
    if _following(post, to).filter(ends_on=None).exists():
        return
    appoint_to_alliance(
        alliance=post.alliance,
        person=to,
        kind=post.kind,
        description=post.description,
        area=post.area,
        funded_days=post.funded_days,
        funded_per=post.funded_per,
        starts_on=leaver.first_day,
        by=leaver.by,
        now=now,
        quietly=True,
    )
