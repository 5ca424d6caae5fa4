from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.directory.matching import Candidate, Need, Weights, in_days, points, rank, why_not

PHONICS, ATTENDANCE, LEADERSHIP = 1, 2, 3
AREAS = {PHONICS: "phonics", ATTENDANCE: "attendance", LEADERSHIP: "leadership"}
PHASES = {"primary": "Primary", "secondary": "Secondary"}
CONTEXTS = {"small": "Small school", "faith": "School with a religious character"}
CRITERIA = ("specialism", "phase", "context", "distance", "days")

places = st.none() | st.integers(380_000, 420_000)
half_days = st.integers(0, 40).map(lambda halves: Decimal(halves) / 2)

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def part_of(keys):
    return st.frozensets(st.sampled_from(sorted(keys)))


def words_of(table):
    return part_of(table).map(lambda keys: {key: table[key] for key in sorted(keys)})


needs = st.builds(
    Need,
    school=st.just(1),
    area=st.just(PHONICS),
    areas=words_of(AREAS).map(lambda areas: {PHONICS: "phonics"} | areas),
    phases=words_of(PHASES),
    contexts=words_of(CONTEXTS),
    groups=part_of({7, 8}),
    easting=places,
    northing=places,
)
weights = st.builds(
    Weights, **dict.fromkeys(CRITERIA, st.integers(0, 60)), furthest_km=st.integers(1, 60)
)
candidates = st.builds(
    Candidate,
    key=st.integers(1, 10**6),
    name=st.sampled_from(["Ada", "Bea", "Cem"]),
    school=st.none() | st.integers(1, 4),
    areas=part_of(AREAS),
    phases=part_of(PHASES),
    contexts=part_of(CONTEXTS),
    easting=places,
    northing=places,
    days_left=half_days,
    days_next_year=half_days,
    groups=part_of({7, 8, 9}),
    is_standing=st.booleans(),
    has_consent=st.booleans(),
    has_conflict=st.booleans(),
)
pools = st.lists(candidates, max_size=12, unique_by=lambda each: each.key)


def free(candidate):
    return candidate._replace(
        school=2,
        groups=frozenset(),
        is_standing=True,
        has_consent=True,
        has_conflict=False,
        days_next_year=Decimal(1),
    )


@unhurried
@given(needs, pools, weights)
def test_reasons_add_up_to_the_score_and_never_give_more_than_their_weight(need, pool, weighed):
    for each in rank(need, pool, weighed):
        assert sum(reason.points for reason in each.reasons) == each.score
        assert all(0 <= reason.points <= reason.of for reason in each.reasons)
        assert tuple(reason.of for reason in each.reasons) == weighed.each
        assert 0 <= each.score <= weighed.total


@unhurried
@given(needs, pools, weights, st.sampled_from(CRITERIA), st.integers(1, 30))
def test_more_weight_never_costs_the_better_one_her_lead(need, pool, weighed, criterion, more):
    place = CRITERIA.index(criterion)
    heavier = replace(weighed, **{criterion: getattr(weighed, criterion) + more})
    exact = replace(weighed, **{criterion: 2**12 - 1})
    pool = [free(each) for each in pool]
    fits = {each.candidate.key: each.reasons[place].points for each in rank(need, pool, exact)}
    before = {each.candidate.key: each.score for each in rank(need, pool, weighed)}
    after = {each.candidate.key: each.score for each in rank(need, pool, heavier)}

    for better, worse in permutations(fits, 2):
        if fits[better] > fits[worse]:
            assert after[better] - after[worse] >= before[better] - before[worse]


@unhurried
@given(needs, pools, weights, st.randoms(use_true_random=False))
def test_the_order_in_which_people_are_looked_at_does_not_matter(need, pool, weighed, chance):
    mixed = list(pool)
    chance.shuffle(mixed)

    assert rank(need, mixed, weighed) == rank(need, pool, weighed)
    assert rank(need, mixed, weighed, most=3) == rank(need, pool, weighed)[:3]


@unhurried
@given(needs, pools, weights)
def test_whoever_is_excluded_is_never_ranked_and_everybody_else_is(need, pool, weighed):
    ranked = {each.candidate.key for each in rank(need, pool, weighed)}

    for each in pool:
        assert (each.key in ranked) == (not why_not(need, each, weighed).exclusions)


@unhurried
@given(needs, candidates, weights)
def test_an_unknown_distance_counts_half(need, candidate, weighed):
    unknown = candidate._replace(easting=None)

    reason = why_not(need, unknown, weighed).suggestion.reasons[3]

    assert reason.points == (weighed.distance + 1) // 2
    assert reason.words == "The distance isn’t known, so it counts half"


@unhurried
@given(st.integers(0, 200))
def test_full_fit_earns_all_points_and_no_fit_none(weight):
    assert points(weight, 1.0) == weight
    assert points(weight, 0.0) == 0
    assert points(weight, 0.5) == (weight + 1) // 2


NEED = Need(
    school=1,
    area=PHONICS,
    areas={PHONICS: "phonics", ATTENDANCE: "attendance"},
    phases={"primary": "Primary"},
    contexts={"small": "Small school"},
    groups=frozenset({7}),
    easting=400_000,
    northing=400_000,
)
ADA = Candidate(
    key=5,
    name="Ada",
    school=2,
    areas=frozenset({PHONICS}),
    phases=frozenset({"primary"}),
    easting=406_000,
    northing=408_000,
    days_left=Decimal("7.5"),
)


def test_each_point_is_said_in_words():
    (found,) = rank(NEED, [ADA], Weights())

    assert [(reason.words, reason.points, reason.of) for reason in found.reasons] == [
        ("Works on phonics, not on attendance", 20, 40),
        ("Phase: knows primary", 15, 15),
        ("Doesn’t list this kind of school: small school", 0, 15),
        ("10 km away", 12, 15),
        ("7.5 days left this year", 12, 15),
    ]
    assert found.score == 59


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"school": 1}, "It is their own school."),
        ({"groups": frozenset({7})}, "Their school is in the same trust or federation."),
        ({"has_conflict": True}, "A conflict of interest is declared and not settled."),
        ({"has_consent": False}, "No consent of the head of their school is in force."),
        ({"is_standing": False}, "The entry in the directory has ended or is yet to begin."),
        ({"days_left": Decimal(0)}, "No days are left, neither this year nor next."),
    ],
)
def test_why_not_names_what_keeps_somebody_out(changes, sentence):
    assert why_not(NEED, ADA._replace(**changes), Weights()).exclusions == (sentence,)


def test_equals_stand_by_days_left_then_by_name():
    more = ADA._replace(key=9, days_left=Decimal(30))
    most = ADA._replace(key=8, days_left=Decimal(40), name="Zoe")
    namesake = ADA._replace(key=3, days_left=Decimal(30), name="Bea")

    ranked = rank(NEED, [namesake, more, most], Weights())

    assert [each.candidate.key for each in ranked] == [8, 9, 3]


def test_who_has_days_next_year_only_is_suggested_and_says_so():
    late = ADA._replace(days_left=Decimal(0), days_next_year=Decimal(15))

    (found,) = rank(NEED, [late], Weights())

    assert found.reasons[-1].words == "None left this year, 15 days next year"
    assert found.reasons[-1].points == 0


def test_days_are_said_as_people_say_them():
    assert [in_days(Decimal(days)) for days in ("1", "1.0", "0.5", "10", "7.50")] == [
        "1 day",
        "1 day",
        "0.5 days",
        "10 days",
        "7.5 days",
    ]
