from dataclasses import replace

from reviews.cycles.rota import Costs, Counts, Weights
from tests.reviews.cycles.rota.building import cycle, head, planned, school

PLACED = tuple(
    school(n, easting=400_000 + n * 10_000, northing=300_000, phase=phase, group=group)
    for n, (phase, group) in enumerate(
        [("primary", "t1"), ("primary", "t1"), ("secondary", ""), ("primary", "")], start=1
    )
)


def test_each_kind_is_counted_by_itself():
    problem = cycle(4, 2, hosts=PLACED, discouraged=frozenset({("r3", "h1")}))
    teams = {
        "h1": frozenset({"r2", "r3"}),
        "h2": frozenset({"r1", "r4"}),
        "h4": frozenset({"r1", "r2"}),
    }

    counts = Costs(problem, Weights()).counts(teams)

    assert counts == Counts(
        unfilled=1,
        discouraged=1,
        mutual=2,
        share=0,
        group=2,
        phases=2,
        km=10 + 20 + 10 + 20 + 30 + 20,
    )


def test_days_beyond_an_even_share_count():
    teams = {f"h{n}": frozenset({"r1"}) for n in (2, 3, 4)}

    assert Costs(cycle(4, 1), Weights()).counts(teams).share == 2


def test_a_distance_that_is_not_known_counts_as_the_average():
    hosts = (*PLACED[:3], school(4))

    costs = Costs(cycle(4, 1, hosts=hosts), Weights())

    assert [costs.km("r1", "h2"), costs.km("r1", "h3"), costs.km("r1", "h4")] == [10, 20, 13]


def test_last_years_visits_mutual_pairs_and_trusts_are_avoided():
    problem = cycle(4, 1, hosts=PLACED, discouraged=frozenset({("r1", "h3"), ("r3", "h4")}))

    rota = planned(problem)

    counts = Costs(problem, Weights()).counts({day.host: day.everybody for day in rota.days})
    assert (counts.discouraged, counts.mutual, counts.share, counts.group) == (0, 0, 0, 0)


def test_everybody_visiting_everybody_is_not_blamed_for_it():
    problem = cycle(3, None, hosts=PLACED[:3], reviewers=tuple(head(n) for n in (1, 2, 3)))
    teams = {day.host: day.everybody for day in planned(problem).days}

    counts = Costs(problem, Weights()).counts(teams)

    assert (counts.mutual, counts.share, counts.phases) == (0, 0, 0)


def test_the_heavier_kind_is_far_above_the_next():
    points = [points for points, _words in Weights().sentences]

    assert points == sorted(points, reverse=True)
    assert Weights().sentences[0] == (10_000_000, "for each school that has no day")


def test_weights_can_be_others():
    problem = cycle(4, 1, hosts=PLACED)
    teams = {"h2": frozenset({"r1"})}

    assert Costs(problem, replace(Weights(), unfilled=0, group=7)).points(teams) == 10 + 7
