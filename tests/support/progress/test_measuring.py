from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from support.progress.measuring import Figure, evenly, hidden_figures

ALL, POOR, OTHERS, SEND, NOT_SEND = "all", "disadvantaged", "others", "send", "not_send"
PAIRS = ({POOR, OTHERS}, {SEND, NOT_SEND})
FEWEST = 3


def figure(key, group, cohort, hits=1, *, family="writing", year="6", unit="count"):
    return Figure(key, family, year, group, Decimal(hits), cohort, unit)


def hidden(*figures, fewest=10):
    return sorted(hidden_figures(figures, fewest=fewest))


def test_figure_of_nine_pupils_is_hidden_and_of_ten_is_told():
    assert hidden(figure(1, ALL, 9)) == [1]
    assert hidden(figure(1, ALL, 10)) == []


def test_figure_of_nobody_knows_how_many_is_hidden():
    assert hidden(figure(1, ALL, None)) == [1]
    assert hidden(figure(1, POOR, 0)) == [1]


def test_other_part_is_hidden_with_a_small_one_and_the_whole_is_told():
    whole, poor, others = figure(1, ALL, 30, 20), figure(2, POOR, 8, 4), figure(3, OTHERS, 22, 16)

    assert hidden(whole, poor, others) == [2, 3]


def test_other_part_is_hidden_too_where_what_all_reach_can_be_read_elsewhere():
    assert hidden(figure(2, POOR, 8, 4), figure(3, OTHERS, 22, 16)) == [2, 3]
    assert hidden(figure(3, OTHERS, 22, 16)) == []


def test_part_is_hidden_when_those_who_are_left_are_few_and_nobody_entered_them():
    assert hidden(figure(1, ALL, 30, 20), figure(2, OTHERS, 22, 16)) == [2]
    assert hidden(figure(1, ALL, 30, 20), figure(2, OTHERS, 20, 14)) == []
    assert hidden(figure(1, ALL, 20, 14), figure(2, OTHERS, 20, 14)) == []


def test_send_and_disadvantage_are_hidden_each_for_itself():
    whole = figure(1, ALL, 40, 20)
    poor, others = figure(2, POOR, 8, 4), figure(3, OTHERS, 32, 16)
    send, not_send = figure(4, SEND, 12, 6), figure(5, NOT_SEND, 28, 14)

    assert hidden(whole, poor, others, send, not_send) == [2, 3]


def test_whole_is_counted_from_its_parts_where_its_own_number_is_missing():
    assert hidden(figure(1, ALL, None), figure(2, POOR, 12), figure(3, OTHERS, 20)) == []


def test_gap_goes_with_a_side_that_is_hidden():
    gap = figure(4, POOR, 30, family="gap", unit="points")
    whole, poor, others = figure(1, ALL, 37, 20), figure(2, POOR, 30, 15), figure(3, OTHERS, 7, 5)

    assert hidden(whole, poor, others, gap) == [2, 3, 4]
    assert hidden(whole, gap) == [4]
    assert hidden(figure(1, ALL, 60, 20), gap) == []


def test_gap_of_few_pupils_takes_a_side_with_it():
    gap = figure(4, POOR, 8, family="gap", unit="points")

    assert hidden(figure(2, POOR, 30, 15), figure(3, OTHERS, 40, 30), gap) == [2, 3, 4]


def test_a_second_year_is_hidden_where_the_whole_school_would_give_one_back():
    whole = figure(1, ALL, 48, 30, year="")
    small = figure(2, ALL, 8, 5, year="3")
    years = [figure(3, ALL, 21, 14, year="4"), figure(4, ALL, 19, 11, year="5")]

    assert hidden(whole, small, *years) == [2, 4]
    assert hidden(small, *years) == [2]


def test_whole_at_the_top_is_hidden_because_then_every_part_is_there_too():
    whole = figure(1, ALL, 30, 100, unit="percent")
    poor, others = figure(2, POOR, 8, 100, unit="percent"), figure(3, OTHERS, 22, 100)

    assert hidden(whole, poor, others) == [1, 2, 3]


@st.composite
def halves(draw):
    """Sizes and hits of disadvantaged pupils, the others and all, and which of them were entered."""
    poor, others = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    hit_poor, hit_others = draw(st.integers(0, poor)), draw(st.integers(0, others))
    world = {
        ALL: (poor + others, hit_poor + hit_others),
        POOR: (poor, hit_poor),
        OTHERS: (others, hit_others),
    }
    return world, sorted(draw(st.sets(st.sampled_from([ALL, POOR, OTHERS]), min_size=1)))


