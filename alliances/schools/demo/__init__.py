"""The demo's schools: three real authorities, invented example schools, invented people in posts."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from alliances.schools.demo.register import found_examples, import_extracts
from alliances.schools.example_dates import settle_example_dates
from alliances.schools.models import Delegation, School, SchoolPost
from alliances.schools.services import (
    answer_details,
    appoint_to_school,
    arrange_departure,
    ask_for_details,
    change_contact,
    delegate,
)
from partnership.invitations.services import accept_invitation, invite_person
from partnership.people.demo import OFFICER, invented_names
from partnership.people.models import Person
from partnership.toolkit.folding import folded
from partnership.toolkit.registers import PASS, DemoClock

Kind = SchoolPost.Kind

SIGN_IN_POSTS = (
    ("head@demo.example", 105670, Kind.HEAD, date(2019, 9, 1)),
    ("deputy@demo.example", 105670, Kind.DEPUTY, date(2023, 1, 9)),
    ("governor@demo.example", 105670, Kind.CHAIR_OF_GOVERNORS, date(2022, 10, 6)),
    ("teacher@demo.example", 105670, Kind.TEACHER, date(2024, 9, 1)),
    ("lead@demo.example", 105667, Kind.HEAD, date(2021, 9, 1)),
    ("practitioner@demo.example", 105668, Kind.ASSISTANT_HEAD, date(2022, 9, 1)),
    ("supporter@demo.example", 141333, Kind.PRINCIPAL, date(2018, 9, 1)),
    ("supported@demo.example", 900_001, Kind.EXECUTIVE_HEAD, date(2024, 9, 1)),
    ("supported@demo.example", 900_002, Kind.EXECUTIVE_HEAD, date(2025, 9, 1)),
    ("leadreviewer@demo.example", 900_008, Kind.EXECUTIVE_HEAD, date(2021, 9, 1)),
    ("champion@demo.example", 900_009, Kind.EXECUTIVE_HEAD, date(2022, 9, 1)),
    ("host@demo.example", 131920, Kind.HEAD, date(2020, 4, 20)),
    ("reviewer@demo.example", 103390, Kind.HEAD, date(2017, 9, 1)),
    ("stranger@demo.example", 148012, Kind.HEAD, date(2022, 9, 1)),
)


OWN_SCHOOL = 105670
STAFF_OF_OWN_SCHOOL = (
    (Kind.ASSISTANT_HEAD, ""),
    (Kind.BUSINESS_MANAGER, ""),
    (Kind.SENCO, ""),
    (Kind.SAFEGUARDING_LEAD, ""),
    (Kind.MENTAL_HEALTH_LEAD, ""),
    (Kind.SUBJECT_LEAD, "mathematics"),
    (Kind.MENTOR, ""),
    (Kind.PREMISES_MANAGER, ""),
    (Kind.GOVERNOR, ""),
    (Kind.CLERK, ""),
    (Kind.OTHER, "Forest school leader"),
)
COLLEAGUES = (
    (Kind.BUSINESS_MANAGER, (105667, 105668, 105658, 105656), ""),
    (Kind.SENCO, (105667, 105668, 105648, 105666), ""),
    (Kind.CHAIR_OF_GOVERNORS, (105665, 105667, 105691, 105700), ""),
    (Kind.OTHER, (103351, 103390, 131672, 131920, 132007), "Link to the pupil council"),
    (Kind.DEPUTY, (900_001, 900_005), ""),
)
FIRST_OF_BIRMINGHAM = 900_012

HEADED = (
    *(105627, 105638, 105645, 105648, 105649, 105656, 105658, 105663, 105665, 105666, 105668),
    *(105671, 105679, 105680, 105686, 105691, 105700, 105702, 105710, 105714, 105723, 133286),
    *(133712, 134784, 135258, 135341, 136223, 139651, 140579, 142550, 145723, 151361),
    *range(900_001, 900_012),
    *(103630, 131672, 132007, 103351, 900_012, 900_013, 100791, 100800, 100813, 103388),
)
HEADED_BY_ONE = (105669, 105693)
LEAVING, DAYS_UNTIL_SHE_LEAVES = 105649, 35
UNANSWERED = (103351, 142412)


def load(clock: DemoClock) -> None:
    """Register, example schools, and people in posts, all through services."""
    import_extracts(clock)
    officer = Person.objects.with_email(OFFICER.email).get()
    found_examples(clock, officer)
    for email, urn, kind, since in SIGN_IN_POSTS:
        person = Person.objects.with_email(email).get()
        _appoint(clock, officer, person=person, urn=urn, kind=kind, since=since)
    people = _People(clock, officer)
    for turn, urn in enumerate(HEADED):
        since = date(2015 + turn % 11, 9, 1)
        kind = Kind.PRINCIPAL if urn in {139651, 140579, 145723} else Kind.HEAD
        _appoint(clock, officer, person=people.join(urn), urn=urn, kind=kind, since=since)
    executive = people.join(HEADED_BY_ONE[0])
    for urn in HEADED_BY_ONE:
        _appoint(
            clock,
            officer,
            person=executive,
            urn=urn,
            kind=Kind.EXECUTIVE_HEAD,
            since=date(2020, 9, 1),
        )
    for kind, words in STAFF_OF_OWN_SCHOOL:
        person = people.join(OWN_SCHOOL)
        since = date(2021, 9, 1)
        _appoint(clock, officer, person=person, urn=OWN_SCHOOL, kind=kind, words=words, since=since)
    _check_details(clock)
    _delegate(clock)
    _hand_over(clock, officer, people)
    _appoint_colleagues(clock, officer, people)
    for urn in UNANSWERED:
        people.ask(urn)
    count = SchoolPost.objects.values("person").distinct().count()
    clock.say(f"{count} people in posts at schools")
    settle_example_dates(clock, officer)


def _appoint_colleagues(clock: DemoClock, officer: Person, people: _People) -> None:
    """Those whom the heads' colleagues meet in groups of their own."""
    since = date(2022, 9, 1)
    for kind, urns, words in COLLEAGUES:
        for urn in urns:
            person = people.join(urn)
            _appoint(clock, officer, person=person, urn=urn, kind=kind, words=words, since=since)


