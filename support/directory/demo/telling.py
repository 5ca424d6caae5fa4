"""Entries, consents and days of the demo, by the room's services."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from alliances.membership.models import Alliance, AlliancePost
from alliances.schools.models import School, SchoolPost
from alliances.schools.services import appoint_to_school
from partnership.calendar.years import AcademicYear
from partnership.people.demo import OFFICER
from partnership.people.models import Person
from partnership.people.services import add_person, let_in
from partnership.toolkit.registers import DemoClock
from support.directory.demo.names import free_names
from support.directory.demo.outline import (
    AREAS,
    CONTEXTS,
    DAYS,
    ENTRIES,
    HARMONY,
    HARMONY_SCHOOLS,
    IMPACTS,
    OLDHAM_SCHOOLS,
    PHASES,
    POSTS,
    SIGN_INS,
    SUBJECTS,
    TITLES,
    WORDS,
)
from support.directory.models import Practitioner
from support.directory.services import (
    add_practitioner,
    change_rules,
    confirm_entry,
    deliver_days,
    give_back_days,
    give_consent,
    offer_days,
    open_support,
    promise_days,
)

HALF = Decimal("0.5")
DAY_COST = Decimal(350)
WAITING, REFUSING = 11, 17
DELIVERED_LAST_YEAR = (Decimal(3), Decimal("1.5"), Decimal(4))


class DirectoryTeller:
    """Lists people of two alliances, lets their heads agree, and lets a year of days go by."""

    def __init__(self, clock: DemoClock) -> None:
        """Know the demo's moment, its year, and everybody who acts."""
        self.clock = clock
        self.today = clock.now.date()
        self.year = AcademicYear.containing(self.today)
        self.listed_from = self.year.previous.previous.first_day
        self.officer = Person.objects.with_email(OFFICER.email).get()
        self.names = free_names()
        self.schools = {school.urn: school for school in School.objects.filter(urn__in=_urns())}
        heads = SchoolPost.objects.on(self.today).of_heads().select_related("person", "school")
        self.heads = {post.school.urn: post.person for post in heads.order_by("-pk")}

    def tell(self) -> int:
        """Both directories; how many people are in them."""
        return sum(self._tell(slug, count) for slug, count in ENTRIES.items())

    def _tell(self, slug: str, count: int) -> int:
        alliance = Alliance.objects.get(slug=slug)
        posts = AlliancePost.objects.filter(alliance=alliance, kind=AlliancePost.Kind.DIRECTOR)
        director = posts.select_related("person").order_by("pk")[0].person
        rules = open_support(alliance=alliance, by=director, now=self.clock.at(-80, 9))
        change_rules(
            rules=rules,
            changes={"day_cost": DAY_COST},
            seen_version=rules.version,
            by=director,
            now=self.clock.at(-80, 9, 30),
        )
        self.areas = {area.name: area.pk for area in alliance.support_areas.all()}
        self.titles = {title.short or title.name: title.pk for title in alliance.designations.all()}
        people = [*self._signing_in(slug), *self._new(slug)]
        for turn in range(count):
            person, urn = people[turn] if turn < len(people) else self._join(slug, turn)
            self._list(alliance, director, person, urn, turn)
        return count

    def _signing_in(self, slug: str) -> list[tuple[Person, int]]:
        return [
            (Person.objects.with_email(email).get(), urn)
            for email, of, urn in SIGN_INS
            if of == slug
        ]

    def _new(self, slug: str) -> list[tuple[Person, int]]:
        """Heads and colleagues who are in the portal already."""
        known = {email for email, _slug, _urn in SIGN_INS} | {"head@demo.example"}
        urns = _urns_of(slug)
        posts = SchoolPost.objects.on(self.today).filter(school__urn__in=urns, ends_on=None)
        kinds = (*SchoolPost.HEADS, "senco", "assistant_head", "mentor", "subject_lead")
        posts = posts.filter(kind__in=kinds, person__is_active=True)
        found: dict[int, tuple[Person, int]] = {}
        for post in posts.select_related("person", "school").order_by("pk"):
            if post.person.email not in known:
                found.setdefault(post.person_id, (post.person, post.school.urn))
        return list(found.values())

    def _join(self, slug: str, turn: int) -> tuple[Person, int]:
        """A colleague who joins the portal with a post in a school."""
        urns = [urn for urn in _urns_of(slug) if urn in self.heads]
        urn = urns[turn % len(urns)]
        name, email = next(self.names)
        now = self.clock.at(-79, 10, turn % 60)
        person = add_person(email=email, name=name, by=self.officer, now=now)
        person = let_in(person=person, password="", now=now)
        kind = POSTS[turn % len(POSTS)]
        appoint_to_school(
            school=self.schools[urn],
            person=person,
            kind=kind,
            words=SUBJECTS[turn % len(SUBJECTS)] if kind == "subject_lead" else "",
            starts_on=date(2019 + turn % 6, 9, 1),
            by=self.officer,
            now=now,
            quietly=True,
        )
        return person, urn

    def _list(
        self, alliance: Alliance, director: Person, person: Person, urn: int, turn: int
    ) -> None:
        is_head = self.heads.get(urn) == person
        titles = ("NLE",) if is_head else TITLES[turn % len(TITLES)]
        practitioner = add_practitioner(
            alliance=alliance,
            person=person,
            home_school=self.schools[urn],
            designations=[self.titles[title] for title in titles],
            areas=[self.areas[area] for area in AREAS[turn % len(AREAS)]],
            phases=list(PHASES[turn % len(PHASES)]),
            contexts=list(CONTEXTS[turn % len(CONTEXTS)]),
            about=WORDS[turn % len(WORDS)],
            impact=IMPACTS[turn % len(IMPACTS)],
            days_a_year=DAYS[turn % len(DAYS)],
            starts_on=self.listed_from,
            by=director,
            now=self.clock.at(-78 + turn % 9, 10),
            quietly=True,
        )
        if turn % WAITING == WAITING - 1:
            return
        if turn % REFUSING:
            confirm_entry(practitioner=practitioner, by=person, now=self.clock.at(-60, 12))
        self._agree(practitioner, self.heads.get(urn, person), turn)
        self._spend(practitioner, director, turn)

    def _agree(self, practitioner: Practitioner, head: Person, turn: int) -> None:
        give_consent(
            practitioner=practitioner,
            days_a_year=practitioner.days_a_year - (HALF if turn % 4 == 0 else 0),
            starts_on=self.listed_from,
            ends_on=self.year.last_day,
            note="Not in the weeks of the national tests" if turn % 5 == 0 else "",
            by=head,
            now=self.clock.at(-62, 15),
            quietly=True,
        )

    def _spend(self, practitioner: Practitioner, director: Person, turn: int) -> None:
        """Days of last year, most of them delivered; some promised this year, one given back."""
        told: dict[str, Any] = {"practitioner": practitioner, "by": director, "strand_id": None}
        last = self.year.previous
        if turn % 2 == 0:
            days = DELIVERED_LAST_YEAR[turn % len(DELIVERED_LAST_YEAR)]
            at = self.clock.at(-60, 16)
            offer_days(practitioner=practitioner, year=last.start, by=director, now=at)
            told_last = {**told, "year": last.start, "now": at}
            key = f"demo:{practitioner.pk}"
            promise_days(**told_last, days=days, key=f"{key}:promised")
            deliver_days(**told_last, days=days, key=f"{key}:delivered", note="Last year’s visits")
        if turn % 3 == 0:
            at = self.clock.at(-40 + turn % 20, 11)
            told_now = {**told, "year": self.year.start, "now": at}
            promise_days(**told_now, days=Decimal(2), note="Half a day a week until February")
            if turn % 9 == 0:
                later = {**told_now, "now": at + timedelta(days=6)}
                give_back_days(**later, days=Decimal(1), because="The school found two days enough")


def _urns_of(slug: str) -> tuple[int, ...]:
    return HARMONY_SCHOOLS if slug == HARMONY else OLDHAM_SCHOOLS


def _urns() -> tuple[int, ...]:
    return (*HARMONY_SCHOOLS, *OLDHAM_SCHOOLS)
