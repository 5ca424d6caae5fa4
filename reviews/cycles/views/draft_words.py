"""What the pages of drafts say: how far a run is, how good a rota is, and what differs of two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any

from partnership.toolkit.spoken_dates import MONTHS, london_day, spoken_clock, spoken_day
from reviews.cycles.models import RotaDraft
from reviews.cycles.pictures import Look, Scene, Visits
from reviews.cycles.problem.watching import Heard, heard_of, is_silent_since
from reviews.cycles.rota import Weights

HUNDRED = 100
TWO_DAYS = 2
POINTS = [
    (f"{points:,} point{'' if points == 1 else 's'}" if points else "", words)
    for points, words in Weights().sentences
]
Status = RotaDraft.Status


@dataclass(frozen=True)
class Running:
    """A draft that is being drawn up: what was last heard, and whether it is probably dead."""

    heard: Heard | None
    is_dead: bool


def running_of(draft: RotaDraft, now: datetime) -> Running | None:
    """How far it is, while it runs."""
    if not draft.is_running:
        return None
    heard = heard_of(draft.pk)
    begun = (draft.began_at or draft.asked_at).timestamp()
    last = max(heard.at, begun) if heard else begun
    return Running(heard, is_silent_since(last, now.timestamp()))


def drawn_words(draft: RotaDraft) -> str:
    """Drawn on 23 November, 4.12pm, in 3 seconds; no better teams are possible."""
    if draft.ended_at is None or draft.objective is None:
        return ""
    day = london_day(draft.ended_at)
    said = f"Drawn on {day.day} {MONTHS[day.month - 1]}, {spoken_clock(draft.ended_at)}"
    if draft.began_at is not None:
        seconds = max(1, round((draft.ended_at - draft.began_at).total_seconds()))
        said += f", in {seconds} second{'' if seconds == 1 else 's'}"
    return f"{said}; {_how_good(draft)}"


def _how_good(draft: RotaDraft) -> str:
    if draft.moved:
        count = len(draft.moved)
        return f"{count} day{' was' if count == 1 else 's were'} changed by hand since"
    objective, bound = draft.objective or 0, draft.bound or 0
    if draft.status == Status.OPTIMAL:
        return "no better teams are possible"
    if draft.unfilled and objective <= bound:
        return "no rota gives more schools a day"
    if objective <= bound or objective == 0:
        return "no better teams were found"
    percent = ceil(HUNDRED * (objective - bound) / objective)
    return f"within {percent} % of the best possible"


def out_words(draft: RotaDraft, scene: Scene) -> str:
    """Beech Head is out on Tuesday 12 January 2027."""
    if not draft.replan:
        return ""
    known: Any = scene.hosts if draft.replan["kind"] == "host" else scene.visitors
    who = known.get(draft.replan["id"])
    dates = [date.fromisoformat(each) for each in draft.replan["dates"]]
    first, last, count = dates[0], dates[-1], len(dates)
    said = f"on {spoken_day(first)}"
    if count == TWO_DAYS:
        said += f" and {spoken_day(last)}"
    elif count > TWO_DAYS:
        said = f"from {spoken_day(first)} to {spoken_day(last)}"
    return f"{who.name if who else 'Somebody who left'} is out {said}."


@dataclass(frozen=True)
class DraftLine:
    """A row of days and teams: names, and what there is to see."""

    host: str
    school: str
    date: date
    lead: str
    team: str
    is_fixed: bool
    is_settled: bool
    is_moved: bool
    looks: tuple[Look, ...] = ()


def lines_of(
    draft: RotaDraft, scene: Scene, days: Sequence[Visits], settled: set[str], looks: Sequence[Look]
) -> list[DraftLine]:
    """By date."""
    return [
        DraftLine(
            host=day.host,
            school=_school(scene, day.host),
            date=day.date,
            lead=name_of(scene, day.lead),
            team=", ".join(name_of(scene, each) for each in day.team),
            is_fixed=day.host in draft.fixed,
            is_settled=day.host in settled,
            is_moved=day.host in draft.moved,
            looks=tuple(look for look in looks if look.host == day.host),
        )
        for day in days
    ]


def name_of(scene: Scene, key: str) -> str:
    """Somebody of the cycle; nobody has no name."""
    return scene.visitors[key].name if key in scene.visitors else ""


def _school(scene: Scene, host: str) -> str:
    return scene.hosts[host].name if host in scene.hosts else "A school that left"


@dataclass(frozen=True)
class Difference:
    """A school whose day or team is another."""

    school: str
    one: Visits | None
    other: Visits | None
    one_team: str
    other_team: str

    @property
    def is_moved(self) -> bool:
        """Whether the day itself is another."""
        return (self.one and self.one.date) != (self.other and self.other.date)


def differences(
    scene: Scene, ones: Sequence[Visits], others: Sequence[Visits]
) -> Iterator[Difference]:
    """School by school, those whose day, lead or team differ."""
    left, right = ({day.host: day for day in days} for days in (ones, others))
    for host in scene.hosts.values():
        one, other = left.get(host.id), right.get(host.id)
        if _facts(one) != _facts(other):
            teams = _team(scene, one), _team(scene, other)
            yield Difference(host.name, one, other, *teams)


def _facts(day: Visits | None) -> Any:
    return None if day is None else (day.date, day.lead, frozenset(day.team))


def _team(scene: Scene, day: Visits | None) -> str:
    if day is None:
        return ""
    lead = [f"{name_of(scene, day.lead)} leads"] if day.lead else []
    return ", ".join([*lead, *(name_of(scene, each) for each in day.team)])
