"""Who has given dates and who is late, for organisers; for everybody else, her own and her school’s."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from alliances.schools.models import Delegation, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import joined, text
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, CycleHost, CycleReviewer
from reviews.cycles.parts.part import Part
from reviews.cycles.permissions import CycleRights

REVIEWER, HOST = "reviewer", "host"
TEMPLATE = "cycles/includes/_dates.html"
NOTHING: dict[str, Any] = {
    "may_change": False,
    "is_late": False,
    "own": [],
    "everybody": False,
    "missing": [],
    "given": [],
}


@dataclass(frozen=True)
class Giver:
    """A reviewer or a school, whether the dates are given, and where they are."""

    name: str
    given_at: datetime | None
    url: str
    is_school: bool


def dates(rights: CycleRights, now: datetime) -> Part | None:
    """Shown while dates are asked for; once the rota is out, the way to change one’s own."""
    cycle = rights.cycle
    takes_part = rights.is_reviewer or rights.is_of_host
    if cycle.state == Cycle.State.PUBLISHED and takes_part:
        return Part(TEMPLATE, NOTHING | {"cycle": cycle, "may_change": True})
    if cycle.state != Cycle.State.ASKING:
        return None
    nouns = NOTHING | {"cycle": cycle, "is_late": cycle.is_late_with_dates(now)}
    if takes_part:
        nouns["own"] = own_dates(rights, now)
    if rights.is_organiser:
        nouns["everybody"] = True
        givers = [_giver_for_organiser(cycle, *row) for row in answer(_all, cycle=cycle.pk)]
        nouns["missing"] = [each for each in givers if each.given_at is None]
        nouns["given"] = [each for each in givers if each.given_at is not None]
    return Part(TEMPLATE, nouns)


def _all(*, cycle: int) -> QuerySet[Any, Any]:
    reviewers = CycleReviewer.objects.filter(cycle=cycle, left_at=None)
    hosts = CycleHost.objects.filter(cycle=cycle, left_at=None)
    return joined(
        [
            _said(hosts, HOST, "pk", "school__name"),
            _said(reviewers, REVIEWER, "pk", "reviewer__person__name"),
        ]
    ).order_by("way", "called", "number")


def _of_her(*, cycle: int, person: Person, on: date) -> QuerySet[Any, Any]:
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person)
    acting = Delegation.objects.held_by(person, Delegation.Kind.REVIEWS, on=on)
    hosts = CycleHost.objects.filter(
        Q(school__in=heads.values("school")) | Q(school__in=acting.values("school")),
        cycle=cycle,
        left_at=None,
    )
    reviewers = CycleReviewer.objects.filter(cycle=cycle, left_at=None, reviewer__person=person)
    return joined(
        [
            _said(hosts, HOST, "school__urn", "school__name"),
            _said(reviewers, REVIEWER, "pk", "reviewer__person__name"),
        ]
    ).order_by("way", "called", "number")


def _said(rows: QuerySet[Any, Any], way: str, number: str, name: str) -> QuerySet[Any, Any]:
    columns: dict[str, Any] = {
        "way": Value(way, output_field=TextField()),
        "number": Cast(F(number), BigIntegerField()),
        "called": text(name),
        "given": F("dates_given_at"),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


def _giver_for_organiser(
    cycle: Cycle, way: str, number: int, name: str, given: datetime | None
) -> Giver:
    page = "cycles:host_dates" if way == HOST else "cycles:reviewer_dates"
    return Giver(name, given, address(page, cycle.pk, number), way == HOST)


def own_dates(rights: CycleRights, now: datetime) -> list[Giver]:
    """Her own dates and those of schools that she heads or acts for, in one query."""
    told = {"cycle": rights.cycle.pk, "person": rights.person, "on": london_day(now)}
    found = []
    for way, number, name, given in answer(_of_her, **told):
        if way == HOST:
            found.append(Giver(name, given, address("cycles:school_dates", number), is_school=True))
        else:
            own = address("cycles:own_dates")
            found.append(Giver("My own dates", given, own, is_school=False))
    return found
