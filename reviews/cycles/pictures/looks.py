"""Things to look at in a rota: nothing of it is forbidden, and somebody should have seen it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from partnership.toolkit.spoken_dates import spoken_day_short
from reviews.cycles.pictures.matrices import mutual_pairs
from reviews.cycles.pictures.shapes import Scene, Visits


@dataclass(frozen=True)
class Past:
    """What years before and trusts say: schools in one group, and who went where last year."""

    groups: dict[int, frozenset[int]]
    last_year: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Look:
    """One thing to look at, on one host's day: a mark in the table and a sentence."""

    host: str
    host_name: str
    date: date
    mark: str
    words: str


def looks(scene: Scene, days: Sequence[Visits], past: Past) -> list[Look]:
    """By date; each day's in the order of how much they weigh."""
    found = [
        Look(each.host, scene.hosts[each.host].short, each.date, mark, words)
        for each in days
        for mark, words in (
            *_training(scene, each),
            *_pasts(scene, each, past),
            *_too_many(scene, each, days),
            *_phases(scene, each),
        )
    ]
    found += _mutual(scene, days)
    return sorted(found, key=lambda look: (look.date, look.host))


def _training(scene: Scene, day: Visits) -> Iterator[tuple[str, str]]:
    ends = day.date + timedelta(days=scene.days_each - 1)
    for key in day.everybody:
        visitor = scene.visitors[key]
        leads = key == day.lead
        until = visitor.lead_until if leads else _later(visitor.review_until, visitor.lead_until)
        what = "training as a lead" if leads else "training"
        if until is None:
            yield "No training", f"{visitor.name} has no {what}."
        elif until < ends:
            when = spoken_day_short(until)
            yield "Training runs out", f"{visitor.name}’s {what} runs out on {when}."


def _later(one: date | None, other: date | None) -> date | None:
    known = [each for each in (one, other) if each is not None]
    return max(known, default=None)


def _pasts(scene: Scene, day: Visits, past: Past) -> Iterator[tuple[str, str]]:
    if scene.is_all_others:
        return  # everybody visits everybody every year: there is nothing to choose
    school = scene.hosts[day.host].school_id
    groups = past.groups.get(school, frozenset())
    for key in day.everybody:
        visitor = scene.visitors[key]
        own = past.groups.get(visitor.school_id or 0, frozenset())
        if scene.avoids_trust and not groups.isdisjoint(own):
            yield "Same trust", f"{visitor.name}’s school is in the same trust or federation."
        if scene.avoids_last_year and (visitor.person_id, school) in past.last_year:
            yield "As last year", f"{visitor.name} reviewed this school last year, too."


def _too_many(scene: Scene, day: Visits, days: Sequence[Visits]) -> Iterator[tuple[str, str]]:
    term = scene.half_term(day.host, day.date)
    if term is None:
        return
    for key in day.everybody:
        visitor = scene.visitors[key]
        most = min(
            (each for each in (visitor.most_half_term, scene.most_half_term) if each is not None),
            default=None,
        )
        same = [
            each
            for each in days
            if key in each.everybody and scene.half_term(each.host, each.date) == term
        ]
        if most is not None and len(same) * scene.days_each > most and same[-1] == day:
            count = len(same) * scene.days_each
            limit = "1 day" if most == 1 else f"{most} days"
            yield (
                "Too many days out",
                f"{visitor.name} is out on {count} days this half term; {limit} at most.",
            )


def _phases(scene: Scene, day: Visits) -> Iterator[tuple[str, str]]:
    if is_mixed(scene, day) is False:
        yield "One phase", "Everybody comes from the host’s own phase."


def is_mixed(scene: Scene, day: Visits) -> bool | None:
    """Whether somebody comes from another phase; None where the cycle has only one."""
    known = {host.phase for host in scene.hosts.values() if host.phase}
    if len(known) < 2:  # noqa: PLR2004 phases mix from two on
        return None
    own = scene.hosts[day.host].phase
    return any((phase := scene.visitors[key].phase) and phase != own for key in day.everybody)


def _mutual(scene: Scene, days: Sequence[Visits]) -> list[Look]:
    """Each pair once, on its later day; where everybody visits everybody, it says nothing."""
    if scene.is_all_others:
        return []
    on: dict[int, Visits] = defaultdict()
    for day in days:
        on[scene.hosts[day.host].school_id] = day
    found = []
    for one, other in mutual_pairs(scene, days):
        pair = [on[school] for school in (one, other) if school in on]
        day = max(pair, key=lambda each: (each.date, each.host))
        names = sorted(scene.hosts[each.host].short for each in pair)
        words = f"{' and '.join(names)} visit each other this year."
        host = scene.hosts[day.host]
        found.append(Look(day.host, host.short, day.date, "Mutual pair", words))
    return found
