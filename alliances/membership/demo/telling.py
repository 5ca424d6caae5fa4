"""Telling the stories of the demo's alliances by the room's services."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from alliances.membership.demo.outline import By, Story
from alliances.membership.demo.stories import (
    COMES_NEXT_YEAR,
    DOVESTONE,
    JOINS_LATER,
    LAPSED,
    LEAVES,
    LEFT,
    LINKS,
    MEANS_TO_JOIN,
    OLDHAM,
)
from alliances.membership.models import Alliance, AllianceLink, Area, Membership
from alliances.membership.services import (
    add_area,
    add_partner,
    add_school,
    appoint_to_alliance,
    edit_public_page,
    end_membership,
    found_alliance,
    link_alliances,
)
from alliances.schools.models import School, SchoolPost
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock

SETTLED = 10


class Teller:
    """Founds alliances and fills them, as portal staff did when the portal began."""

    def __init__(self, clock: DemoClock, officer: Person) -> None:
        """Keep the demo's moment and who acts."""
        self.clock = clock
        self.officer = officer

    def tell(self, story: Story) -> int:
        """One alliance whole; how many schools it has."""
        alliance = found_alliance(
            name=story.name,
            slug=story.slug,
            kind=story.kind,
            area=story.area,
            vision=story.vision,
            aims="\n".join(story.aims),
            shared_values="\n".join(story.values),
            by=self.officer,
            now=self.clock.at(-100, 9),
        )
        schools = self._add_schools(story, alliance)
        for name, purpose in story.areas:
            told = {"name": name, "purpose": purpose}
            add_area(alliance=alliance, **told, by=self.officer, now=self.clock.at(-98, 9))
        for turn, by in enumerate((*story.sign_ins, *story.heads)):
            self._appoint(alliance, by, turn)
        self._add_partners(story, alliance)
        self._word_page(story, alliance)
        return schools

    def _add_schools(self, story: Story, alliance: Alliance) -> int:
        kinds = (
            (Membership.Kind.FULL, story.members),
            (Membership.Kind.ASSOCIATE, story.associates),
            (Membership.Kind.PARTNER, story.partners),
        )
        rows = [(kind, urn) for kind, urns in kinds for urn in urns]
        for turn, (kind, urn) in enumerate(rows):
            later = turn % 4 if turn > SETTLED else 0
            self._add(alliance, urn, story.founded.replace(year=story.founded.year + later), kind)
        return len(rows)

    def _add(self, alliance: Alliance, urn: int, starts_on: date, kind: str) -> Membership:
        return add_school(
            alliance=alliance,
            school=School.objects.get(urn=urn),
            kind=kind,
            starts_on=starts_on,
            by=self.officer,
            now=self.clock.at(-99, 9),
            quietly=True,
        )

    def _appoint(self, alliance: Alliance, by: By, turn: int) -> None:
        area = Area.objects.get(alliance=alliance, name=by.area) if by.area else None
        appoint_to_alliance(
            alliance=alliance,
            person=self._person(by),
            kind=by.kind,
            area=area,
            description=by.description,
            funded_days=None if by.days is None else Decimal(str(by.days)),
            funded_per=by.per,
            starts_on=date(2021 + turn % 4, 9, 1),
            by=self.officer,
            now=self.clock.at(-87, 9),
            quietly=True,
        )

    def _person(self, by: By) -> Person:
        if isinstance(by.who, str):
            return Person.objects.with_email(by.who).get()
        heads = SchoolPost.objects.on(self.clock.now.date()).of_heads()
        return heads.select_related("person").get(school__urn=by.who).person

    def _add_partners(self, story: Story, alliance: Alliance) -> None:
        for outside in story.outside:
            add_partner(
                alliance=alliance,
                name=outside.name,
                organisation=outside.organisation,
                brings=outside.brings,
                contact_name=outside.contact,
                contact_email=outside.email,
                starts_on=outside.since,
                ends_on=outside.until,
                by=self.officer,
                now=self.clock.at(-86, 9),
            )

    def _word_page(self, story: Story, alliance: Alliance) -> None:
        if story.public is None:
            return
        page = story.public
        edit_public_page(
            alliance=alliance,
            changes={
                "is_open": page.is_open,
                "headline": page.headline,
                "lead": page.lead,
                "words": page.words,
                "involved": page.involved,
                "email": page.email,
            },
            by=self.officer,
            now=self.clock.at(-85, 9),
        )

    def link(self) -> None:
        """Alliances that work together, and the partnership that one is becoming part of."""
        year = AcademicYear.containing(self.clock.now.date())
        alliances = {alliance.slug: alliance for alliance in Alliance.objects.all()}
        for slug, kind, other, since in LINKS:
            link_alliances(
                alliance=alliances[slug],
                kind=kind,
                other=alliances.get(other),
                name=other,
                starts_on=year.next.first_day if kind == AllianceLink.Kind.PART_OF else since,
                by=self.officer,
                now=self.clock.at(-84, 9),
            )

    def let_schools_come_and_go(self) -> None:
        """One leaves, one left, one lapsed; one joins later, one means to, one comes next year."""
        year = AcademicYear.containing(self.clock.now.date())
        oldham = Alliance.objects.get(slug=OLDHAM)
        dovestone = Alliance.objects.get(slug=DOVESTONE)
        leaving = Membership.objects.get(alliance=oldham, school__urn=LEAVES)
        self._end(leaving, year.last_day, "Its trust has an alliance of its own.")
        left = self._add(oldham, LEFT, date(2013, 9, 1), Membership.Kind.FULL)
        self._end(left, date(2022, 8, 31), "")
        told: dict[str, Any] = {"by": self.officer, "now": self.clock.at(-40, 15), "quietly": True}
        add_school(
            alliance=oldham,
            school=School.objects.get(urn=LAPSED),
            kind=Membership.Kind.ASSOCIATE,
            starts_on=date(2022, 9, 1),
            ends_on=date(2023, 8, 31),
            **told,
        )
        add_school(
            alliance=oldham,
            school=School.objects.get(urn=MEANS_TO_JOIN),
            kind=Membership.Kind.PARTNER,
            starts_on=year.first_day,
            means_to_join=True,
            **told,
        )
        self._add(oldham, COMES_NEXT_YEAR, year.next.first_day, Membership.Kind.FULL)
        add_school(
            alliance=dovestone,
            school=School.objects.get(urn=JOINS_LATER),
            kind=Membership.Kind.PARTNER,
            starts_on=year.first_day,
            joins_on=year.next.first_day,
            **told,
        )

    def _end(self, membership: Membership, last_day: date, because: str) -> None:
        end_membership(
            membership=membership,
            last_day=last_day,
            because=because,
            by=self.officer,
            now=self.clock.at(-30, 15),
        )
