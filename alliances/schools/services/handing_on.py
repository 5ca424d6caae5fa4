"""Somebody leaves a school: her posts in it, and whom she acts for or lets act, pass on or end."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from alliances.schools.models import Delegation, SchoolPost
from alliances.schools.services.posts import (
    appoint_to_school,
    change_school_post,
    end_school_post,
)
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, Held, Leaver
from partnership.toolkit.versions import lock


def posts_held(leaver: Leaver) -> list[Held]:
    """Her posts in the school: each passes on or ends."""
    posts = SchoolPost.objects.on(leaver.today).filter(school=leaver.school, person=leaver.person)
    return [Held(post.pk, post.called, (PASS, END)) for post in posts.by_rank()]


def pass_on_post(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """The post ends with the last day; whoever follows holds it from the day after."""
    post = SchoolPost.objects.filter(pk=key, person=leaver.person).first()
    if post is None:
        return 0
    end_school_post(post=post, last_day=leaver.last_day, by=leaver.by, now=now)
    if to is None:
        return 1
    same = SchoolPost.objects.ahead(leaver.today).filter(
        school=leaver.school, person=to, kind=post.kind, words=post.words
    )
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
    )
    return 1


def _begin_again(held: SchoolPost, leaver: Leaver, *, now: datetime) -> None:
    """A post that follows on already, and hasn't begun, moves with the last day."""
    if held.starts_on is not None and held.starts_on > leaver.today:
        changes = {"starts_on": leaver.first_day}
        change_school_post(post=held, changes=changes, by=leaver.by, now=now)


def delegations_held(leaver: Leaver) -> list[Held]:
    """What she lets others do, and what others let her do, beyond the last day."""
    mine = Q(given_by=leaver.person) | Q(deputy=leaver.person)
    found = Delegation.objects.ahead(leaver.last_day).filter(mine, school=leaver.school)
    return [
        Held(
            each.pk,
            f"{each.called}: {each.deputy} acts for {each.given_by}",
            (PASS, END),
        )
        for each in found.select_related("deputy", "given_by").order_by("pk")
    ]


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
