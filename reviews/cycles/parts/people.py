"""Who takes part in a cycle: how many schools and reviewers, and who organises it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from alliances.membership.models import AlliancePost
from partnership.toolkit.registers import joined, text
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.statements import answer
from reviews.cycles.models import CycleHost, CyclePerson, CycleReviewer, PairRule
from reviews.cycles.parts.part import Part
from reviews.cycles.permissions import CycleRights, can_name_organisers

HOSTS, REVIEWERS, PAIRS, DIRECTOR, NAMED = "hosts", "reviewers", "pairs", "director", "named"


def people(rights: CycleRights, now: datetime) -> Part:
    """For everybody who sees the cycle; rules for pairs are counted for organisers alone."""
    cycle = rights.cycle
    told = {"cycle": cycle.pk, "alliance": cycle.alliance_id, "on": london_day(now)}
    rows = answer(_who, **told)
    counts = {way: number for way, number, _name in rows if way in (HOSTS, REVIEWERS, PAIRS)}
    nouns = {
        "cycle": cycle,
        "host_count": counts.get(HOSTS, 0),
        "reviewer_count": counts.get(REVIEWERS, 0),
        "pair_count": counts.get(PAIRS, 0),
        "directors": [name for way, _number, name in rows if way == DIRECTOR],
        "named": [(number, name) for way, number, name in rows if way == NAMED],
        "is_organiser": rights.is_organiser,
        "may_organise": rights.may_organise,
        "may_name": can_name_organisers(rights),
    }
    return Part("cycles/includes/_people.html", nouns)


def _who(*, cycle: int, alliance: int, on: date) -> QuerySet[Any, Any]:
    directors = AlliancePost.objects.on(on).filter(
        alliance=alliance, kind=AlliancePost.Kind.DIRECTOR
    )
    named = CyclePerson.objects.on(on).filter(cycle=cycle)
    return joined(
        [
            _counted(CycleHost.objects.filter(cycle=cycle, left_at=None), HOSTS),
            _counted(CycleReviewer.objects.filter(cycle=cycle, left_at=None), REVIEWERS),
            _counted(PairRule.objects.filter(cycle=cycle), PAIRS),
            _listed(directors, DIRECTOR),
            _listed(named, NAMED),
        ]
    )


def _counted(rows: QuerySet[Any, Any], way: str) -> QuerySet[Any, Any]:
    rows = rows.order_by().values(way=Value(way, output_field=TextField()))
    rows = rows.annotate(number=Cast(Count("pk"), BigIntegerField()))
    return rows.annotate(name=text(Value(""))).values_list("way", "number", "name")


def _listed(rows: QuerySet[Any, Any], way: str) -> QuerySet[Any, Any]:
    columns: dict[str, Any] = {
        "way": Value(way, output_field=TextField()),
        "number": Cast(F("pk"), BigIntegerField()),
        "name": text("person__name"),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)
