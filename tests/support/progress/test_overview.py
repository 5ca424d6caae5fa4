from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from partnership.audit.models import Event
from support.directory.models import LedgerEntry
from support.progress.duties.lateness import WORDS
from support.progress.models import Ending
from support.progress.overview.cases import Case, course_of
from support.progress.overview.outcomes import by_approach, by_strand, lines_of
from tests.factories import AlliancePostFactory, PersonFactory, SupportAreaFactory
from tests.factories.progress import (
    MeasureFactory,
    MeasureValueFactory,
    PauseFactory,
    PlanActionFactory,
    PlanFactory,
    SustainCheckFactory,
    TermReviewFactory,
    TermViewFactory,
    VisitFactory,
    VisitNoteFactory,
)
from tests.factories.support import CapacityAccountFactory, ProgrammeFactory, StrandFactory
from tests.support.progress.begun import NOW, begin, make_begun

pytestmark = pytest.mark.django_db

OVERVIEW = "/support/overview/osa/"
AGO = NOW - timedelta(days=3)


@pytest.fixture
def begun():
    with time_machine.travel(NOW, tick=False):
        yield make_begun()


def another(begun, name="Example Vale", **facts):
    area = SupportAreaFactory(alliance=begun.alliance)
    told = {"school__name": name, "director": begun.director, "area": area, "state": "open"}
    moments = dict.fromkeys(
        (
            "answered_at",
            "own_view_at",
            "assessed_at",
            "replied_at",
            "judged_at",
            "matched_at",
            "sent_at",
            "signed_at",
        ),
        AGO,
    )
    return ProgrammeFactory(**({"alliance": begun.alliance} | moments | told | facts))


def seen(client, person, query=""):
    client.force_login(person)
    response = client.get(f"{OVERVIEW}{query}")
    assert response.status_code == 200
    return response.context


def make_late(programme, visitor):
    """One thing of each kind, all due three days ago, and beside each one that isn't late."""
    held = {"programme": programme, "visitor": visitor, "state": "held"}
    VisitFactory(**held, note_by=AGO)
    VisitFactory(**held, note_by=AGO, noted_at=AGO)
    VisitFactory(**held, note_by=NOW + timedelta(days=1))
    given = VisitFactory(**held, note_by=AGO, noted_at=AGO)
    VisitNoteFactory(visit=given, given_at=AGO, check_by=AGO)
    checked = VisitFactory(**held, note_by=AGO, noted_at=AGO)
    VisitNoteFactory(visit=checked, given_at=AGO, check_by=AGO, checked_at=NOW)
    review = TermReviewFactory(programme=programme, due_at=AGO)
    TermViewFactory(review=review, side="school", given_at=AGO)
    TermViewFactory(review=review, side="supporter")
    TermReviewFactory(programme=programme, term=2, due_at=AGO, shown_at=AGO)
    PlanFactory(programme=programme, agree_by=AGO, version=2, school_version=2, supporter_version=1)
    PlanActionFactory(objective__programme=programme, due_at=AGO)
    PlanActionFactory(objective__programme=programme, due_at=AGO, done_at=NOW)


def test_all_that_is_late_stands_there_the_longest_first(begun, client):
    make_late(begun.programme, begun.practitioner)
    followed = another(begun, state="followed")
    earlier = AGO - timedelta(days=2)
    SustainCheckFactory(programme=followed, due_at=earlier)
    Ending.objects.create(programme=followed, opened_at=AGO, due_at=AGO, checkback_by=earlier)
    paused = another(begun, state="paused")
    PauseFactory(programme=paused, look_again_at=AGO)
    SustainCheckFactory(programme=paused, due_at=AGO)
    VisitFactory(state="held", note_by=AGO)

    late = seen(client, begun.director)["late"]

    assert [each.words for each in late[:2]] == [WORDS["impact"], WORDS["sustain"]]
    assert late[0].days == 5
    assert sorted(each.words for each in late) == sorted(
        words for kind, words in WORDS.items() if kind != "school"
    )


def test_what_is_late_is_narrowed(begun, client):
    make_late(begun.programme, begun.practitioner)
    other = another(begun)
    VisitFactory(programme=other, state="held", note_by=AGO)
    area = other.area_id

    assert len(seen(client, begun.director, "?kind=note")["late"]) == 2
    assert len(seen(client, begun.director, f"?area={area}")["late"]) == 1
    assert len(seen(client, begun.director, f"?kind=plan&area={area}")["late"]) == 0
    assert len(seen(client, begun.director, f"?director={begun.director.pk}")["late"]) == 7
    assert len(seen(client, begun.director, "?area=nonsense")["late"]) == 7


@pytest.mark.parametrize("count", [1, 3])
def test_overview_costs_the_same_for_one_programme_and_for_three(
    begun, client, django_assert_num_queries, count
):
    for number in range(count):
        programme = another(begun, f"Example {number}")
        make_late(programme, begun.practitioner)
        TermReviewFactory(programme=programme, term=3, shown_at=AGO, differs=True)
    seen(client, begun.director)

    with django_assert_num_queries(5):
        shown = client.get(OVERVIEW).context

    assert len(shown["late"]) == 6 * count
    assert len(shown["differing"].rows) == count