def possible_hits(world, shown):
    """Every way in which the hits may lie, for somebody who sees these and all sizes."""
    for poor, others in product(range(world[POOR][0] + 1), range(world[OTHERS][0] + 1)):
        hits = {ALL: poor + others, POOR: poor, OTHERS: others}
        if all(hits[group] == world[group][1] for group in shown):
            yield hits


@given(halves())
def test_nobody_who_tries_every_possibility_finds_a_hidden_figure(half):
    world, entered = half
    figures = [
        figure(number, group, size, 100 * Decimal(hits) / size, unit="percent")
        for number, (group, (size, hits)) in enumerate((each, world[each]) for each in entered)
    ]
    not_told = hidden_figures(figures, fewest=FEWEST)
    shown = [each.group for each in figures if each.key not in not_told]

    possible = list(possible_hits(world, shown))

    for group in {ALL, POOR, OTHERS} if len(entered) > 1 else entered:
        if world[group][0] < FEWEST:
            assert len({hits[group] for hits in possible}) > 1, (group, shown)


@st.composite
def cohorts(draw):
    """How many pupils each group has, and which groups were entered."""
    poor, others = draw(st.integers(1, 15)), draw(st.integers(1, 15))
    send = draw(st.integers(1, poor + others - 1))
    sizes = {
        ALL: poor + others,
        POOR: poor,
        OTHERS: others,
        SEND: send,
        NOT_SEND: poor + others - send,
    }
    return sizes, sorted(draw(st.sets(st.sampled_from(sorted(sizes)), min_size=1)))


@given(cohorts())
def test_one_figure_more_is_hidden_at_most_for_each_pair_with_a_small_group(told):
    sizes, entered = told
    figures = [
        figure(number, group, sizes[group], unit="score") for number, group in enumerate(entered)
    ]
    keys = hidden_figures(figures)
    not_told = {each.group for each in figures if each.key in keys}

    too_few = {group for group, size in sizes.items() if size < 10}
    assert len(not_told - too_few) <= sum(not too_few.isdisjoint(pair) for pair in PAIRS)
    assert (ALL in not_told) == (ALL in entered and sizes[ALL] < 10)


def parts_of(group):
    return (POOR, OTHERS) if group == ALL else (group,)


def sums_of(years):
    """Each figure of a table of year groups by disadvantage, with the cells that make it up."""
    one_year = {(year, group): [year] for year in years for group in (ALL, POOR, OTHERS)}
    whole = {("", group): years for group in (ALL, POOR, OTHERS)}
    return {
        (year, group): {(each, part) for each in its_years for part in parts_of(group)}
        for (year, group), its_years in (one_year | whole).items()
    }


def is_found(wanted, told):
    """Whether a cell is a sum of sums that are told: by elimination."""
    return _rank([*told, wanted]) == _rank(told)


def _rank(rows):
    rows, rank = [[Fraction(cell) for cell in row] for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(rank, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for at in range(rank + 1, len(rows)):
            times = rows[at][column] / rows[rank][column]
            rows[at] = [a - times * b for a, b in zip(rows[at], rows[rank], strict=True)]
        rank += 1
    return rank


@given(
    st.dictionaries(
        st.sampled_from("3456"), st.tuples(st.integers(1, 15), st.integers(1, 15)), min_size=1
    ),
    st.sets(st.integers(0, 14), max_size=6),
)
@example({"3": (1, 9), "4": (1, 9), "5": (10, 1)}, {1, 2, 9, 11})
def test_table_of_years_by_disadvantage_gives_no_small_cell_back(sizes, left_out):
    sums = sums_of(sorted(sizes))
    cells = [(year, part) for year in sorted(sizes) for part in (POOR, OTHERS)]
    size_of = {(y, p): sizes[y][place] for y in sizes for place, p in enumerate((POOR, OTHERS))}
    figures = []
    vectors = {}
    for number, ((year, group), parts) in enumerate(sorted(sums.items())):
        if number in left_out:
            continue
        cohort = sum(size_of[cell] for cell in parts)
        figures.append(figure(number, group, cohort, year=year, unit="score"))
        vectors[number] = [int(cell in parts) for cell in cells]
    not_told = hidden_figures(figures)
    told = [vectors[f.key] for f in figures if f.key not in not_told]

    for place, cell in enumerate(cells):
        if size_of[cell] < 10:
            wanted = [int(at == place) for at in range(len(cells))]
            assert not told or not is_found(wanted, told), (cell, not_told)


def test_plan_goes_up_in_even_steps_to_the_goal():
    assert evenly(Decimal(58), Decimal(75), 5) == [Decimal(n) for n in (61, 65, 68, 72, 75)]
    assert evenly(Decimal("95.1"), Decimal("96.0"), 3)[-1] == Decimal("96.0")
