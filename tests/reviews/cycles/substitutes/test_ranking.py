from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.cycles.substitutes import Candidate, Rules, ranked

words = st.sampled_from(["allowed", "avoided", "never"])
rules = st.builds(Rules, same_trust=words, last_year=words, needs_lead=st.booleans())
candidates = st.lists(
    st.builds(
        Candidate,
        key=st.integers(1, 50),
        name=st.sampled_from(["Ada Bell", "Ben Cole", "Cem Demir"]),
        is_of_host=st.booleans(),
        is_in_team=st.booleans(),
        has_declined=st.booleans(),
        is_trained=st.booleans(),
        may_lead=st.booleans(),
        is_available=st.booleans(),
        cannot_review=st.booleans(),
        pair=st.sampled_from(["", "never", "avoided"]),
        same_trust=st.booleans(),
        last_year=st.booleans(),
        is_mutual=st.booleans(),
        days_out=st.integers(0, 5),
        is_out_enough=st.booleans(),
        is_out_enough_this_half_term=st.booleans(),
        near=st.none() | st.just(date(2027, 3, 12)),
        km=st.none() | st.integers(0, 60),
    ),
    max_size=12,
    unique_by=lambda each: each.key,
)


def breaks_a_rule(her, said):
    return any(
        (
            her.has_declined,
            not her.is_available,
            her.cannot_review,
            not her.is_trained,
            said.needs_lead and not her.may_lead,
            her.pair == "never",
            her.same_trust and said.same_trust == "never",
            her.last_year and said.last_year == "never",
            her.near is not None,
            her.is_out_enough,
            her.is_out_enough_this_half_term,
        )
    )


@given(candidates, rules)
def test_nobody_goes_against_a_rule_and_nobody_of_host_or_team_is_named(everybody, said):
    proposals = ranked(everybody, said)

    named = {each.candidate.key for each in proposals}
    assert named == {each.key for each in everybody if not each.is_of_host and not each.is_in_team}
    for each in proposals:
        assert each.may_go is not breaks_a_rule(each.candidate, said)
        assert each.because.endswith(".")
        assert each.because[0].isupper()


@given(candidates, rules)
def test_those_who_may_go_stand_first_and_the_less_burdened_before_the_others(everybody, said):
    proposals = ranked(everybody, said)

    assert [each.may_go for each in proposals] == sorted(
        (each.may_go for each in proposals), reverse=True
    )
    undoubted = [
        each.candidate.days_out
        for each in proposals
        if each.may_go
        and not (each.candidate.last_year or each.candidate.same_trust)
        and not (each.candidate.pair or each.candidate.is_mutual)
    ]
    assert undoubted == sorted(undoubted)


@given(candidates, rules, st.randoms())
def test_the_order_doesnt_follow_from_the_order_of_the_rows(everybody, said, chance):
    shuffled = list(everybody)
    chance.shuffle(shuffled)

    assert ranked(shuffled, said) == ranked(everybody, said)


@given(candidates, rules)
def test_one_visit_more_never_moves_anybody_up(everybody, said):
    for place, proposal in enumerate(ranked(everybody, said)):
        her = proposal.candidate
        busier = replace(her, days_out=her.days_out + 1)
        others = [each for each in everybody if each.key != her.key]
        keys = [each.candidate.key for each in ranked([*others, busier], said)]
        assert keys.index(her.key) >= place


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"km": 4}, "Free on that day, not out on any day yet, 4 km away."),
        (
            {"days_out": 1, "may_lead": True, "last_year": True},
            (
                "Free on that day, out on one day so far, trained to lead, "
                "but reviewed this school last year."
            ),
        ),
        ({"is_available": False}, "Not available."),
        ({"cannot_review": True}, "Can’t review this school."),
        (
            {"near": date(2027, 3, 12)},
            "On another review day on Friday 12 March 2027.",
        ),
    ],
)
def test_each_is_proposed_with_a_sentence(facts, sentence):
    (proposal,) = ranked([Candidate(key=1, name="Ada Bell", **facts)], Rules())

    assert proposal.because == sentence
