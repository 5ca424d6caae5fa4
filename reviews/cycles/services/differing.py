"""What publishing a draft would change of the rota that stands, before anything is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from partnership.toolkit.spoken_dates import london_day
from reviews.cycles.models import (
    Cycle,
    CycleHost,
    CycleReviewer,
    DayPlace,
    ReviewDay,
    RotaChange,
    RotaDraft,
)
from reviews.cycles.services.day_news import Snapshot

Kind = RotaChange.Kind
NOT_DRAWN_UP: dict[str, str] = {
    RotaDraft.State.PUBLISHED: "it is published already",
    RotaDraft.State.DISCARDED: "it was thrown away",
}


@dataclass(frozen=True)
class Step:
    """What becomes of one host's day; before and after are as the rota's history keeps them."""

    host: CycleHost
    day: ReviewDay | None
    places: tuple[DayPlace, ...]
    before: Snapshot
    after: Snapshot

    @property
    def kind(self) -> RotaChange.Kind:
        """How the history calls it."""
        if not self.after:
            return Kind.CANCELLED
        if not self.before:
            return Kind.PUBLISHED
        return Kind.MOVED if self.before["date"] != self.after["date"] else Kind.TEAM

    @property
    def to(self) -> date:
        """The new first day."""
        return date.fromisoformat(self.after["date"])

    @cached_property
    def asked(self) -> list[str]:
        """Who is asked anew: all where the day is another one, else those who weren’t to come."""
        everybody = everybody_of(self.after)
        if self.kind != Kind.TEAM:
            return everybody
        return [key for key in everybody if key not in everybody_of(self.before)]

    @cached_property
    def freed(self) -> list[str]:
        """Who was to come and no longer is."""
        after = everybody_of(self.after)
        return [key for key in everybody_of(self.before) if key not in after]

    @property
    def declined(self) -> set[str]:
        """Who has declined the day, where it stays the same one."""
        if self.kind != Kind.TEAM:
            return set()
        said_no = (each for each in self.places if each.answer == DayPlace.Answer.DECLINED)
        return {str(each.reviewer_id) for each in said_no}

    @property
    def turned(self) -> list[str]:
        """Who stays on the day and leads it now, or leads it no more."""
        if self.kind != Kind.TEAM or self.before["lead"] == self.after["lead"]:
            return []
        leads = (self.before["lead"], self.after["lead"])
        return [key for key in leads if key and key not in {*self.asked, *self.freed}]


def everybody_of(kept: Snapshot) -> list[str]:
    """The lead first, then the team."""
    if not kept:
        return []
    return ([kept["lead"]] if kept["lead"] else []) + list(kept["team"])


@dataclass(frozen=True)
class Publication:
    """All that publishing a draft does; `refusal` says in a sentence why it can't be published."""

    draft: RotaDraft
    steps: tuple[Step, ...]
    refusal: str
    hosts: Mapping[str, CycleHost]
    reviewers: Mapping[str, CycleReviewer]
    staying: int

    def steps_of(self, kind: RotaChange.Kind) -> list[Step]:
        """Those of one kind."""
        return [step for step in self.steps if step.kind == kind]

    @property
    def unfilled(self) -> list[CycleHost]:
        """Hosts without a day."""
        found = (self.hosts.get(str(each["host"])) for each in self.draft.unfilled)
        return [host for host in found if host is not None]

    @property
    def called_off(self) -> int:
        """How many published days no longer take place."""
        return len(self.steps_of(Kind.CANCELLED))

    @property
    def asked_people(self) -> set[int]:
        """Whose answer is asked for."""
        return self._people(key for step in self.steps for key in step.asked)

    @property
    def freed_people(self) -> set[int]:
        """Who is told that she no longer goes somewhere."""
        return self._people(key for step in self.steps for key in step.freed)

    @property
    def turned_people(self) -> set[int]:
        """Who is told that she leads now, or leads no more."""
        return self._people(key for step in self.steps for key in step.turned)

    @property
    def schools(self) -> list[int]:
        """The hosts whose heads are told."""
        return [step.host.school_id for step in self.steps]

    def _people(self, keys: Any) -> set[int]:
        return {self.reviewers[key].reviewer.person_id for key in keys if key in self.reviewers}


