from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
import time_machine
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from support.programmes.figures import FEWEST_TOLD
from support.progress.overview.board import COURSE_WORDS, lines_for_board
from support.progress.overview.cases import Case
from support.progress.overview.outcomes import APPROACHES, KINDS, by_approach, by_strand
from tests.factories import AlliancePostFactory, BodyFactory, PersonFactory, SeatFactory
from tests.factories.progress import NoteReleaseFactory, TermReviewFactory
from tests.factories.support import ProgrammeFactory, StrandFactory, SupportAreaFactory
from tests.support.programmes.scene import NOW, make_scene

BOARD = "/support/board/osa/"
TERM_BEGAN = datetime(2026, 8, 31, 23, tzinfo=UTC)
LONG_AGO, SINCE = TERM_BEGAN - timedelta(days=90), TERM_BEGAN + timedelta(days=9)
MOMENTS = ("answered_at", "own_view_at", "assessed_at", "replied_at", "judged_at", "matched_at")
CASES = st.lists(
    st.builds(
        Case,
        programme=st.integers(1, 999),
        school=st.integers(1, 25),
        approach=st.sampled_from(list(APPROACHES)[:2]),
        course=st.sampled_from([*COURSE_WORDS, "too_early"]),
        days=st.dictionaries(
            st.sampled_from(list(KINDS)[:4]), st.integers(0, 9).map(Decimal), max_size=3
        ),
        measures=st.just(3),
        reached=st.integers(0, 3),
    ),
    max_size=60,
)


@given(CASES)
def test_nothing_on_the_page_stands_for_fewer_than_five_schools_nor_does_a_difference(cases):
    for share in (by_strand, by_approach):
        groups = {}
        for case in cases:
            for words, _days in share(case):
                groups.setdefault(words, []).append(case)
        numbers = []
        for line in lines_for_board((case, share(case)) for case in cases):
            group = groups[line.words]
            told = {cell.words: cell.count for cell in line.cells if cell.count is not None}
            truth = {words: set() for words in COURSE_WORDS.values()}
            for case in group:
                truth[COURSE_WORDS.get(case.course, COURSE_WORDS[""])].add(case.school)
            rest = {case.school for case in group} - set().union(*(truth[words] for words in told))
            assert all(len(truth[words]) >= count >= FEWEST_TOLD for words, count in told.items())
            assert not told or not rest or len(rest) >= FEWEST_TOLD
            assert len({case.school for case in group}) >= line.schools >= FEWEST_TOLD
            assert line.days is None or line.days % FEWEST_TOLD == 0
            assert line.percent is None or line.percent % 10 == 0
            numbers += [line.schools, *told.values()]
        assert all(abs(a - b) not in range(1, FEWEST_TOLD) for a, b in combinations(numbers, 2))


@pytest.fixture
def scene(db):
    with time_machine.travel(NOW, tick=False):
        yield make_scene()


def signed(scene, at=LONG_AGO, **facts):
    told = {"alliance": scene.alliance, "area": scene.area, "state": "open", "asked_at": at}
    moments = dict.fromkeys((*MOMENTS, "sent_at", "signed_at"), at)
    programme = ProgrammeFactory(**(told | moments | {"approach": "supportive"} | facts))
    StrandFactory(programme=programme, kind="coaching")
    return programme


def reviewed(scene, count, overall):
    for _ in range(count):
        closed = {"shown_at": LONG_AGO, "closed_at": LONG_AGO, "overall": overall}
        TermReviewFactory(programme=signed(scene), **closed)


def shown(client, person):
    cache.clear()
    client.force_login(person)
    return client.get(BOARD)


def figures(response):
    page = response.context["page"]
    return page.figures, page.by_strand, page.by_approach


def test_board_reads_what_came_of_it_in_fives(scene, client):
    reviewed(scene, 7, "on_course")
    reviewed(scene, 6, "reached")

    page = shown(client, scene.director).context["page"]

    (line,) = page.by_strand
    assert (line.words, line.schools, line.percent) == (KINDS["coaching"], 10, None)
    assert [(cell.words, cell.count) for cell in line.cells if cell.count] == [
        ("Reached", 5),
        ("On course", 5),
    ]
    assert [line.schools for line in page.by_approach] == [10]
    assert page.figures.total == 10


def test_schools_are_counted_and_not_their_programmes(scene, client):
    for _ in range(6):
        area = SupportAreaFactory(alliance=scene.alliance)
        signed(scene, school=scene.school, area=area)

    page = shown(client, scene.director).context["page"]

    assert (page.figures.total, page.by_strand, page.by_approach) == (None, [], [])


def test_one_programme_more_changes_nothing_within_a_term(scene, client):
    reviewed(scene, 9, "on_course")
    before = figures(shown(client, scene.director))

    new = signed(scene, at=SINCE)
    TermReviewFactory(programme=new, closed_at=SINCE, shown_at=SINCE, overall="stuck")
    TermReviewFactory(
        programme=signed(scene, at=SINCE), term=2, closed_at=SINCE, shown_at=SINCE, overall="stuck"
    )

    assert figures(shown(client, scene.director)) == before


def release(scene, number, given_at=LONG_AGO, **facts):
    return NoteReleaseFactory(
        note__visit__programme=signed(scene, **facts),
        layer="board",
        board_words=f"Words {number}",
        given_at=given_at,
    )


def test_words_are_shown_once_five_schools_released_some_and_go_when_taken_back(scene, client):
    released = [release(scene, number) for number in range(4)]
    release(scene, 8, given_at=SINCE)
    assert shown(client, scene.director).context["words"] == []

    released.append(release(scene, 5, school__name="Example Vale"))
    page = shown(client, scene.director)

    assert sorted(page.context["words"]) == [f"Words {n}" for n in (0, 1, 2, 3, 5)]
    assert page.context["words"] != sorted(page.context["words"])
    assert "Example Vale" not in page.text
    released[0].withdrawn_at = NOW
    released[0].save()
    assert shown(client, scene.director).context["words"] == []


def test_five_releases_of_one_school_are_not_shown(scene, client):
    for number in range(6):
        area = SupportAreaFactory(alliance=scene.alliance)
        release(scene, number, school=scene.school, area=area)

    assert shown(client, scene.director).context["words"] == []


def test_board_chair_and_director_read_the_page_and_nobody_else(scene, client):
    board = BodyFactory(alliance=scene.alliance, kind="board")
    member = SeatFactory(body=board, school=None, person=PersonFactory()).person
    chair = AlliancePostFactory(alliance=scene.alliance, kind="chair").person
    elsewhere = AlliancePostFactory(kind="chair").person

    seen = [member, chair, scene.director, scene.head, elsewhere, PersonFactory(staff=True)]

    assert [shown(client, person).status_code for person in seen] == [200] * 3 + [403] * 3
