from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from support.directory.models import SupportRules
from support.directory.services import deliver_days, promise_days
from support.programmes.models import Strand
from support.programmes.permissions import rights_in
from support.progress.figures import money_of, money_of_alliance
from tests.factories.progress import (
    MeasureFactory,
    MeasureValueFactory,
    ObjectiveFactory,
    PlacementFactory,
)
from tests.factories.schools import SchoolFactory
from tests.factories.support import ProgrammeFactory, StrandFactory
from tests.support.progress.begun import NOW, TODAY, make_begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    made = make_begun()
    SupportRules.objects.update(day_cost=300)
    for strand in Strand.objects.select_related("practitioner"):
        told = {"practitioner": strand.practitioner, "year": 2026, "strand_id": strand.pk}
        told |= {"by": made.director, "now": NOW}
        promise_days(**told, days=Decimal(6))
        deliver_days(**told, days=Decimal("2.5"), key=f"visit:{strand.pk}")
    return made


def money(begun, person):
    begun.programme.__dict__.pop("measures_kept", None)
    return money_of(rights_in(person, begun.programme, TODAY), TODAY)


def test_days_and_cost_of_each_strand_come_from_the_ledger(begun):
    first, second = Strand.objects.order_by("pk")
    Strand.objects.filter(pk=first.pk).update(cost=1_000)
    PlacementFactory(programme=begun.programme, strand=second, state="held", days=2)
    PlacementFactory(programme=begun.programme, state="held", days=1)

    found = money(begun, begun.head)

    assert [(s.promised, s.delivered, s.left) for s in found.strands] == [
        (Decimal(6), Decimal("2.5"), Decimal("3.5"))
    ] * 2
    assert [(s.cost, s.cost_words) for s in found.strands] == [
        (Decimal(1_000), "as agreed for the whole strand"),
        (Decimal(750), "2.5 days at £300.00"),
    ]
    assert (found.cost, found.placement_days, found.other_placement_days) == (1_750, 3, 1)
    assert [len(s.lines) for s in found.strands] == [2, 2]


def test_strand_stands_beside_what_it_serves_and_how_that_has_changed(begun):
    strand = Strand.objects.order_by("pk").first()
    objective = ObjectiveFactory(programme=begun.programme, words="Write at length")
    objective.strands.add(strand)
    measure = MeasureFactory(programme=begun.programme, objective=objective)
    MeasureValueFactory(measure=measure, point=0, actual=58, cohort=30)
    MeasureValueFactory(measure=measure, point=2, planned=68, actual=67, cohort=9)

    def changes(person):
        (served,) = money(begun, person).strands[0].serves
        return [change for _measure, change in served.changes]

    assert changes(begun.head) == ["58 → 67 per cent, planned 68"]
    assert changes(begun.director) == ["58 per cent at the start"]


def test_page_is_for_both_schools_and_the_director(begun, django_assert_num_queries):
    page = reverse("progress:money_detail", args=[begun.programme.pk])
    seen = {}
    for role in ("head", "supporting_head", "director", "own_practitioner", "home_head"):
        client = Client()
        client.force_login(getattr(begun, role))
        seen[role] = client.get(page).status_code

    assert seen == {
        "head": 200,
        "supporting_head": 200,
        "director": 200,
        "own_practitioner": 403,
        "home_head": 403,
    }
    client = Client()
    client.force_login(begun.director)
    with django_assert_num_queries(7):
        client.get(page)


def programmes(alliance, kinds, *, days_of):
    for number, kind in enumerate(kinds):
        programme = ProgrammeFactory(
            alliance=alliance, school=SchoolFactory(), state="open", signed_at=NOW
        )
        StrandFactory(programme=programme, kind=kind, cost=days_of(number))


def test_alliance_reads_kinds_that_serve_five_schools_or_more(begun):
    kinds = ["training"] * 6 + ["placement"] * 5 + ["pupil_premium"] * 4
    programmes(begun.alliance, kinds, days_of=lambda _number: 100)

    found = money_of_alliance(begun.alliance.pk, by=NOW + timedelta(days=1))

    assert [(m.words, m.count, m.cost, m.without_cost) for m in found] == [
        ("Evidence-based training", 6, 600, 0),
        ("Placements", 5, 500, 0),
    ]


def test_five_programmes_of_one_school_are_no_five_schools(begun):
    for _number in range(5):
        programme = ProgrammeFactory(
            alliance=begun.alliance, school=begun.programme.school, state="open", signed_at=NOW
        )
        StrandFactory(programme=programme, kind="training", cost=100)

    assert money_of_alliance(begun.alliance.pk, by=NOW + timedelta(days=1)) == []


def test_outcomes_of_a_kind_are_the_measures_that_its_strands_serve(begun):
    programmes(begun.alliance, ["training"] * 5, days_of=lambda _number: 100)
    for number, strand in enumerate(Strand.objects.filter(kind="training")):
        objective = ObjectiveFactory(programme=strand.programme)
        objective.strands.add(strand)
        measure = MeasureFactory(programme=strand.programme, objective=objective)
        MeasureValueFactory(
            measure=measure, point=1, planned=60, actual=58 + number, entered_at=NOW
        )

    (training,) = money_of_alliance(begun.alliance.pk, by=NOW + timedelta(days=1))

    assert (training.outcomes, training.reached) == (5, 3)