class _People:
    """Invented people who join one after the other, each invited on behalf of a school."""

    def __init__(self, clock: DemoClock, officer: Person) -> None:
        self.clock = clock
        self.officer = officer
        self.names = iter(invented_names())
        self.taken: set[str] = set()

    def join(self, urn: int) -> Person:
        """Somebody invited and come; she signs in once she has chosen a password by mail."""
        invited_at = self.clock.at(-89, 10, len(self.taken) % 60)
        name, email = self._next()
        school = School.objects.get(urn=urn)
        invitation = invite_person(
            email=email, name=name, by=self.officer, now=invited_at, on_behalf_of=school.name
        )
        later = timedelta(days=len(self.taken) % 9, hours=3)
        return accept_invitation(invitation=invitation, password="", now=invited_at + later)

    def ask(self, urn: int) -> None:
        """Somebody invited who hasn't answered yet."""
        name, email = self._next()
        school = School.objects.get(urn=urn)
        invite_person(
            email=email,
            name=name,
            by=self.officer,
            now=self.clock.at(-5, 10),
            on_behalf_of=school.name,
        )

    def _next(self) -> tuple[str, str]:
        for name in self.names:
            email = address_of(name)
            if email not in self.taken:
                self.taken.add(email)
                return name, email
        raise LookupError("The demo has invented too few names.")


def address_of(name: str) -> str:
    """firstname.lastname in the letters that every mail server takes."""
    plain = folded(name).replace("ł", "l").replace("ı", "i")
    words = [re.sub(r"[^a-z]", "", word) for word in plain.split()]
    return f"{'.'.join(filter(None, words))}@demo.example"


def _appoint(
    clock: DemoClock,
    officer: Person,
    *,
    person: Person,
    urn: int,
    kind: str,
    since: date,
    words: str = "",
) -> SchoolPost:
    return appoint_to_school(
        school=School.objects.get(urn=urn),
        person=person,
        kind=kind,
        words=words,
        starts_on=since,
        by=officer,
        now=clock.at(-88, 11),
        quietly=True,
    )


def _delegate(clock: DemoClock) -> None:
    """The head of the demo lets her deputy keep the details and answer for the school."""
    school = School.objects.get(urn=OWN_SCHOOL)
    deputy = Person.objects.with_email("deputy@demo.example").get()
    delegate(
        school=school,
        deputy=deputy,
        kinds=(Delegation.Kind.DETAILS, Delegation.Kind.REPLIES),
        ends_on=clock.at(120).date(),
        by=Person.objects.with_email("head@demo.example").get(),
        now=clock.at(-45, 15),
    )


def _check_details(clock: DemoClock) -> None:
    """Every school is asked; most heads have looked, one found something wrong, one hasn’t yet."""
    if not ask_for_details(now=clock.at(-14, 8)):
        return
    heads = SchoolPost.objects.on(clock.now.date()).of_heads().select_related("school", "person")
    for turn, post in enumerate(heads.order_by("school__urn", "pk")):
        if post.school.urn == OWN_SCHOOL or turn % 5 == 0:
            continue
        is_right = turn != 1
        answer_details(
            school=post.school,
            is_right=is_right,
            words="" if is_right else "Our telephone number has changed.",
            by=post.person,
            now=clock.at(-13 + turn % 12, 10, turn % 60),
        )
        if turn % 3 == 0:
            contact = {"telephone": f"01632 960{turn % 1000:03}", "words": "Ask for the office."}
            change_contact(
                school=post.school, changes=contact, by=post.person, now=clock.at(-1, 12)
            )
    clock.say("heads have looked through their schools’ details")


def _hand_over(clock: DemoClock, officer: Person, people: _People) -> None:
    """One head leaves with next month; her successor’s post begins the day after."""
    school = School.objects.get(urn=LEAVING)
    month = clock.at(DAYS_UNTIL_SHE_LEAVES).date()
    last_day = month.replace(day=monthrange(month.year, month.month)[1])
    post = SchoolPost.objects.of_heads().select_related("person").get(school=school)
    successor = people.join(LEAVING)
    arrange_departure(
        school=school,
        person=post.person,
        last_day=last_day,
        choices={("schools.posts", post.pk): PASS},
        by=officer,
        now=clock.at(-20, 11),
        successor_email=successor.email,
        successor_name=successor.name,
    )
