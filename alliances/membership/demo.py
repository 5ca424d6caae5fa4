"""The demo's alliances: five of them, with their schools and the invented people who run them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from alliances.membership.models import Alliance, AlliancePost, Membership
from alliances.membership.services import (
    add_school,
    appoint_to_alliance,
    end_membership,
    found_alliance,
)
from alliances.schools.models import School, SchoolPost
from partnership.calendar.years import AcademicYear
from partnership.people.demo import OFFICER
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock

Kind = AlliancePost.Kind


@dataclass(frozen=True)
class Story:
    """An alliance as the demo tells it: its words, its schools by URN, and who runs it."""

    name: str
    slug: str
    kind: str
    area: str
    founded: date
    vision: str
    aims: tuple[str, ...]
    members: tuple[int, ...]
    associates: tuple[int, ...] = ()
    partners: tuple[int, ...] = ()
    sign_ins: tuple[tuple[str, str, str], ...] = ()
    heads: tuple[tuple[int, str], ...] = field(default=())


SADDLEWORTH = (105665, 105666, 105667, 105668, 105669, 105670, 105691, 105693, 105700, 105714)
STORIES = (
    Story(
        name="Oldham Schools Alliance",
        slug="oldham-schools-alliance",
        kind=Alliance.Kind.HEADS_ASSOCIATION,
        area="Oldham",
        founded=date(2013, 9, 1),
        vision=(
            "No school in Oldham works alone. Heads trust each other enough to ask for help and "
            "to give it, so that a child’s chances depend neither on the street she lives in nor "
            "on the gate she walks through."
        ),
        aims=(
            "Build the trust from which honest work between schools grows",
            "Share what works, and say what didn’t",
            "Speak with one voice where the borough decides about schools",
            "Let every head and every school give as well as receive",
            "Stand by heads, and grow the next ones among our own staff",
        ),
        members=(
            *SADDLEWORTH,
            *(105627, 105638, 105645, 105648, 105649, 105656, 105658, 105659, 105663, 105671),
            *(105679, 105680, 105686, 105702, 105710, 105723, 133286, 133712, 134784, 135258),
            *(135341, 136223, 142550, 145723),
            *range(900_001, 900_011),
        ),
        associates=(151361, 900_011),
        sign_ins=(
            ("director@demo.example", Kind.DIRECTOR, "Two days a week"),
            ("chair@demo.example", Kind.CHAIR, "Chairs the strategic board and the heads’ meeting"),
            ("administrator@demo.example", Kind.ADMINISTRATOR, "Half a day a week"),
            ("finance@demo.example", Kind.FINANCE_MANAGER, "One day a half term"),
            ("partner@demo.example", Kind.PARTNER, "The local authority on the strategic board"),
            ("lead@demo.example", Kind.STRATEGIC_LEAD, "Teaching and learning"),
        ),
    ),
    Story(
        name="Harmony Trust Teaching School Alliance",
        slug="harmony-trust-teaching-school-alliance",
        kind=Alliance.Kind.TEACHING_SCHOOL_ALLIANCE,
        area="Oldham and beyond",
        founded=date(2014, 1, 10),
        vision=(
            "A school that wants to get better finds people beside it who have done the same, and "
            "who stay for five terms, long after the first results."
        ),
        aims=(
            "Look at what a school needs before offering anything",
            "Agree in writing what shall be different, and by when",
            "Bring coaches, subject experts and days in our own classrooms together",
            "Think first of the children who have least",
        ),
        members=(139651, 140579, 141333, 141401, 142412),
        associates=(900_007, 900_003),
        sign_ins=(("supporter@demo.example", Kind.STRATEGIC_LEAD, "School to school support"),),
        heads=((139651, Kind.DIRECTOR), (140579, Kind.CHAIR)),
    ),
    Story(
        name="Four Oaks Learning Trust",
        slug="four-oaks-learning-trust",
        kind=Alliance.Kind.COOPERATIVE_TRUST,
        area="Four Oaks and Sutton Coldfield, Birmingham",
        founded=date(2011, 9, 1),
        vision=(
            "Seven schools know each other’s classrooms as well as their own. What one finds out, "
            "all of them use, and nobody waits for an inspector to say where a school stands."
        ),
        aims=(
            "Spend a review day in every school each year, six heads beside the seventh",
            "Plan improvement together, and check it together",
            "Train new teachers, support staff and governors as one trust",
            "Let pupils work with pupils of the other schools",
        ),
        members=(103351, 103388, 103390, 103630, 131672, 131920, 132007),
        associates=(900_012, 900_013, 900_014),
        sign_ins=(("reviewer@demo.example", Kind.CHAIR, "Chairs the heads’ group"),),
        heads=((131672, Kind.DIRECTOR), (132007, Kind.ADMINISTRATOR)),
    ),
    Story(
        name="Southwark Teaching School Alliance",
        slug="southwark-teaching-school-alliance",
        kind=Alliance.Kind.TEACHING_SCHOOL_ALLIANCE,
        area="Southwark",
        founded=date(2012, 4, 1),
        vision=(
            "Teachers come to Southwark, learn here, lead here and stay. Schools that could "
            "compete choose to work together, because all the borough’s children are theirs."
        ),
        aims=(
            "Find, train and keep good teachers and leaders",
            "Take part in at least two strands of the work each",
            "Say openly what we know, and listen to what others know",
            "Let no school do well at the cost of another",
        ),
        members=(148012, 100791, 100800, 100809, 100811, 100813, 100816, 100822, 100855),
        sign_ins=(("stranger@demo.example", Kind.FINANCE_MANAGER, "Holds the money for all"),),
        heads=((100791, Kind.DIRECTOR), (100800, Kind.CHAIR)),
    ),
    Story(
        name="Dovestone Learning Partnership",
        slug="dovestone-learning-partnership",
        kind=Alliance.Kind.COOPERATIVE_TRUST,
        area="Saddleworth and Lees",
        founded=date(2017, 4, 1),
        vision=(
            "Our villages keep schools of their own character. By answering for each other they "
            "stay strong enough to choose their own way, and children move from one to the next "
            "without falling between them."
        ),
        aims=(
            "Keep each school distinct, and none alone",
            "Help children over every change of school",
            "Open posts, training and ideas to staff of all our schools",
            "Look after the well-being of pupils and staff",
            "Buy together what is dear alone",
        ),
        members=SADDLEWORTH,
        partners=(105723,),
        heads=((105665, Kind.DIRECTOR), (105700, Kind.CHAIR)),
    ),
)
JOINS_LATER = 151361
LEAVES = 105638


def load(clock: DemoClock) -> None:
    """Five alliances with their schools and posts; one school is leaving, one joins later."""
    officer = Person.objects.with_email(OFFICER.email).get()
    schools = 0
    for story in STORIES:
        alliance = _found(clock, officer, story)
        schools += _add_schools(clock, officer, story, alliance)
        _appoint(clock, officer, story, alliance)
    _let_one_leave(clock, officer)
    _let_one_join_later(clock, officer)
    clock.say(f"{len(STORIES)} alliances with {schools} memberships of schools")


def _found(clock: DemoClock, officer: Person, story: Story) -> Alliance:
    return found_alliance(
        name=story.name,
        slug=story.slug,
        kind=story.kind,
        area=story.area,
        vision=story.vision,
        aims="\n".join(story.aims),
        by=officer,
        now=clock.at(-100, 9),
    )


def _add_schools(clock: DemoClock, officer: Person, story: Story, alliance: Alliance) -> int:
    kinds = (
        (Membership.Kind.FULL, story.members),
        (Membership.Kind.ASSOCIATE, story.associates),
        (Membership.Kind.PARTNER, story.partners),
    )
    added = 0
    for kind, urns in kinds:
        for urn in urns:
            later = added % 4 if added > len(SADDLEWORTH) else 0
            add_school(
                alliance=alliance,
                school=School.objects.get(urn=urn),
                kind=kind,
                starts_on=story.founded.replace(year=story.founded.year + later),
                by=officer,
                now=clock.at(-99, 9),
            )
            added += 1
    return added


def _appoint(clock: DemoClock, officer: Person, story: Story, alliance: Alliance) -> None:
    people = [
        (Person.objects.with_email(email).get(), kind, description)
        for email, kind, description in story.sign_ins
    ]
    heads = SchoolPost.objects.on(clock.now.date()).of_heads().select_related("person")
    people += [(heads.get(school__urn=urn).person, kind, "") for urn, kind in story.heads]
    for turn, (person, kind, description) in enumerate(people):
        appoint_to_alliance(
            alliance=alliance,
            person=person,
            kind=kind,
            description=description,
            starts_on=date(2021 + turn % 4, 9, 1),
            by=officer,
            now=clock.at(-87, 9),
        )


def _let_one_leave(clock: DemoClock, officer: Person) -> None:
    membership = Membership.objects.get(
        alliance__slug="oldham-schools-alliance", school__urn=LEAVES
    )
    end_membership(
        membership=membership,
        last_day=AcademicYear.containing(clock.now.date()).last_day,
        by=officer,
        now=clock.at(-30, 15),
    )


def _let_one_join_later(clock: DemoClock, officer: Person) -> None:
    """A partner until the summer, then a member: it can still join later."""
    alliance = Alliance.objects.get(slug="dovestone-learning-partnership")
    school = School.objects.get(urn=JOINS_LATER)
    year = AcademicYear.containing(clock.now.date())
    add_school(
        alliance=alliance,
        school=school,
        kind=Membership.Kind.PARTNER,
        starts_on=year.first_day,
        ends_on=year.last_day,
        by=officer,
        now=clock.at(-40, 15),
    )
    add_school(
        alliance=alliance,
        school=school,
        starts_on=year.next.first_day,
        by=officer,
        now=clock.at(-40, 15, 5),
    )
