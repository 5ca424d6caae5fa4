"""Who has more on her hands than she should."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.db.models import (
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, NullIf

from alliances.membership.models import Alliance
from partnership.calendar.years import AcademicYear
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.statements import answer
from support.directory.models import CapacityAccount
from support.programmes.models import Programme, Strand
from support.progress.models import Held, Visit

MOST_PERCENT = 90
MOST_PROGRAMMES = 3
SOON = timedelta(days=28)
SHOWN = 15
KEPT_FOR = 10 * 60
RULE = (
    f"More than {MOST_PERCENT} % of the year’s days given or promised, "
    f"or more than {MOST_PROGRAMMES} programmes that run."
)
RUNNING = {"state": Programme.State.OPEN, "signed_at__isnull": False}
PERSON = ("practitioner", "practitioner__person__name", "practitioner__home_school__name")
DAYS = ("offered", "given", "running", "visits")


@dataclass(frozen=True)
class Load:
    """Somebody, or a supporting school, with what she has on her hands."""

    name: str
    place: str
    offered: Decimal | None
    given: Decimal | None
    programmes: int
    visits: int | None
    practitioner: int | None = None

    @property
    def percent(self) -> int | None:
        """The part of the days offered that is given or promised."""
        if not self.offered or self.given is None:
            return None
        return int(100 * self.given / self.offered)


@dataclass(frozen=True)
class Loads:
    """People and schools beyond the rule, with the academic year whose days are counted."""

    counted_at: datetime
    year: AcademicYear
    people: list[Load]
    schools: list[Load]
    has_more: bool


def _counted(rows: QuerySet[Any, Any], by: str, of: str, what: Count) -> Coalesce:
    grouped = rows.filter(**{by: OuterRef(of)}).order_by().values(by).annotate(n=what)
    return Coalesce(Subquery(grouped.values("n"), output_field=IntegerField()), Value(0))


def _people(
    *, alliance: Alliance, year: int, now: datetime, until: datetime
) -> QuerySet[CapacityAccount, Any]:
    programmes = {f"programme__{name}": value for name, value in RUNNING.items()}
    strands = Strand.objects.filter(
        released_at__isnull=True, practitioner__isnull=False, **programmes
    )
    coming = Visit.objects.filter(
        state=Held.PLANNED,
        starts_at__gte=now,
        starts_at__lt=until,
        programme__state__in=(Programme.State.OPEN, Programme.State.FOLLOWED),
    )
    given = F("promised") + F("delivered")
    share = ExpressionWrapper(
        given * 100 / NullIf(F("offered"), Value(Decimal(0))), output_field=DecimalField()
    )
    accounts = CapacityAccount.objects.filter(practitioner__alliance=alliance, year=year)
    said = accounts.annotate(
        given=given,
        share=share,
        running=_counted(
            strands, "practitioner", "practitioner", Count("programme", distinct=True)
        ),
        visits=_counted(coming, "visitor", "practitioner__person", Count("pk")),
    )
    grouped = (
        strands.order_by().values("practitioner").annotate(n=Count("programme", distinct=True))
    )
    many = grouped.filter(n__gt=MOST_PROGRAMMES).values("practitioner")
    much = said.filter(Q(share__gt=MOST_PERCENT) | Q(practitioner__in=many))
    order = ("-running", F("share").desc(nulls_last=True), "practitioner__person__search_name")
    return much.order_by(*order, "pk").values_list(*PERSON, *DAYS)[: SHOWN + 1]


def _schools(*, alliance: Alliance) -> QuerySet[Programme, Any]:
    supporting = Programme.objects.filter(
        alliance=alliance, supporting_school__isnull=False, **RUNNING
    )
    counted = supporting.order_by().values("supporting_school", "supporting_school__name")
    many = counted.annotate(running=Count("pk")).filter(running__gt=MOST_PROGRAMMES)
    order = ("-running", "supporting_school__name", "supporting_school")
    return many.order_by(*order).values_list("supporting_school__name", "running")[: SHOWN + 1]


def _people_with_much(alliance: Alliance, now: datetime, year: AcademicYear) -> list[Load]:
    rows = answer(_people, alliance=alliance, year=year.start, now=now, until=now + SOON)
    return [
        Load(name, home or "", offered, given, running, visits, practitioner=pk)
        for pk, name, home, offered, given, running, visits in rows
    ]


def _schools_with_much(alliance: Alliance) -> list[Load]:
    rows = answer(_schools, alliance=alliance)
    return [Load(name, "", None, None, running, None) for name, running in rows]


def loads_in(alliance: Alliance, now: datetime) -> Loads:
    """Whoever is beyond the rule, those with most programmes first; counted every ten minutes."""
    key = f"progress:loads:{alliance.pk}"
    kept: Loads | None = cache.get(key)
    if kept is not None:
        return kept
    year = AcademicYear.containing(london_day(now))
    people, schools = _people_with_much(alliance, now, year), _schools_with_much(alliance)
    counted = Loads(
        counted_at=now,
        year=year,
        people=people[:SHOWN],
        schools=schools[:SHOWN],
        has_more=len(people) > SHOWN or len(schools) > SHOWN,
    )
    cache.set(key, counted, KEPT_FOR)
    return counted
