from datetime import UTC, date, datetime
from itertools import combinations

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from support.programmes.figures import FEWEST_TOLD, Figure, as_of, in_fives, rounded, told
from tests.factories import AlliancePostFactory, BodyFactory, PersonFactory, SeatFactory
from tests.factories.support import ProgrammeFactory
from tests.support.programmes.scene import NOW, make_scene

FIGURES = "/support/figures/osa/"
LINES = st.dictionaries(
    st.sampled_from("ABCDEFGH"), st.sets(st.integers(1, 30), max_size=25), max_size=8
)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"A": 9, "B": 7}, {"A": 9, "B": 7}),
        ({"A": 9, "B": 4, "C": 0}, {"A": 9}),
        ({"A": 9, "B": 7, "C": 1}, {"A": 9}),
        ({"A": 1}, {}),
        ({}, {}),
    ],
)
def test_numbers_under_five_can_neither_be_read_nor_worked_out(counts, shown):
    assert told(counts.items()) == [Figure(words, count) for words, count in shown.items()]


@given(LINES)
def test_no_figure_nor_difference_of_figures_stands_for_fewer_than_five_schools(lines):
    shown = {figure.words: figure.count for figure in rounded(lines.items())}

    told_of = set().union(*(lines[words] for words in shown))
    hidden = {words: found for words, found in lines.items() if found and words not in shown}
    rest = set().union(*hidden.values()) - told_of
    assert all(count >= FEWEST_TOLD for count in shown.values())
    assert all(len(lines[words]) - count in range(FEWEST_TOLD) for words, count in shown.items())
    assert all(abs(a - b) not in range(1, FEWEST_TOLD) for a, b in combinations(shown.values(), 2))
    assert not shown or len(hidden) != 1
    assert not shown or not rest or len(rest) >= FEWEST_TOLD


@given(LINES, st.sampled_from("ABCDEFGH"))
def test_one_school_more_shows_as_no_school_or_as_five(lines, where):
    more = {**lines, where: lines.get(where, set()) | {99}}
    before, after = (in_fives(len(each.get(where, ()))) for each in (lines, more))

    assert after - before in {0, FEWEST_TOLD}


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 22), date(2026, 9, 1)),
        (date(2026, 12, 28), date(2026, 9, 1)),
        (date(2027, 1, 1), date(2026, 9, 1)),
        (date(2027, 1, 2), date(2027, 1, 2)),
        (date(2027, 7, 30), date(2027, 3, 30)),
    ],
)
def test_figures_are_of_the_first_day_of_the_term(today, first):
    assert as_of(today).date() == first


@pytest.mark.django_db
def test_board_reads_numbers_and_no_school(client):
    scene = make_scene()
    board = BodyFactory(alliance=scene.alliance, kind="board")
    member = SeatFactory(body=board, school=None, person=PersonFactory()).person
    heads = BodyFactory(alliance=scene.alliance, kind="heads")
    colleague = SeatFactory(body=heads, school=None, person=PersonFactory()).person
    chair = AlliancePostFactory(alliance=scene.alliance, kind="chair").person
    facts = {"alliance": scene.alliance, "area": scene.area, "school__name": "Example Vale"}
    for _ in range(6):
        ProgrammeFactory(asked_at=datetime(2026, 8, 20, tzinfo=UTC), **facts)
    for _ in range(5):
        ProgrammeFactory(asked_at=datetime(2026, 9, 20, tzinfo=UTC), **facts)

    def page(person):
        client.force_login(person)
        with time_machine.travel(NOW, tick=False):
            return client.get(FIGURES)

    assert [page(person).status_code for person in (member, chair, scene.director)] == [200] * 3
    assert [page(person).status_code for person in (colleague, scene.head)] == [403] * 2
    client.force_login(chair)
    assert "You read them in numbers." in client.get("/support/").text
    shown = page(member)
    figures = shown.context["figures"]
    assert (figures.total, [line.count for line in figures.by_stage]) == (5, [5])
    assert figures.by_area == [Figure("Writing", 5)]
    assert "Example" not in shown.text
