"""Schools and reviewers come into a cycle, many at once, and are taken out, with a reason."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from alliances.membership.models import Membership
from alliances.schools.models import School, SchoolPost
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.versions import lock
from reviews.cycles.models import Cycle, CycleHost, CycleReviewer, DayPlace, ReviewDay, Reviewer
from reviews.cycles.services.cycles import lock_live
from reviews.cycles.services.pool import add_reviewers as bring_into_pool
from reviews.cycles.services.telling import heads_of, record_of, tell_dates_asked


class NotAMember(Exception):
    """A school that isn't of the alliance can't host."""


class HasADay(Exception):
    """A day is planned still: it is called off or planned anew first."""


@transaction.atomic
def add_hosts(
    *, cycle: Cycle, schools: Collection[School], by: Person, now: datetime
) -> list[CycleHost]:
    """These are reviewed too; who was taken out comes back. Once dates are asked for they are told."""
    current = lock_live(cycle)
    today = now.astimezone(UK).date()
    wanted = {school.pk for school in schools}
    members = Membership.objects.on(today).filter(alliance=current.alliance_id, school__in=wanted)
    if wanted - set(members.values_list("school", flat=True)):
        raise NotAMember
    standing = current.hosts.filter(left_at=None).values_list("school", flat=True)
    coming = wanted - set(standing)
    back = current.hosts.filter(school__in=coming)
    known = set(back.values_list("school", flat=True))
    back.update(left_at=None, left_because="")
    CycleHost.objects.bulk_create(
        CycleHost(cycle=current, school_id=school) for school in sorted(coming - known)
    )
    if coming:
        tell_dates_asked(current, heads_of(coming, on=today), by=by, now=now)
        record_of("schools added", current, by=by, now=now, values={"schools": len(coming)})
    return list(current.hosts.filter(school__in=coming, left_at=None).order_by("pk"))


@transaction.atomic
def take_host_out(*, host: CycleHost, because: str, by: Person, now: datetime) -> CycleHost:
    """The school isn't reviewed in this cycle; one with a planned day is refused."""
    current = lock_live(host.cycle)
    host = CycleHost.objects.select_for_update(of=("self",)).get(pk=host.pk)
    if host.days.filter(state=ReviewDay.State.PLANNED).exists():
        raise HasADay
    if host.left_at is None:
        host.left_at, host.left_because = now, because
        host.save(update_fields=["left_at", "left_because"])
        host.pair_rules.all().delete()
        record_of("school taken out", current, by=by, now=now)
    return host


@transaction.atomic
def add_chosen_reviewers(
    *,
    cycle: Cycle,
    reviewers: Collection[Reviewer],
    by: Person,
    now: datetime,
    with_heads: bool = False,
) -> list[CycleReviewer]:
    """These may be sent; who was taken out comes back. Once dates are asked for they are told.

    With all heads of hosts: who isn't a reviewer of the alliance yet becomes one.
    """
    lock(cycle.alliance)
    current = lock_live(cycle)
    wanted = {each.pk for each in reviewers}
    if with_heads:
        wanted |= _heads_of_hosts(current, by=by, now=now)
    return _add_reviewers(current, wanted, by=by, now=now)


def _heads_of_hosts(cycle: Cycle, *, by: Person, now: datetime) -> set[int]:
    """Their entries among the alliance's reviewers, made where they are missing."""
    today = now.astimezone(UK).date()
    schools = cycle.hosts.filter(left_at=None).values("school")
    posts = SchoolPost.objects.on(today).of_heads().filter(school__in=schools)
    heads = Person.objects.filter(pk__in=posts.values("person"), is_active=True)
    people = list(heads.order_by("pk"))
    bring_into_pool(alliance=cycle.alliance, people=people, by=by, now=now)
    pool = Reviewer.objects.on_or_after(today).filter(alliance=cycle.alliance_id)
    return set(pool.filter(person__in=people).values_list("pk", flat=True))


def _add_reviewers(
    cycle: Cycle, wanted: set[int], *, by: Person, now: datetime
) -> list[CycleReviewer]:
    pool = Reviewer.objects.filter(alliance=cycle.alliance_id, pk__in=wanted)
    wanted = set(pool.values_list("pk", flat=True))
    coming = wanted - set(cycle.reviewers.filter(left_at=None).values_list("reviewer", flat=True))
    back = cycle.reviewers.filter(reviewer__in=coming)
    known = set(back.values_list("reviewer", flat=True))
    back.update(left_at=None, left_because="")
    CycleReviewer.objects.bulk_create(
        CycleReviewer(cycle=cycle, reviewer_id=reviewer) for reviewer in sorted(coming - known)
    )
    if coming:
        people = set(pool.filter(pk__in=coming).values_list("person", flat=True))
        tell_dates_asked(cycle, people, by=by, now=now)
        record_of("reviewers added", cycle, by=by, now=now, values={"reviewers": len(coming)})
    return list(cycle.reviewers.filter(reviewer__in=coming, left_at=None).order_by("pk"))


@transaction.atomic
def take_reviewer_out(
    *, reviewer: CycleReviewer, because: str, by: Person, now: datetime
) -> CycleReviewer:
    """She isn't sent in this cycle; whoever is in a team of a planned day is refused."""
    current = lock_live(reviewer.cycle)
    reviewer = CycleReviewer.objects.select_for_update(of=("self",)).get(pk=reviewer.pk)
    places = DayPlace.objects.filter(
        reviewer=reviewer, ended_at=None, day__state=ReviewDay.State.PLANNED
    )
    if places.exclude(answer=DayPlace.Answer.DECLINED).exists():
        raise HasADay
    if reviewer.left_at is None:
        reviewer.left_at, reviewer.left_because = now, because
        reviewer.save(update_fields=["left_at", "left_because"])
        reviewer.pair_rules.all().delete()
        record_of("reviewer taken out", current, by=by, now=now)
    return reviewer
