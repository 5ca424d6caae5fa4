"""Every host of a cycle with its stage, in one query however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import Count, F, FilteredRelation, Min, Q, QuerySet

from partnership.toolkit.addresses import address
from partnership.toolkit.spoken_dates import london_day
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, CycleHost, DayPlace
from reviews.cycles.stages.stage import Facts, Stage, Standing, standing_of

Answer = DayPlace.Answer


class Further(Protocol):
    """How far a review is, as a room above says it, in the words of a `Standing`."""

    @property
    def label(self) -> str: ...

    @property
    def tone(self) -> str: ...

    @property
    def next_words(self) -> str: ...

    @property
    def whose(self) -> str: ...

    @property
    def due_at(self) -> datetime | None: ...

    @property
    def is_late(self) -> bool: ...

    @property
    def waits(self) -> bool: ...


@dataclass(frozen=True)
class HostLine:
    """A row of the year: the school, its day, and where it stands."""

    host: int
    school: str
    day_pk: int | None
    day: date | None
    last_day: date | None
    accepted: int
    asked: int
    standing: Standing
    further: Further | None = None

    @property
    def url(self) -> str:
        """The page of its day, if it has one."""
        return address("cycles:day_detail", self.day_pk) if self.day_pk is not None else ""

    @property
    def shown(self) -> Standing | Further:
        """What its row says: how far the review is, unless the team is not settled."""
        return self.standing if self.further is None or self.standing.waits else self.further

    @property
    def is_over(self) -> bool:
        """Whether the day was held."""
        return self.standing.stage == Stage.HELD

    @property
    def is_long(self) -> bool:
        """Whether the review takes several days."""
        return self.last_day != self.day


def host_lines(cycle: Cycle, now: datetime) -> list[HostLine]:
    """Sorted by day, those without one last."""
    rows = answer(_hosts, cycle=cycle.pk)
    lines = [_line(row, cycle, now) for row in rows]
    return sorted(lines, key=lambda line: (line.day is None, line.day or date.max, line.school))


def lines_that_wait(lines: Iterable[HostLine]) -> list[HostLine]:
    """Only those for which somebody has to do something."""
    return [line for line in lines if line.shown.waits]


def _hosts(*, cycle: int) -> QuerySet[CycleHost, Any]:
    standing = FilteredRelation("days", condition=~Q(days__state="cancelled"))
    place = "standing__places"
    now_asked = Q(**{f"{place}__ended_at": None, f"{place}__pk__isnull": False})
    declined = now_asked & Q(**{f"{place}__answer": Answer.DECLINED})
    waiting = now_asked & Q(**{f"{place}__answer": Answer.NONE})
    lead = now_asked & Q(**{f"{place}__is_lead": True}) & ~Q(**{f"{place}__answer": "declined"})
    hosts = CycleHost.objects.filter(cycle=cycle, left_at=None).annotate(
        standing=standing,
        day_pk=F("standing__pk"),
        first_day=F("standing__day"),
        last_day=F("standing__last_day"),
        state=F("standing__state"),
        ends_at=F("standing__ends_at"),
        leads=Count(place, filter=lead),
        accepted=Count(place, filter=now_asked & Q(**{f"{place}__answer": Answer.ACCEPTED})),
        waiting=Count(place, filter=waiting),
        declined=Count(place, filter=declined),
        answer_by=Min(f"{place}__answer_by", filter=waiting),
        fill_by=Min(f"{place}__fill_by", filter=declined),
    )
    columns = ("day_pk", "first_day", "last_day", "state", "ends_at", "leads", "accepted")
    return hosts.values_list(
        "pk", "school__name", *columns, "waiting", "declined", "answer_by", "fill_by", named=True
    )


def _line(row: Any, cycle: Cycle, now: datetime) -> HostLine:
    facts = Facts(
        state=row.state or "",
        ends_at=row.ends_at,
        team_size=cycle.team_size,
        has_lead=bool(row.leads),
        accepted=row.accepted,
        waiting=row.waiting,
        declined=row.declined,
        answer_by=row.answer_by,
        fill_by=row.fill_by,
        is_window_over=cycle.ends_on < london_day(now),
    )
    return HostLine(
        host=row.pk,
        school=row.school__name,
        day_pk=row.day_pk,
        day=row.first_day,
        last_day=row.last_day,
        accepted=row.accepted,
        asked=facts.asked + facts.declined,
        standing=standing_of(facts, now),
    )
