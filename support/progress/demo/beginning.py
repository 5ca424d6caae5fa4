"""How the demo's programmes began: asked, reviewed, matched and signed before their first term."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from alliances.schools.models import School
from alliances.schools.owners import references
from partnership.calendar.calendars import dates_for
from partnership.calendar.terms import term_containing
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from support.directory.models import Practitioner
from support.directory.services import NotEnoughDays
from support.programmes.demo.telling import SUPPORTERS, SupportTeller
from support.programmes.models import Programme, Strand
from support.programmes.services import (
    MayNotHelp,
    broker_strand,
    choose_supporting_school,
    finish_matching,
)
from support.programmes.terms import next_terms
from support.progress.demo.outline import CourseStory

BEFORE = timedelta(days=80)
INTO_THE_TERM_BEFORE = timedelta(days=75)
USUAL = 5
OTHER_THAN_FIVE = "The school asked for a shorter programme, and the director agreed."
CHOSEN = "Has led the same change at home, and is near enough to come on a morning."


class Beginning(SupportTeller):
    """Tells how a programme came about, so that its first term lies where the story says."""

    course: CourseStory

    def begin(self, course: CourseStory, turn: int) -> Programme:
        """From the request to the last signature."""
        self.course = course
        asked_on = self._first_day() - BEFORE
        days_ago = (self.clock.now.date() - asked_on).days
        return self.tell(course.asked(days_ago), turn)

    def head_of(self, school: School) -> Person:
        """Who leads a school."""
        return self.heads[school.urn]

    def supporter_of(self, programme: Programme) -> Person:
        """Who leads the school that supports."""
        return self.heads[School.objects.get(programmes_supported=programme).urn]

    def _first_day(self) -> date:
        """The first day of the term that lies so many terms back."""
        school = School.objects.get(urn=self.course.urn)
        dates = dates_for(references([school.pk])[school.pk])
        term = term_containing(self.clock.now.date(), dates)
        for _each in range(self.course.begun):
            term = term_containing(term.starts_on - INTO_THE_TERM_BEFORE, dates)
        return term.starts_on

    def _spans(self, programme: Programme) -> tuple[list[tuple[date, date]], str]:
        dates = dates_for(references([programme.school_id])[programme.school_id])
        eve = self._first_day() - timedelta(days=1)
        terms = next_terms(eve, dates, count=self.course.terms)
        because = "" if self.course.terms == USUAL else OTHER_THAN_FIVE
        return [(term.starts_on, term.ends_on) for term in terms], because

    def _days(self, programme: Programme, _days: Decimal) -> dict[int, Decimal]:
        """A day a term, in the year in which the term lies, as far as heads have agreed yet."""
        spans, _because = self._spans(programme)
        years = Counter(AcademicYear.containing(first).start for first, _last in spans)
        this = AcademicYear.containing(self.clock.now.date()).start
        return {year: Decimal(count) for year, count in years.items() if year <= this}

    def _match(self, programme: Programme) -> None:
        told: dict[str, Any] = {"programme": programme, "by": self.director, "now": self._later(17)}
        chosen: list[Practitioner] = []
        kinds = [Strand.Kind.COACHING, Strand.Kind.SLE_MENTORING]
        for practitioner in self._candidates():
            try:
                broker_strand(
                    kind=kinds[len(chosen)],
                    practitioner=practitioner,
                    days=self._days(programme, Decimal(1)),
                    focus=f"{programme.area}: beside those who lead it",
                    because=CHOSEN,
                    **told,
                )
            except (MayNotHelp, NotEnoughDays):
                continue
            chosen.append(practitioner)
            if len(chosen) == len(kinds):
                break
        if (school := chosen[0].home_school) is not None:
            choose_supporting_school(school=school, **told)
        finish_matching(**told)

    def _candidates(self) -> list[Practitioner]:
        """The two who sign in to the demo for the first programme; then others in turn."""
        listed = Practitioner.objects.filter(alliance=self.alliance, is_listed=True)
        listed = listed.filter(home_school__urn__in=self.heads).select_related("home_school")
        everybody = list(listed.select_related("person").order_by("pk"))
        if self.turn == 0:
            first = {email: place for place, email in enumerate(SUPPORTERS)}
            return sorted(everybody, key=lambda each: first.get(each.person.email, len(first)))
        start = self.turn * 3 % len(everybody)
        return [*everybody[start:], *everybody[:start]]
