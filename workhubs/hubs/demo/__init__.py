"""The demo's workhubs: Oldham's twelve over two years, and some in each other alliance."""

from __future__ import annotations

from alliances.membership.models import Alliance
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock
from workhubs.hubs.demo.stories import ELSEWHERE, OLDHAM
from workhubs.hubs.demo.telling import Teller
from workhubs.hubs.models import WorkhubYear
from workhubs.hubs.services import add_person

BESIDE_THE_SCHOOLS = (
    ("Teaching & Learning", "practitioner@demo.example", "specialist leader for mathematics"),
    ("Initial Teacher Training", "partner@demo.example", "link to the council’s training grant"),
    ("Business & Community", "partner@demo.example", "link to the borough’s firms"),
)


def load(clock: DemoClock) -> None:
    """Workhubs with their schools, objectives, requests and meetings, all made by services."""
    teller = Teller(clock, Alliance.objects.get(slug="oldham-schools-alliance"))
    before = [teller.tell_of_last_year(story, turn) for turn, story in enumerate(OLDHAM)]
    teller.roll_over(before)
    for turn, (story, year) in enumerate(zip(OLDHAM, before, strict=True)):
        teller.go_on(story, turn, year)
    _add_people(teller)
    for turn, (slug, story) in enumerate(ELSEWHERE, start=len(OLDHAM)):
        Teller(clock, Alliance.objects.get(slug=slug)).tell_of_this_year(story, turn)
    clock.say(f"{len(OLDHAM) + len(ELSEWHERE)} workhubs")


def _add_people(teller: Teller) -> None:
    """A specialist leader and a partner take part beside the schools."""
    when = teller.autumn(teller.this_year, 12)
    for name, email, brings in BESIDE_THE_SCHOOLS:
        year = WorkhubYear.objects.select_related("workhub__body", "workhub__alliance", "lead").get(
            workhub__alliance=teller.alliance, workhub__name=name, year=teller.this_year.start
        )
        person = Person.objects.with_email(email).filter(is_active=True).first()
        if person is not None:
            add_person(
                workhub_year=year,
                person=person,
                brings=brings,
                starts_on=when.date(),
                by=teller.lead(year),
                now=when,
            )
