import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from unicodedata import normalize

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.programmes.wording import (
    AgreementFacts,
    StrandFacts,
    canonical_text,
    changes_between,
    hash_of,
    sections_of,
)

unhurried = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = st.text(max_size=40)
DAYS = st.dates(date(2026, 1, 1), date(2030, 1, 1))
HALVES = st.integers(1, 40).map(lambda halves: Decimal(halves) / 2)
STRANDS = st.builds(
    StrandFacts,
    kind=st.sampled_from(["Placements", "Subject experts"]),
    giver=WORDS,
    place=WORDS,
    focus=WORDS,
    days=st.lists(st.tuples(st.just("2026 to 2027"), HALVES), max_size=1).map(tuple),
    cost=st.none() | st.integers(0, 10**6).map(lambda pence: Decimal(pence) / 100),
)
FACTS = st.builds(
    AgreementFacts,
    number=st.integers(1, 9),
    alliance=WORDS,
    area=WORDS,
    school=WORDS,
    supporter=WORDS,
    parties=st.lists(WORDS, max_size=3).map(tuple),
    outcomes=st.lists(WORDS, max_size=3).map(tuple),
    strands=st.lists(STRANDS, max_size=2).map(tuple),
    terms=st.lists(st.tuples(DAYS, DAYS), max_size=3).map(tuple),
    money=WORDS,
    terms_because=WORDS,
    data_words=WORDS,
    confidentiality_words=WORDS,
    changed_because=WORDS,
    sign_by=st.none() | st.just(datetime(2026, 12, 7, 17, tzinfo=UTC)),
)
EXAMPLE = AgreementFacts(
    number=2,
    alliance="Oldham Schools Alliance",
    area="Writing",
    school="Example Hill Primary School (URN 900001)",
    supporter="Example Grange School (URN 900002)",
    parties=("The head of Example Hill", "The director"),
    outcomes=("Teachers model writing", "The English lead leads"),
    strands=(
        StrandFacts(
            "Subject experts",
            "Priya Nair",
            "Example Mill",
            "Books",
            (("2026 to 2027", Decimal("2.5")), ("2027 to 2028", Decimal(10))),
            Decimal(1200),
        ),
    ),
    terms=((date(2027, 1, 4), date(2027, 3, 25)),),
    money="Nobody pays.",
    terms_because="It is short.",
    data_words="What is kept: this.\n\n  No pupil is named.",
    confidentiality_words="It stays here.",
    changed_because="The lead changed",
    sign_by=datetime(2026, 12, 7, 17, tzinfo=UTC),
)


def one_line(words):
    return " ".join(normalize("NFC", words).split())


def lines(words):
    return tuple(line for each in normalize("NFC", words).splitlines() if (line := one_line(each)))


def said(value):
    """A fact as far as it can be read: words without their spaces, lists without empty words."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, StrandFacts):
        return tuple(said(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, tuple):
        return tuple(each for each in map(said, value) if each not in ("", ()))
    return value


def meaning(facts):
    free = ("money", "data_words", "confidentiality_words")
    return tuple(
        lines(getattr(facts, field.name))
        if field.name in free
        else said(getattr(facts, field.name))
        for field in fields(facts)
    )


@unhurried
@given(FACTS)
def test_same_facts_give_the_same_text(facts):
    text = canonical_text(facts)

    assert text == canonical_text(replace(facts))
    assert re.fullmatch(r"[0-9a-f]{64}", hash_of(text))
    assert hash_of(text) == hash_of(canonical_text(facts))


@unhurried
@given(FACTS, FACTS)
def test_other_facts_give_another_text(one, other):
    assert (canonical_text(one) == canonical_text(other)) == (meaning(one) == meaning(other))


@unhurried
@given(FACTS, st.sampled_from([field.name for field in fields(AgreementFacts)]), FACTS)
def test_one_changed_fact_changes_the_hash(facts, name, other):
    changed = replace(facts, **{name: getattr(other, name)})

    is_same = hash_of(canonical_text(facts)) == hash_of(canonical_text(changed))
    assert is_same == (meaning(facts) == meaning(changed))


@unhurried
@given(FACTS)
def test_what_people_write_never_becomes_a_heading(facts):
    headings = [section.heading for section in sections_of(canonical_text(facts))]

    known = {"For whom", "Key outcomes", "Money", "Terms", "Data protection", "Confidentiality"}
    strands = {f"Strand {n}: {s.kind}" for n, s in enumerate(facts.strands, 1)}
    assert set(headings) <= known | strands | {"Who signs"}


@unhurried
@given(FACTS, FACTS)
def test_changes_are_empty_only_between_equal_texts(one, other):
    before, after = canonical_text(one), canonical_text(other)

    assert bool(changes_between(before, after)) == (before != after)


def test_the_text_reads_so():
    assert (
        canonical_text(EXAMPLE)
        == """\
For whom
  Version: 2
  Why it is new: The lead changed
  Alliance: Oldham Schools Alliance
  Supported school: Example Hill Primary School (URN 900001)
  Supporting school: Example Grange School (URN 900002)
  Area: Writing

Key outcomes
  1. Teachers model writing
  2. The English lead leads

Strand 1: Subject experts
  Given by: Priya Nair
  From: Example Mill
  Focus: Books
  Days in 2026 to 2027: 2.5
  Days in 2027 to 2028: 10
  Cost: £1,200.00

Money
  Nobody pays.

Terms
  Term 1: Monday 4 January 2027 to Thursday 25 March 2027
  Why not five: It is short.

Data protection
  What is kept: this.
  No pupil is named.

Confidentiality
  It stays here.

Who signs
  Party 1: The head of Example Hill
  Party 2: The director
  To be signed by: Monday 7 December 2026, 5pm
"""
    )


def test_changed_words_are_marked_within_their_line():
    later = replace(
        EXAMPLE,
        outcomes=("Teachers model writing daily", "The English lead leads"),
        strands=(),
        sign_by=EXAMPLE.sign_by + timedelta(days=1),
    )

    changes = {
        section.heading: [line.pieces for line in section.lines if line.is_changed]
        for section in changes_between(canonical_text(EXAMPLE), canonical_text(later))
    }

    assert changes["Key outcomes"] == [(("same", "1. Teachers model writing"), ("new", " daily"))]
    assert changes["Strand 1: Subject experts"][0] == (("gone", "Given by: Priya Nair"),)
    assert list(changes) == ["Key outcomes", "Who signs", "Strand 1: Subject experts"]


def test_neighbours_that_both_changed_are_marked_as_one():
    later = replace(EXAMPLE, sign_by=EXAMPLE.sign_by + timedelta(days=1))

    (section,) = changes_between(canonical_text(EXAMPLE), canonical_text(later))

    assert [line.pieces for line in section.lines if line.is_changed] == [
        (
            ("same", "To be signed by: "),
            ("gone", "Monday 7"),
            ("new", "Tuesday 8"),
            ("same", " December 2026, 5pm"),
        )
    ]
