"""The objectives of the demo's workhubs, written down and looked at again as the year goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from partnership.calendar.days import UK, next_school_day
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock
from workhubs.hubs.demo.targets import TARGETS, Seen, Target
from workhubs.hubs.models import Objective, WorkhubYear
from workhubs.hubs.services import add_objective, note_progress

NOTED_IN_A_YEAR = (75, 180, 290)
NOTED_LATELY = 21
DUE_AFTER = 310


class Aims:
    """Writes objectives and notes their progress, whoever leads the year."""

    def __init__(self, clock: DemoClock) -> None:
        """Keep the demo's moment."""
        self.clock = clock

    def write(
        self, year: WorkhubYear, targets: Iterable[Target], *, of_this_year: bool = True
    ) -> None:
        """New objectives of a year, with what was seen of them."""
        first_day = year.academic_year.first_day
        for turn, target in enumerate(targets):
            objective = add_objective(
                workhub_year=year,
                words=target.words,
                measure=target.measure,
                due_on=next_school_day(first_day + timedelta(days=DUE_AFTER))
                if turn % 2 == 0
                else None,
                by=self.lead(year),
                now=min(self.on(year, 20), self.clock.at(-3)),
            )
            seen = target.now or () if of_this_year else target.before
            self.note(objective, year, seen, of_this_year=of_this_year)

    def carried(self, year: WorkhubYear) -> frozenset[int]:
        """Which of a year's objectives go on, as the story has it."""
        goes_on = {
            target.words for target in TARGETS.get(year.workhub.name, ()) if target.now is not None
        }
        return frozenset(year.objectives.filter(words__in=goes_on).values_list("pk", flat=True))

    def go_on(self, year: WorkhubYear, targets: Sequence[Target]) -> None:
        """What was carried over is looked at again; what is new is written down."""
        known = {objective.words: objective for objective in year.objectives.all()}
        for target in targets:
            if target.words in known and target.now:
                self.note(known[target.words], year, target.now, of_this_year=True)
        new = [target for target in targets if target.now and target.words not in known]
        self.write(year, new)

    def note(
        self, objective: Objective, year: WorkhubYear, seen: Sequence[Seen], *, of_this_year: bool
    ) -> None:
        """One note after the other: last year's over the year, this year's lately."""
        for turn, (progress, words) in enumerate(seen):
            days_ago = NOTED_LATELY * (len(seen) - turn) - objective.pk % 7
            noted_at = (
                max(self.lately(days_ago), self.on(year, 1))
                if of_this_year
                else self.on(year, NOTED_IN_A_YEAR[turn])
            )
            note_progress(
                objective=objective,
                progress=progress,
                seen=words,
                by=self.lead(year),
                now=min(noted_at, self.clock.at(-1, 9)),
            )

    def on(self, year: WorkhubYear, days: int) -> datetime:
        """A school day so many days into the year, in the afternoon."""
        day = next_school_day(year.academic_year.first_day + timedelta(days=days))
        return datetime.combine(day, time(15, 30), tzinfo=UK)

    def lately(self, days_ago: int) -> datetime:
        """A school day so many days ago, or soon after."""
        day = next_school_day((self.clock.now - timedelta(days=days_ago)).date())
        return datetime.combine(day, time(15, 30), tzinfo=UK)

    def lead(self, year: WorkhubYear) -> Person:
        """Whoever leads that year."""
        lead = year.lead
        assert lead is not None  # noqa: S101 (every workhub of the demo has one)
        return lead
