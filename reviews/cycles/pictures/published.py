"""The days that stand in the published rota, with who goes and what they answered, in one query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from partnership.toolkit.addresses import address
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, DayPlace, ReviewDay
from reviews.cycles.pictures.looks import Look
from reviews.cycles.pictures.shapes import Scene, Visitor, Visits

Answer = DayPlace.Answer
ANSWERS = {
    Answer.NONE: ("soon", "waiting"),
    Answer.ACCEPTED: ("done", "accepted"),
    Answer.DECLINED: ("late", "declined"),
}


@dataclass(frozen=True)
class Going:
    """Somebody of a team, with the answer; why is nowhere but on her own page."""

    visitor: Visitor
    is_lead: bool
    answer: str

    @property
    def has_declined(self) -> bool:
        """Whether her place is empty."""
        return self.answer == Answer.DECLINED

    @property
    def tone(self) -> str:
        """How her answer looks."""
        return ANSWERS[Answer(self.answer)][0]

    @property
    def words(self) -> str:
        """Her answer."""
        return ANSWERS[Answer(self.answer)][1]


@dataclass(frozen=True)
class Line:
    """A row of the rota."""

    pk: int
    host: str
    school: str
    school_id: int
    day: date
    last_day: date
    state: str
    going: tuple[Going, ...]
    looks: tuple[Look, ...] = field(default=())

    @property
    def url(self) -> str:
        """The page of the day."""
        return address("cycles:day_detail", self.pk)

    @property
    def is_held(self) -> bool:
        """Whether it was held."""
        return self.state == ReviewDay.State.HELD

    @property
    def lead(self) -> Going | None:
        """Who leads, if anybody does."""
        return next((each for each in self.going if each.is_lead), None)

    @property
    def team(self) -> list[Going]:
        """All but the lead."""
        lead = self.lead
        return [each for each in self.going if each is not lead]

    @property
    def visits(self) -> Visits:
        """For the pictures: those who declined aren't in the team."""
        coming = [each for each in self.going if not each.has_declined]
        lead = next((each.visitor.id for each in coming if each.is_lead), "")
        team = tuple(each.visitor.id for each in coming if each.visitor.id != lead)
        return Visits(self.host, self.day, lead, team, is_settled=self.is_held)

    def place_of(self, person_id: int) -> Going | None:
        """Her place in the team, if she has one and didn't decline."""
        hers = (each for each in self.going if each.visitor.person_id == person_id)
        return next((each for each in hers if not each.has_declined), None)

    def concerns(self, person_id: int, schools: Iterable[int]) -> bool:
        """Whether somebody goes there, or it is of a school that is hers."""
        return self.place_of(person_id) is not None or self.school_id in schools


def published_lines(cycle: Cycle, scene: Scene) -> list[Line]:
    """By date; the lead stands first in each team."""
    found: dict[int, list[Any]] = {}
    for row in answer(_rows, cycle=cycle.pk):
        found.setdefault(row["pk"], []).append(row)
    return [_line(rows, scene) for rows in found.values()]


def _rows(*, cycle: int) -> QuerySet[Any, Any]:
    days = ReviewDay.objects.standing().filter(cycle=cycle)
    named = days.annotate(
        visitor=F("places__reviewer"),
        is_lead=F("places__is_lead"),
        said=F("places__answer"),
        ended=F("places__ended_at"),
        place=F("places__pk"),
    )
    columns = ("pk", "host", "school", "day", "last_day", "state")
    return named.values(*columns, "visitor", "is_lead", "said", "ended", "place").order_by(
        "day", "pk", "place"
    )


def _line(rows: Sequence[Any], scene: Scene) -> Line:
    first = rows[0]
    going = [
        Going(scene.visitors[str(row["visitor"])], row["is_lead"], row["said"])
        for row in rows
        if row["visitor"] is not None and row["ended"] is None
    ]
    going.sort(key=lambda each: (each.has_declined, not each.is_lead, each.visitor.name))
    return Line(
        pk=first["pk"],
        host=str(first["host"]),
        school=scene.hosts[str(first["host"])].name,
        school_id=first["school"],
        day=first["day"],
        last_day=first["last_day"],
        state=first["state"],
        going=tuple(going),
    )
