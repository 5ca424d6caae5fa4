import pytest

from support.programmes.figures import Figure, told
from tests.factories import AlliancePostFactory, BodyFactory, PersonFactory, SeatFactory
from tests.factories.support import ProgrammeFactory
from tests.support.programmes.scene import make_scene

pytestmark = pytest.mark.django_db

FIGURES = "/support/figures/osa/"


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


def test_board_reads_numbers_and_no_school(client):
    scene = make_scene()
    board = BodyFactory(alliance=scene.alliance, kind="board")
    member = SeatFactory(body=board, school=None, person=PersonFactory()).person
    heads = BodyFactory(alliance=scene.alliance, kind="heads")
    colleague = SeatFactory(body=heads, school=None, person=PersonFactory()).person
    chair = AlliancePostFactory(alliance=scene.alliance, kind="chair").person
    for _ in range(5):
        ProgrammeFactory(alliance=scene.alliance, area=scene.area, school__name="Example Vale")

    def page(person):
        client.force_login(person)
        return client.get(FIGURES)

    assert [page(person).status_code for person in (member, chair, scene.director)] == [200] * 3
    assert [page(person).status_code for person in (colleague, scene.head)] == [403] * 2
    shown = page(member)
    figures = shown.context["figures"]
    assert (figures.total, [line.count for line in figures.by_stage]) == (5, [5])
    assert figures.by_area == []
    assert "Example" not in shown.text
