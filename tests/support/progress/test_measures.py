from datetime import timedelta
from decimal import Decimal

import pytest

from partnership.toolkit.versions import ChangedSince
from support.programmes.models import Programme
from support.programmes.permissions import rights_in
from support.progress.figures import board_of, headline_of, picture_of
from support.progress.models import Measure, MeasureValue
from support.progress.services import (
    Entry,
    FollowedAlready,
    HasFigures,
    NoSuchMeasure,
    NotGoingOn,
    WrongFigure,
    add_measure,
    change_measure,
    choose_headline,
    drop_measure,
    enter_values,
)
from tests.factories.progress import MeasureFactory, MeasureValueFactory
from tests.support.progress.begun import NOW, TERMS, TODAY, make_begun

pytestmark = pytest.mark.django_db
IN_TERM_2 = NOW.replace(year=TERMS[1][0].year, month=TERMS[1][0].month, day=TERMS[1][0].day)
WRITING = {"kind": "ks2_writing", "name": "", "year_group": "6", "group": "all", "unit": "percent"}


@pytest.fixture
def begun():
    return make_begun()


def adds(begun, **facts):
    told = WRITING | {"is_better_lower": False, "objective": None, "source": ""} | facts
    return add_measure(programme=begun.programme, facts=told, by=begun.head, now=NOW)


def enters(begun, *entries, now=IN_TERM_2, **more):
    told = [Entry(measure.pk, point, changes) for measure, point, changes in entries]
    return enter_values(programme=begun.programme, entries=told, by=begun.head, now=now, **more)


def board(begun, person):
    begun.programme.__dict__.pop("measures_kept", None)
    return board_of(rights_in(person, begun.programme, TODAY), TODAY)


def test_first_measure_stands_on_top_and_the_next_takes_its_place(begun):
    first, second = adds(begun), adds(begun, kind="ks2_maths")
    assert (first.is_headline, second.is_headline) == (True, False)

    drop_measure(measure=first, by=begun.head, now=NOW)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.dropped_at, first.is_headline, second.is_headline) == (NOW, False, True)


def test_headline_is_chosen(begun):
    adds(begun)
    second = adds(begun, kind="ks2_maths")

    choose_headline(measure=second, by=begun.head, now=NOW)

    assert list(Measure.objects.filter(is_headline=True)) == [second]


def test_same_figure_of_the_same_pupils_is_followed_once(begun):
    measure = adds(begun, name="Our words")
    with pytest.raises(FollowedAlready):
        adds(begun)
    drop_measure(measure=measure, by=begun.head, now=NOW)

    adds(begun)
    adds(begun, kind="own", name="Joy of reading")
    with pytest.raises(FollowedAlready):
        adds(begun, kind="own", name="joy of reading")


def test_what_is_counted_stays_once_figures_stand(begun):
    measure = adds(begun)
    change_measure(measure=measure, changes={"unit": "score"}, by=begun.head, now=NOW)
    enters(begun, (measure, 0, {"actual": Decimal(58)}))
    measure.refresh_from_db()

    with pytest.raises(HasFigures):
        change_measure(measure=measure, changes={"unit": "count"}, by=begun.head, now=NOW)
    with pytest.raises(ChangedSince):
        change_measure(
            measure=measure, changes={"source": "x"}, by=begun.head, now=NOW, seen_version=1
        )


def test_figures_are_entered_changed_and_cleared(begun):
    measure = adds(begun)

    enters(begun, (measure, 0, {"actual": Decimal(58), "cohort": 30}))
    enters(begun, (measure, 0, {"actual": None}), (measure, 1, {"planned": Decimal(61)}))

    values = MeasureValue.objects.order_by("point").values_list(
        "point", "planned", "actual", "cohort"
    )
    assert list(values) == [(0, None, None, 30), (1, Decimal(61), None, None)]
    assert enters(begun, (measure, 0, {"cohort": 30})) == 0


@pytest.mark.parametrize(
    ("unit", "point", "changes", "field"),
    [
        ("percent", 1, {"planned": Decimal("100.1")}, "planned"),
        ("points", 0, {"actual": Decimal(-101)}, "actual"),
        ("percent", 0, {"cohort": 5_001}, "cohort"),
        ("percent", 6, {"planned": Decimal(50)}, "point"),
        ("percent", 3, {"actual": Decimal(50)}, "actual"),
        ("percent", 101, {"actual": Decimal(50)}, "actual"),
    ],
)
def test_figure_that_cannot_be_right_is_refused_and_nothing_is_kept(
    begun, unit, point, changes, field
):
    measure = adds(begun, unit=unit)

    with pytest.raises(WrongFigure) as refused:
        enters(begun, (measure, 0, {"cohort": 30}), (measure, point, changes))

    assert refused.value.field == field
    assert not MeasureValue.objects.exists()


