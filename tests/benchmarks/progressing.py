"""5,000 programmes under way or over in one alliance: 60,000 visits, 300,000 measure values."""

from datetime import timedelta
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
from support.progress.models import (
    Ending,
    FinalView,
    Measure,
    MeasureValue,
    NoteRelease,
    Objective,
    ObjectiveRating,
    Pause,
    Plan,
    PlanAction,
    SustainCheck,
    TermReview,
    TermView,
    Visit,
    VisitNote,
)
from tests.benchmarks.supporting import AREAS, bulk

PROGRAMMES = 5_000
PRACTITIONERS = 2_500
VISITS, MEASURES, POINTS, TERMS, REVIEWS, OBJECTIVES = 12, 12, 5, 5, 3, 3
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DAY = timedelta(days=1)
BEGUN = NOW - 300 * DAY
AGO, SOON = NOW - 10 * DAY, NOW + 10 * DAY
State = Programme.State
STATES = [State.OPEN] * 14 + [State.PAUSED] + [State.FOLLOWED] * 2 + [State.FINISHED] * 3
COURSES = ("on_course", "reached", "on_course", "slower", "too_early", "stuck")
KINDS = Strand.Kind.values
SIDES = ("school", "supporter", "director")
ONE_IN = 60  # something of each kind is late in so many programmes
WORDS = "Two lessons in Year 5, and books of both classes beside the plan for writing. " * 6


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
    objectives = _plans(programmes, head)
    _visits(programmes, practitioners, head)
    _reviews(programmes, objectives, head)
    _measures(programmes, objectives, head)
    _ends(programmes, head)
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


def _plans(programmes, head):
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
                owner=head,
                given_by=head,
                given_at=BEGUN,
                due_at=SOON,
                done_at=None if n % 2 else AGO,
            )
            for n, each in enumerate(objectives)
        ],
    )
    return objectives


def _visits(programmes, practitioners, head):
    rows = []
    for n, programme in enumerate(programmes):
        for k in range(VISITS):
            starts_at = NOW + (k * 25 - 250) * DAY
            is_held = starts_at < NOW
            is_missing = is_held and k == 2 and n % ONE_IN == 1
            rows.append(
                Visit(
                    programme=programme,
                    visitor_id=practitioners[(2 * n + k % 2) % PRACTITIONERS].person_id,
                    purpose="Books of Year 5",
                    starts_at=starts_at,
                    ends_at=starts_at + timedelta(hours=6),
                    days=1,
                    state="held" if is_held else "planned",
                    planned_by=head,
                    planned_at=BEGUN,
                    held_at=starts_at if is_held else None,
                    note_by=starts_at + 7 * DAY if is_held else None,
                    noted_at=starts_at + DAY if is_held and not is_missing else None,
                    changed_at=BEGUN,
                )
            )
    visits = bulk(Visit, rows)
    notes = bulk(
        VisitNote,
        [
            VisitNote(
                visit=visit,
                with_whom="English lead, two teachers of Year 5",
                seen=WORDS,
                agreed="Model writing on Mondays.",
                written_by_id=visit.visitor_id,
                saved_at=visit.noted_at,
                given_at=visit.noted_at,
                check_by=visit.noted_at + 7 * DAY,
                accuracy="" if n % (12 * ONE_IN) == 0 else "accurate",
                checked_at=None if n % (12 * ONE_IN) == 0 else visit.noted_at + DAY,
            )
            for n, visit in enumerate(visits)
            if visit.noted_at
        ],
    )
    bulk(
        NoteRelease,
        [
            NoteRelease(
                note=note,
                layer=NoteRelease.Layer.BOARD,
                board_words=f"Writing is modelled each day now, {n}",
                given_by=head,
                given_at=BEGUN,
            )
            for n, note in enumerate(notes[::1_000])
        ],
    )


def _reviews(programmes, objectives, head):
    reviews = bulk(
        TermReview,
        [_review(n, each, k) for n, each in enumerate(programmes) for k in range(REVIEWS)],
    )
    views = bulk(
        TermView,
        [
            TermView(
                review=review,
                side=side,
                overall=COURSES[n % len(COURSES)],
                words="It shows in classrooms.",
                written_by=head,
                saved_at=AGO,
                given_at=AGO if review.shown_at or side == "school" else None,
            )
            for n, review in enumerate(reviews)
            for side in SIDES
        ],
    )
    bulk(
        ObjectiveRating,
        [
            ObjectiveRating(
                view=view,
                objective=objectives[OBJECTIVES * (n // len(SIDES) // REVIEWS) + k],
                course=COURSES[(n + k) % len(COURSES)],
            )
            for n, view in enumerate(views)
            for k in range(OBJECTIVES)
        ],
    )


def _review(number, programme, k):
    is_last = k == REVIEWS - 1
    is_shown = not (is_last and number % ONE_IN == 2)
    is_closed = is_shown and not (is_last and number % 40 == 3)
    due_at = NOW + (k * 100 - 210) * DAY
    return TermReview(
        programme=programme,
        term=k + 1,
        is_midpoint=is_last,
        opened_at=due_at - 14 * DAY,
        due_at=due_at,
        shown_at=due_at if is_shown else None,
        differs=not is_closed,
        talk_by=AGO if is_shown else None,
        overall=COURSES[(number + k) % len(COURSES)] if is_closed else "",
        closed_at=due_at + DAY if is_closed else None,
    )


def _measures(programmes, objectives, head):
    kinds = Measure.Kind.values
    measures = bulk(
        Measure,
        [
            Measure(
                programme=each,
                kind=kinds[k % len(kinds)],
                name=f"Measure {k}",
                year_group="5",
                objective=objectives[OBJECTIVES * n + k % OBJECTIVES],
                is_headline=k == 0,
                position=k,
                added_by=head,
                added_at=BEGUN,
            )
            for n, each in enumerate(programmes)
            for k in range(MEASURES)
        ],
    )
    values = (
        MeasureValue(
            measure=each,
            point=point,
            planned=50 + 3 * point,
            actual=50 + 2 * point + n % 7 if point < 3 else None,
            cohort=30,
            entered_by=head,
            entered_at=AGO,
        )
        for n, each in enumerate(measures)
        for point in range(POINTS)
    )
    while some := list(islice(values, 20_000)):
        bulk(MeasureValue, some)


def _ends(programmes, head):
    over = [each for each in programmes if each.state in {State.FOLLOWED, State.FINISHED}]
    bulk(
        Ending,
        [
            Ending(programme=each, opened_at=AGO, due_at=AGO, closed_at=AGO, checkback_by=due)
            for each, due in _dated(over)
        ],
    )
    bulk(
        FinalView,
        [
            FinalView(
                programme=each,
                side=side,
                overall="reached",
                written_by=head,
                saved_at=AGO,
                given_at=AGO,
            )
            for each in over
            for side in ("school", "supporter")
        ],
    )
    bulk(
        SustainCheck,
        [
            SustainCheck(programme=each, number=number, due_at=due)
            for each, due in _dated(over)
            for number in (1, 2)
        ],
    )
    paused = [each for each in programmes if each.state == State.PAUSED]
    bulk(
        Pause,
        [
            Pause(
                programme=each,
                because="The head is away.",
                paused_by=head,
                paused_at=AGO,
                look_again_at=due,
            )
            for each, due in _dated(paused)
        ],
    )


def _dated(programmes):
    """Each with the day by which it is looked at again: one in twenty is late."""
    return [(each, AGO if n % 20 == 0 else SOON) for n, each in enumerate(programmes)]
