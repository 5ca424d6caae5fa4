from datetime import timedelta

import pytest

from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from support.programmes.models import Programme
from support.progress.models import MeasureValue
from tests.factories.progress import MeasureFactory, MeasureValueFactory, TermReviewFactory
from tests.support.progress.begun import NOW, make_begun

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    made = make_begun()
    TermReviewFactory(programme=made.programme, term=2, due_at=NOW)
    for _each in range(2):
        measure = MeasureFactory(programme=made.programme, year_group=str(_each))
        MeasureValueFactory(measure=measure, point=2, planned=60, actual=None, entered_at=NOW)
    return made


def owed(**more):
    window = DutyWindow(now=NOW, kinds=("progress.figures",), **more)
    return [Duty(*row) for row in all_duties(window)]


def test_supported_head_owes_the_figures_of_a_term_once(begun):
    (duty,) = owed()

    assert (duty.person_id, duty.goes_up_to_id) == (begun.head.pk, begun.director.pk)
    assert duty.due_at == NOW + timedelta(days=14)
    assert duty.spec.url(duty) == f"/support/{begun.programme.pk}/measures/at/2/"
    assert begun.programme.school.name not in duty.spec.title(duty) + duty.spec.line(duty)


def test_nothing_is_owed_once_every_planned_figure_has_come(begun):
    MeasureValue.objects.update(actual=61, entered_at=NOW)
    assert owed() == []

    assert [duty.done_at for duty in owed(with_done=True)] == [NOW]


def test_nothing_is_owed_without_a_plan_or_while_the_programme_rests(begun):
    Programme.objects.update(state="paused")
    assert owed() == []

    Programme.objects.update(state="open")
    MeasureValue.objects.update(planned=None)
    assert owed() == []