def test_what_lasts_is_entered_once_the_terms_are_over(begun):
    measure = adds(begun)
    Programme.objects.update(state="followed")

    assert enters(begun, (measure, 101, {"actual": Decimal(70)})) == 1


def test_second_who_enters_is_told(begun):
    measure = adds(begun)
    enters(begun, (measure, 0, {"actual": Decimal(58)}), seen_versions={measure.pk: 1})

    with pytest.raises(ChangedSince):
        enters(begun, (measure, 0, {"actual": Decimal(59)}), seen_versions={measure.pk: 1})


def test_nothing_is_entered_while_the_programme_rests_or_in_another_one(begun):
    measure, foreign = adds(begun), MeasureFactory()
    with pytest.raises(NoSuchMeasure):
        enters(begun, (foreign, 0, {"actual": Decimal(58)}))
    Programme.objects.update(state="paused")

    with pytest.raises(NotGoingOn):
        enters(begun, (measure, 0, {"actual": Decimal(58)}))
    with pytest.raises(NotGoingOn):
        adds(begun, kind="ks2_maths")


def test_small_groups_are_told_to_the_two_schools_alone(begun):
    for group, actual, cohort in (("all", 60, 30), ("disadvantaged", 50, 8), ("others", 64, 22)):
        measure = MeasureFactory(programme=begun.programme, group=group)
        MeasureValueFactory(measure=measure, point=0, actual=actual, cohort=cohort)
        MeasureValueFactory(measure=measure, point=1, planned=70, actual=None, cohort=None)

    def told(person):
        return [each.start.actual for each in board(begun, person).measures]

    assert told(begun.head) == told(begun.supporting_head) == [60, 50, 64]
    assert told(begun.director) == told(begun.practitioner) == [60, None, None]
    words = [each.start.actual_words for each in board(begun, begun.director).measures]
    assert words == ["60", "under 10 pupils", "not shown"]
    assert [each.told[1].planned for each in board(begun, begun.director).measures] == [70] * 3


def test_headline_is_told_as_on_its_own_page(begun):
    for group, actual, cohort in (("all", 60, 30), ("disadvantaged", 50, 8), ("others", 64, 22)):
        measure = MeasureFactory(
            programme=begun.programme, group=group, is_headline=group == "others"
        )
        MeasureValueFactory(measure=measure, point=0, actual=actual, cohort=cohort)

    for person, words in ((begun.head, "64"), (begun.director, "not shown"), (begun.head, "64")):
        found = board(begun, person)
        picture, *counts = headline_of(rights_in(person, begun.programme, TODAY), TODAY)
        assert picture == picture_of(found, found.headline)
        assert picture.row[0].actual_words == words
        assert counts == [found.terms, found.begun]


def test_measures_cost_one_query_however_many(begun, django_assert_num_queries):
    for number in range(3):
        measure = MeasureFactory(programme=begun.programme, year_group=str(number))
        MeasureValueFactory(measure=measure)
    rights = rights_in(begun.director, begun.programme, TODAY)

    with django_assert_num_queries(1):
        found = board_of(rights, TERMS[1][0] + timedelta(days=1))

    assert (len(found.measures), found.terms, found.begun, found.ended) == (3, 5, 2, 1)


def test_dropping_a_figure_that_was_told_gives_no_small_group_back(begun):
    made = {}
    for group, actual, cohort in (("all", 60, 30), ("disadvantaged", 50, 8), ("others", 64, 22)):
        made[group] = MeasureFactory(programme=begun.programme, group=group)
        MeasureValueFactory(measure=made[group], point=0, actual=actual, cohort=cohort)

    drop_measure(measure=made["all"], by=begun.director, now=NOW)

    told = [each.start.actual for each in board(begun, begun.director).measures]
    assert told == [None, None]


def test_name_of_an_own_measure_stays_once_figures_stand(begun):
    own, usual = adds(begun, kind="own", name="Joy of reading"), adds(begun)
    for measure in (own, usual):
        enters(begun, (measure, 0, {"actual": Decimal(58), "cohort": 30}))
        measure.refresh_from_db()

    change_measure(measure=usual, changes={"name": "Writing"}, by=begun.director, now=NOW)
    with pytest.raises(HasFigures):
        change_measure(measure=own, changes={"name": "Reading"}, by=begun.director, now=NOW)
