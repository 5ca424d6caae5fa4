"""The demo's cycles whose reviews are told: seven example schools, this year and last."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from alliances.schools.models import School
from partnership.calendar.days import UK, next_school_day, previous_school_day
from partnership.calendar.years import AcademicYear
from partnership.toolkit.registers import DemoClock
from reviews.cycles.demo.telling import CycleTeller
from reviews.cycles.models import (
    Cycle,
    CycleReviewer,
    DayPlace,
    Framework,
    ReviewDay,
    RotaDraft,
    Training,
)
from reviews.cycles.problem.watching import begin_run
from reviews.cycles.services.answering import answer_visit
from reviews.cycles.services.blocking import give_dates
from reviews.cycles.services.cycles import begin_cycle
from reviews.cycles.services.drafting import ask_for_draft, claim_draft, keep_result
from reviews.cycles.services.opening import ask_for_dates
from reviews.cycles.services.pool import add_training
from reviews.cycles.services.publishing import publish_draft
from reviews.cycles.services.searching import search_draft
from reviews.cycles.services.taking_part import add_chosen_reviewers, add_hosts

HOSTS = tuple(range(900_001, 900_008))
LEAD, SECOND = 900_008, 900_009
THIRDS = (900_010, 900_011)
DAY = timedelta(days=1)
YEAR = timedelta(days=364)
SIGNING_IN = ("leadreviewer@demo.example", "champion@demo.example", "supported@demo.example")


class ReviewCycle:
    """One year of the example schools' visits, with days and teams that were settled beforehand."""

    def __init__(self, clock: DemoClock, shift: timedelta, days: tuple[int, ...]) -> None:
        """`days` say for each host how many days from the demo's moment its own is, `shift` earlier."""
        self.teller = CycleTeller(clock, "example-schools-partnership")
        self.today = clock.now.astimezone(UK).date() - shift
        self.days = days

    def published(self) -> Cycle:
        """Published, and accepted by everybody."""
        director = self.teller.director
        cycle = self._begun()
        told: dict[str, Any] = {"by": director, "now": self._at(-98)}
        give_dates(entries=[*cycle.hosts.all(), *cycle.reviewers.all()], **told)
        draft = self._draft(cycle, self._at(-96))
        publish_draft(draft=draft, by=director, now=self._at(-90))
        places = DayPlace.objects.filter(day__cycle=cycle, ended_at=None)
        named = places.select_related("person", "day__cycle__alliance", "day__school")
        for place in named.order_by("pk"):
            said = DayPlace.Answer.ACCEPTED
            answer_visit(place=place, answer=said, by=place.person, now=self._at(-88))
        cycle.refresh_from_db()
        return cycle

    def days_of(self, cycle: Cycle) -> list[ReviewDay]:
        """The hosts' days, by the schools' numbers."""
        days = ReviewDay.objects.filter(cycle=cycle).order_by("school__urn")
        return list(days.select_related("school", "cycle__alliance", "cycle__framework"))

    def _begun(self) -> Cycle:
        told: dict[str, Any] = {"by": self.teller.director, "now": self._at(-105)}
        alliance = self.teller.alliance
        rules = {
            "name": "Seven schools visit one another",
            "year": AcademicYear.containing(self.today).start,
            "framework": Framework.objects.get(alliance=alliance, settled_at__isnull=False),
            "team_size": 3,
            "starts_on": self._day(min(self.days)) - DAY,
            "ends_on": self._day(max(self.days)) + 60 * DAY,
            "gap_days": 0,
        }
        cycle = begin_cycle(alliance=alliance, rules=rules, **told)
        schools = School.objects.filter(urn__in=HOSTS).order_by("urn")
        add_hosts(cycle=cycle, schools=list(schools), **told)
        add_chosen_reviewers(cycle=cycle, reviewers=[], with_heads=True, **told)
        self._add_visitors(cycle, told)
        due = datetime.combine(self._day(-97), time(17), tzinfo=UK)
        return ask_for_dates(cycle=cycle, block_by=due, **told)

    def _add_visitors(self, cycle: Cycle, told: dict[str, Any]) -> None:
        """Those of the pool whose own school doesn't host; those who sign in lead."""
        pool = self.teller.alliance.reviewers.filter(ends_on=None, school__urn__gte=LEAD)
        others = list(pool.select_related("person", "school").order_by("pk"))
        add_chosen_reviewers(cycle=cycle, reviewers=others, with_heads=False, **told)
        for each in others:
            if each.person.email in SIGNING_IN and not each.trainings.filter(kind="lead").exists():
                trained = self._day(-700)
                add_training(
                    reviewer=each,
                    kind=Training.Kind.LEAD,
                    trained_on=trained,
                    expires_on=trained + 5 * YEAR,
                    given_by="Example University",
                    **told,
                )

    def _draft(self, cycle: Cycle, now: datetime) -> RotaDraft:
        """A draft in which every day is settled, as a meeting of heads would have done it."""
        settled = list(self._settled(cycle))
        asked = ask_for_draft(
            cycle=cycle, seconds=5, staying=settled, by=self.teller.director, now=now
        )
        draft = claim_draft(draft_id=asked.pk, now=now)
        if draft is None:
            return asked
        watch = begin_run(draft.pk, now.isoformat())
        result = search_draft(draft, watch, today=now.astimezone(UK).date())
        keep_result(draft=draft, result=result, now=now + timedelta(seconds=2))
        return RotaDraft.objects.select_related("cycle__alliance").get(pk=draft.pk)

    def _settled(self, cycle: Cycle) -> Any:
        """The lead signs in; of the others one does, too, and one heads another host."""
        people = self._people(cycle)
        for turn, host in enumerate(cycle.hosts.order_by("school__urn").select_related("school")):
            third = people[HOSTS[(turn + 3) % len(HOSTS)]]
            yield {
                "host": str(host.pk),
                "date": str(self._day(self.days[turn])),
                "lead": str(people[LEAD].pk),
                "team": [str(third.pk), str(people[THIRDS[turn % 2]].pk)],
            }

    def _people(self, cycle: Cycle) -> dict[int, CycleReviewer]:
        """One reviewer of each school; where somebody signs in, she."""
        rows = cycle.reviewers.select_related("reviewer__person", "reviewer__school")
        ordered = sorted(rows, key=lambda each: each.reviewer.person.email in SIGNING_IN)
        return {each.reviewer.school.urn: each for each in ordered if each.reviewer.school}

    def _day(self, number: int) -> date:
        """A school day so many days from the demo's, that many or so."""
        day = self.today + number * DAY
        return previous_school_day(day) if number < 0 else next_school_day(day)

    def _at(self, number: int) -> datetime:
        return datetime.combine(self._day(number), time(11), tzinfo=UK)
