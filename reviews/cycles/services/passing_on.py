"""Somebody leaves her school, or a school becomes another: visits, cycles and hosts pass on."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from alliances.membership.models import AlliancePost
from alliances.schools.models import School, SchoolPost
from partnership.calendar.days import UK
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, STAY, Leaver, held_rows, offered
from partnership.toolkit.registers.handing import HeldRow
from partnership.toolkit.spoken_dates import spoken_date
from partnership.toolkit.versions import apply_changes, lock
from reviews.cycles.models import (
    BlockedDay,
    Cycle,
    CycleHost,
    CyclePerson,
    CycleReviewer,
    DayPlace,
    ReviewDay,
    Reviewer,
)
from reviews.cycles.services.answering import answer_visit
from reviews.cycles.services.teaming import ask_reviewer
from reviews.cycles.services.telling import organisers_of, record_of
from reviews.cycles.substitutes import proposals_for

VISITS, CYCLES, HOSTS = "cycles.visits", "cycles.organised", "cycles.hosts"
PLANNED = ReviewDay.State.PLANNED


def visits_to_come(leaver: Leaver) -> QuerySet[DayPlace]:
    """Visits after her last day, told by their day alone to her head and to their director."""
    after = datetime.combine(leaver.first_day, time(), tzinfo=UK)
    heads = SchoolPost.objects.on(leaver.today).of_heads().filter(person=leaver.by)
    posts = AlliancePost.objects.on(leaver.today).filter(
        person=leaver.by, kind=AlliancePost.Kind.DIRECTOR
    )
    places = DayPlace.objects.filter(
        Q(reviewer__reviewer__school__in=heads.values("school"))
        | Q(day__cycle__alliance__in=posts.values("alliance")),
        person=leaver.person,
        reviewer__reviewer__school=leaver.school,
        ended_at=None,
        day__state=PLANNED,
        day__starts_at__gte=after,
    )
    return held_rows(
        places.exclude(answer=DayPlace.Answer.DECLINED),
        kind=VISITS,
        name=Cast("day__day", TextField()),
        choices=offered(PASS, END, STAY),
    )


def said_of_visit(row: HeldRow) -> str:
    """Its day, and no school."""
    return f"Review day on {spoken_date(date.fromisoformat(row.name))}"


@transaction.atomic
def pass_on_visit(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows is asked where she may review; else the visit is declined for the leaver."""
    found = DayPlace.objects.select_related("day__cycle__alliance", "day__school", "person")
    place = found.filter(pk=key, person=leaver.person, ended_at=None, day__state=PLANNED).first()
    if place is None or place.day.starts_at <= now or place.answer == DayPlace.Answer.DECLINED:
        return 0
    follower = _who_may_go(place, to) if to is not None else None
    if follower is None:
        declined = DayPlace.Answer.DECLINED
        answer_visit(place=place, answer=declined, by=leaver.by, now=now)
        return 1
    reviewer, may_lead = follower
    ask_reviewer(
        day=place.day,
        reviewer=reviewer,
        instead_of=place,
        is_lead=place.is_lead and may_lead,
        by=leaver.by,
        now=now,
    )
    return 1


def _who_may_go(place: DayPlace, to: Person) -> tuple[CycleReviewer, bool] | None:
    """The successor as a reviewer of the cycle, if no rule of it is broken."""
    standing = CycleReviewer.objects.select_related("reviewer__person")
    hers = standing.filter(cycle=place.day.cycle_id, reviewer__person=to, left_at=None).first()
    if hers is None:
        return None
    proposals = proposals_for(place.day, needs_lead=False)
    proposal = next((each for each in proposals if each.candidate.key == hers.pk), None)
    if proposal is None or not proposal.may_go:
        return None
    return hers, proposal.candidate.may_lead


def cycles_organised(leaver: Leaver) -> QuerySet[Cycle]:
    """Live cycles that she looks after, for who directs their alliance."""
    posts = AlliancePost.objects.on(leaver.today).filter(
        person=leaver.by, kind=AlliancePost.Kind.DIRECTOR
    )
    cycles = Cycle.objects.filter(
        organiser=leaver.person, state__in=Cycle.LIVE, alliance__in=posts.values("alliance")
    )
    return held_rows(
        cycles, kind=CYCLES, name="name", about="alliance__name", choices=offered(PASS, STAY)
    )


@transaction.atomic
def pass_on_cycle(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """Whoever follows looks after it, named for it unless she directs; else who arranged it.

    Being named ends with the leaver's last day.
    """
    found = Cycle.objects.filter(pk=key, organiser=leaver.person, state__in=Cycle.LIVE).first()
    if found is None:
        return 0
    cycle = lock(found)
    follower = to or leaver.by
    named = CyclePerson.objects.on(leaver.last_day).filter(cycle=cycle, person=leaver.person)
    named.filter(starts_on__lte=leaver.last_day).update(ends_on=leaver.last_day)
    if follower.pk not in organisers_of(cycle, on=leaver.first_day):
        CyclePerson.objects.create(
            cycle=cycle, person=follower, starts_on=leaver.first_day, named_by=leaver.by
        )
    apply_changes(cycle, {"organiser": follower})
    record_of("cycle passed on", cycle, by=leaver.by, now=now, fields=["organiser"])
    return 1


def none_shown(_school: School) -> QuerySet[CycleHost]:
    """Whoever looks at a conversion is not told where the school is reviewed."""
    return CycleHost.objects.none()


@transaction.atomic
def pass_on_hosts(school: School, *, to: School, on: date, by: Person, now: datetime) -> int:
    """The school after hosts in its place with its days, and its reviewers come from there."""
    moved = 0
    taken = CycleHost.objects.filter(school=to).values("cycle")
    live = CycleHost.objects.filter(school=school, left_at=None, cycle__state__in=Cycle.LIVE)
    for host in live.exclude(cycle__in=taken).select_related("cycle").order_by("pk"):
        days = ReviewDay.objects.filter(host=host).exclude(state=ReviewDay.State.HELD)
        days.update(school=to, changed_at=now, version=F("version") + 1)
        CycleHost.objects.filter(pk=host.pk).update(school=to)
        record_of("host passed on", host.cycle, by=by, now=now)
        moved += 1
    known = BlockedDay.objects.filter(school=to, day__gte=on).values("day")
    blocked = BlockedDay.objects.filter(school=school, day__gte=on).exclude(day__in=known)
    blocked.update(school=to)
    reviewers = Reviewer.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), school=school)
    return moved + reviewers.update(school=to, version=F("version") + 1)
