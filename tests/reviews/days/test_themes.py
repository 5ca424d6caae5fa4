from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.days.models import Meaning
from reviews.days.parts.themes import FEW, MOST, Said, cells_of_groups, themes_in, themes_of
from tests.factories.days import (
    ReportConsentFactory,
    ReportFactory,
    ReportPartFactory,
    ReviewFactory,
)
from tests.factories.reviews import (
    AT,
    CycleFactory,
    FrameworkFactory,
    ReviewDayFactory,
    ThemeFactory,
)

THEME, SCHOOLS = 7, 10
DEVELOPMENT, STRENGTH = Meaning.DEVELOPMENT, Meaning.STRENGTH


def shown(order, let, names):
    """What the page shows when these schools let themselves be counted."""
    said = [
        Said(school, school in let, f"{THEME}:{DEVELOPMENT.value}" if names[school] else None)
        for school in order
    ]
    found = themes_in(cells_of_groups(said), [(THEME, "Writing")])
    return found.groups, tuple(line.bands[DEVELOPMENT] for line in found.lines)


def seen(acts, names):
    """All that somebody sees who looks after each act: consent, withdrawal, consent again."""
    order, let, pages = [], set(), []
    for school in acts:
        if school not in order:
            order.append(school)
        let ^= {school}
        pages.append(shown(order, let, names))
    return tuple(pages)


ACTS = st.permutations(range(SCHOOLS)).flatmap(
    lambda first: st.lists(st.sampled_from(range(SCHOOLS)), max_size=5).map(
        lambda more: [*first, *more]
    )
)


@settings(max_examples=10, deadline=None)
@given(acts=ACTS, names=st.lists(st.booleans(), min_size=SCHOOLS, max_size=SCHOOLS))
def test_whoever_knows_her_own_report_can_tell_no_other_however_often_she_looks(acts, names):
    real = seen(acts, names)
    possible = [
        other for other in product((False, True), repeat=SCHOOLS) if seen(acts, other) == real
    ]

    for observer, school in product(range(SCHOOLS), repeat=2):
        if observer != school:
            hers = [other for other in possible if other[observer] == names[observer]]
            assert {other[school] for other in hers} == {False, True}


def test_four_schools_show_nothing_and_five_one_of_two_bands():
    let = set(range(5))

    assert shown(range(4), let, [True] * 5) == (0, ())
    assert shown(range(5), let, [True, True, True, False, False]) == (1, (MOST,))
    assert shown(range(5), let, [True, True, False, False, False]) == (1, (FEW,))


def test_a_group_of_which_one_withdraws_counts_again_once_she_agrees_again():
    order, names = range(9), [True] * 9

    assert shown(order, set(range(9)), names) == (1, (MOST,))
    assert shown(order, set(range(9)) - {2}, names) == (0, ())


@pytest.fixture
def cycle(db):
    framework = FrameworkFactory()
    return CycleFactory(
        framework=framework,
        alliance=framework.alliance,
        state="published",
        opened_at=AT,
        published_at=AT,
    )


def released(cycle, *parts, audience="themes", **more):
    """A report that is released, of these themes and meanings, and whom it is open to."""
    review = ReviewFactory(day=ReviewDayFactory(cycle=cycle), released=True)
    report = ReportFactory(review=review, sent=True)
    for theme, meaning in parts:
        ReportPartFactory(report=report, theme=theme, meaning=meaning)
    return ReportConsentFactory(review=review, audience=audience, **more)


def test_released_reports_count_whose_heads_let_them(cycle):
    writing = ThemeFactory(framework=cycle.framework, name="Writing", place=1)
    reading = ThemeFactory(framework=cycle.framework, name="Reading", place=2)
    for _each in range(3):
        released(cycle, (writing, DEVELOPMENT), (writing, DEVELOPMENT), (reading, STRENGTH))
    released(cycle, (writing, DEVELOPMENT), (None, DEVELOPMENT))
    released(cycle, (reading, DEVELOPMENT), audience="board")
    assert themes_of(cycle).groups == 0

    last = released(cycle)

    found = themes_of(cycle)
    assert found.schools == 5
    assert [(line.name, line.bands[DEVELOPMENT], line.bands[STRENGTH]) for line in found.lines] == [
        ("Writing", MOST, FEW),
        ("Reading", FEW, MOST),
    ]

    last.withdrawn_at = AT
    last.save()

    assert themes_of(cycle).groups == 0


def test_a_school_that_agrees_again_comes_back_to_its_own_group(cycle):
    consents = [released(cycle) for _each in range(6)]
    consents[0].withdrawn_at = AT
    consents[0].save()
    assert themes_of(cycle).groups == 0

    ReportConsentFactory(review=consents[0].review, audience="themes")

    assert themes_of(cycle).groups == 1


def test_themes_cost_two_queries_for_one_school_and_for_six(cycle, django_assert_num_queries):
    theme = ThemeFactory(framework=cycle.framework)
    released(cycle, (theme, STRENGTH))
    themes_of(cycle)
    with django_assert_num_queries(2):
        themes_of(cycle)

    for _each in range(5):
        released(cycle, (theme, STRENGTH))

    with django_assert_num_queries(2):
        themes_of(cycle)
