"""5,000 programmes under way or over in one alliance: 60,000 visits, 300,000 measure values."""

from decimal import Decimal
from itertools import islice, product

from django.utils import timezone

from alliances.membership.models import Alliance, AlliancePost, Membership
from alliances.schools.models import SchoolPost
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.folding import folded
from support.directory.models import (
    CapacityAccount,
    LedgerEntry,
    Practitioner,
    SupportArea,
    SupportRules,
)
from support.programmes.models import Agreement, AgreementTerm, Programme, Strand
from support.progress.models import Objective, Plan, PlanAction
from tests.benchmarks.supporting import AREAS, bulk
from tests.benchmarks.underway import (
    AGO,
    BEGUN,
    DAY,
    NOW,
    OBJECTIVES,
    ONE_IN,
    SOON,
    State,
    ends_of,
    measures_of,
    reviews_of,
    visits_of,
)

PROGRAMMES = 5_000
PRACTITIONERS = 2_500
TERMS = 5
TODAY = timezone.localdate(NOW)
STATES = [State.OPEN] * 14 + [State.PAUSED] + [State.FOLLOWED] * 2 + [State.FINISHED] * 3
KINDS = Strand.Kind.values


def _person(name, number):
    return Person(
        email=f"{name.lower()}{number}@progress.example",
        name=f"{name} {number}",
        search_name=folded(f"{name} {number}"),
        joined_at=BEGUN,
        password="!",
    )


def progress_in(schools):
    """Whom to sign in and what to visit: a programme in its second year and its people."""
    alliance = Alliance.objects.create(
        name="Alliance of Many Programmes",
        slug="many-programmes",
        kind=Alliance.Kind.HEADS_ASSOCIATION,
        search_text="alliance of many programmes",
    )
    director, head, supporter = bulk(
        Person, [_person(name, 0) for name in ("Directing", "Heading", "Supporting")]
    )
    AlliancePost.objects.create(alliance=alliance, person=director, kind=AlliancePost.Kind.DIRECTOR)
    SupportRules.objects.create(alliance=alliance, day_cost=Decimal(350))
    areas = bulk(SupportArea, [SupportArea(alliance=alliance, name=name) for name in AREAS])
    supported = schools[-(PROGRAMMES // len(areas) + 1) :]
    bulk(
        Membership,
        [Membership(alliance=alliance, school=each, starts_on=BEGUN.date()) for each in supported],
    )
    for school, person in ((supported[0], head), (supported[1], supporter)):
        SchoolPost.objects.create(school=school, person=person, kind=SchoolPost.Kind.HEAD)
    programmes = _programmes(alliance, supported, areas, director, head)
    practitioners = _practitioners(alliance, supported)
    _strands(programmes, practitioners, director)
    _agreements(programmes, director)
    objectives = _plans(programmes, practitioners, head)
    visits_of(programmes, practitioners, head)
    reviews_of(programmes, objectives, head)
    measures_of(programmes, objectives, head)
    ends_of(programmes, head)
    return {
        "people": {"many_director": director, "supported_head": head},
        "alliance": alliance.slug,
        "programme": programmes[0].pk,
    }


def _programmes(alliance, schools, areas, director, head):
    moments = ("answered", "own_view", "assessed", "replied", "judged", "matched", "sent", "signed")
    approaches = (Programme.Approach.SUPPORTIVE, Programme.Approach.INTERVENTIONIST)
    rows = [
        Programme(
            alliance=alliance,
            school=school,
            area=area,
            state=STATES[n % len(STATES)],
            need="Writing in Years 5 and 6 is not where we want it.",
            asked_by=head,
            director=director,
            asked_at=BEGUN - n % 90 * DAY,
            answer_by=BEGUN,
            approach=approaches[n % 3 == 0],
            supporting_school=schools[(n // len(areas) + 1) % len(schools)],
            ended_at=AGO if STATES[n % len(STATES)] == State.FINISHED else None,
            **{f"{name}_at": BEGUN - n % 60 * DAY for name in moments},
        )
        for n, (school, area) in enumerate(islice(product(schools, areas), PROGRAMMES))
    ]
    return bulk(Programme, rows)


def _practitioners(alliance, schools):
    people = bulk(Person, [_person("Practitioner", n) for n in range(PRACTITIONERS)])
    rows = [
        Practitioner(
            alliance=alliance,
            person=person,
            home_school=schools[n % len(schools)],
            days_a_year=20,
            starts_on=BEGUN.date(),
            search_text=person.search_name,
        )
        for n, person in enumerate(people)
    ]
    return bulk(Practitioner, rows)


def _strands(programmes, practitioners, director):
    strands = bulk(
        Strand,
        [
            Strand(
                programme=programme,
                kind=KINDS[(n + k) % len(KINDS)],
                practitioner=practitioners[(2 * n + k) % PRACTITIONERS],
                brokered_by=director,
                brokered_at=BEGUN,
            )
            for n, programme in enumerate(programmes)
            for k in range(2)
        ],
    )
    year = AcademicYear.containing(TODAY).start
    accounts = bulk(
        CapacityAccount,
        [
            CapacityAccount(
                practitioner=each,
                year=year,
                offered=20,
                promised=15 if n % 20 else 8,
                delivered=4 if n % 20 == 0 else 1,
            )
            for n, each in enumerate(practitioners)
        ],
    )
    bulk(
        LedgerEntry,
        [
            LedgerEntry(
                account=accounts[n % PRACTITIONERS],
                kind="delivered",
                days=1,
                strand_id=strand.pk,
                key=f"benchmark:{n}:{k}",
                made_at=AGO,
            )
            for n, strand in enumerate(strands)
            for k in range(4)
        ],
    )


def _agreements(programmes, director):
    agreements = bulk(
        Agreement,
        [
            Agreement(
                programme=each,
                number=1,
                state=Agreement.State.SIGNED,
                outcomes="Teachers model writing each day",
                drafted_by=director,
                drafted_at=BEGUN,
                sent_at=BEGUN,
                signed_at=BEGUN,
            )
            for each in programmes
        ],
    )
    first = BEGUN.date()
    terms = [(first + n * 110 * DAY, first + (n * 110 + 90) * DAY) for n in range(TERMS)]
    bulk(
        AgreementTerm,
        [
            AgreementTerm(agreement=each, number=number, starts_on=starts_on, ends_on=ends_on)
            for each in agreements
            for number, (starts_on, ends_on) in enumerate(terms, 1)
        ],
    )


def _plans(programmes, practitioners, head):
    bulk(
        Plan,
        [
            Plan(
                programme=each,
                begun_by=head,
                begun_at=BEGUN,
                version=3,
                school_version=3,
                supporter_version=2 if n % ONE_IN == 0 else 3,
                changed_at=BEGUN,
                agree_by=AGO,
                agreed_at=BEGUN,
            )
            for n, each in enumerate(programmes)
        ],
    )
    objectives = bulk(
        Objective,
        [
            Objective(
                programme=each,
                area_id=each.area_id,
                focus=Objective.Focus.TEACHING,
                words=f"Teachers model writing each day, {n}",
                success="Seen in four of five visits",
                year_groups="5,6",
                position=n,
            )
            for each in programmes
            for n in range(OBJECTIVES)
        ],
    )
    bulk(
        PlanAction,
        [
            PlanAction(
                objective=each,
                words="Plan the first two weeks together",
                owner_id=practitioners[n % PRACTITIONERS].person_id,
                given_by=head,
                given_at=BEGUN,
                due_at=SOON,
                done_at=None if n % 2 else AGO,
            )
            for n, each in enumerate(objectives)
        ],
    )
    return objectives
