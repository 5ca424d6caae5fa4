"""Which figures aren't told: those of few pupils, and those by which one of them could be found."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from support.progress.measuring.figures import ALL, FEWEST, WHOLE_SCHOOL, Figure
from support.progress.measuring.relations import Equation, Name, Relations, relations_of

NOTHING = Fraction(0)


def hidden_figures(figures: Iterable[Figure], *, fewest: int = FEWEST) -> frozenset[int]:
    """The keys of the figures of one point that stay within the two schools.

    Figures of fewer pupils than `fewest`, or of nobody knows how many, are hidden; then one more
    where sums and differences of what is left would give one of them back, until none can be had.
    """
    relations = relations_of(figures)
    guarded = {name for name in relations.cohorts if _is_guarded(relations, name, fewest)}
    hidden = {key for key in relations.figures if key in guarded}
    if not guarded:
        return frozenset()
    while True:
        more = _given_away_by_sums(relations, hidden, guarded, fewest)
        if not more:
            more = _given_away_by_none_or_all(relations, hidden, guarded)
            guarded |= more
        if not more:
            return frozenset(hidden)
        hidden |= more


def _is_guarded(relations: Relations, name: Name, fewest: int) -> bool:
    """What was entered is guarded unless it counts enough pupils, what wasn't only if few."""
    size = relations.size(name)
    if isinstance(name, int):
        return size is None or size < fewest
    return size is not None and 0 < size < fewest


def _given_away_by_sums(
    relations: Relations, hidden: set[int], guarded: set[Name], fewest: int
) -> set[int]:
    """One figure of each sum by which a guarded one follows from those that are told."""
    told = relations.figures.keys() - hidden
    known: set[Name] = {*told, *relations.published}
    more: set[int] = set()
    for unknown, equation in _solved(relations.equations, known):
        if not more.isdisjoint(equation):
            continue
        if unknown in guarded or _is_of_few(relations, unknown, equation, fewest):
            by = [
                figure
                for name, figure in relations.figures.items()
                if name in equation.keys() & told
            ]
            more |= {min(by, key=_least_missed).key} if by else set()
    return more


def _is_of_few(relations: Relations, name: Name, equation: Equation, fewest: int) -> bool:
    """Whether a figure that nobody entered would follow and, by the same sums, is of few pupils."""
    if isinstance(name, int) or relations.size(name) is not None:
        return False
    others = {each: amount for each, amount in equation.items() if each != name}
    if any(isinstance(each, int) and relations.figures[each].is_gap for each in others):
        return True
    sizes = (amount * (relations.size(each) or 0) for each, amount in others.items())
    return 0 < -sum(sizes) / equation[name] < fewest


def _least_missed(figure: Figure) -> tuple[bool, bool, bool, int, int]:
    """A gap is missed least, then a part of a year; the figure of all pupils is missed most."""
    return (
        not figure.is_gap,
        figure.group == ALL,
        figure.year == WHOLE_SCHOOL,
        figure.cohort or 0,
        figure.key,
    )


def _solved(equations: list[Equation], told: Iterable[Name]) -> Iterable[tuple[Name, Equation]]:
    """Each unknown that the equations determine, with the equation that does so."""
    known = set(told)
    rows = [dict(equation) for equation in equations]
    unknowns = sorted({name for row in rows for name in row if name not in known}, key=str)
    done = 0
    for unknown in unknowns:
        pivot = next((at for at in range(done, len(rows)) if rows[at].get(unknown)), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        lead = rows[done]
        for at, row in enumerate(rows):
            if at != done and (amount := row.get(unknown)):
                rows[at] = _less(row, lead, amount / lead[unknown])
        done += 1
    for row in rows[:done]:
        open_ones = [name for name in row if name not in known]
        if len(open_ones) == 1:
            yield open_ones[0], row


def _less(row: Equation, lead: Equation, times: Fraction) -> Equation:
    result = {name: row.get(name, NOTHING) - times * lead.get(name, NOTHING) for name in row | lead}
    return {name: amount for name, amount in result.items() if amount}


def _given_away_by_none_or_all(
    relations: Relations, hidden: set[int], guarded: set[Name]
) -> set[int]:
    """A whole of which the untold parts reach nothing or everything: then each of them does."""
    for whole, parts in relations.wholes:
        if not isinstance(whole, int) or whole in hidden:
            continue
        untold = [part for part in parts if not isinstance(part, int) or part in hidden]
        if guarded.isdisjoint(untold):
            continue
        told = [relations.figures[part] for part in parts if isinstance(part, int)]
        told = [figure for figure in told if figure.key not in hidden]
        if _is_none_or_all(relations.figures[whole], told):
            return {whole}
    return set()


def _is_none_or_all(whole: Figure, told: list[Figure]) -> bool:
    hits = [whole.hits, *(figure.hits for figure in told)]
    if None in hits:
        return False
    first, *rest = (each or 0 for each in hits)
    left = first - sum(rest)
    if left <= 0:
        return True
    cohorts = [whole.cohort, *(figure.cohort for figure in told)]
    if None in cohorts or whole.unit == "count":
        return False
    size, *sizes = (each or 0 for each in cohorts)
    return left >= size - sum(sizes)