def test_whoever_carries_much_is_told_by_the_rule(begun, client):
    strand = begun.programme.strands.first()
    busy, calm = strand.practitioner, StrandFactory(programme=begun.programme).practitioner
    CapacityAccountFactory(practitioner=calm, year=2026, offered=10, promised=9)
    CapacityAccountFactory(practitioner=busy, year=2026, offered=10, promised=6, delivered=4)
    much = StrandFactory(programme=begun.programme).practitioner
    much.alliance = begun.alliance
    much.save()
    CapacityAccountFactory(practitioner=much, year=2026, offered=20, promised=3)
    for _ in range(3):
        StrandFactory(programme=another(begun), practitioner=much)
        StrandFactory(programme=another(begun, state="paused"), practitioner=much)
    soon = {"starts_at": NOW + timedelta(days=9), "ends_at": NOW + timedelta(days=10)}
    VisitFactory(programme=begun.programme, visitor=much.person, **soon)
    VisitFactory(programme=begun.programme, visitor=much.person, state="cancelled", **soon)

    people = seen(client, begun.director)["loads"].people

    assert [(load.name, load.programmes, load.percent, load.visits) for load in people] == [
        (much.person.name, 4, 15, 1),
        (busy.person.name, 1, 100, 0),
    ]


def test_supporting_schools_of_many_programmes_are_told(begun, client):
    for _ in range(3):
        another(begun, supporting_school=begun.programme.supporting_school)

    schools = seen(client, begun.director)["loads"].schools

    assert [(load.name, load.programmes) for load in schools] == [("Example Grange School", 4)]


def test_differing_views_stand_there_until_they_were_talked_about(begun, client):
    shown = {"programme": begun.programme, "shown_at": AGO}
    TermReviewFactory(term=1, **shown, differs=True, talked_at=AGO)
    TermReviewFactory(term=2, **shown)
    TermReviewFactory(term=3, **shown, differs=True, talk_by=NOW + timedelta(days=1))
    TermReviewFactory(term=4, **shown, differs=True, talk_by=AGO)

    differing = seen(client, begun.director)["differing"].rows

    assert [(each.row.term, each.is_late) for each in differing] == [(4, True), (3, False)]


def test_outcomes_are_counted_over_running_and_ended_programmes(begun, client):
    programmes = [begun.programme, *(another(begun, approach="supportive") for _ in range(4))]
    begun.programme.strands.exclude(kind="coaching").delete()
    for programme in programmes[1:]:
        StrandFactory(programme=programme, kind="coaching")
    closed = {"closed_at": AGO, "shown_at": AGO}
    TermReviewFactory(programme=programmes[0], term=1, overall="stuck", **closed)
    TermReviewFactory(programme=programmes[0], term=2, overall="on_course", **closed)
    TermReviewFactory(programme=programmes[1], term=1, overall="too_early", **closed)
    account = CapacityAccountFactory(offered=10)
    strand = programmes[0].strands.get(kind="coaching")
    LedgerEntry.objects.create(
        account=account, kind="delivered", days=2, strand_id=strand.pk, key="v1", made_at=AGO
    )
    for kind, actual, is_better_lower in (("writing", 60, False), ("own", 60, True)):
        measure = MeasureFactory(
            programme=programmes[2], kind=kind, name=kind, is_better_lower=is_better_lower
        )
        MeasureValueFactory(measure=measure, point=1, planned=70, actual=10, entered_at=AGO)
        MeasureValueFactory(measure=measure, point=2, planned=55, actual=actual, entered_at=AGO)
        MeasureValueFactory(measure=measure, point=3, planned=55, actual=None, entered_at=AGO)

    outcomes = seen(client, begun.director)["outcomes"]

    (line,) = outcomes.by_strand
    assert (line.words, line.programmes) == ("Coaching and mentoring of the head", 5)
    assert (line.courses, line.open, line.days) == ((0, 1, 0, 0), 4, Decimal(2))
    assert (line.reached, line.measures) == (1, 2)
    assert [line.words for line in outcomes.by_approach] == ["Supportive partnership"]


def test_final_views_count_for_the_more_cautious_one():
    assert course_of("on_course", ["reached", "slower"]) == "slower"
    assert course_of("on_course", [None, "reached"]) == "reached"
    assert course_of("on_course", [None, ""]) == "on_course"
    assert course_of(None, [None, None]) == ""


def test_small_groups_are_left_out_and_what_would_give_them_away():
    cases = [
        Case(n, n, "supportive" if n < 6 else "interventionist", days={"coaching": Decimal(1)})
        for n in range(9)
    ]
    cases.append(Case(9, 9, "", days={"placement": Decimal(1)}))

    assert lines_of((case, by_strand(case)) for case in cases) == []
    assert lines_of((case, by_approach(case)) for case in cases) == []


def test_file_holds_each_programme_with_what_is_late_and_nothing_that_was_written(begun, client):
    make_late(begun.programme, begun.practitioner)
    TermReviewFactory(
        programme=begun.programme, term=3, overall="stuck", closed_at=AGO, talk_words="A secret"
    )
    begin(another(begun, "Unsigned", signed_at=None), begun.director)
    client.force_login(begun.director)

    csv = b"".join(client.get(f"{OVERVIEW}export.csv")).decode()

    assert "Example Hill Primary School" in csv
    assert csv.splitlines()[1].endswith(",Stuck,6")
    assert "Unsigned" not in csv
    assert "secret" not in csv
    assert Event.objects.filter(action="exported", title="Support programmes under way").exists()


def test_overview_is_for_the_director_alone(begun, client):
    others = [
        begun.head,
        begun.supporting_head,
        begun.practitioner,
        AlliancePostFactory(alliance=begun.alliance, kind="chair").person,
        AlliancePostFactory(kind="director").person,
        PersonFactory(staff=True),
    ]

    def status(person):
        client.force_login(person)
        return client.get(OVERVIEW).status_code

    assert [status(person) for person in others] == [403] * 6
    assert status(begun.director) == 200


def test_empty_overview_says_so(begun, client):
    shown = seen(client, begun.director)

    loads = shown["loads"]
    assert (shown["late"], loads.people, loads.schools, shown["differing"].rows) == ([],) * 4
