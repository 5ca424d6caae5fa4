"""Living the demo's programmes term by term, by the room's services."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from alliances.schools.owners import references
from partnership.calendar.calendars import dates_for
from partnership.calendar.days import UK, next_school_day, previous_school_day
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock
from support.directory.models import SupportArea
from support.programmes.models import Programme, Side, Strand
from support.progress.course import terms_of
from support.progress.course.terms import SupportTerm
from support.progress.demo.outline import CourseStory, Figure, Goal
from support.progress.demo.visiting import tell_placement, tell_visit
from support.progress.models import Course, Measure, Objective, Plan, TermReview
from support.progress.services import (
    add_action,
    add_measure,
    add_objective,
    agree_plan,
    begin_plan,
    close_review,
    enter_values,
    finish_action,
    keep_term_view,
    open_review,
    pause_programme,
    stop_programme,
    write_talk,
)
from support.progress.services.entering import Entry

WEEK = timedelta(days=7)
SEEN_BY = {
    Side.SUPPORTER: "Books and lessons of three visits.",
    Side.SCHOOL: "What I see on my rounds, and what teachers tell me.",
    Side.DIRECTOR: "The notes that the school released, and two conversations.",
}


class CourseTeller:
    """Tells one programme from its plan to where it stands on the demo's day."""

    def __init__(self, clock: DemoClock, programme: Programme, course: CourseStory) -> None:
        """Know who acts: both heads, the practitioners and the director."""
        self.clock, self.course = clock, course
        self.programme = programme
        self.terms = terms_of(programme)
        self.dates = dates_for(references([programme.school_id])[programme.school_id])
        self.strands = list(
            Strand.objects.filter(programme=programme).select_related("practitioner__person")
        )
        self.director = programme.director or programme.asked_by
        self.visits = 0
        self.measures: list[tuple[Measure, Figure]] = []

    def tell(self, head: Person, supporter: Person) -> None:
        """Each term that has begun, then how it stands now."""
        self.head, self.supporter = head, supporter
        begun = [term for term in self.terms.all if self.at(term.starts_on) < self.clock.now]
        if not begun:
            return
        self._plan(begun[0])
        self._figures(begun[0])
        until = self._until()
        for term in begun:
            if self.at(term.starts_on) < until:
                self._live(term, until)
        if self.course.paused:
            self._pause(until)
        if self.course.stopped:
            told: dict[str, Any] = {"programme": self.programme, "by": self.director}
            stop_programme(because=self.course.stopped, **told, now=until)

    def _until(self) -> datetime:
        """The moment at which it was paused or stopped; else now."""
        if self.course.paused:
            return self._ago(33)
        return self._ago(120) if self.course.stopped else self.clock.now

    def _ago(self, days: int) -> datetime:
        """Noon of the school day that was so many days ago, or the last before it."""
        day = previous_school_day(self.clock.at(-days).date(), self.dates)
        return datetime.combine(day, time(12), tzinfo=UK)

    def at(self, day: date, hour: int = 10) -> datetime:
        """A school day at an hour, from this day on."""
        return datetime.combine(next_school_day(day, self.dates), time(hour), tzinfo=UK)

    def _goes_on(self) -> bool:
        return self.course.begun < self.course.terms and not self.course.stopped

    def _left_until(self) -> datetime:
        """What is still to be done is due soon; where there is a concern, it was due last week."""
        days = -4 if self.course.has_concern else 9
        return self.at(self.clock.now.date() + timedelta(days=days), 17)

    def _plan(self, term: SupportTerm) -> None:
        first = self.at(term.starts_on + timedelta(days=2))
        told: dict[str, Any] = {"side": Side.SCHOOL, "by": self.head, "now": first}
        begin_plan(programme=self.programme, **told)
        objectives = [self._objective(goal, told) for goal in self.course.goals]
        for goal, objective in zip(self.course.goals, objectives, strict=True):
            is_left = goal is self.course.goals[-1] and self._goes_on()
            owner = self.supporter if goal is self.course.goals[-1] else self.head
            due = self._left_until() if is_left else self.at(term.starts_on + 6 * WEEK, 17)
            action = add_action(
                objective=objective, words=goal.action, owner=owner, due_at=due, **told
            )
            if due < self.clock.now and not is_left:
                done: dict[str, Any] = {"by": owner, "now": self.at((due - WEEK).date(), 16)}
                finish_action(action=action, note="Done, and we go on with it each week.", **done)
        version = Plan.objects.get(programme=self.programme).version
        agree_plan(
            programme=self.programme,
            side=Side.SUPPORTER,
            seen_version=version,
            by=self.supporter,
            now=self.at(term.starts_on + WEEK),
        )

    def _objective(self, goal: Goal, told: dict[str, Any]) -> Objective:
        area = SupportArea.objects.get(pk=self.programme.area_id)
        return add_objective(
            programme=self.programme,
            facts={
                "area": area,
                "focus": goal.focus,
                "words": goal.words,
                "success": goal.success,
                "year_groups": goal.years,
                "strands": self.strands[:1] if goal.focus == "leadership" else self.strands,
            },
            **told,
        )

    def _figures(self, term: SupportTerm) -> None:
        """What is measured, where it stood, and what is planned for each term."""
        now = self.at(term.starts_on + WEEK, 15)
        objectives = list(Objective.objects.filter(programme=self.programme).order_by("position"))
        for figure in self.course.figures:
            measure = add_measure(
                programme=self.programme,
                facts={
                    "kind": figure.kind,
                    "name": figure.name,
                    "year_group": figure.year_group,
                    "group": figure.group,
                    "unit": figure.unit,
                    "objective": objectives[0],
                    "source": "The school’s own assessments, moderated with the supporter",
                },
                by=self.head,
                now=now,
            )
            planned = figure.planned[: len(self.terms.all)]
            entries = [
                Entry(measure.pk, 0, said_as_kept(actual=figure.start, cohort=figure.pupils))
            ]
            entries += [
                Entry(measure.pk, point, said_as_kept(planned=value))
                for point, value in enumerate(planned, 1)
            ]
            enter_values(programme=self.programme, entries=entries, by=self.head, now=now)
            self.measures.append((measure, figure))

    def _live(self, term: SupportTerm, until: datetime) -> None:
        """Three visits, the term's figures, its review."""
        first, second = self.strands
        for week, strand in ((3, first), (8, second), (12, first)):
            tell_visit(self, strand, self.at(term.starts_on + week * WEEK, 9), until)
        if term.number == 2:  # noqa: PLR2004 one placement, in the second term
            tell_placement(self, term, until)
        over = self.at(term.ends_on + timedelta(days=3))
        if over < until:
            self._enter(term, over)
            self._review(term)

    def _enter(self, term: SupportTerm, now: datetime) -> None:
        entries = [
            Entry(measure.pk, term.number, said_as_kept(actual=value, cohort=figure.pupils))
            for measure, figure in self.measures
            if (value := _nth(figure.actual, term.number)) is not None
        ]
        if entries:
            enter_values(programme=self.programme, entries=entries, by=self.head, now=now)

    def _review(self, term: SupportTerm) -> None:
        """All three views, what came of a difference, and how the director closes it."""
        opened = self.at(term.ends_on - 2 * WEEK)
        review = open_review(programme=self.programme, term=term.number, by=None, now=opened)
        objectives = list(
            Objective.objects.filter(programme=self.programme, dropped_at=None).order_by("position")
        )
        people = ((Side.SUPPORTER, self.supporter), (Side.SCHOOL, self.head))
        for turn, (side, person) in enumerate((*people, (Side.DIRECTOR, self.director))):
            ratings = {}
            for place, objective in enumerate(objectives):
                course = self.course.ratings[place % len(self.course.ratings)]
                if side == Side.SUPPORTER and place == 1 and term.number == self.course.differs_in:
                    course = Course.ON_COURSE if course != Course.ON_COURSE else Course.SLOWER
                ratings[objective.pk] = (course, SEEN_BY[side])
            given = opened + timedelta(days=2 + turn)
            told: dict[str, Any] = {"by": person, "now": self.at(given.date(), 14)}
            keep_term_view(
                review=review,
                side=side,
                ratings=ratings,
                overall=self.course.ratings[0],
                words="A term of steady work.",
                is_given=True,
                **told,
            )
        self._close(term, review, self.at(term.ends_on - WEEK, 16))

    def _close(self, term: SupportTerm, review: TermReview, now: datetime) -> None:
        review.refresh_from_db()
        if review.differs:
            if self.course.is_silent:
                return
            words = (
                "We looked at the same four books together. The lead plans well; what she lacks is "
                "time with colleagues, and the head gives her Tuesday afternoons."
            )
            write_talk(review=review, words=words, by=self.head, now=now)
        coming = self.terms.numbered(term.number + 1)
        strategy = (
            "From term 4 on the lead runs meetings alone; the supporter comes to listen. The "
            "governors keep her afternoon in the budget."
        )
        close_review(
            review=review,
            overall=self.course.ratings[0],
            next_on=coming.ends_on if coming else None,
            exit_strategy=strategy if review.is_midpoint else "",
            by=self.director,
            now=now,
        )

    def _pause(self, until: datetime) -> None:
        told: dict[str, Any] = {"programme": self.programme, "by": self.director, "now": until}
        again = self.clock.at(50, 17)
        pause_programme(because=self.course.paused, look_again_at=again, **told)


def said_as_kept(**values: float) -> dict[str, Any]:
    """Figures as they are kept."""
    return {
        name: value if name == "cohort" else Decimal(str(value)) for name, value in values.items()
    }


def _nth(values: tuple[float, ...], number: int) -> float | None:
    return values[number - 1] if number <= len(values) else None
