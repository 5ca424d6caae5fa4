"""Living the demo's cycles of review days by the room's services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from alliances.membership.models import Alliance, AlliancePost
from alliances.schools.models import School
from partnership.calendar.days import UK, next_school_day, previous_school_day
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock
from reviews.cycles.availability import school_days_of
from reviews.cycles.demo.outline import EXAMPLES, FOUR_OAKS, Plan
from reviews.cycles.framing import GIVEN
from reviews.cycles.models import (
    Cycle,
    CycleHost,
    CycleReviewer,
    DayPlace,
    Framework,
    ReviewDay,
    RotaDraft,
    Training,
)
from reviews.cycles.problem.watching import begin_run
from reviews.cycles.services.answering import answer_visit
from reviews.cycles.services.blocking import block_days, give_dates
from reviews.cycles.services.cycles import begin_cycle
from reviews.cycles.services.drafting import ask_for_draft, claim_draft, keep_result
from reviews.cycles.services.frameworks import begin_framework, settle_framework
from reviews.cycles.services.holding import say_held
from reviews.cycles.services.moving import move_by_hand
from reviews.cycles.services.opening import ask_for_dates, finish_cycle
from reviews.cycles.services.pool import add_reviewers, add_training
from reviews.cycles.services.publishing import publish_draft
from reviews.cycles.services.searching import search_draft
from reviews.cycles.services.taking_part import add_chosen_reviewers, add_hosts

SECONDS = 10
DAY = timedelta(days=1)
MAY, JUNE, JULY, OCTOBER = 5, 6, 7, 10
FOUR_YEARS = timedelta(days=4 * 365)
PRIVATE = "A family matter."


class CycleTeller:
    """Tells the cycles of one alliance."""

    def __init__(self, clock: DemoClock, slug: str) -> None:
        """Know the alliance and who directs it."""
        self.clock = clock
        self.alliance = Alliance.objects.get(slug=slug)
        posts = AlliancePost.objects.filter(alliance=self.alliance, kind=AlliancePost.Kind.DIRECTOR)
        self.director: Person = posts.select_related("person").order_by("pk")[0].person
        self.year = AcademicYear.containing(clock.now.astimezone(UK).date()).start

    def tell_two_years(self) -> None:
        """Last year's reviews, all held; this year's, planned before the summer."""
        framework = self.framework(FOUR_OAKS, date(self.year - 1, MAY, 3))
        last = self.published(FOUR_OAKS, self.year - 1, framework, None)
        finish_cycle(cycle=last, by=self.director, now=self.at(date(self.year, JULY, 3)))
        this = self.published(FOUR_OAKS, self.year, framework, last)
        self.trouble(this)

    def tell_a_draft(self) -> None:
        """Dates have been asked for; in the draft one school has no day."""
        today = self.clock.now.astimezone(UK).date()
        is_spring = MAY <= today.month < OCTOBER - 1
        year = self.year + 1 if is_spring else self.year
        opening = today + timedelta(days=28)
        first = max(opening, date(year, OCTOBER, 6)) if is_spring else opening
        founded = today - timedelta(days=600)
        framework = self.framework(EXAMPLES, founded)
        told: dict[str, Any] = {"by": self.director, "now": self.at(founded)}
        add_reviewers(alliance=self.alliance, people=[], with_heads=True, **told)
        cycle = self.begun(
            EXAMPLES,
            framework,
            None,
            year=year,
            window=(first, date(year + 1, JULY, 3)),
            asked_on=today - timedelta(days=20),
            block_by=today - timedelta(days=4),
        )
        self.corner(cycle)
        hosts, reviewers = self.asked(cycle)
        given = self.at(today - timedelta(days=9))
        entries: Sequence[Any] = [*hosts[:-2], *reviewers[:-1]]
        give_dates(entries=list(entries), by=self.director, now=given)
        self.draft(cycle, self.at(today - timedelta(days=1), 10))

    def framework(self, plan: Plan, on: date) -> Framework:
        """The alliance's first framework, out of one that comes with the portal."""
        given = GIVEN[plan.framework]
        told: dict[str, Any] = {"by": self.director, "now": self.at(on)}
        begun = begin_framework(alliance=self.alliance, name=given.name, given=given, **told)
        return settle_framework(framework=begun, **told)

    def begun(
        self,
        plan: Plan,
        framework: Framework,
        like: Cycle | None,
        *,
        year: int,
        window: tuple[date, date],
        asked_on: date,
        block_by: date,
    ) -> Cycle:
        """A cycle whose schools and reviewers have been asked for dates."""
        told: dict[str, Any] = {"by": self.director, "now": self.at(asked_on)}
        rules = {
            "name": "Review days",
            "year": year,
            "framework": framework,
            "team_size": plan.team_size,
            "starts_on": next_school_day(window[0]),
            "ends_on": previous_school_day(window[1]),
            "gap_days": plan.gap_days,
            "most_days": plan.most_days,
        }
        cycle = begin_cycle(alliance=self.alliance, rules=rules, like=like, **told)
        if like is None:
            schools = list(School.objects.filter(urn__in=plan.hosts).order_by("urn"))
            add_hosts(cycle=cycle, schools=schools, **told)
        made = add_chosen_reviewers(cycle=cycle, reviewers=[], with_heads=True, **told)
        self.train(plan, made, asked_on)
        due = datetime.combine(next_school_day(block_by), time(17), tzinfo=UK)
        return ask_for_dates(cycle=cycle, block_by=due, **told)

    def train(self, plan: Plan, made: list[CycleReviewer], on: date) -> None:
        """Some to lead, the others to review; one whose training soon runs out."""
        today = self.clock.now.astimezone(UK).date()
        for turn, each in enumerate(made):
            ago = timedelta(days=plan.trained_days_before + 7 * turn)
            trained = next_school_day(on - ago)
            runs_out = plan.runs_out == turn
            add_training(
                reviewer=each.reviewer,
                kind=Training.Kind.LEAD if turn in plan.leads else Training.Kind.REVIEWER,
                trained_on=trained,
                expires_on=today + timedelta(days=50) if runs_out else trained + FOUR_YEARS,
                given_by="Example University" if turn % 2 else "The alliance’s own course",
                by=self.director,
                now=self.at(on, 15),
            )

    def published(self, plan: Plan, year: int, framework: Framework, like: Cycle | None) -> Cycle:
        """Planned before the summer, published, accepted, and held as far as the day has come."""
        cycle = self.begun(
            plan,
            framework,
            like,
            year=year,
            window=(date(year, OCTOBER, 5), date(year + 1, JUNE, 26)),
            asked_on=date(year, MAY, 10),
            block_by=date(year, JUNE, 5),
        )
        given = self.at(date(year, JUNE, 2))
        hosts, reviewers = self.asked(cycle)
        for turn, each in enumerate(reviewers):
            days = school_days_of(cycle)[3 + 5 * turn :: 29]
            person = each.reviewer.person
            block_days(days=days, person=person, because="Not in school", by=person, now=given)
            give_dates(entries=[each], by=person, now=given)
        give_dates(entries=hosts, by=self.director, now=given)
        draft = self.draft(cycle, self.at(date(year, JUNE, 15)))
        publish_draft(draft=draft, by=self.director, now=self.at(date(year, JULY, 1)))
        cycle.refresh_from_db()
        self.answer(cycle, self.at(date(year, JULY, 7)))
        self.hold(cycle)
        return cycle

    def asked(self, cycle: Cycle) -> tuple[list[CycleHost], list[CycleReviewer]]:
        """Who was asked for dates."""
        reviewers = cycle.reviewers.select_related("reviewer__person", "cycle").order_by("pk")
        return list(cycle.hosts.select_related("school", "cycle").order_by("pk")), list(reviewers)

    def corner(self, cycle: Cycle) -> None:
        """One school has three days on which nobody who leads is free."""
        school = School.objects.get(urn=EXAMPLES.cornered)
        days = school_days_of(cycle)
        free = set(days[20::25][:3])
        now = self.at(self.clock.now.astimezone(UK).date() - timedelta(days=10))
        told: dict[str, Any] = {"by": self.director, "now": now}
        block_days(days=[day for day in days if day not in free], school=school, **told)
        leads = cycle.reviewers.filter(reviewer__trainings__kind=Training.Kind.LEAD)
        for each in leads.select_related("reviewer__person"):
            block_days(days=sorted(free), person=each.reviewer.person, **told)

    def draft(self, cycle: Cycle, now: datetime) -> RotaDraft:
        """A draft as it would have been drawn up then."""
        asked = ask_for_draft(cycle=cycle, seconds=SECONDS, by=self.director, now=now)
        draft = claim_draft(draft_id=asked.pk, now=now)
        if draft is None:
            return asked
        watch = begin_run(draft.pk, now.isoformat())
        result = search_draft(draft, watch, today=now.astimezone(UK).date())
        keep_result(draft=draft, result=result, now=now + timedelta(seconds=3))
        return RotaDraft.objects.select_related("cycle__alliance").get(pk=draft.pk)

    def answer(self, cycle: Cycle, now: datetime) -> None:
        """Everybody accepts."""
        for place in self.places(cycle):
            said = DayPlace.Answer.ACCEPTED
            answer_visit(place=place, answer=said, by=place.person, now=now)

    def places(self, cycle: Cycle) -> list[DayPlace]:
        """Those asked, in the order of the days."""
        rows = DayPlace.objects.filter(day__cycle=cycle, ended_at=None)
        named = rows.select_related("person", "day__cycle__alliance", "day__school")
        return list(named.order_by("day__day", "pk"))

    def hold(self, cycle: Cycle) -> None:
        """Each day that is over was held, as its lead says."""
        for place in self.places(cycle):
            if place.is_lead and place.day.ends_at < self.clock.now:
                now = min(place.day.ends_at + timedelta(hours=2), self.clock.now)
                say_held(day=place.day, by=place.person, now=now)

    def trouble(self, cycle: Cycle) -> None:
        """A day to come has moved, so that everybody is asked again; somebody has declined another."""
        ahead = self.clock.now + timedelta(days=21)
        days = ReviewDay.objects.filter(cycle=cycle, starts_at__gt=ahead).order_by("day")
        coming = list(days.select_related("cycle__alliance", "school")[:2])
        for place in self.places(cycle):
            if coming and place.day_id == coming[0].pk and not place.is_lead:
                said: dict[str, Any] = {"answer": DayPlace.Answer.DECLINED, "because": PRIVATE}
                answer_visit(place=place, by=place.person, now=self.days_ago(1), **said)
                break
        for day in coming[1:]:
            to = next_school_day(day.day + DAY)
            move_by_hand(day=day, to=to, by=self.director, now=self.days_ago(2))

    def days_ago(self, count: int) -> datetime:
        """Nine in the morning, so many days before the demo's."""
        return self.at(self.clock.now.astimezone(UK).date() - timedelta(days=count), 9)

    def at(self, day: date, hour: int = 11) -> datetime:
        """On that school day, or the next one; where that is still to come, on the one before."""
        moment = datetime.combine(next_school_day(day), time(hour), tzinfo=UK)
        if moment > self.clock.now:
            moment = datetime.combine(previous_school_day(day - DAY), time(hour), tzinfo=UK)
        return moment
