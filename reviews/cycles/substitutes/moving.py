"""To which days a review can move: who isn't available on which, and which are free for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from partnership.toolkit.spoken_dates import spoken_day
from reviews.cycles.availability import Unavailable, school_days_of, unavailable
from reviews.cycles.models import DayPlace, ReviewDay

OFFERED = 6


@dataclass(frozen=True)
class Way:
    """What stands in the way of a review's moving, read once for every day of the window."""

    day: ReviewDay
    team: tuple[DayPlace, ...]
    school_days: tuple[date, ...]
    out: Unavailable
    taken: dict[int, tuple[date, ...]]

    def clashes_on(self, first: date) -> list[str]:
        """Why the review had better not begin on a day; of reasons only that there are some."""
        days = self._days_from(first)
        said = []
        if first not in self.school_days:
            said.append(f"{spoken_day(first)} is no school day for most schools of the cycle.")
        if self._is_out(self.out.of_host.get(self.day.host_id), days):
            said.append(f"{self.day.school}: not available.")
        gap = timedelta(days=max(1, self.day.cycle.gap_days))
        for place in self.team:
            if self._is_out(self.out.of_reviewer.get(place.reviewer_id), days):
                said.append(f"{place.person}: not available.")
            elif near := self._near(place.person_id, days, gap):
                said.append(f"{place.person}: on another review day on {spoken_day(near)}.")
        return said

    def free_days(self, today: date) -> list[date]:
        """The next days to its present one on which nothing stands in the way, in their order."""
        ahead = [day for day in self.school_days if day > today and day != self.day.day]
        nearest = sorted(ahead, key=lambda day: (abs(day - self.day.day), day))
        found: list[date] = []
        for day in nearest:
            if not self.clashes_on(day):
                found.append(day)
            if len(found) == OFFERED:
                break
        return sorted(found)

    def _days_from(self, first: date) -> tuple[date, ...]:
        later = [day for day in self.school_days if day > first]
        return (first, *later[: self.day.cycle.days_each - 1])

    @staticmethod
    def _is_out(out: frozenset[date] | None, days: tuple[date, ...]) -> bool:
        return out is not None and not out.isdisjoint(days)

    def _near(self, person: int, days: tuple[date, ...], gap: timedelta) -> date | None:
        close = (
            each for each in self.taken.get(person, ()) if days[0] - gap < each < days[-1] + gap
        )
        return min(close, default=None)


def way_of(day: ReviewDay, places: list[DayPlace]) -> Way:
    """Read all that may stand in the way; `places` is the team as it stands."""
    team = tuple(each for each in places if each.answer != DayPlace.Answer.DECLINED)
    others = DayPlace.objects.filter(
        person__in=[each.person_id for each in team], ended_at=None, day__cycle__year=day.cycle.year
    )
    going = others.exclude(answer=DayPlace.Answer.DECLINED).exclude(day=day.pk)
    standing = going.exclude(day__state=ReviewDay.State.CANCELLED)
    taken: dict[int, tuple[date, ...]] = {}
    for person, first, last in standing.values_list("person", "day__day", "day__last_day"):
        taken[person] = (*taken.get(person, ()), first, last)
    return Way(day, team, school_days_of(day.cycle), unavailable(day.cycle), taken)