def publication_of(draft: RotaDraft, *, now: datetime) -> Publication:
    """In a constant number of queries; days that were held or have begun stay as they are."""
    cycle = draft.cycle
    hosts = {str(each.pk): each for each in cycle.hosts.select_related("school")}
    reviewers = {str(each.pk): each for each in cycle.reviewers.select_related("reviewer__person")}
    standing = _standing(cycle)
    wanted = {str(each["host"]): _kept(each) for each in draft.days}
    without = [str(each["host"]) for each in draft.unfilled if str(each["host"]) not in wanted]
    steps = []
    for key in (*wanted, *(key for key in without if key in standing)):
        day, places = standing.get(key, (None, ()))
        if day is not None and (day.state != ReviewDay.State.PLANNED or day.starts_at <= now):
            continue
        step = Step(hosts[key], day, places, _before(day, places), wanted.get(key, {}))
        if not _same(step.before, step.after):
            steps.append(step)
    refusal = _refusal(draft, steps, reviewers, now)
    untouched = len(standing) - sum(step.day is not None for step in steps)
    return Publication(draft, tuple(steps), refusal, hosts, reviewers, untouched)


def _standing(cycle: Cycle) -> dict[str, tuple[ReviewDay, tuple[DayPlace, ...]]]:
    days = {day.pk: day for day in ReviewDay.objects.standing().filter(cycle=cycle)}
    places: dict[int, list[DayPlace]] = {}
    for each in DayPlace.objects.filter(day__in=days, ended_at=None).order_by("pk"):
        places.setdefault(each.day_id, []).append(each)
    found = {}
    for day in days.values():
        day.cycle = cycle
        found[str(day.host_id)] = (day, tuple(places.get(day.pk, ())))
    return found


def _kept(day: Mapping[str, Any]) -> Snapshot:
    """A day of a draft as the history keeps it."""
    return {
        "date": day["date"],
        "lead": str(day["lead"] or ""),
        "team": [str(key) for key in day["team"]],
    }


def _before(day: ReviewDay | None, places: tuple[DayPlace, ...]) -> Snapshot:
    if day is None:
        return {}
    going = [each for each in places if each.answer != DayPlace.Answer.DECLINED]
    lead = next((str(each.reviewer_id) for each in going if each.is_lead), "")
    team = [str(each.reviewer_id) for each in going if not each.is_lead]
    return {"date": day.day.isoformat(), "lead": lead, "team": team}


def _same(before: Snapshot, after: Snapshot) -> bool:
    if not (before and after):
        return before == after
    same = before["date"] == after["date"] and before["lead"] == after["lead"]
    return same and set(before["team"]) == set(after["team"])


def _refusal(
    draft: RotaDraft,
    steps: list[Step],
    reviewers: Mapping[str, CycleReviewer],
    now: datetime,
) -> str:
    if draft.state != RotaDraft.State.FOUND:
        return f"{draft} can’t be published: {NOT_DRAWN_UP.get(draft.state, 'it isn’t drawn up')}."
    if not draft.days:
        return f"{draft} has no days to publish."
    since = draft.began_at or draft.asked_at
    if RotaChange.objects.filter(cycle=draft.cycle_id, made_at__gt=since).exists():
        return (
            f"The published rota has changed since {draft} was drawn up. "
            "Draw up another draft: it begins with the rota as it stands now."
        )
    return _gone(steps, reviewers, now)


def _gone(steps: list[Step], reviewers: Mapping[str, CycleReviewer], now: datetime) -> str:
    for step in steps:
        if step.after and step.host.left_at is not None:
            return f"{step.host.school} no longer hosts in this cycle. Draw up another draft."
        if step.after and step.to <= london_day(now):
            return f"The day of {step.host.school} has come or is over. Draw up another draft."
    gone = [reviewers[key] for step in steps for key in step.asked if reviewers[key].left_at]
    if gone:
        return f"{gone[0].reviewer} is no longer sent in this cycle. Draw up another draft."
    return ""
