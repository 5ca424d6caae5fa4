"""Schools and reviewers come into a cycle, many at once, and are taken out, with a reason."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from alliances.membership.models import Membership
from alliances.schools.models import School, SchoolPost
from partnership.calendar.days import UK
from partnership.people.models import Person
from reviews.cycles.models import Cycle, CycleHost, CycleReviewer, DayPlace, ReviewDay, Reviewer
from reviews.cycles.services.cycles import lock_live
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
    current = lock_live(cycle)
    wanted = {each.pk for each in reviewers}
    if with_heads:
        wanted |= _heads_of_hosts(current, on=now.astimezone(UK).date())
    return _add_reviewers(current, wanted, by=by, now=now)


def _heads_of_hosts(cycle: Cycle, *, on: date) -> set[int]:
    """Their entries; who heads two schools comes from the one in which her post ranks first."""
    schools = cycle.hosts.filter(left_at=None).values("school")
    posts = SchoolPost.objects.on(on).of_heads()
    posts = posts.filter(school__in=schools, person__is_active=True).by_rank()
    home: dict[int, int] = {}
    for person, school in posts.values_list("person", "school"):
        home.setdefault(person, school)
    return _in_the_pool(cycle, home, on=on)


def _in_the_pool(cycle: Cycle, home: dict[int, int], *, on: date) -> set[int]:
    """The entries of these people in the alliance's pool, made where they are missing."""
    pool = Reviewer.objects.filter(alliance=cycle.alliance_id, person__in=home)
    pool = pool.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    known = set(pool.values_list("person", flat=True))
    Reviewer.objects.bulk_create(
        Reviewer(alliance_id=cycle.alliance_id, person_id=person, school_id=school, starts_on=on)
        for person, school in home.items()
        if person not in known
    )
    return set(pool.values_list("pk", flat=True))


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
